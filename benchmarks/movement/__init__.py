"""Measures the planner on any scenario of `spec/scenario-v1.schema.json`."""
