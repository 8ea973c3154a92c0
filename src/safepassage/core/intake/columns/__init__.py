"""Which column holds what: header words, evidence of the cells, and the map proposed from both."""
