"""Which addresses may be asked: none in private, loopback, link-local or metadata networks."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from twisted.internet.base import ReactorBase, ThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

_LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet", ".localdomain")
_DNS_SECONDS = (20,)


class PrivateAddress(IgnoreRequest):
    """A request led into a network that is not the public web."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; IPv4 inside IPv6 is looked through."""
    try:
        ip = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return False
    inner = (ip.ipv4_mapped or ip.sixtofour) if isinstance(ip, ipaddress.IPv6Address) else None
    ip = inner or ip
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_address(host: str) -> bool:
    """Whether a host is written as an IP address."""
    try:
        ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    return True


def refused_host(url: str) -> str:
    """Why the host of an address is not asked, judged by its spelling alone; "" when it may be."""
    host = (urlsplit(url).hostname or "").lower().rstrip(".")
    if not host:
        return "the address has no host"
    if is_address(host):
        return "" if is_public(host) else f"{host} is not an address of the public internet"
    if host.endswith(_LOCAL_NAMES) or "." not in host:
        return f"{host} is a name of a local network"
    return ""


class PublicResolver(ThreadedResolver):
    """Resolves names to public addresses only, and notes in `refused` why a name was not.

    The check is made on the answer that is connected to, so that a name whose address changes between check and use
    gains nothing. `allowed` hosts may lie anywhere; a host written as an address was judged before.
    """

    def __init__(self, reactor: ReactorBase, allowed: frozenset[str], refused: dict[str, str]) -> None:
        super().__init__(reactor)
        self._allowed = allowed
        self._refused = refused

    def getHostByName(self, name: str, timeout: object = ()) -> Deferred[str]:
        """The address of a name, or a failure."""
        found: Deferred[str] = super().getHostByName(name, _DNS_SECONDS)
        if name.lower() not in self._allowed and not is_address(name):
            found.addCallback(self._checked, name)
        return found

    def _checked(self, address: str, name: str) -> str:
        if not is_public(address):
            self._refused[name] = f"{name} leads to {address}, which is not an address of the public internet"
            raise DNSLookupError(self._refused[name])
        return address
