"""Pure rules of the transactions context: no I/O, no framework."""
