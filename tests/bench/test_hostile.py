"""A sample of the bench: all misbehaviours that answer at once, as one outlet among twenty."""

import pytest

from tests.bench.hostile import BEHAVIOURS, SLOW, Trial
from tests.crash.stand import stand
from tests.flows.site import Site


@pytest.mark.timeout(400)
def test_outlet_of_all_misbehaviours_changes_no_row_of_nineteen_others():
    names = [name for name in sorted(BEHAVIOURS) if name not in SLOW]
    assert len(names) > 90
    with stand(forked_workers=False) as ground, Site() as site:
        cost = Trial(ground, site).cost(names)
    assert cost.wrong == ()
    assert len(cost.outcomes) > 2 * len(names)  # each as a feed and as a page
