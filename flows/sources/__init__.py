"""Where addresses, or whole pages, come from."""
