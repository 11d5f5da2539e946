"""What the README promises is held by tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| (?P<promise>[^|]+) \| (?P<tests>[^|]+) \|$", re.M)


def promises():
    """Return promise → names of its tests."""
    section = (ROOT / "README.md").read_text("utf-8").partition("## What it promises\n")[2].partition("\n## ")[0]
    return {row["promise"]: row["tests"] for row in ROW.finditer(section) if row["promise"] not in ("promise", "---")}


def marks_of_tests():
    """Return test → the lines of marks above it."""
    text = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").glob("**/test_*.py"))
    marked = re.finditer(r"((?:^@.*\n(?:^[ )\]].*\n)*)*)^(?:async )?def (test_\w+)\(", text, re.M)
    return {found[2]: found[1] for found in marked}


def test_each_promise_names_tests_that_are_there_and_run():
    known, told = marks_of_tests(), promises()
    assert len(told) >= 14
    for promise, tests in told.items():
        names = re.findall(r"`(test_\w+)`", tests)
        assert ", ".join(f"`{name}`" for name in names) == tests, promise
        for name in names:
            assert name in known, f"{promise}: there is no test {name}"
            assert "skip" not in known[name] and "xfail" not in known[name], f"{promise}: {name} does not run"
