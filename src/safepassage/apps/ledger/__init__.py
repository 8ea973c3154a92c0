"""The ledger: events, appended and never edited; and the access log."""
