import gzip

import pytest

from extractors.markup import MAX_BYTES, UnreadableError, decode_body, parse_page

PAGE = (
    "<html><head><meta charset='{}'><title>Новини</title></head><body><p>Армія відійшла до річки.</p></body></html>"
)
HEAD = b"<html><body><p>Armour moves.</p>"


def reason(body: bytes, content_type: str | None = None) -> str:
    with pytest.raises(UnreadableError) as caught:
        parse_page(body, content_type)
    assert caught.value.detail
    return caught.value.reason


@pytest.mark.parametrize(
    "charset", ["utf-8", "windows-1251", "koi8-u", "iso-8859-5", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_page_is_decoded_by_the_charset_that_it_declares(charset: str) -> None:
    body = PAGE.format(charset).encode(charset)
    assert "Армія відійшла" in parse_page(body).text_content()


def test_charset_of_the_header_is_believed_before_a_guess() -> None:
    body = "<html><body><p>Армія відійшла до річки.</p></body></html>".encode("windows-1251")
    assert "Армія" in decode_body(body, "text/html; charset=windows-1251")


def test_valid_utf8_is_read_as_such_whatever_is_declared() -> None:
    body = PAGE.format("windows-1252").encode()
    assert "Армія" in decode_body(body, "text/html; charset=iso-8859-1")


def test_japanese_page_in_escapes_is_no_ascii() -> None:
    text = "<html><head><meta charset=iso-2022-jp></head><body><p>戦車が川を渡った。</p></body></html>"
    assert "戦車" in decode_body(text.encode("iso2022-jp"))


@pytest.mark.parametrize(
    "charset", ["hex", "zlib", "rot13", "idna", "utf-7", "unicode_escape", "nonsense", "", "-", "é"]
)
def test_charset_that_is_none_breaks_nothing(charset: str) -> None:
    body = "<html><body><p>Zażółć gęślą jaźń</p></body></html>".encode("windows-1250")
    assert decode_body(body, f"text/html; charset={charset}")


def test_gzip_that_was_never_undone_is_undone() -> None:
    assert "Armour" in parse_page(gzip.compress(HEAD)).text_content()
    assert reason(gzip.compress(HEAD)[:14] + b"garbage after the head") == "not_html"


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\x00" * 900, "empty"),
        (b"%PDF-1.7 ...", "not_html"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not_html"),
        (b"GIF89a....", "not_html"),
        (b"PK\x03\x04....", "not_html"),
        (b'{"error": "<p>no</p>"}', "not_html"),
        (b"plain words", "not_html"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><item/></channel></rss>', "not_html"),
        (b"<!-- made by hand --><urlset><url/></urlset>", "not_html"),
        (b"<svg><path/></svg>", "not_html"),
        (bytes(range(128, 256)) * 99, "not_html"),
        (HEAD + b"a" * MAX_BYTES, "too_large"),
        (HEAD + b"<div>" * 400, "too_deep"),
        (HEAD + (b"<div>" * 200 + b"x" + b"</div>" * 200) * 80, "too_deep"),
        (HEAD + b"<p>x</p>" * 5_001, "too_many_paragraphs"),
        (HEAD + b"<h3>x</h3>" * 5_001, "too_many_paragraphs"),
        (HEAD + b"<td>x</td>" * 30_001, "too_many_elements"),
        (HEAD + b"<p " + b" ".join(b"a%d=1" % i for i in range(9_000)) + b">", "too_many_attributes"),
        (HEAD + (b"<p " + b" ".join(b"a%d=1" % i for i in range(1_500)) + b">x</p>") * 8, "too_many_attributes"),
        (HEAD + b"<p>" + b"word " * 410_000, "too_large"),
        (HEAD + b'<p x="<" ' + b" ".join(b"a%d=1" % i for i in range(9_000)) + b">", "too_many_attributes"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_has_a_reason(body: bytes, word: str) -> None:
    assert reason(body) == word


def test_type_of_the_reply_counts_only_where_the_body_is_no_page() -> None:
    assert reason(b"<p>x</p>", "application/json") == "not_html"
    assert parse_page(b"<html><body><p>x</p></body></html>", "application/json") is not None
    assert parse_page(b"<p>x</p>", "text/html") is not None
    assert parse_page(b"<p>x</p>", "") is not None


def test_long_attribute_of_a_real_page_is_no_flood() -> None:
    data = b'{"a": "b c d e f", ' * 4_000
    assert parse_page(HEAD + b"<div data-state='" + data + b"'>x</div>") is not None


def test_deepest_real_page_is_read() -> None:
    assert parse_page(HEAD + b"<div>" * 200 + b"deep") is not None


def test_comments_and_control_characters_are_no_part_of_the_tree() -> None:
    tree = parse_page(b"<html><body><!-- hidden --><p>ar\x00mo\x0bur</p></body></html>")
    assert tree.text_content() == "armour"


@pytest.mark.parametrize("body", [b"<!-- x -->" * 4_000 + HEAD, b"<!DOCTYPE" + b"/" * 20_000 + b">" + HEAD])
def test_long_heads_are_read_in_linear_time(body: bytes) -> None:
    assert "Armour" in parse_page(body).text_content()
