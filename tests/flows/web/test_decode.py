import gzip
import tracemalloc

import brotli
import pytest

from flows.web.decode import content_decoder, decode_body
from flows.web.failures import WebFailure
from tests.newsroom.hostile import brotli_zeros, gzip_zeros

TEXT = b"The garrison counted 1,900 soldiers. " * 400
GZIP, BROTLI = gzip.compress(TEXT, mtime=0), brotli.compress(TEXT)
MOST = 10_000_000


@pytest.mark.parametrize(
    ("wire", "encodings", "expected"),
    [
        (TEXT, [], TEXT),
        (TEXT, ["identity"], TEXT),
        (TEXT, ["", " Identity "], TEXT),
        (GZIP, ["gzip"], TEXT),
        (GZIP, ["X-GZIP"], TEXT),
        (BROTLI, ["br"], TEXT),
        (GZIP + gzip.compress(b"more", mtime=0), ["gzip"], TEXT + b"more"),
        (GZIP + gzip.compress(b"", mtime=0) + gzip.compress(b"more", mtime=0), ["gzip"], TEXT + b"more"),
        (GZIP + bytes(512), ["gzip"], TEXT),  # padding
        (b"", ["gzip"], b""),
        (b"", ["br"], b""),
    ],
)
@pytest.mark.parametrize("step", [1, 7, 10**6])
def test_body_is_decoded_whole_however_it_is_cut_into_pieces(wire, encodings, expected, step):
    decoder = content_decoder(encodings, MOST)
    for start in range(0, len(wire), step):
        decoder.feed(wire[start : start + step])
    assert decoder.finish() == expected


@pytest.mark.parametrize(
    ("wire", "encodings", "reason"),
    [
        (GZIP[:-1], ["gzip"], "truncated"),
        (GZIP[:20], ["gzip"], "truncated"),
        (GZIP + GZIP[:30], ["gzip"], "truncated"),
        (BROTLI[:-1], ["br"], "truncated"),
        (BROTLI + b"more", ["br"], "bad_encoding"),
        (GZIP[:-8] + bytes(8), ["gzip"], "bad_encoding"),  # the check sum is wrong
        (TEXT, ["gzip"], "bad_encoding"),
        (TEXT, ["br"], "bad_encoding"),
        (TEXT, ["zstd"], "bad_encoding"),
        (TEXT, ["deflate"], "bad_encoding"),
        (gzip.compress(GZIP, mtime=0), ["gzip, gzip"], "bad_encoding"),
        (gzip.compress(GZIP, mtime=0), ["gzip", "gzip"], "bad_encoding"),
        (gzip.compress(BROTLI, mtime=0), ["br,gzip"], "bad_encoding"),
    ],
)
def test_body_that_is_cut_or_not_as_said_is_named(wire, encodings, reason):
    with pytest.raises(WebFailure) as caught:
        decode_body(wire, encodings, MOST)
    assert caught.value.reason == reason
    with pytest.raises(WebFailure) as caught_later:
        decoder = content_decoder(encodings, MOST)
        for byte in wire:
            decoder.feed(bytes([byte]))
        decoder.finish()
    assert caught_later.value.reason == reason


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_body_of_exactly_the_size_allowed_is_taken_and_one_byte_more_is_not(encoding):
    encode = {"": bytes, "gzip": gzip.compress, "br": brotli.compress}[encoding]
    assert len(decode_body(encode(bytes(5000)), [encoding], 5000)) == 5000
    with pytest.raises(WebFailure, match="too_large"):
        decode_body(encode(bytes(5001)), [encoding], 5000)


def test_what_is_kept_of_a_body_over_the_size_is_cut_at_it():
    decoder = content_decoder(["gzip"], 5000)
    with pytest.raises(WebFailure):
        decoder.feed(gzip.compress(b"a" * 9000, mtime=0))
    assert decoder.so_far() == b"a" * 5000


@pytest.mark.parametrize(("zeros", "encoding"), [(gzip_zeros, "gzip"), (brotli_zeros, "br")], ids=["gzip", "brotli"])
def test_bomb_takes_no_more_memory_than_the_size_allowed(zeros, encoding):
    wire = zeros(210)
    tracemalloc.start()
    with pytest.raises(WebFailure, match="too_large"):
        decode_body(wire, [encoding], MOST)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * MOST
