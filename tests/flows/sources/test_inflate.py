"""Whatever library inflates, a member ends where it ends and a wrong check sum is an error."""

import gzip
import zlib

import pytest

from flows.sources import inflate
from flows.sources.inflate import InflateError, gzip_member


@pytest.mark.parametrize("library", [inflate.LIBRARY, zlib], ids=lambda library: library.__name__)
def test_both_libraries_read_a_member_alike(library):
    packed, member = gzip.compress(b"news " * 10_000), library.decompressobj(wbits=31)
    first = member.decompress(packed + b"the next", 1_000)
    assert (len(first), member.eof, member.unused_data) == (1_000, False, b"")
    rest = member.decompress(member.unconsumed_tail)
    assert (first + rest, member.eof, member.unused_data) == (b"news " * 10_000, True, b"the next")


def test_wrong_check_sum_is_an_error():
    packed = bytearray(gzip.compress(b"news"))
    packed[-6] ^= 1
    with pytest.raises(InflateError):
        gzip_member().decompress(bytes(packed))
