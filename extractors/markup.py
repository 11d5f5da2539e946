"""From the bytes of a reply to one parsed tree, or the reason why none can be had in bounded time."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterable, Iterator

import re2
from lxml import etree, html
from trafilatura.utils import detect_encoding

# Bounds: the largest of 257 measured news pages has 2.2 MB and 34 levels. trafilatura takes time quadratic in
# the number of paragraphs (16,000: 8 s), lxml in the attributes of one tag (16,000: 0.6 s, 100,000: 18 s).
MAX_BYTES = 8_000_000
MAX_DEPTH = 256
MAX_PARAGRAPHS = 5_000
MAX_ELEMENTS = 30_000  # 4,098 on the largest of 152 real pages
MAX_ATTRIBUTES, MAX_IN_LONG_TAGS = 2_000, 10_000  # in one tag, in all long tags together
MAX_TEXT = 2_000_000  # characters outside scripts: 400,000 on the longest page that is known
# Rules that look at all that an element holds cost the sum of the depths: 64,000 on the largest of 152 real pages.
MAX_DEPTHS = 1_000_000
LONG_TAG = 4_000

# What an HTTP header or a page may call a charset, and the codec that reads it (WHATWG: a superset where one exists).
# Only these: Python would also take "hex", "zlib", "idna" or "unicode_escape" for a charset.
CHARSETS = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "us-ascii": "cp1252", "ascii": "cp1252", "latin1": "cp1252", "iso-8859-1": "cp1252", "windows-1252": "cp1252",
    "windows-1250": "cp1250", "windows-1251": "cp1251", "windows-1253": "cp1253", "windows-1254": "cp1254",
    "windows-1255": "cp1255", "windows-1256": "cp1256", "windows-1257": "cp1257", "windows-1258": "cp1258",
    "cp1251": "cp1251", "cp1252": "cp1252", "koi8-r": "koi8-r", "koi8-u": "koi8-u", "iso-8859-2": "iso8859-2",
    "iso-8859-4": "iso8859-4", "iso-8859-5": "iso8859-5", "iso-8859-6": "iso8859-6", "iso-8859-7": "iso8859-7",
    "iso-8859-8": "iso8859-8", "iso-8859-9": "cp1254", "iso-8859-13": "iso8859-13", "iso-8859-15": "iso8859-15",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-jp": "euc-jp", "iso-2022-jp": "iso2022-jp", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs",
    "tis-620": "cp874", "windows-874": "cp874",
}  # fmt: skip
BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
CHARSET_LABEL = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)

# First bytes of what is no page: PDF, images, archives, fonts, sound.
BINARY_STARTS = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"PK\x03\x04", b"\x00\x00\x00", b"OggS", b"ID3", b"BZh",
    b"7z\xbc\xaf", b"\xfd7zXZ", b"wOFF", b"wOF2", b"II*\x00", b"MM\x00*", b"\x7fELF", b"BM",
)  # fmt: skip
GZIP_START = b"\x1f\x8b\x08"
PAGE_TYPES = ("html", "xml", "text/plain", "octet-stream", "unknown")
# re2 here and below, since its time is linear whatever the page holds.
FIRST_TAG = re2.compile(r"(?is)^\s*(?:<!--.*?-->\s*|<\?.*?>\s*|<!doctype[^>]*>\s*)*<([a-z][a-z0-9:]*)")
PAGE_TAG = re2.compile(r"(?i)<(?:!doctype html|html|head|body|title|meta|main|article|section|div|p|table)[\s>]")
FEED_TAGS = frozenset({"rss", "feed", "urlset", "sitemapindex", "rdf:rdf", "opml", "svg", "error", "kml"})
INVALID_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# A tag with its quoted values.
QUOTED = r"\"[^\"]*\"|'[^']*'"
TAG = re2.compile(rf"<[a-zA-Z](?:[^>\"']|{QUOTED})*")
QUOTED_VALUE = re2.compile(QUOTED)
DEEPER_THAN_ALLOWED = etree.XPath(f"boolean({'/*' * MAX_DEPTH})")


# What lxml, trafilatura and their like raise on markup that they did not foresee.
LIBRARY_FAILURES = (
    etree.LxmlError, ValueError, TypeError, AttributeError, LookupError, AssertionError, ArithmeticError,
    RecursionError,
)  # fmt: skip


class UnreadableError(Exception):
    """A body that gives no tree; `reason` is one word of extractors.walls.REASONS."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def parse_page(body: bytes, content_type: str | None = None) -> html.HtmlElement:
    """Return the root of the page; raises UnreadableError with the reason, and nothing else.

    The tree has no comments. It is read with libxml2's own limits off (a text node over 10 MB, more than 255
    levels would otherwise vanish without a word), so the limits above are what bounds it.
    """
    text = INVALID_CHARACTERS.sub("", decode_body(body, content_type))
    _refuse_what_is_no_page(text, content_type)
    _refuse_attribute_floods(text)
    parser = html.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        huge_tree=True,
    )
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
    except LIBRARY_FAILURES as error:
        raise UnreadableError("not_html", f"no tree can be read from it: {error}") from error
    _refuse_giants(tree, text)
    return tree


def decode_body(body: bytes, content_type: str | None = None) -> str:
    """Return the text of a body; raises UnreadableError when it is empty, too large or no text.

    Valid UTF-8 is taken as such whatever is declared; then the charset of the header, of the page, then a guess.
    """
    if body.startswith(GZIP_START):
        body = _gunzip(body)
    if len(body) > MAX_BYTES:
        raise UnreadableError("too_large", f"{len(body)} bytes, {MAX_BYTES} are read")
    if not body.strip(b" \t\r\n\x00"):
        raise UnreadableError("empty", "the body is empty")
    if body.startswith(BINARY_STARTS) and b"<html" not in body[:2000].lower():
        raise UnreadableError("not_html", f"it begins like a binary file: {body[:4]!r}")
    return next(text for text in _decodings(body, content_type) if text is not None)


def _decodings(body: bytes, content_type: str | None) -> Iterator[str | None]:
    for mark, codec in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            yield _decoded(body, codec)
    if body[:200].count(0) > 40:  # two bytes a character, and no mark to say so
        yield _decoded(body, "utf-16-le" if body[1:2] == b"\x00" else "utf-16-be")
    if not _says_stateful(body):
        yield _decoded(body, "utf-8")
    for label in CHARSET_LABEL.findall(f"{content_type} {body[:4096].decode('latin-1')}"):
        if label.lower() in CHARSETS:
            yield _decoded(body, CHARSETS[label.lower()])
    for guess in detect_encoding(body)[:3]:
        yield _decoded(body, guess)
    yield body.decode("utf-8", errors="replace")


def _says_stateful(body: bytes) -> bool:
    """Tell whether a body of plain ASCII bytes is ISO-2022-JP, which would pass as UTF-8."""
    return b"\x1b$" in body[:20_000] or b"\x1b(" in body[:20_000]


def _decoded(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _gunzip(body: bytes) -> bytes:
    """Return a gzip body inflated, as far as it goes and no further than the limit."""
    inflater = zlib.decompressobj(31)
    try:
        return inflater.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise UnreadableError("not_html", f"broken gzip: {error}") from error


def _refuse_what_is_no_page(text: str, content_type: str | None) -> None:
    kind = (content_type or "").split(";")[0].strip().lower()
    first = FIRST_TAG.search(text[:20_000])
    tag = first.group(1).lower() if first else None
    if tag in FEED_TAGS:
        raise UnreadableError("not_html", f"its first tag is <{tag}>")
    if kind and not any(name in kind for name in PAGE_TYPES) and tag not in {"html", "head", "body"}:
        raise UnreadableError("not_html", f"its type is {kind}")
    if not PAGE_TAG.search(text) or text.lstrip()[:1] in ("{", "["):
        raise UnreadableError("not_html", "it holds no markup")


def _refuse_attribute_floods(text: str) -> None:
    """Refuse a page with thousands of attributes in one tag, before lxml spends minutes on it."""
    # Nearly every page ends here: the scan of all tags is for one with a "<" that no ">" follows for long, and many
    # words there outside quotation marks.
    parts = (part for part in text.split("<") if len(part) >= LONG_TAG and part.find(">", 0, LONG_TAG) < 0)
    if not _is_flood(_attributes(part) for part in parts):
        return
    tags = (match.group() for match in TAG.finditer(text))
    if _is_flood(_attributes(tag) for tag in tags if len(tag) >= LONG_TAG):
        raise UnreadableError(
            "too_many_attributes", f"over {MAX_ATTRIBUTES} in a tag, or {MAX_IN_LONG_TAGS} in several"
        )


def _is_flood(numbers: Iterable[int]) -> bool:
    total = 0
    for number in numbers:
        total += number
        if number > MAX_ATTRIBUTES or total > MAX_IN_LONG_TAGS:
            return True
    return False


def _attributes(tag: str) -> int:
    return len(QUOTED_VALUE.sub(" ", tag).replace("/", " ").split())


def _refuse_giants(tree: html.HtmlElement, text: str) -> None:
    if DEEPER_THAN_ALLOWED(tree):
        raise UnreadableError("too_deep", f"more than {MAX_DEPTH} levels")
    paragraphs = int(tree.xpath("count(//p) + count(//h1 | //h2 | //h3 | //h4 | //h5 | //h6)"))
    if paragraphs > MAX_PARAGRAPHS:
        raise UnreadableError("too_many_paragraphs", f"{paragraphs}, {MAX_PARAGRAPHS} are read")
    elements = int(tree.xpath("count(//*)"))
    if elements > MAX_ELEMENTS:
        raise UnreadableError("too_many_elements", f"{elements}, {MAX_ELEMENTS} are read")
    if len(text) > MAX_TEXT:
        letters = sum(len(part) for part in tree.xpath("//text()[not(parent::script or parent::style)]"))
        if letters > MAX_TEXT:
            raise UnreadableError("too_large", f"{letters} characters of text, {MAX_TEXT} are read")
    if elements * MAX_DEPTH > MAX_DEPTHS and _sum_of_depths(tree) > MAX_DEPTHS:
        raise UnreadableError("too_deep", f"{elements} elements, most of them far down")


def _sum_of_depths(tree: html.HtmlElement) -> int:
    depth = total = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        total += depth if event == "start" else 0
    return total
