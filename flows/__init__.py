"""Orchestration and I/O: the only code that knows Prefect, HTTP and notification."""
