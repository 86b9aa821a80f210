"""The API's and the facades' contracts as last released, and what would break whoever relies on them."""
