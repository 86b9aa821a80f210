"""dashboard: everything on one screen, goals, and a health score that explains itself."""
