"""Settings, root URLs and health: what Django needs to serve the apps."""
