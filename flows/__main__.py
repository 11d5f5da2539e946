"""`python -m flows` is the `muster` command."""

from flows.cli import main

main()
