"""Published policies, standings, the lottery, overrides and their daily quota."""
