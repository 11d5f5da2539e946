"""The `muster` command, also as `python -m flows`."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command; Ctrl-C while its libraries load ends it as elsewhere, without their words."""
    handler = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from flows.cli import main as run_command

    signal.signal(signal.SIGINT, handler)
    run_command()


if __name__ == "__main__":
    main()
