import pytest

from flows.web.failures import FAILURES, shown


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/a/b", "https://news.example/a/b"),
        ("https://desk:hunter2@news.example/a", "https://news.example/a"),
        ("https://news.example/a?token=hunter2#hunter2", "https://news.example/a?…"),
        ("https://news.example:8443/a#hunter2", "https://news.example:8443/a"),
        ("mailto:hunter2", "an address with scheme 'mailto'"),
        ("hunter2", "an address without a host"),
        ("http://news.example:hunter2/", "an address that cannot be read"),
        ("http://news.example/\nhunter2", "an address that cannot be read"),
    ],
)
def test_shown_address_keeps_no_secret(url, expected):
    assert shown(url) == expected


def test_each_failure_is_one_word_with_a_meaning():
    assert all(word.replace("_", "").isalpha() and word.islower() and meaning for word, meaning in FAILURES.items())
