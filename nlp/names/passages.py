"""Which parts of a document are read for names, and how: prose, headlines, informal comments; never credits or code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from distillwatch.nlp import sentences
from distillwatch.nlp.names.pieces import EAST, LONGEST, ONE_OF_A_KIND
from distillwatch.records import Document, Segment

# Who wrote, edited or photographed a page is not what the page is about.
CREDIT = re.compile(
    r"""\(?\s{0,9}(?:(?:[Aa]dditional\s)?[Rr]eporting\sby|[Ee]dit(?:ed|ing)\sby|[Ww]ritten\sby|[Pp]hoto(?:graph)?s?\s(?:by|:)
    |[Ii]llustration
    |[Tt]ranslat(?:ed|ion)\sby|[Bb]y\s[A-Z][\w.-]{1,40}\s[A-Z][\w.-]{1,40}(?:\sand\s[A-Z][\w. -]{1,80})?\s{0,9}$
    |[Rr]édigé\spar|[Pp]ropos\srecueillis
    |[Rr]edaktion\s?:|责任编辑|責任編輯|编辑\s?[:：]|記者\s?[:：]|文\s?[/／｜|]|作者\s?[:：]|取材\s?[・:：]|構成\s?[・:：])""",
    re.VERBOSE,
)
SIGNED = 120  # code points of a line that only says who wrote, and when
SENTENCE_ENDS = '.?!。？！”"’'
JUNK = re.compile(rf"[^\s{EAST}]{{{LONGEST},}}")
SPEECH = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": '"', "›": '"'})


class Passage(Struct, frozen=True):
    """One segment: `text[start:end]` of the document, with its sentences."""

    start: int
    end: int
    informal: bool  # writers there do not use capitals as print does
    titled: bool  # most words are capitalised, so capitals show nothing
    sentences: tuple[tuple[int, int], ...]
    headline: bool = False
    head: str = ""  # for a table cell: the head of its column

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that holds the offset."""
        index = bisect_right(self.sentences, (at, self.end)) - 1
        if index >= 0 and self.sentences[index][0] <= at < self.sentences[index][1]:
            return self.sentences[index]
        return self.start, self.end


def passages_of(document: Document) -> list[Passage]:
    """The segments that are read, in order."""
    return [p for segment in document.segments if _is_read(document, segment) for p in _passages(document, segment)]


def plain(text: str) -> str:
    """The same number of characters, with one kind of quotation mark, apostrophe, hyphen and space: for the cues.

    Runs of hundreds of characters without a space (hashes, encoded data) are blanked: no pattern shall chew on them.
    """
    return JUNK.sub(_blank, text.translate(ONE_OF_A_KIND).translate(SPEECH))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _is_read(document: Document, segment: Segment) -> bool:
    if segment.kind in ("byline", "code"):
        return False
    if segment.kind != "paragraph":
        return True
    return not (_signed(document, segment) or CREDIT.match(document.text, segment.start, segment.end))


def _signed(document: Document, segment: Segment) -> bool:
    """A line without a sentence that holds the author's name: "Ines Faro, technology correspondent"."""
    if not document.byline or segment.end - segment.start > SIGNED:
        return False
    line = document.text[segment.start : segment.end].rstrip()
    return document.byline in line and line[-1] not in SENTENCE_ENDS


def _passages(document: Document, segment: Segment) -> Iterator[Passage]:
    """One passage a segment, but one a cell of a table row: a name does not run from one cell into the next."""
    if segment.cells:
        heads = [*segment.head.split("\t"), *("" for _ in segment.cells)]
        for (start, end), head in zip(segment.cells, heads, strict=False):
            yield Passage(start, end, False, False, ((start, end),), head=head)
        return
    text = document.text[segment.start : segment.end]
    informal = segment.kind == "comment" or (document.kind == "forum" and segment.kind in ("paragraph", "quote"))
    titled = segment.kind in ("headline", "heading") and _titled(text)
    yield Passage(
        segment.start,
        segment.end,
        informal,
        titled,
        tuple(_sentences(document.text, segment)),
        segment.kind == "headline",
    )


def _sentences(text: str, segment: Segment) -> Iterator[tuple[int, int]]:
    for start, end in sentences.split(text[segment.start : segment.end]):
        yield segment.start + start, segment.start + end


def _titled(text: str) -> bool:
    """Whether the line capitalises words as titles do."""
    words = [w for w in re.findall(r"[^\W\d_]{4,}", text) if w.isascii()]
    return len(words) >= 4 and sum(w[0].isupper() for w in words) >= 0.7 * len(words)
