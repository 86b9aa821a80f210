"""The command line: `finapp serve`, `finapp demo`, `finapp doctor`."""
