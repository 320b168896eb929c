"""What claims contribute to incidents: who is said to have acted, upon whom, in which part, when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph.lineage import Lineage, Party
from distillwatch.graph.origins import published
from distillwatch.topic import Predicate

Side = tuple[Party, ...]
_UNREAL = ("supposes", "asks", "predicts")


class Act(Struct, frozen=True, kw_only=True):
    """A claim as a part of an incident. Who is accused is the actor, whatever the grammar of the claim."""

    claim: str
    document: str
    segment: int
    sentence: int  # offset of the evidence: two claims of one sentence have the same
    role: str  # "act", "measure", "sanction", "rule", "letter", "policy", "response"
    predicate: str
    actors: Side
    targets: Side
    speaker: str  # root of the speaker, "" for the text's own voice
    voice: str  # the speaker itself: a person, a firm, a body
    published: str  # day; the first day the document was seen where it gives none
    dated: bool  # whether the document gives its day of publication
    when: str  # the day it tells of, "" when it gives none or one that had not yet come
    until: str
    precision: str
    speech_act: str
    polarity: str
    hedge: str
    words: str  # a literal object
    headline: bool

    @property
    def real(self) -> bool:
        """Whether it speaks of something as having happened or not, rather than of a possibility."""
        return self.speech_act not in _UNREAL

    @property
    def contested(self) -> bool:
        """Whether it is more than a plain statement of the text: said by somebody, hedged or negated."""
        return self.speech_act != "asserts" or self.hedge != "none" or self.polarity == "-"


def load_acts(db: Database, predicates: Mapping[str, Predicate], lineage: Lineage) -> list[Act]:
    """Every current claim whose predicate has a part in incidents, in a fixed order."""
    rows = db.query(
        """SELECT c.*, d.published_at, d.first_seen, s.position, s.kind AS segment_kind FROM claims c
           JOIN documents d ON d.id = c.document_id JOIN segments s ON s.id = c.segment_id
           WHERE c.current ORDER BY c.document_id, c."start", c.id"""
    )
    return [act for row in rows for act in _acts(row, predicates, lineage)]


def _acts(row: Mapping[str, str | int | None], predicates: Mapping[str, Predicate], lineage: Lineage) -> Iterator[Act]:
    role = predicates[str(row["predicate"])].incident if row["predicate"] in predicates else ""
    if not role:
        return
    subject = tuple(lineage.parties(_id(row["subject_id"]), str(row["subject_text"])))
    object_ = tuple(lineage.parties(_id(row["object_id"]), str(row["object_text"])))
    actors, targets = (object_, subject) if role in ("measure", "sanction") else (subject, object_)
    given = published(str(row["published_at"] or ""))[0]
    day = given or str(row["first_seen"])[:10]
    when, until = str(row["when_start"] or row["when_end"] or ""), str(row["when_end"] or row["when_start"] or "")
    past = bool(when) and when <= day
    yield Act(
        claim=str(row["id"]),
        document=str(row["document_id"]),
        segment=int(row["position"] or 0),
        sentence=int(row["start"] or 0),
        role=role,
        predicate=str(row["predicate"]),
        actors=actors,
        targets=targets,
        speaker=lineage.root(str(row["speaker_id"])) if row["speaker_id"] else "",
        voice=lineage.entity(str(row["speaker_id"])).id if row["speaker_id"] else "",
        published=day,
        dated=bool(given),
        when=when if past else "",
        until=until if past else "",
        precision=str(row["when_precision"] or "") if past else "",
        speech_act=str(row["speech_act"]),
        polarity=str(row["polarity"]),
        hedge=str(row["hedge"]),
        words=str(row["object_text"] or ""),
        headline=row["segment_kind"] == "headline",
    )


def _id(value: str | int | None) -> str | None:
    return str(value) if value else None
