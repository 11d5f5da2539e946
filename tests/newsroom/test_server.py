import json
import re
from collections import Counter
from datetime import UTC

import feedparser
import httpx
import pytest
from lxml import html

from extractors.addresses import article_key, is_article_address
from flows.outlets import read_configuration
from tests.newsroom.articles import ARTICLES, EXPECTED, NEWS, NOW, STEPS
from tests.newsroom.outlets import COURIER, HERALD, OUTLETS, WIRE, article_path
from tests.newsroom.server import Newsroom

CONTRACT = {
    "words", "low", "high", "qualifier", "measure", "item", "subject", "location", "claimant", "claimant_text",
    "status",
}  # fmt: skip
ON = [(outlet, step) for outlet in OUTLETS for step in STEPS]


@pytest.fixture(scope="module")
def served():
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture
def newsroom(served):
    served.step = 1
    served.requests.clear()
    return served


def get(newsroom, path, **options):
    address = path if path.startswith("http") else newsroom.base_url + path
    return httpx.get(address, trust_env=False, timeout=10, **options)


def entries(newsroom, outlet):
    reply = get(newsroom, outlet.feed_path)
    headers = {name.lower(): value for name, value in reply.headers.items()}
    return feedparser.parse(reply.content, response_headers=headers)


def tree(reply):
    return html.fromstring(reply.content)


def named(name):
    return next(a for a in ARTICLES if a.name == name)


def at(newsroom, name, step):
    newsroom.step = step
    article = named(name)
    return get(newsroom, article_path(article, article.at(step)))


@pytest.mark.parametrize(("outlet", "step"), ON, ids=lambda v: getattr(v, "id", v))
def test_feed_names_every_article_that_is_out_and_each_is_served(newsroom, outlet, step):
    newsroom.step = step
    found = entries(newsroom, outlet)
    out = newsroom.published(outlet)
    assert {e.link for e in found.entries} == {newsroom.base_url + article_path(*pair) for pair in out}
    for entry, (_, version) in zip(found.entries, out, strict=True):
        reply = get(newsroom, entry.link)
        assert reply.status_code == 200
        assert entry.title == version.title
        text = " ".join(tree(reply).text_content().split())
        for line in version.text.split("\n"):
            assert line in text


def test_feeds_are_three_kinds(newsroom):
    found = {outlet.id: entries(newsroom, outlet) for outlet in OUTLETS}
    assert {name: feed.version for name, feed in found.items()} == {
        "capital-herald": "rss20", "river-courier": "atom10", "northern-wire": "rss10"
    }  # fmt: skip
    assert found["northern-wire"].encoding == "windows-1251"
    assert "Северный телеграф" in found["northern-wire"].feed.title


def test_second_step_adds_articles_and_takes_none_away(newsroom):
    first = {a.name for o in OUTLETS for a, _ in newsroom.published(o)}
    newsroom.step = 2
    second = {a.name for o in OUTLETS for a, _ in newsroom.published(o)}
    assert first < second == {a.name for a in ARTICLES}


def test_outlets_toml_is_read_strictly_and_knows_its_articles(newsroom, tmp_path):
    path = tmp_path / "outlets.toml"
    path.write_text(newsroom.outlets_toml(), encoding="utf-8")
    configured = {outlet.id: outlet for outlet in read_configuration(path).outlets}
    assert list(configured) == [outlet.id for outlet in OUTLETS]
    for article in ARTICLES:
        for version in article.versions:
            url = newsroom.base_url + article_path(article, version)
            assert is_article_address(url, configured[article.outlet].article)
    assert not is_article_address(f"{newsroom.base_url}/capital-herald/news", configured["capital-herald"].article)


def test_changed_slug_redirects_and_stays_the_same_article(newsroom):
    article = named("herald-border-build-up")
    old, new = (article_path(article, article.at(step)) for step in STEPS)
    assert old != new
    assert get(newsroom, old).status_code == 200
    newsroom.step = 2
    moved = get(newsroom, old)
    assert (moved.status_code, moved.headers["location"]) == (301, newsroom.base_url + new)
    assert "45,000 troops" in get(newsroom, old, follow_redirects=True).text
    keys = {article_key(HERALD.id, newsroom.base_url + path, HERALD.pattern) for path in (old, new)}
    assert len(keys) == 1


def test_rewrite_of_the_words_alone_keeps_address_and_figures(newsroom):
    article = named("courier-kherson-evacuation")
    first, second = article.at(1), article.at(2)
    assert article_path(article, first) == article_path(article, second)
    assert first.text != second.text
    values = [[(f.get("low"), f.get("high"), f["measure"]) for f in v.figures] for v in (first, second)]
    assert values[0] == values[1]


def test_herald_page_has_one_article_among_its_json_ld_and_foreign_figures_outside_the_text(newsroom):
    page = tree(at(newsroom, "herald-odesa-drones", 1))
    blocks = [json.loads(text) for text in page.xpath("//script[@type='application/ld+json']/text()")]
    assert Counter(block["@type"] for block in blocks)["NewsArticle"] == 1
    assert len(blocks) == 4
    assert "articleBody" not in {key for block in blocks for key in block}
    assert page.xpath("//meta[@property='article:published_time']/@content") == ["2026-03-01T11:25:00+03:00"]
    for place in ("article__related-article", "article__tags", "sidebar", "read-more", "article__featured-image"):
        assert re.search(r"\d", page.xpath(f"//*[contains(@class,'{place}')]")[0].text_content())


def test_courier_page_dates_itself_by_the_time_element_alone(newsroom):
    reply = at(newsroom, "courier-daily-losses", 1)
    page = tree(reply)
    assert page.xpath("//time/@datetime") == ["2026-03-02T08:05:00+02:00"]
    assert "ld+json" not in reply.text
    assert "published_time" not in reply.text
    assert len(page.xpath("//div[@class='entry-content']/ul/li[contains(., 'tanks')]")) == 1


def test_wire_page_is_a_table_in_windows_1251_with_the_day_in_meta(newsroom):
    reply = at(newsroom, "wire-night-drones", 1)
    assert reply.headers["content-type"] == "text/html"
    assert "Северный телеграф" in reply.content.decode("windows-1251")
    page = tree(reply)
    assert page.xpath("//meta[@name='date']/@content") == ["2026-03-02"]
    assert not page.xpath("//article | //time | //script")


def test_undated_article_has_no_date_on_its_page_in_its_feed_or_address(newsroom):
    reply = at(newsroom, "courier-dossier-transnistria", 2)
    assert not tree(reply).xpath("//time")
    assert not re.search(r"\b20\d\d\b", str(reply.url.path) + reply.text)
    entry = next(e for e in entries(newsroom, COURIER).entries if "dossier" in e.link)
    assert "published" not in entry
    assert "updated" not in entry


def test_unknown_address_of_the_herald_is_a_page_and_elsewhere_a_404(newsroom):
    reply = get(newsroom, "/capital-herald/2026/03/02/never-a99999")
    assert reply.status_code == 200
    assert "Page not found" in reply.text
    assert get(newsroom, "/river-courier/2026/03/02/never/").status_code == 404


def test_article_of_the_second_step_is_not_there_in_the_first(newsroom):
    article = named("wire-lyman-denial")
    assert get(newsroom, article_path(article, article.at(2))).status_code == 404


def test_robots_file_is_served_and_requests_are_kept_in_order(newsroom):
    assert "Disallow: *?utm" in get(newsroom, "/robots.txt").text
    get(newsroom, "/nowhere")
    assert newsroom.requests == [("/robots.txt", 200), ("/nowhere", 404)]


@pytest.mark.parametrize(("name", "step"), EXPECTED, ids=str)
def test_expected_finds_stand_in_the_text_in_the_terms_of_the_contract(name, step):
    version = EXPECTED[name, step]
    for find in (*version.figures, *version.mentions):
        assert find["words"] in version.text
    for figure in version.figures:
        assert set(figure) <= CONTRACT
        assert "low" in figure or "high" in figure
    assert step == 1 or bool(version.news) != bool(version.quiet)
    spans = {find["words"] for find in (*version.figures, *version.mentions)}
    assert {item["words"] for item in version.news} <= spans


def test_news_names_each_kind_of_alert_but_the_summary():
    assert {item["rule"] for item in NEWS[2]} == {"revised_article", "contradiction", "new_figure", "new_contact"}


def test_every_dated_article_is_out_before_its_step(newsroom):
    for article in ARTICLES:
        if article.published:
            assert article.published.astimezone(UTC) < NOW[article.versions[0].step]


def test_wire_texts_can_be_written_in_its_encoding():
    for article in ARTICLES:
        if article.outlet == WIRE.id:
            assert article.at(2).text.encode("windows-1251")
