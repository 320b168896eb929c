"""One address for one article: the canonical form of a URL, and which address a page may claim for itself."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

_TRACKERS = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|_gl|cmpid|ncid|ocid|ref_src|ref_url|smid|taid|"
    r"guccounter|guce_referrer\w*|at_(?:medium|campaign|custom\d)|pk_\w+|mtm_\w+|wt_\w+|xtor|__twitter_impression|s_kwcid|vero_\w+|spm|share_\w+)$",
    re.I,
)
_VIEW = re.compile(r"^(?:amp|print|outputtype|output|view)$", re.I)
_VIEW_VALUE = re.compile(r"^(?:|1|true|amp|print|amphtml)$", re.I)
# A copy in a cache of phone pages carries the address of the page in its own: "…/c/s/" for https.
_AMP_CACHE = re.compile(r"^(https?)://(?:[\w-]+\.cdn\.ampproject\.org/[cvi]|(?:www\.)?google\.[\w.]+/amp)/s/", re.I)
_AMP_HOST = re.compile(r"^(?:amp|m|mobile)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"/amp/?$|\.amp(?=\.html?$)|(?<=\.html)\.amp$|(?<=/)amp/(?=.)", re.I)
# "/a-story/print/": a variant where what stands before is an article's own name, with a hyphen or a digit in it.
_PRINT_PATH = re.compile(
    r"(?<=/)((?:%[0-9a-f]{2}|[^/%\d-])*[-\d][^/]*)(?:/(?:print|printable|drucken|imprimer|imprimir))+/?$", re.I
)
_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """`url` without fragment, default port, trackers and variants for phones or printers; query sorted. Idempotent.

    An address that is none (a `file:` name, say) comes back as it is.
    """
    parts = urlsplit(_AMP_CACHE.sub(r"\1://", url.strip()))
    if parts.scheme.lower() not in _PORTS or not parts.hostname:
        return url
    try:
        port = parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    host = parts.hostname.lower().rstrip(".")
    host = _AMP_HOST.sub("", host) if host.startswith("amp.") else host
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{port}" if port and port != _PORTS[scheme] else ""
    query = [
        (k, v)
        for k, v in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKERS.match(k) and not (_VIEW.match(k) and _VIEW_VALUE.match(v))
    ]
    path = _AMP_PATH.sub("", parts.path) or "/"
    plain = urlsplit(str(canonicalize_url(urlunsplit((scheme, netloc, path, urlencode(query), "")))))
    return urlunsplit(plain._replace(path=_PRINT_PATH.sub(r"\1", plain.path)))


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host, with or without "www." or the phone's "m."."""
    return _bare_host(one) == _bare_host(other) != ""


def own_address(fetched: str, claimed: list[str]) -> str:
    """The canonical address of a page: the first that it claims on its own host, else where it was fetched.

    A claim on another host is not believed: a page must not be able to overwrite another outlet's article. A page read
    from a file has no host, so there the claim stands. A claim on the front page is the site's mistake: passed over.
    """
    is_web = fetched.startswith(("http://", "https://"))
    for claim in claimed:
        address = urljoin(fetched, claim.strip()) if is_web else claim.strip()
        if not address.startswith(("http://", "https://")) or is_front(address):
            continue
        if not is_web or same_site(fetched, address):
            return canonical(address)
    return canonical(fetched)


def is_front(url: str) -> bool:
    """Whether an address is a site's front page."""
    return urlsplit(url).path in ("", "/") and not urlsplit(url).query


def _bare_host(url: str) -> str:
    host = (urlsplit(url).hostname or "").lower()
    return re.sub(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)", "", host)
