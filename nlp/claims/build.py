"""From a document to parsed sentences: masked copies for the parser, and who stands behind which token of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Protocol, TypeVar

from msgspec import Struct

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims.asides import Aside, Asides
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.masks import Contents, Known, masks_of
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.masking import Masked, mask
from distillwatch.nlp.parse import Token
from distillwatch.nlp.sentences import split
from distillwatch.records import DateMention, Document, Segment

READ = frozenset({"headline", "heading", "paragraph", "list_item", "quote", "caption", "comment"})
CAPS = frozenset({"headline", "heading"})
LONGEST = 1200  # code points; a longer "sentence" is a list or a fault of the page, and no claim is read from it
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})


class Spanned(Protocol):
    """Anything with source offsets."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=Spanned)


class Unread(Struct, frozen=True):
    """One sentence before the parse."""

    segment: Segment
    contents: Contents
    masked: Masked


def spans_of(document: Document) -> Iterator[tuple[Segment, int, int]]:
    """The sentences of a document in text order; headlines and headings whole."""
    for segment in document.segments:
        if segment.kind not in READ:
            continue
        if segment.kind in CAPS:
            yield segment, segment.start, segment.end
            continue
        for start, end in split(document.text[segment.start : segment.end]):
            if end - start <= LONGEST:
                yield segment, segment.start + start, segment.start + end


def unread_of(
    document: Document,
    known: Sequence[Known],
    dates: Sequence[DateMention],
    amounts: Sequence[Amount],
    lexicon: Lexicon,
    asides: Asides,
    begins: Mapping[int, int],
) -> list[Unread]:
    """Every sentence that may hold a claim, with the masked copy that is to be parsed.

    `known`, `dates` and `amounts` are in text order; `begins` says for a turn of an interview, by its segment's
    position, where the words behind its label begin.
    """
    unread: list[Unread] = []
    for segment, start, end in spans_of(document):
        deadline = any(d.bound in {"until", "before"} for d in _inside(dates, start, end))
        if not deadline and not worth_reading(known, start, end, document.text, lexicon):
            continue
        contents = Contents(
            start=start,
            end=end,
            caps=segment.kind in CAPS,
            known=_inside(known, start, end),
            dates=_inside(dates, start, end),
            amounts=_inside(amounts, start, end),
            asides=tuple(asides.find(document.text, start, end)),
            label=begins.get(segment.position, start) if start == segment.start else start,
        )
        copy = mask(document.text, start, end, masks_of(document.text, contents, lexicon))
        unread.append(Unread(segment, contents, copy))
    return unread


def sentences_of(
    document: Document, unread: Sequence[Unread], parses: Sequence[Sequence[Token]], lexicon: Lexicon
) -> list[Sentence]:
    """The sentences, each with the parse of its masked copy."""
    return [_sentence(document, one, doc, lexicon) for one, doc in zip(unread, parses, strict=True)]


def worth_reading(known: Sequence[Known], start: int, end: int, text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence can hold a claim: it names or points at somebody, or defines a term. No other is parsed."""
    first = bisect_left(known, start, key=attrgetter("start"))
    if first < len(known) and known[first].start < end:
        return True
    return lexicon.pointing.search(text, start, end) is not None


def _inside(things: Sequence[_S], start: int, end: int) -> Sequence[_S]:
    first = bisect_left(things, start, key=attrgetter("start"))
    last = bisect_left(things, end, lo=first, key=attrgetter("start"))
    return [t for t in things[first:last] if t.end <= end]


def _sentence(document: Document, one: Unread, doc: Sequence[Token], lexicon: Lexicon) -> Sentence:
    masked, contents = one.masked, one.contents
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    verbs: list[Token] = []
    nouns: list[Token] = []
    for token in doc:
        begins[token.idx] = token.i
        ends[token.idx + len(token)] = token.i
        part = token.pos_
        if part in VERBAL:
            verbs.append(token)
        elif part in NOMINAL:
            nouns.append(token)
    at = {m.start: begins[i] for m, i in zip(masked.masks, masked.at, strict=True) if m.word and i in begins}
    refs: dict[int, tuple[Referent, ...]] = {}
    for known in contents.known:
        where = at.get(known.start) if known.name else ends.get(masked.copy(known.end))
        if where is not None:
            refs.setdefault(where, known.referents)
    amounts = {}
    for amount in contents.amounts:
        where = at.get(amount.start)
        if where is not None:
            figure = where + 1 if doc[where].is_currency and where + 1 < len(doc) else where
            amounts[figure] = amount
    rewordings = {
        at[m.start]: document.text[m.start : m.end] for m in masked.masks if m.key == "word" and m.start in at
    }
    forms = lexicon.tables["lemmas"]
    return Sentence(
        segment=one.segment,
        document_text=document.text,
        start=contents.start,
        end=contents.end,
        masked=masked,
        doc=doc,
        refs=refs,
        known=tuple((k.start, k.end, k.referents) for k in contents.known),
        dates={at[d.start]: d for d in contents.dates if d.start in at},
        amounts=amounts,
        words_of_speech=([t for t in verbs if t.i not in refs], [t for t in nouns if t.i not in refs]),
        lemmas=[forms.get(rewordings.get(t.i, t.text).lower()) or t.lemma_.lower() for t in doc],
        rewordings=rewordings,
        according=tuple(t.i for t in doc if t.lower_ == "according") if "ccording" in masked.text else (),
        asides=tuple((_before(doc, masked, a), a) for a in contents.asides),
    )


def _before(doc: Sequence[Token], masked: Masked, aside: Aside) -> int:
    """The last token in front of an aside, or the first one behind it where it stands ahead of what it attributes."""
    border = masked.copy(aside.end if aside.ahead else aside.start)
    if aside.ahead:
        return next((t.i for t in doc if t.idx >= border and not t.is_punct), 0)
    return max((t.i for t in doc if t.idx < border), default=0)


def by_segment(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The sentences of each segment together."""
    for _, group in groupby(sentences, key=_position):
        yield list(group)


def _position(sentence: Sentence) -> int:
    return sentence.segment.position
