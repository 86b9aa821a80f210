"""Cash forecast: balances from expected rows and everyday habits, with a band that is later held to account."""
