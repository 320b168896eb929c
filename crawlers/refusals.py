"""Answers that refuse: by their status, or by a page that only asks to prove to be human."""

from __future__ import annotations

import re

from distillwatch.crawlers.page_words import pattern

_REFUSED = {
    401: "the site asks for a login (401)",
    402: "the site asks for a payment (402)",
    403: "the site refuses (403)",
    407: "a proxy asks for a login (407)",
    429: "the site asks for fewer requests (429)",
    451: "withheld for legal reasons (451)",
}
_CHALLENGE = pattern("lines", "challenge")
_TITLE = re.compile(rb"<title[^>]*>(.{0,200}?)</title>", re.I | re.S)
_SHORT = 30_000  # bytes: pages that only ask to prove something are short


def refusal(status: int, body: bytes) -> str:
    """Why an answer counts as blocked, in words; "" when it does not."""
    if status in _REFUSED:
        return _REFUSED[status]
    if status in (200, 202, 503) and len(body) <= _SHORT:
        title = _TITLE.search(body)
        if title and _CHALLENGE.search(title[1].decode("utf-8", "replace").strip()):
            return "the site asks to prove to be human"
    return ""
