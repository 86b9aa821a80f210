"""Rules and arithmetic of periods: which months are complete, what their sums say."""
