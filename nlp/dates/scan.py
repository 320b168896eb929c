"""Where the date expressions stand: every rule over the text, the longest match wins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from distillwatch.nlp.dates.lexicon import FALLBACK, LANGUAGES, Rule, lexicon
from distillwatch.nlp.spans import Spans
from distillwatch.prefilter import Prefilter
from distillwatch.records import Document

# Full-width digits read as ASCII; one character each, so offsets stay.
_WIDTH = str.maketrans("0123456789", "0123456789")


class Hit(Struct, frozen=True):
    """One date expression before it is resolved: `text[start:end]` and the rule that found it."""

    start: int
    end: int
    rule: Rule
    groups: dict[str, str]


def scan(
    text: str, language: str, skip: Sequence[tuple[int, int]] = (), possible: Prefilter | None = None
) -> list[Hit]:
    """Non-overlapping expressions in text order, none of them touching a span of `skip`.

    A language without rules is read by the English ones. `possible` is their filter, where the caller has narrowed it.
    """
    words = lexicon(language if language in LANGUAGES else FALLBACK)
    plain = text if text.isascii() else text.translate(_WIDTH)
    rules = (words.rules[at] for at in (possible or words.prefilter).possible(plain))
    found = [hit for rule in rules for hit in _hits(plain, rule)]
    taken = Spans(skip)
    chosen = [hit for hit in sorted(found, key=_longest_first) if taken.add(hit.start, hit.end)]
    return sorted((hit for hit in chosen if hit.rule.form != "none"), key=lambda hit: hit.start)


def scan_segments(document: Document, skip: Sequence[tuple[int, int]] = ()) -> list[list[Hit]]:
    """The expressions of each segment, with offsets into the segment; spans of `skip` are offsets into the text."""
    taken, text, language = Spans(skip), document.text, document.language
    words = lexicon(language if language in LANGUAGES else FALLBACK)
    possible = words.prefilter.narrowed(text.translate(_WIDTH))
    return [scan(text[s.start : s.end], language, taken.within(s.start, s.end), possible) for s in document.segments]


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
