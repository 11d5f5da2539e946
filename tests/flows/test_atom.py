from datetime import UTC, datetime

import feedparser
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from flows.atom import AlertEntry, atom_feed, write_atom

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_feed_is_read_back_by_a_feed_reader(tmp_path):
    alert = AlertEntry(7, "new_figure", NOW, "115,000 <b>troops</b>", "He said \x00so & left.", "https://a.example/x")
    write_atom(tmp_path / "alerts.atom", [alert], NOW)
    feed = feedparser.parse((tmp_path / "alerts.atom").read_bytes())
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.id == "urn:muster:alert:7"
    assert entry.title_detail.type == "text/plain"
    assert entry.title == "115,000 <b>troops</b>"
    assert entry.link == "https://a.example/x"
    assert list(tmp_path.iterdir()) == [tmp_path / "alerts.atom"]


def test_feed_without_alerts_is_valid(tmp_path):
    write_atom(tmp_path / "alerts.atom", [], NOW)
    assert feedparser.parse((tmp_path / "alerts.atom").read_bytes()).entries == []


@given(st.text(), st.text(), st.text())
def test_feed_of_any_text_is_well_formed_and_holds_no_mark_up_of_it(title, body, url):
    feed = etree.fromstring(atom_feed([AlertEntry(7, "new_figure", NOW, title, body, url)], NOW))
    assert {etree.QName(element).localname for element in feed.iter()} <= {
        "feed", "id", "title", "updated", "author", "name", "entry", "category", "link", "content",
    }  # fmt: skip
