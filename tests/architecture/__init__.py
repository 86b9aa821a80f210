"""The walls of the house: contracts over imports, and what imports cannot show."""
