"""No request leaves for a network that is not the public web."""

from __future__ import annotations

import pytest

from distillwatch.crawlers.networks import is_public, refused_host

ADDRESSES = [
    ("93.184.216.34", True),
    ("2606:2800:220:1:248:1893:25c8:1946", True),
    ("127.0.0.1", False),
    ("10.1.2.3", False),
    ("172.20.0.1", False),
    ("192.168.1.1", False),
    ("169.254.169.254", False),  # cloud metadata
    ("100.64.0.1", False),
    ("0.0.0.0", False),
    ("224.0.0.1", False),
    ("::1", False),
    ("[::1]", False),
    ("fe80::1%eth0", False),
    ("fd00::1", False),
    ("::ffff:127.0.0.1", False),
    ("2002:7f00:1::", False),  # 127.0.0.1 in 6to4
    ("nonsense", False),
]


@pytest.mark.parametrize(("address", "expected"), ADDRESSES)
def test_public_addresses(address: str, expected: bool) -> None:
    assert is_public(address) is expected


URLS = [
    ("https://q.example/", True),
    ("http://93.184.216.34/", True),
    ("http://127.0.0.1:8080/", False),
    ("http://[::1]/", False),
    ("http://localhost/", False),
    ("http://printer.local/", False),
    ("http://metadata.google.internal/", False),
    ("http://intranet/", False),
    ("file:///etc/passwd", False),
]


@pytest.mark.parametrize(("url", "allowed"), URLS)
def test_hosts_by_their_spelling(url: str, allowed: bool) -> None:
    assert (refused_host(url) == "") is allowed
