"""Document → Extraction: names, dates, amounts and claims, each as deep as the language allows."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, structs
from spacy.language import Language

from distillwatch.ids import text_hash
from distillwatch.nlp.amounts import Amount, find_quantities
from distillwatch.nlp.claims import Reading
from distillwatch.nlp.claims.english import EnglishReader, Page
from distillwatch.nlp.claims.house import House
from distillwatch.nlp.claims.kinds import possible
from distillwatch.nlp.claims.multilingual import LANGUAGES, MultilingualReader
from distillwatch.nlp.dates.scan import Hit, scan_segments
from distillwatch.nlp.model import passing
from distillwatch.nlp.names import NameFinder, Names
from distillwatch.nlp.names.recogniser import Hearing, Label, Recogniser, heard
from distillwatch.nlp.parse import SPARED, Token, Words
from distillwatch.nlp.references import References
from distillwatch.nlp.repeats import houses_of, without_repeats
from distillwatch.nlp.spans import Spans
from distillwatch.nlp.version import reader_version
from distillwatch.nlp.when import document_dates
from distillwatch.records import DateMention, Document, Entity, Extraction
from distillwatch.topic import Topic
from distillwatch.workers import collected_seldom

BATCH = 128
"""Sentences that the parser takes at once: the fastest of 16 to 512; the parses do not depend on it."""

Depth = Literal["full", "partial", "names only"]
Parses = Sequence[Sequence[Token]]  # a document's, by sentence


class Read(Struct, frozen=True, kw_only=True):
    """What came of one document: an extraction, or why there is none."""

    document_id: str
    extraction: Extraction | None = None
    error: str = ""


class Prepared(Struct, frozen=True, kw_only=True):
    """A document read up to the parse; `page` is what is to be parsed, None in a language without a parser."""

    document: Document
    names: Names
    dates: tuple[DateMention, ...]
    amounts: tuple[Amount, ...]
    page: Page | None


class Asking(Struct, frozen=True, kw_only=True):
    """A document whose reading waits for what the recogniser sees in `texts`."""

    document: Document
    reading: Hearing[Prepared]
    texts: tuple[str, ...]


class Extractor:
    """Reads documents of one topic; built once, the same input gives the same output, alone or among others."""

    def __init__(self, topic: Topic, nlp: Language, elsewhere: Sequence[Entity] = ()) -> None:
        """`elsewhere` are names that other texts agree on; what a text holds of them is part of its row's version."""
        self.topic = topic
        self.nlp = nlp
        self.words = Words(nlp)
        self.version = reader_version(topic)
        self.houses = houses_of(topic.entities)
        self.finder = NameFinder(topic.entities, topic.vocabulary, elsewhere, Recogniser())
        self.references = References(topic.vocabulary)
        self.english = EnglishReader(topic)
        self.multilingual = MultilingualReader(topic)
        self.house = House(topic.vocabulary, self.english.registry)

    def extract(self, document: Document) -> Extraction:
        """All that can be read out of one revision of a document; offsets are code points into `document.text`."""
        prepared = heard(self._preparing(document), self.finder.recogniser)
        return self._extraction(prepared, *self._parses([prepared]))

    @collected_seldom()  # the tokens of a sentence point at each other, and a chunk needs them all at once
    def read(self, documents: Sequence[Document]) -> list[Read]:
        """The same for several, whose sentences are parsed together. One that cannot be read costs only itself."""
        found = self._guarded(documents)
        prepared = [one for one in found if isinstance(one, Prepared)]
        try:
            parses = iter(self._parses(prepared))
        except Exception:  # of whichever of them: each is parsed by itself below, and names its own fault
            parses = None
        return [self._read(one, parses) if isinstance(one, Prepared) else one for one in found]

    def _guarded(self, documents: Sequence[Document]) -> list[Prepared | Read]:
        """Each read up to the parse, or why it cannot be; the recogniser is asked about all of them at once."""
        found = [self._begun(document) for document in documents]
        asked = [one for one in found if isinstance(one, Asking)]
        labels: Iterator[Sequence[Label]] | None
        try:
            labels = iter(self._labels([text for one in asked for text in one.texts]))
        except Exception:  # of whichever of them: the recogniser is asked about each by itself below
            labels = None
        ended = iter([self._ended(one, labels) for one in asked])
        return [next(ended) if isinstance(one, Asking) else one for one in found]

    def _begun(self, document: Document) -> Asking | Prepared | Read:
        try:
            msgspec.msgpack.encode(document)
        except UnicodeEncodeError as error:
            half = f"U+{ord(error.object[error.start]):04X}"
            return Read(document_id=document.id, error=f"holds {half}, half a character, which no store takes")
        reading = self._preparing(document)
        try:
            return Asking(document=document, reading=reading, texts=tuple(next(reading)))
        except StopIteration as ended:
            prepared: Prepared = ended.value
            return prepared
        except Exception as error:  # a hostile page may break any library below
            return Read(document_id=document.id, error=reason(error))

    def _labels(self, texts: Sequence[str]) -> Sequence[Sequence[Label]]:
        recogniser = self.finder.recogniser
        return recogniser.labels(texts) if recogniser is not None else []

    def _ended(self, one: Asking, labels: Iterator[Sequence[Label]] | None) -> Prepared | Read:
        try:
            one.reading.send(self._labels(one.texts) if labels is None else list(islice(labels, len(one.texts))))
        except StopIteration as ended:
            prepared: Prepared = ended.value
            return prepared
        except Exception as error:  # as above
            return Read(document_id=one.document.id, error=reason(error))
        raise AssertionError("a reading asks once")

    def _read(self, one: Prepared, parses: Iterator[Parses] | None) -> Read:
        try:
            parsed = self._parses([one])[0] if parses is None else next(parses)
            return Read(document_id=one.document.id, extraction=self._extraction(one, parsed))
        except Exception as error:  # as above
            return Read(document_id=one.document.id, error=reason(error))

    def _preparing(self, document: Document) -> Hearing[Prepared]:
        document = self.house.in_own_voice(document)
        names = yield from self.finder.finding(document)
        spans = [(m.start, m.end) for m in names.mentions]
        hits = scan_segments(document, spans)
        dates = document_dates(document, spans, hits)
        amounts = document_amounts(document, spans, hits)
        page: Page | None = None
        if document.language == "en":
            page = self.english.prepare(document, names, self.references.resolve(document, names), dates, amounts)
        return Prepared(document=document, names=names, dates=dates, amounts=amounts, page=page)

    def _parses(self, prepared: Sequence[Prepared]) -> list[Parses]:
        """For each document the parses of its sentences: one pass over all of them, since small batches cost more."""
        pages = [one.page.unread if one.page is not None else () for one in prepared]
        texts = (u.masked.text for unread in pages for u in unread)
        with passing(self.nlp):
            parses = iter(self.words.tokens(self.nlp.pipe(texts, batch_size=BATCH, disable=SPARED)))
        return [list(islice(parses, len(unread))) for unread in pages]

    def _extraction(self, one: Prepared, parses: Parses) -> Extraction:
        document, names = one.document, one.names
        depth: Depth = "names only"
        reading = Reading(claims=())
        if one.page is not None:
            depth = "full"
            reading = self.english.read(one.page, parses)
        elif document.language in LANGUAGES:
            depth = "partial"
            reading = self.multilingual.read(document, names, one.dates, one.amounts)
        proposed = {e.id: e for e in (*names.proposed, *reading.entities)}
        known = {**self.english.registry.entities, **proposed}
        told = tuple(possible(reading.claims, known, self.topic.vocabulary.predicates))
        return Extraction(
            document_id=document.id,
            text_sha256=text_hash(document.text),
            extractor=f"{self.version}+{names.heard}" if names.heard else self.version,
            depth=depth,
            entities=tuple(proposed[i] for i in sorted(proposed)),
            mentions=names.mentions,
            dates=one.dates,
            claims=without_repeats(told, document, {**self.houses, **houses_of(proposed.values())}),
        )


def reason(error: Exception) -> str:
    """An error on one line, with the place that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"


def document_amounts(
    document: Document, skip: Sequence[tuple[int, int]] = (), hits: Sequence[Sequence[Hit]] | None = None
) -> tuple[Amount, ...]:
    """The quantities of a document's segments with offsets into `document.text`; spans of `skip` (names) hold none.

    `hits` is what `scan_segments(document, skip)` gave, where the caller has it already.
    """
    found: list[Amount] = []
    taken = Spans(skip)
    hits = scan_segments(document, skip) if hits is None else hits
    for segment, dates in zip(document.segments, hits, strict=True):
        inside = taken.within(segment.start, segment.end)
        text = document.text[segment.start : segment.end]
        for amount in find_quantities(text, language=document.language, skip=inside, dates=dates):
            moved = structs.replace(amount, start=amount.start + segment.start, end=amount.end + segment.start)
            found.append(moved)
    return tuple(found)
