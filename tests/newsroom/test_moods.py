from tests.flows.web.asking import through_door
from tests.newsroom.hostile import BEHAVIOURS, HostileNewsroom
from tests.newsroom.moods import STEPS


def outcomes(path, times):
    """Return what a fresh newsroom answers to the same request again and again."""

    async def ask(door):
        return [await door.get(room.url(path)) for _ in range(times)]

    with HostileNewsroom() as room:
        return [(r.status, r.failure, r.body) for r in through_door(ask, [room.netloc])]


def test_script_goes_on_with_each_request_and_stays_at_its_last_step():
    statuses = [status for status, _, _ in outcomes("script", 6)]
    assert STEPS == ("ok", "unavailable", "rewritten", "gone")
    assert statuses == [200, 503, 200, 410, 410, 410]


def test_seed_decides_the_moods_and_the_noise():
    assert outcomes("moods?7", 8) == outcomes("moods?7", 8)
    assert len({failure for _, failure, _ in outcomes("moods?7", 8)}) > 2
    assert outcomes("noise?3", 1) == outcomes("noise?3", 1) != outcomes("noise?4", 1)


def test_there_are_more_than_sixty_behaviours():
    assert len(BEHAVIOURS) > 100
