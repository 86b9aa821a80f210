"""Reports a household acts on: recurring payments, cash forecast, emergency fund, loan prepayment, salary sweep."""
