"""Words every context shares: money, months, errors, events, clock. Standard library only."""
