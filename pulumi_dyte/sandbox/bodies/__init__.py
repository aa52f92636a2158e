"""The request bodies of each kind, as rules: data only."""
