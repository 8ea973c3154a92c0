"""Measures identity on a CSV of listings with an answer key: `python -m benchmarks.identity --input FILE`."""
