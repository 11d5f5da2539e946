import httpx
import pytest

from flows.web.failures import WebFailure
from flows.web.urls import host_of, port_of, readable, shown, without_user


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


@pytest.mark.parametrize(
    ("url", "port"), [("http://a.example/", 80), ("https://a.example/", 443), ("http://a.example:8080/", 8080)]
)
def test_port_is_the_schemes_own_unless_given(url, port):
    assert port_of(httpx.URL(url)) == port


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://NEWS.example/", "news.example"),
        ("http://новости.example/", "xn--b1amnebsh.example"),
        ("http://xn--a/", "xn--a"),  # means nothing, and must not raise
        ("http://[::1]:80/", "::1"),
        ("news", ""),
    ],
)
def test_host_is_given_as_it_is_asked_for(url, host):
    assert host_of(httpx.URL(url)) == host


def test_what_is_no_address_is_a_bad_url():
    with pytest.raises(WebFailure, match="bad_url"):
        readable("http://news.example/\n")
    assert str(readable("http://news.example/a#b")) == "http://news.example/a"


def test_user_name_is_taken_out_of_an_address():
    assert str(without_user(httpx.URL("http://me:pw@news.example/a?b"))) == "http://news.example/a?b"
