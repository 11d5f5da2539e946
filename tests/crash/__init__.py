"""The crash harness: kills and I/O errors at every call that writes, over the real monitor flow on loopback."""
