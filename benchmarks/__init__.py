"""What finapp costs, measured: each `bench_<name>.py` has `main(quick: bool)` and prints its own figures."""
