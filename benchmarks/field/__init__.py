"""Measures the phone: look-ups, degraded squares, unlocking, locking and wiping, sizes."""
