"""What the reports context offers: its Protocol and values."""
