"""Who works here: accounts, roles, teams, and the operation that they serve."""
