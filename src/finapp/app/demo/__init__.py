"""A seeded household simulator: rows as banks print them, and the truth behind every row."""
