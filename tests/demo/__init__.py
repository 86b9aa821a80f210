"""The simulator: its rows, its truth, its statements."""
