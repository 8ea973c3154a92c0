"""Safe Passage: runs an evacuation of people at risk, from messy lists to people accounted for one by one."""

__version__ = "0.1.0"
