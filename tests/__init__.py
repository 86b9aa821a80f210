"""What finapp promises, as sentences that can fail."""
