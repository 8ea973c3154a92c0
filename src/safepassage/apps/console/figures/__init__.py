"""What the pages draw: figures and shapes worked out from selectors, with no markup and no writing."""
