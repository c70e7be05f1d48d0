"""What the package managers' own databases say is installed."""
