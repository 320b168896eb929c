"""What claims contribute to incidents: who is said to have acted, upon whom, in which part, when."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
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


class _Row(Struct, frozen=True, array_like=True):
    """A claim with its place and its document's days, in the order of the query."""

    id: str
    document: str
    start: int
    predicate: str
    subject_id: str | None
    subject_text: str
    object_id: str | None
    object_text: str
    speaker_id: str | None
    when_start: str | None
    when_end: str | None
    precision: str | None
    speech_act: str
    polarity: str
    hedge: str
    published: str
    first_seen: str
    position: int
    segment: str


def load_acts(db: Database, predicates: Mapping[str, Predicate], lineage: Lineage) -> list[Act]:
    """Every current claim whose predicate has a part in incidents, in a fixed order."""
    roles = {name: entry.incident for name, entry in predicates.items() if entry.incident}
    rows = db.conn.execute(
        """SELECT c.id, c.document_id, c."start", c.predicate, c.subject_id, c.subject_text, c.object_id, c.object_text,
                  c.speaker_id, c.when_start, c.when_end, c.when_precision, c.speech_act, c.polarity, c.hedge,
                  coalesce(d.published_at, ''), d.first_seen, s.position, s.kind
           FROM claims c JOIN documents d ON d.id = c.document_id JOIN segments s ON s.id = c.segment_id
           WHERE c.current AND c.predicate IN (SELECT value FROM json_each(?))
           ORDER BY c.document_id, c."start", c.id""",
        (msgspec.json.encode(list(roles)).decode(),),
    )
    sides: dict[tuple[str | None, str], Side] = {}

    def side(entity_id: str | None, words: str) -> Side:
        if (entity_id, words) not in sides:
            sides[entity_id, words] = tuple(lineage.parties(entity_id, words))
        return sides[entity_id, words]

    made = []
    for row in msgspec.convert(rows.fetchall(), list[_Row]):
        both = (side(row.subject_id, row.subject_text), side(row.object_id, row.object_text))
        made.append(_act(row, roles[row.predicate], both, lineage))
    return made


def _act(row: _Row, role: str, sides: tuple[Side, Side], lineage: Lineage) -> Act:
    actors, targets = reversed(sides) if role in ("measure", "sanction") else sides
    given = published(row.published)[0]
    day = given or row.first_seen[:10]
    when, until = row.when_start or row.when_end or "", row.when_end or row.when_start or ""
    past = bool(when) and when <= day
    return Act(
        claim=row.id,
        document=row.document,
        segment=row.position,
        sentence=row.start,
        role=role,
        predicate=row.predicate,
        actors=actors,
        targets=targets,
        speaker=lineage.root(row.speaker_id) if row.speaker_id else "",
        voice=lineage.entity(row.speaker_id).id if row.speaker_id else "",
        published=day,
        dated=bool(given),
        when=when if past else "",
        until=until if past else "",
        precision=row.precision or "" if past else "",
        speech_act=row.speech_act,
        polarity=row.polarity,
        hedge=row.hedge,
        words=row.object_text,
        headline=row.segment == "headline",
    )
