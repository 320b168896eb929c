"""Labels as input: their claims put into a store, so that linking and rules are measured without extraction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from distillwatch.dates import DateRange
from distillwatch.errors import LabelsInvalid
from distillwatch.graph.extractions import save_extraction
from distillwatch.graph.labels import LabelledClaim, LabelledPage, Labels
from distillwatch.graph.names import NameIndex
from distillwatch.ids import entity_id, text_hash
from distillwatch.quantities import Quantity
from distillwatch.records import Claim, Document, Entity, Extraction, Mention

EXTRACTOR = "labels/1"


def store_labels(db: Database, labels: Labels, documents: Mapping[str, Document], names: NameIndex, now: str) -> int:
    """Save the labelled claims as the extraction of each page's document (page id → stored document).

    Names are looked up in `names`; others become proposed entities. Returns the number of claims. Raises
    LabelsInvalid naming the page and the claim where a label holds no day or no figure.
    """
    count = 0
    for page in labels.pages:
        extraction = extraction_of(page, documents[page.id], names)
        save_extraction(db, extraction, now)
        count += len(extraction.claims)
    return count


def extraction_of(page: LabelledPage, document: Document, names: NameIndex) -> Extraction:
    """A page's labels as if an extractor had read them out of `document`."""
    kinds = {e.name: e.kind for e in page.entities}
    proposed: dict[str, Entity] = {}

    def resolve(name: str | None) -> str | None:
        if not name:
            return None
        kind = kinds.get(name)
        found = names.find(name, kind) or names.find(name)
        if found or kind is None:
            return found.id if found else None
        entity = Entity(id=entity_id(kind, name), kind=kind, name=name, status="proposed")
        return proposed.setdefault(entity.id, entity).id

    claims = tuple(
        _checked(page, label, document, resolve(label.subject), resolve(label.object), resolve(label.speaker))
        for label in page.claims
    )
    mentions = tuple(_mentions(page, document, {e.name: resolve(e.name) for e in page.entities}))
    return Extraction(
        document_id=document.id,
        text_sha256=text_hash(document.text),
        extractor=EXTRACTOR,
        depth="full",
        entities=tuple(proposed.values()),
        mentions=mentions,
        dates=(),
        claims=claims,
    )


def _mentions(page: LabelledPage, document: Document, ids: Mapping[str, str | None]) -> Iterable[Mention]:
    """The first place of each labelled name that stands in the text as its canonical name."""
    for entity in page.entities:
        at = document.text.find(entity.name)
        if at >= 0:
            yield Mention(
                start=at, end=at + len(entity.name), text=entity.name, kind=entity.kind, entity_id=ids[entity.name]
            )


def _checked(page: LabelledPage, label: LabelledClaim, document: Document, *ids: str | None) -> Claim:
    try:
        return _claim(label, document, *ids)
    except ValueError as error:  # a day that no calendar has, a figure upside down
        raise LabelsInvalid(f"page {page.id!r}, claim {label.id!r}: {error}") from error


def _claim(
    label: LabelledClaim, document: Document, subject_id: str | None, object_id: str | None, speaker_id: str | None
) -> Claim:
    start = max(0, document.text.find(label.evidence))
    segment = next((s for s in document.segments if s.start <= start < s.end), document.segments[0])
    end = start + len(label.evidence)
    if document.text[start:end] != label.evidence:  # the label joins or shortens lines: the whole segment stands for it
        start, end = segment.start, segment.end
    q, w = label.quantity, label.when
    return Claim(
        segment=segment.position,
        start=start,
        end=end,
        evidence=document.text[start:end],
        subject_id=subject_id,
        subject_text=label.subject or "",
        predicate=label.predicate,
        object_id=object_id,
        object_text=label.object or "",
        speaker_id=speaker_id,
        speaker_text=label.speaker or "",
        speech_act=label.speech_act,
        polarity=label.polarity or "+",
        hedge=label.hedge or "none",
        quantity=Quantity(q.low, q.high, q.unit or "", q.approx or "exact") if q else None,
        when=DateRange(w.start, w.end, w.precision or "range") if w else None,
        qualifiers=label.qualifiers(),
    )
