"""Django's SQLite backend on SQLCipher: every page of the store, its log and its copies is encrypted."""
