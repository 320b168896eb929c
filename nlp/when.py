"""Every date that a text names, resolved against its day of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from distillwatch.dates import DateRange
from distillwatch.nlp.dates.context import Surroundings, surroundings
from distillwatch.nlp.dates.lexicon import FALLBACK, LANGUAGES, Lexicon, lexicon
from distillwatch.nlp.dates.resolve import resolve
from distillwatch.nlp.dates.scan import Hit, scan_segments
from distillwatch.records import DateMention, Document

_NOT_TOLD = frozenset({"byline", "code"})
_AUTHOR = r"[A-Z][\w.'’-]{1,40}(?: [A-Z][\w.'’-]{1,40}){1,3} ?"
_BYLINE = re.compile(
    rf"[\s·|–—-]{{0,9}}(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or) {_AUTHOR}"
    rf"|\s{{0,9}}[·|–—] {{0,9}}{_AUTHOR}|{_AUTHOR} {{0,9}}[·|–—]\s*"
)
_OF_TEXT = frozenset({"shift", "weekday_of_text"})


def document_dates(
    document: Document, skip: Sequence[tuple[int, int]] = (), hits: Sequence[Sequence[Hit]] | None = None
) -> tuple[DateMention, ...]:
    """The dates of a document's segments, bylines and code left out, with offsets into `document.text`.

    Without a day of publication only what the text itself places is given. Spans of `skip` (names) hold no dates. What
    the text leaves open is left out. A mention's `date` is the closed span that the words name; `bound` tells what
    "since" or "by" make of it. A language without rules is read by the English ones.

    "A day earlier" may look back to the date of an earlier paragraph; a comment starts afresh. `hits` is what
    `scan_segments(document, skip)` gave, where the caller has it already.
    """
    found: list[DateMention] = []
    previous: DateRange | None = None
    hits = scan_segments(document, skip) if hits is None else hits
    for segment, inside in zip(document.segments, hits, strict=True):
        if segment.kind in _NOT_TOLD:
            continue
        text = document.text[segment.start : segment.end]
        before = None if segment.kind == "comment" else previous
        mentions = _resolved(text, inside, document.published_day, document.language, before)
        if len(mentions) == 1 and _is_dateline(text, mentions[0], document.published_day):
            continue
        found += [_moved(mention, segment.start) for mention in mentions]
        previous = mentions[-1].date if mentions else previous
    return tuple(found)


def _is_dateline(text: str, mention: DateMention, published: str) -> bool:
    """Whether a line holds its day of publication, perhaps the author, and nothing else."""
    if mention.date.start != published or mention.date.end != published:
        return False
    return _BYLINE.fullmatch(text[: mention.start] + text[mention.end :]) is not None


def _resolved(
    text: str, hits: Sequence[Hit], published: str, language: str, previous: DateRange | None
) -> list[DateMention]:
    words = lexicon(language if language in LANGUAGES else FALLBACK)
    day = date.fromisoformat(published[:10]) if published else None
    found: list[DateMention] = []
    for hit in hits:
        around = surroundings(text, hit.start, hit.end, words, published=day, previous=previous)
        resolved = resolve(hit, around, words)
        if resolved is None:
            continue
        found.append(_mention(text, hit, resolved, around, words))
        previous = resolved
    return found


def _mention(text: str, hit: Hit, resolved: DateRange, around: Surroundings, words: Lexicon) -> DateMention:
    if hit.rule.form in _OF_TEXT:
        anchor = "text"
    else:
        alone = resolve(hit, Surroundings(None, "", "", None), words)
        anchor = "absolute" if alone == resolved else "publication" if around.published else "text"
    return DateMention(
        start=hit.start,
        end=hit.end,
        text=text[hit.start : hit.end],
        date=resolved,
        anchor=anchor,  # type: ignore[arg-type] # one of the words above
        bound=around.bound,
    )


def _moved(mention: DateMention, by: int) -> DateMention:
    return DateMention(
        start=mention.start + by,
        end=mention.end + by,
        text=mention.text,
        date=mention.date,
        anchor=mention.anchor,
        bound=mention.bound,
    )
