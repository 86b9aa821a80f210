"""Where the money goes: sums of the ledger composed into periods, comparisons and typical months."""
