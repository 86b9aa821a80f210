"""Who may come in: people, households, sign-ins, tokens."""
