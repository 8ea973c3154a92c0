"""Pages of the console: a module for each place of the corridor."""
