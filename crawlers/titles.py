"""Title and outlet of a page, each without the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_BARS = re.compile(r"\s+[|·•»«–—-]\s+|\s*[|\uff5c]\s*|_(?=[^_\s]*$)|\s+::\s+")
_GLUED = re.compile(r"\s*[-–—_·]\s*(?P<outlet>[^-–—_|·]{2,40})")  # behind a headline, with or without spaces
_LETTERS = re.compile(r"\W+")


def clean_title(raw: str, *, outlet: str = "", headline: str = "", names: Iterable[str] = ()) -> str:
    """`raw` (a page's `<title>` or og:title) without the outlet at its end or start.

    A part goes when it is the outlet or a name that the page's head shows, or when the rest is the page's headline.
    """
    if headline and _plain(headline) and _plain(headline) in _plain(raw):
        return headline
    known = {_plain(n) for n in (outlet, *names) if n}
    parts = _BARS.split(raw)
    bars = _BARS.findall(raw)
    while len(parts) > 1 and _is_outlet(parts[-1], known):
        parts.pop()
        bars.pop()
    while len(parts) > 1 and _is_outlet(parts[0], known):
        parts.pop(0)
        bars.pop(0)
    return "".join(part + (bars[i] if i < len(bars) else "") for i, part in enumerate(parts)).strip()


def outlet_in(raw: str, headline: str, names: Sequence[str]) -> str:
    """The outlet that a page's title names beside its headline, "" when it names none.

    `names` are short texts from the page's head, such as its logo; one of them standing in the title settles it.
    """
    parts = [p.strip() for p in _BARS.split(raw) if p.strip()]
    shown = {_plain(n): n for n in names if 1 < len(n) <= 60}
    for part in (*reversed(parts[1:]), *parts[:1]):
        if len(parts) > 1 and _plain(part) in shown:
            return str(part)
    for part in parts if len(parts) > 1 else ():
        longest = max((k for k in shown if len(k) >= 6 and _plain(part).startswith(k)), key=len, default="")
        if longest and _plain(part) not in _plain(headline):
            return shown[longest]
    if not headline or _plain(headline) not in _plain(raw) or _plain(headline) == _plain(raw):
        return ""
    glued = _GLUED.fullmatch(raw.strip().removeprefix(headline)) if raw.strip().startswith(headline) else None
    if glued is not None:
        return glued["outlet"]
    rest = [p for p in parts if _plain(p) not in _plain(headline)]
    return rest[-1] if rest and len(rest[-1]) <= 60 else ""


def headline_in(raw: str, names: Sequence[str]) -> str:
    """The part of a page's title that the page shows as a text of its own, the longest if several are; else ""."""
    shown = {_plain(n) for n in names}
    parts = [str(p).strip() for p in _BARS.split(raw) if p.strip()]
    fitting = [p for p in parts if _plain(p) in shown]
    return (
        max(fitting, key=len, default="") if len(parts) > 1 and (len(fitting) > 1 or fitting[:1] == parts[:1]) else ""
    )


def _is_outlet(part: str, known: set[str]) -> bool:
    plain = _plain(part)
    return plain in known or any(k and plain in (f"{k}com", f"the{k}") for k in known)


def _plain(text: str) -> str:
    return _LETTERS.sub("", text.casefold())
