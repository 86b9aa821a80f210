"""Pure rules and arithmetic of what is owned and owed."""
