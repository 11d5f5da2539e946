"""The habit of an outlet is that of its last look."""

from dataclasses import replace
from datetime import timedelta

from warehouse.habits import Habit, read_habits, store_habits


def test_habit_comes_back_as_it_was_stored_and_a_later_one_takes_its_place(fresh_desk):
    now, hour = fresh_desk.start, timedelta(hours=1)
    good = Habit("herald", now, 90, now + hour, 0.5)
    bad = Habit("herald", now + hour, 90, now + 2 * hour, None, 3, 2.5, now + hour, "timeout")
    other = Habit("courier", now, 10, now + hour, 1.0)
    store_habits(fresh_desk.connection, [good, other])
    assert read_habits(fresh_desk.connection) == {"herald": good, "courier": other}
    assert good.pause == timedelta(minutes=90)
    store_habits(fresh_desk.connection, [bad])
    store_habits(fresh_desk.connection, [good])  # an earlier look, loaded again
    store_habits(fresh_desk.connection, [])
    assert read_habits(fresh_desk.connection) == {"herald": bad, "courier": other}
    store_habits(fresh_desk.connection, [bad, replace(other, trouble=1.0)])
    assert read_habits(fresh_desk.connection)["courier"].trouble == 1.0
