"""Document → Extraction: names, dates, amounts and claims, each as deep as the language allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import structs
from spacy.language import Language

from distillwatch.ids import text_hash
from distillwatch.nlp.amounts import Amount, find_quantities
from distillwatch.nlp.claims import Reading
from distillwatch.nlp.claims.english import EnglishReader
from distillwatch.nlp.claims.multilingual import LANGUAGES, MultilingualReader
from distillwatch.nlp.dates.scan import Hit, scan_segments
from distillwatch.nlp.model import PIPELINE, VERSION
from distillwatch.nlp.names import NameFinder
from distillwatch.nlp.references import References
from distillwatch.nlp.repeats import houses_of, without_repeats
from distillwatch.nlp.spans import Spans
from distillwatch.nlp.when import document_dates
from distillwatch.records import Document, Entity, Extraction
from distillwatch.topic import Topic

# Raised with every change of rules or lexicons that can change a claim; stored results of other versions are redone.
EXTRACTOR = f"rules-1+{PIPELINE}-{VERSION}"

Depth = Literal["full", "partial", "names only"]


class Extractor:
    """Reads documents of one topic; built once, the same input gives the same output."""

    def __init__(self, topic: Topic, nlp: Language, elsewhere: Sequence[Entity] = ()) -> None:
        """`elsewhere` are names that other texts agree on."""
        self.topic = topic
        self.nlp = nlp
        self.houses = houses_of(topic.entities)
        self.finder = NameFinder(topic.entities, topic.vocabulary, elsewhere)
        self.references = References(topic.vocabulary)
        self.english = EnglishReader(topic, nlp)
        self.multilingual = MultilingualReader(topic)

    def extract(self, document: Document) -> Extraction:
        """All that can be read out of one revision of a document; offsets are code points into `document.text`."""
        names = self.finder.find(document)
        spans = [(m.start, m.end) for m in names.mentions]
        hits = scan_segments(document, spans)
        dates = document_dates(document, spans, hits)
        amounts = document_amounts(document, spans, hits)
        depth: Depth = "names only"
        reading = Reading(claims=())
        if document.language == "en":
            depth = "full"
            reading = self.english.read(document, names, self.references.resolve(document, names), dates, amounts)
        elif document.language in LANGUAGES:
            depth = "partial"
            reading = self.multilingual.read(document, names, dates, amounts)
        proposed = {e.id: e for e in (*names.proposed, *reading.entities)}
        return Extraction(
            document_id=document.id,
            text_sha256=text_hash(document.text),
            extractor=EXTRACTOR,
            depth=depth,
            entities=tuple(proposed[i] for i in sorted(proposed)),
            mentions=names.mentions,
            dates=dates,
            claims=without_repeats(reading.claims, document, {**self.houses, **houses_of(proposed.values())}),
        )


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
