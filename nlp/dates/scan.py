"""Where the date expressions stand: every rule over the text, the longest match wins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from distillwatch.nlp.dates.lexicon import Lexicon, Rule
from distillwatch.nlp.spans import Spans

# Full-width digits read as ASCII; one character each, so offsets stay.
_WIDTH = str.maketrans("0123456789", "0123456789")


class Hit(Struct, frozen=True):
    """One date expression before it is resolved: `text[start:end]` and the rule that found it."""

    start: int
    end: int
    rule: Rule
    groups: dict[str, str]


def scan(text: str, lexicon: Lexicon, skip: Sequence[tuple[int, int]] = ()) -> list[Hit]:
    """Non-overlapping expressions in text order, none of them touching a span of `skip`."""
    plain = text.translate(_WIDTH)
    found = [hit for rule in lexicon.rules for hit in _hits(plain, rule)]
    taken = Spans(skip)
    chosen = [hit for hit in sorted(found, key=_longest_first) if taken.add(hit.start, hit.end)]
    return sorted((hit for hit in chosen if hit.rule.form != "none"), key=lambda hit: hit.start)


def _longest_first(hit: Hit) -> tuple[int, int]:
    return hit.start - hit.end, hit.start  # stable: of equal spans the earlier rule


def _hits(text: str, rule: Rule) -> Iterator[Hit]:
    for match in rule.regex.finditer(text):
        start, end = match.span("core") if "core" in rule.regex.groupindex else match.span()
        if start < 0:
            continue
        yield Hit(start, end, rule, _named(match))


def _named(match: re.Match[str]) -> dict[str, str]:
    return {name.split("__")[0]: value for name, value in match.groupdict().items() if value and name != "core"}
