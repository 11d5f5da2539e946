"""Importing OPML: draft tables at the end of outlets.toml, that the program reads."""

import pytest

from flows.adding import import_opml
from flows.outlets import read_configuration
from flows.settings import ConfigurationError

MINE = '# My outlets\n[harbour-post]\nname = "Harbour Post"\nfeeds = ["https://harbour.test/rss"]'  # no line end
OPML = """<opml version="2.0"><body>
<outline text="Harbour Post" xmlUrl="https://harbour.test/rss"/>
<outline text="Harbour Post" xmlUrl="https://harbour.test/sports"/>
<outline text='He said "no" \\ [x]' xmlUrl="https://quotes.test/rss"/>
<outline text="again" xmlUrl="https://quotes.test/rss"/>
<outline text="disk" xmlUrl="file:///etc/hostname"/>
</body></opml>"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "outlets.toml").write_text(MINE)
    (tmp_path / "feeds.opml").write_text(OPML)
    return tmp_path / "feeds.opml", tmp_path / "outlets.toml"


def test_new_feeds_are_appended_and_the_others_are_named(files):
    done = import_opml(*files)
    assert [name for name, _ in done.added] == ["harbour-post-2", "he-said-no-x"]
    assert [(feed.url, why) for feed, why in done.skipped] == [
        ("https://harbour.test/rss", "already that of [harbour-post]"),
        ("https://quotes.test/rss", "already that of [he-said-no-x]"),
        ("file:///etc/hostname", "no http or https address"),
    ]
    outlets = {o.id: o for o in read_configuration(files[1]).outlets}
    assert list(outlets) == ["harbour-post", "harbour-post-2", "he-said-no-x"]
    assert outlets["he-said-no-x"].name == 'He said "no" \\ [x]'
    assert outlets["he-said-no-x"].feeds == ("https://quotes.test/rss",)
    assert files[1].read_text().startswith(MINE + "\n")


def test_a_second_import_adds_nothing(files):
    import_opml(*files)
    before = files[1].read_bytes()
    assert import_opml(*files).added == ()
    assert files[1].read_bytes() == before
    assert sorted(p.name for p in files[1].parent.iterdir()) == ["feeds.opml", "outlets.toml"]


def test_a_file_behind_a_link_is_changed_and_the_link_stays(files):
    opml, toml = files
    link = toml.with_name("link.toml")
    link.symlink_to(toml)
    import_opml(opml, link)
    assert link.is_symlink()
    assert "harbour-post-2" in toml.read_text()


def test_without_an_outlets_toml_of_ones_own_the_error_says_what_to_do(files, monkeypatch, tmp_path):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    with pytest.raises(ConfigurationError, match=r"no outlets\.toml in this folder; copy .* here"):
        import_opml(files[0], None)


@pytest.mark.parametrize(("body", "says"), [(None, "No such file"), (b"<html/>", "not <opml>")])
def test_file_that_cannot_be_read_is_named(files, body, says):
    other = files[0].with_name("other.opml")
    if body:
        other.write_bytes(body)
    with pytest.raises(ConfigurationError, match=rf"other\.opml: .*{says}"):
        import_opml(other, files[1])
