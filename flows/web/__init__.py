"""The one HTTP door: client, limits, address guard, robots, politeness."""
