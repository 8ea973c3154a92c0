"""Devices, their enrolment, what they send, and the gate log."""
