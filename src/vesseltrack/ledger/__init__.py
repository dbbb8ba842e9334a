"""The evidence ledger: one SQLite file to which entries are only ever added. Knows nothing of oil."""
