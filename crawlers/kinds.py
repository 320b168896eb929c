"""What kind of document a page is, from what it says and how it is built.

Marks add up; the kind with the highest sum wins where it reaches its threshold, else the source's own kind stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from distillwatch.crawlers.blocks import Block
from distillwatch.crawlers.page_words import any_of, pattern
from distillwatch.records import DocumentKind

_THRESHOLD = 2.0
_QUOTE = re.compile(r"[“\"«„「].*?[”\"»“」]")
_FIRST_PERSON = re.compile(rf"\b{any_of('kind', 'first_person')}\b")
_HOUSE_VOICE = pattern("kind", "house", before=r"\b", after=r"\b")
_DATELINE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .,'’-]{2,40}(?:,\s+\w+\.?\s+\d{1,2})?\s*(?:\([^)]{2,40}\)\s*)?[-–—]\s")
_NORM = pattern("kind", "norm", before=r"\b", after=r"\b")
_NUMBERED = re.compile(r"^(?:§+\s*\d+|(?:section|article|sec\.)\s+\d+|\d{1,2}\.|\([a-z]\))\s+\S", re.I)

_JSON_LD: dict[str, tuple[DocumentKind, float]] = {
    "NewsArticle": ("news", 4),
    "ReportageNewsArticle": ("news", 4),
    "AnalysisNewsArticle": ("news", 4),
    "BlogPosting": ("blog", 4),
    "DiscussionForumPosting": ("forum", 4),
    "QAPage": ("forum", 4),
    "PodcastEpisode": ("podcast", 5),
    "Legislation": ("policy", 5),
}
_WEIGHTS: dict[DocumentKind, float] = {"podcast": 1.5, "statement": 1.5, "blog": 1.0, "policy": 1.0, "news": 0.5}
# (words in address, title, site name and class names, kind, weight)
_NAMED = tuple((pattern("kind", k, before=r"\b", after=r"\b"), k, weight) for k, weight in _WEIGHTS.items())


class Marks(Struct, frozen=True, kw_only=True):
    """The outward marks of a page: JSON-LD types; words of its address, title, site name, head and class names."""

    types: Sequence[str] = ()
    names: Sequence[str] = ()
    has_byline: bool = False
    is_thread: bool = False
    site: str = ""


def kind_of(blocks: Sequence[Block], marks: Marks, default: DocumentKind, *, decided: bool) -> DocumentKind:
    """The kind of a document. Where the default is `decided` for its source, only the page's form overrules it."""
    if marks.is_thread:
        return "forum"
    for name in marks.types:
        if name in _JSON_LD and _JSON_LD[name][0] in ("podcast", "policy", "forum"):
            return _JSON_LD[name][0]
    if decided:
        return default
    sums: dict[DocumentKind, float] = {}

    def add(kind: DocumentKind, weight: float) -> None:
        sums[kind] = sums.get(kind, 0) + weight

    for name in marks.types:
        if name in _JSON_LD:
            add(*_JSON_LD[name])
    for named, kind, weight in _NAMED:
        hits = sum(1 for name in marks.names if named.search(name))
        add(kind, weight * min(hits, 2))
    voices = _voice(blocks)
    for kind, weight in voices:
        add(kind, weight)
    if ("statement", 1.0) in voices and _names_itself(blocks, marks.site):
        add("statement", 1.5)
    if marks.has_byline:
        add("news", 1.0)
    best = max(sums, key=lambda kind: (sums[kind], kind == default), default=default)
    return best if sums.get(best, 0) >= _THRESHOLD else default


def _names_itself(blocks: Sequence[Block], site: str) -> bool:
    """Whether a text that says "we" tells of its own site by name, as a firm does and a newspaper does not."""
    said = [b for b in blocks if b.kind in ("heading", "paragraph", "list_item") and site and site in b.text]
    return len(said) >= 2


def _voice(blocks: Sequence[Block]) -> list[tuple[DocumentKind, float]]:
    """What the words themselves say about who speaks and in what form."""
    prose = [b.text for b in blocks if b.kind in ("paragraph", "list_item")]
    own = [_QUOTE.sub(" ", text) for text in prose]
    size = max(1, len(prose))
    said = [b for b in blocks if b.kind == "quote" and b.speaker]
    found: list[tuple[DocumentKind, float]] = []
    if len(said) >= 3:
        found.append(("podcast", 3.0))
    first = sum(1 for text in own if _FIRST_PERSON.search(text))
    house = sum(1 for text in own if _HOUSE_VOICE.search(text))
    if first >= 2 or first / size >= 0.3:
        found.append(("blog", 2.0))
    if not first and house / size >= 0.4:
        found.extend([("statement", 1.0), ("blog", 1.0)])  # a house or a workshop: the names decide
    if sum(1 for text in own if _NORM.search(text)) >= 3:
        found.append(("policy", 2.0))
    if sum(1 for b in blocks if b.kind in ("heading", "paragraph", "list_item") and _NUMBERED.match(b.text)) >= 4:
        found.append(("policy", 1.0))
    if any(_DATELINE.match(text) for text in prose[:2]):
        found.append(("news", 3.0))
    return found
