"""What a number was judged to count, for what comes after it in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.items import singular
from extractors.measures import Governed
from extractors.records import Item, Measure
from extractors.units import Unit

# Between a figure and the next one that only continues it: "12 soldiers, 4 civilians and 3 children".
CONTINUES = re.compile(
    r"[”\"’']?,?(?: (?:and|or|plus|as well as|along with|together with|but also|including|nor|then|as did|"
    r"as were))?(?: also|"
    r" another| some)* ?(?:the )?$",
    re.IGNORECASE,
)

TO_WITHDRAW = "strength:to-withdraw"  # the rule for forces told of as there, whose withdrawal is only spoken of
GONE = "mobilisation:gone-to-fight"  # the rule for people who went abroad to fight, for whom their state does not
# Who keeps order serves where they are.
KEEPS_ORDER = frozenset("police policeman policewoman officer official cop guard gendarme".split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a number was judged to count. `governed` is None where the figure before it lends its measure."""

    unit: Unit
    sentence: int
    item: Item
    measure: Measure
    governed: Governed | None
    rule: str
    lender: Verdict | None = None

    def counts(self, nouns: frozenset[str]) -> bool:
        """Return whether one of these nouns, given in the singular, is what the number counts."""
        return self.unit.noun is not None and singular(self.unit.noun.text) in nouns
