"""Pure rules and arithmetic of financial independence."""
