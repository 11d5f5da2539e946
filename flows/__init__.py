"""Orchestration and I/O: the only code that knows Prefect, HTTP and notification."""

from flows import offline as offline  # first of all: Prefect reads its settings when it is imported
