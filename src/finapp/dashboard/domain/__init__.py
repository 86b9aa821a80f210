"""Rules and arithmetic of goals, tiles and the health score."""
