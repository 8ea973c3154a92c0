"""Keys, passes, revocations, counterpart sheets."""
