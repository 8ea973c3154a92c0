"""Runs identity on Spark in local mode and holds its clusters against those of the local engine."""
