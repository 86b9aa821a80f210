"""What the household owns and owes: assets, lots, liabilities with exact schedules, net worth."""
