"""The fit of the chooser of sides."""

from pathlib import Path

from tests.bench.fit_siding import cases_of, fitted, table_of
from tests.bench.labelled import answers, passages, proposals_of

TEXT = "Norway accused Iceland of fraud. Iceland rejected the Norwegian proposal. Norway met Sweden in Oslo."
ROW = {
    "id": "own",
    "text": TEXT,
    "diplomacy": [
        {"span": [7, 14], "event": "ACCUSE", "actors": ["NOR"], "targets": ["ISL"], "status": "actual"},
        {"span": [41, 49], "event": "REJECT", "actors": ["ISL"], "targets": ["NOR"], "status": "actual"},
    ],
}


def test_a_label_answers_to_the_proposal_of_its_event_once() -> None:
    (proposals,) = proposals_of([ROW])
    found = [a for a in answers(ROW, proposals) if a is not None]
    assert [a["event"] for a in found] == ["ACCUSE", "REJECT"]


def test_the_fit_learns_that_the_subject_acts() -> None:
    weights = fitted(cases_of([ROW] * 4), penalty=1.0)
    assert weights["actors subject is"] > 0
    assert weights["actors object is"] < 0


def test_one_contender_of_each_act_is_right() -> None:
    table = table_of(cases_of([ROW] * 4), "targets")
    assert len(table.right) == len(table.first)
    assert all(begin <= right for begin, right in zip(table.first, table.right, strict=True))


def test_without_a_file_of_texts_there_are_no_passages() -> None:
    assert passages(None) == []


def test_passages_are_kept_without_their_text(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text('{"id": "raw-0003", "text": "Norway."}\n', "utf8")
    assert [row["text"] for row in passages(file)] == ["Norway."]
