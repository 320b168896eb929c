"""Where the date expressions stand: every rule over the text, the longest match wins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from distillwatch.nlp.dates.lexicon import FALLBACK, LANGUAGES, Rule, lexicon
from distillwatch.nlp.spans import Spans
from distillwatch.records import Document

# Full-width digits read as ASCII; one character each, so offsets stay.
_WIDTH = str.maketrans("0123456789", "0123456789")


class Hit(Struct, frozen=True):
    """One date expression before it is resolved: `text[start:end]` and the rule that found it."""

    start: int
    end: int
    rule: Rule
    groups: dict[str, str]


def scan(text: str, language: str, skip: Sequence[tuple[int, int]] = ()) -> list[Hit]:
    """Non-overlapping expressions in text order, none of them touching a span of `skip`.

    A language without rules is read by the English ones.
    """
    words = lexicon(language if language in LANGUAGES else FALLBACK)
    plain = text if text.isascii() else text.translate(_WIDTH)
    found = [hit for at in words.prefilter.possible(plain) for hit in _hits(plain, words.rules[at])]
    taken = Spans(skip)
    chosen = [hit for hit in sorted(found, key=_longest_first) if taken.add(hit.start, hit.end)]
    return sorted((hit for hit in chosen if hit.rule.form != "none"), key=lambda hit: hit.start)


def scan_segments(document: Document, skip: Sequence[tuple[int, int]] = ()) -> list[list[Hit]]:
    """The expressions of each segment, with offsets into the segment; spans of `skip` are offsets into the text."""
    taken = Spans(skip)
    return [
        scan(document.text[s.start : s.end], document.language, taken.within(s.start, s.end)) for s in document.segments
    ]


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
