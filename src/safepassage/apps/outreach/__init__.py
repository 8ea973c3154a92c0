"""Calls, messages, approved texts, and the next step of everyone left behind."""
