"""Pure rules and arithmetic of the reports: no I/O, no framework."""
