"""Put figures into the words that alerts and tables use."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractors.records import Figure, figure_says
from warehouse.door import NothingPublished
from warehouse.doorkeeper import open_published

WORDS = """
SELECT figure_words($low::BIGINT, $high::BIGINT, $qualifier, $measure, $item, $subject::VARCHAR, $location::VARCHAR[],
                    $status)
"""


def figures_in_words(published: Path, figures: Iterable[Figure]) -> list[str]:
    """Return each figure in words, e.g. "about 115,000 troops of RUS in UKR (strength)", without its claimant."""
    if not published.exists():
        raise NothingPublished(f"{published} is not there yet: run `muster monitor` first")
    with open_published(published) as connection:
        rows = [connection.execute(WORDS, _named(figure)).fetchone() for figure in figures]
    return [row[0] for row in rows if row]


def _named(figure: Figure) -> dict[str, object]:
    return {name: value for name, value in figure_says(figure).items() if f"${name}" in WORDS}
