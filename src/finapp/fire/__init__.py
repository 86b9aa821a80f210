"""Financial independence: the plan, its numbers, projections, simulations and backtests."""
