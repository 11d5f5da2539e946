import asyncio
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv6Address, ip_address, ip_network

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.web.failures import WebFailure
from flows.web.guard import AddressGuard, is_public, system_resolver
from tests.flows.web.asking import names, through_door
from tests.newsroom.resolvers import mute

PRIVATE = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 172.31.255.1
    192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1
    239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1
    64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b:1::8.8.8.8 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::
    2002:808:808::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%lo fec0::1 ff02::1 ff0e::1
""".split()

PUBLIC = """
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 169.253.1.1
    172.15.255.255 172.32.0.1 192.167.1.1 192.169.1.1 198.17.255.255 198.20.0.1 223.255.255.254
    2606:4700::1111 2a00:1450:4001::1 2400:cb00::1 ::ffff:8.8.8.8 64:ff9b::8.8.8.8
""".split()

# Where an address would lead that looks like something else; each must be refused before a connection is tried.
DISGUISES = """
    http://127.0.0.1/ http://localhost/ http://LOCALHOST/ http://localhost./ http://127.1/ http://127.0.1/
    http://2130706433/ http://0x7f000001/ http://0x7f.1/ http://0x7f.0x0.0x0.0x1/ http://017700000001/ http://0177.1/
    http://0177.0.0.01/ http://0/ http://0.0.0.0/ http://00.0.0.0/ http://127.0.0.1:80/ https://127.0.0.1:443/
    http://[::1]/ http://[::]/ http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/
    http://[::127.0.0.1]/ http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/ http://[fe80::1]/ http://[fec0::1]/
    http://[ff02::1]/ http://[fd00:ec2::254]/ http://169.254.169.254/latest/meta-data/ http://0xa9fea9fe/
    http://2852039166/ http://10.0.0.1/ http://192.168.0.1/ http://172.16.5.4/ http://100.100.100.200/ http://224.0.0.1/
    http://good.example@127.0.0.1/ http://good.example:pw@localhost/ http://127.0.0.1#@good.example/
    http://127.0.0.1?@good.example/ http://127.0.0.1%2f@good.example/ http://inner.example/ http://mixed.example/
    http://mapped.example/ http://metadata.example/ http://１２７.０.０.１/ http://①②⑦.⓪.⓪.①/ http://127。0。0。1/
    http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/ http:\\\\127.0.0.1\\ http:///127.0.0.1/ http:127.0.0.1 //127.0.0.1/ http://127.0.0.1:8080/
    http://good.example:22/ http://good.example:6379/ https://good.example:80443/ file:///etc/hostname
    gopher://127.0.0.1/ ftp://127.0.0.1/ dict://127.0.0.1:11211/ data:text/plain,hello javascript:alert(1) http://
    http://[::1%25lo]/ http://[::1
""".split()

RESOLVER = names(
    localhost=["127.0.0.1", "::1"],
    inner_example=["10.1.2.3"],
    mixed_example=["93.184.216.34", "127.0.0.1"],
    mapped_example=["::ffff:192.168.0.1"],
    metadata_example=["fe80::a9fe:a9fe%lo"],
)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_or_special_address_is_not_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_neighbour_of_a_special_range_is_public(address):
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_ipv4_inside_ipv6_is_judged_as_itself(address):
    for prefix in (0xFFFF << 32, 0x64_FF9B << 96):  # mapped, NAT64
        assert is_public(IPv6Address(prefix | int(address))) == is_public(address)
    assert not is_public(IPv6Address(int(address)))  # IPv4-compatible: of no use but to disguise
    assert not is_public(IPv6Address(0x2002 << 112 | int(address) << 80))  # 6to4


@given(st.ip_addresses())
def test_public_address_is_one_that_the_standard_library_calls_global_too(address):
    if is_public(address) and not (address.version == 6 and address in ip_network("64:ff9b::/96")):
        assert address.is_global and not address.is_multicast


@pytest.mark.parametrize("url", DISGUISES)
def test_disguise_of_a_private_address_does_not_get_out(url):
    """ "connect" or "timeout" would say that a connection was tried."""
    reply = through_door(lambda door: door.get(url), (), resolve=RESOLVER)
    assert reply.failure in ("refused_address", "bad_url", "dns"), reply


def test_there_are_more_than_forty_disguises():
    assert len(set(DISGUISES)) > 40


def _check(allow: list[str], host: str, port: int) -> list[str]:
    return asyncio.run(AddressGuard(allow, RESOLVER, 5).checked_addresses(host, port))


@pytest.mark.parametrize(
    ("allow", "host", "port"),
    [
        (["127.0.0.1"], "127.0.0.1", 8001),
        (["127.0.0.1:8001"], "127.0.0.1", 8001),
        (["localhost"], "localhost", 9),
        (["LocalHost:9"], "localhost", 9),
        (["::1"], "::1", 8001),
        (["[::1]"], "::1", 8001),
        (["[::1]:8001"], "::1", 8001),
        (["inner.example"], "inner.example", 80),
    ],
)
def test_host_that_the_user_allows_may_be_private(allow, host, port):
    assert _check(allow, host, port)


@pytest.mark.parametrize(
    ("allow", "host", "port"),
    [
        (["127.0.0.1:8001"], "127.0.0.1", 8002),
        (["127.0.0.1:8001"], "127.0.0.1", 80),
        (["127.0.0.1"], "127.0.0.2", 80),
        (["127.0.0.1"], "localhost", 80),  # allowed is what was named, not what it resolves to
        (["localhost"], "127.0.0.1", 80),
        (["[::1]:8001"], "::1", 80),
        (["", " "], "127.0.0.1", 80),
        (["inner.example"], "mixed.example", 80),
    ],
)
def test_neighbour_of_an_allowed_host_is_refused(allow, host, port):
    with pytest.raises(WebFailure, match="refused_address"):
        _check(allow, host, port)


def test_name_with_one_private_address_among_public_ones_is_refused():
    with pytest.raises(WebFailure, match=r"127\.0\.0\.1"):
        _check([], "mixed.example", 443)


def test_public_name_is_given_its_addresses():
    two = names(news_example=["93.184.216.34", "2606:2800:21f::1"])
    found = asyncio.run(AddressGuard([], two, 5).checked_addresses("news.example", 443))
    assert found == ["93.184.216.34", "2606:2800:21f::1"]


@pytest.mark.parametrize("port", [22, 8001])
def test_public_name_has_no_other_ports_than_the_webs(port):
    with pytest.raises(WebFailure, match="refused_address"):
        asyncio.run(AddressGuard([], names(news_example=["8.8.8.8"]), 5).checked_addresses("news.example", port))


def test_public_address_written_as_a_number_is_taken():
    AddressGuard([], RESOLVER, 5).check_url(httpx.URL("https://8.8.8.8/"))


def test_name_and_allowed_host_need_no_look_at_their_address_before_they_are_resolved():
    guard = AddressGuard(["127.0.0.1:8001"], RESOLVER, 5)
    guard.check_url(httpx.URL("https://news.example/"))
    guard.check_url(httpx.URL("http://127.0.0.1:8001/"))


@pytest.mark.parametrize("url", ["http://xn--/", "http://xn--a/", "http://xn--99999999/"])
def test_name_that_no_script_writes_is_no_name(url):
    with pytest.raises(WebFailure, match="bad_url: a host that is no name"):
        AddressGuard([], RESOLVER, 5).check_url(httpx.URL(url))


def test_systems_resolver_gives_each_address_once():
    with ThreadPoolExecutor(1) as threads:
        assert asyncio.run(system_resolver(threads)("127.0.0.1", 80)) == ["127.0.0.1"]


def test_name_without_an_address_fails_as_dns():
    with pytest.raises(WebFailure, match="dns"):
        asyncio.run(AddressGuard([], names(void_example=[]), 5).checked_addresses("void.example", 80))


def test_mute_resolver_fails_as_dns_in_its_own_time():
    with pytest.raises(WebFailure, match="dns: the name was not resolved"):
        asyncio.run(AddressGuard([], mute, 0.01).checked_addresses("news.example", 80))
