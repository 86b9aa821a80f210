"""Statement files as banks export them, in the layouts of the simulated banks."""
