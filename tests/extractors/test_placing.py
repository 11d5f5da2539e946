"""How a name sets something in a country."""

import pytest

from extractors.context import Document, build_context
from extractors.placing import placing


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("They fought in Mali.", "in"),
        ("They stood at a Malian airfield.", "border"),
        ("They fought in Mali's east.", "border"),
        ("They spoke of Malian security in the region.", None),
        ("They attacked the U.S. consulate.", None),
        ("They attacked the U.S. border.", "border"),
        ("They trained in the U.S. on Monday.", "in"),
        ("They honoured the US war dead.", None),
        ("They camped on Niger's border with Mali.", None),
        ("They camped on the border with Mali.", "border"),
        ("He told reporters in Mali.", None),
    ],
)
def test_name_sets_something_in_a_country_or_not(text: str, how: str | None) -> None:
    assert placing(text, build_context(Document(text)).parties[-1]) == how
