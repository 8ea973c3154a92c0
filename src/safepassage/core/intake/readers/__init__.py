"""One reader for each kind of file: bytes to tables of verbatim rows."""
