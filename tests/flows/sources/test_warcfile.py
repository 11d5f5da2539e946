import gzip
import io
import tracemalloc
import zlib

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.sources.warcfile import WarcFile

PAGE = b"<html><body><p>The river rose.</p></body></html>"


def record(number, body=PAGE, kind="response"):
    """Return one plain record as another tool writes it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            f"https://outlet.test/{number}",
            kind,
            payload=io.BytesIO(body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": "2021-12-05T10:00:00Z"},
        )
    )
    return out.getvalue()


RECORDS = [record(n, PAGE * (n + 1)) for n in range(5)]
FORMS = {
    "a member a record": b"".join(gzip.compress(r) for r in RECORDS),
    "one member": gzip.compress(b"".join(RECORDS)),
    "plain": b"".join(RECORDS),
}


def read(tmp_path, data, wanted=lambda head: True):
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(data)
    file = WarcFile(path, wanted)
    return file, list(file)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_records(tmp_path, form):
    file, found = read(tmp_path, FORMS[form])
    assert [head.target for head, _ in found] == [f"https://outlet.test/{n}" for n in range(5)]
    assert all(block.endswith(PAGE * (n + 1)) for n, (_, block) in enumerate(found))
    assert file.records == 5 and file.cut is None


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_wanted_is_passed_over(tmp_path, form):
    file, found = read(tmp_path, FORMS[form], lambda head: head.target.endswith("/3"))
    assert [block[-48:] for _, block in found] == [PAGE]
    assert file.records == 5


def test_the_offset_is_that_of_the_records_own_member(tmp_path):
    data = FORMS["a member a record"]
    _, found = read(tmp_path, data)
    for head, block in found:
        assert zlib.decompressobj(wbits=31).decompress(data[head.offset :]).endswith(block + b"\r\n\r\n")
    assert [h.offset for h, _ in read(tmp_path, FORMS["plain"])[1]][1] == len(RECORDS[0])


@pytest.mark.parametrize("form", FORMS)
def test_wherever_a_file_is_cut_its_whole_records_are_kept_and_the_cut_is_named(tmp_path, form):
    data = FORMS[form]
    ends = [sum(len(gzip.compress(r)) for r in RECORDS[: n + 1]) for n in range(5)]
    for cut in range(0, len(data), 37):
        file, found = read(tmp_path, data[:cut])
        assert all(block.endswith(PAGE * (n + 1)) for n, (_, block) in enumerate(found))
        if form == "a member a record":
            assert len(found) == sum(end <= cut for end in ends)
            assert (file.cut is None) == (cut in [0, *ends])
        elif form == "one member":
            assert file.cut is not None or cut == 0


@pytest.mark.parametrize(
    ("tail", "why"),
    [
        (gzip.compress(b"hello\r\n\r\n"), "no WARC record"),
        (gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"), "no length"),
        (gzip.compress(b"WARC/1.0\r\nContent-Length: -5\r\n\r\n"), "no length"),
        (gzip.compress(b"WARC/1.0\r\nX: " + b"y" * 100_000), "no end of its head"),
        (gzip.compress(b"WARC/1.0\r\nContent-Length: 99999\r\n\r\nshort"), "ends in its block"),
        (b"\x1f\x8bnot gzip", "gzip is broken"),
        (b"\0" * 600, "gzip is broken"),
    ],
)
def test_what_is_no_record_ends_the_file_and_is_named(tmp_path, tail, why):
    whole = FORMS["a member a record"]
    file, found = read(tmp_path, whole + tail)
    assert len(found) == 5
    assert why in file.cut and f"byte {len(whole)}, after 5 whole ones" in file.cut


def test_a_flipped_bit_is_not_given_as_a_page(tmp_path):
    data = bytearray(FORMS["a member a record"])
    data[-6] ^= 1  # in the check sum of the last member
    file, found = read(tmp_path, bytes(data))
    assert len(found) == 4 and "check" in file.cut


def test_odd_heads_are_read(tmp_path):
    odd = (
        b"WARC/1.1\r\nwarc-type:response\r\nWARC-Target-URI: <https://outlet.test/\xc3\xa9>\r\n"
        b"WARC-Date: 2021-12-05T10:00:00.123456Z\r\ncontent-length: 0\r\n\r\n\r\n\r\n"
    )
    _, ((head, block),) = read(tmp_path, odd)
    assert (head.kind, head.target, block) == ("response", "https://outlet.test/é", b"")
    assert head.date.microsecond == 123456


def test_an_empty_file_has_no_records_and_no_cut(tmp_path):
    file, found = read(tmp_path, b"")
    assert found == [] and file.cut is None


def test_memory_does_not_grow_with_the_file_or_with_a_bomb(tmp_path):
    bomb = gzip.compress(b"WARC/1.0\r\nContent-Length: 200000000\r\n\r\n" + b" " * 200_000_000, 1)
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(FORMS["a member a record"] * 50 + bomb + RECORDS[0])
    file = WarcFile(path, lambda head: not head.target.startswith("https://outlet.test/1"))
    tracemalloc.start()
    kept = sum(1 for _ in file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert kept == 200 and file.too_large == 1
    assert peak < 10_000_000
