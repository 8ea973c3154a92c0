"""Django's SQLite backend, where a column that holds what is none of its type is read as damaged."""
