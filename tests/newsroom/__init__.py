"""An invented newsroom on loopback: three outlets that do not exist, for the demo and for tests."""
