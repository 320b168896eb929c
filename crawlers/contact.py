"""Whom the owner of a crawled site can write to: asked of whoever runs a live crawl, and never made up."""

from __future__ import annotations

import re

# Names that lead to nobody (RFC 2606 and RFC 6761): what a settings file holds before somebody fills it in.
_NOBODY = re.compile(
    r"(?:^|[/@.])(?:[\w-]+\.)*(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)(?:[/:?#]|$)", re.I
)
_REACHES = re.compile(r"^(?:https?://[^\s/]+\.[^\s/]+\S*|(?:mailto:)?[^\s@]+@[^\s@]+\.[^\s@]+)$", re.I)


def reaches_somebody(contact: str) -> bool:
    """Whether a contact can be an address of somebody: a web page or a mail address, under a name that can exist.

    >>> [reaches_somebody(c) for c in ("https://tracker.example/about", "mailto:desk@quaypress.co", "")]
    [False, True, False]
    """
    return _REACHES.match(contact) is not None and _NOBODY.search(contact) is None
