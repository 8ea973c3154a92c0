"""Lists in: sources with their terms, batches, rows kept verbatim, listings, rejects."""
