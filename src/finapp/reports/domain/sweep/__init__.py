"""Salary sweep: where to keep money day by day, exact on real dates."""
