"""What the rules compare, read from the store: texts, parties and statements, with canonical names."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from distillwatch.dates import DateRange, Precision
from distillwatch.graph.marks import Marks
from distillwatch.graph.statements import NOBODY, Party, Statement, Text, fold
from distillwatch.graph.world import Fact, learned_owners, with_members
from distillwatch.quantities import Approx, Quantity
from distillwatch.records import Hedge, Polarity, SegmentKind, SpeechAct

GUESSED = ("htmldate", "filename", "")
"""Where a publication date was found when the page itself does not give it."""


class Parties(Struct, frozen=True):
    """Every canonical entity as a party, and the way from any entity id to its canonical one."""

    by_id: dict[str, Party]
    canonical: dict[str, str]
    owners: dict[str, str]  # learned from what texts say, where the registry has none
    names: dict[str, str]  # folded names and aliases → canonical id

    def get(self, entity_id: str | None, words: str) -> Party:
        """The party of an entity id; else one of its own for the words, NOBODY where there are none."""
        if entity_id is not None:
            return self.by_id[self.canonical.get(entity_id, entity_id)]
        return Party(f"name:{fold(words)}", words) if words.strip() else NOBODY


def load_parties(db: Database) -> Parties:
    """Entities with their canonical ids; lists of several names become parties with members."""
    rows = db.conn.execute(
        """SELECT id, kind, name, coalesce(owner_id, ''), coalesce(family_id, ''), coalesce(canonical_id, id),
                  coalesce(born, ''), coalesce(died, '') FROM entities"""
    ).fetchall()
    canonical = {row[0]: row[5] for row in rows}
    names: dict[str, str] = {}
    for key, name in db.conn.execute(
        "SELECT id, name FROM entities UNION ALL SELECT entity_id, alias FROM entity_aliases"
    ):
        names.setdefault(fold(name), canonical[key])
    parties = {}
    for key, kind, name, owner, family, itself, born, died in rows:
        if key == itself:
            owner, family = canonical.get(owner, ""), canonical.get(family, "")
            party = Party(key, name, kind, owner, family, born=born, died=died)
            parties[key] = with_members(party, names) if kind == "group" else party
    return Parties(parties, canonical, learned_owners(_facts(db, canonical), parties), names)


_BELONGING = (
    "c.subject_id = e.id AND c.predicate = 'holds_role' WHERE e.kind = 'person'",
    "c.object_id = e.id AND c.predicate = 'released' WHERE e.kind IN ('model', 'product')",
    "c.object_id = e.id AND c.predicate = 'owns' WHERE e.kind != 'person'",
)
"""How the telling predicates give whose owner or employer."""


def _facts(db: Database, canonical: Mapping[str, str]) -> Iterator[Fact]:
    """What texts say of the belonging of entities that the registry gives no owner."""
    for belonging in _BELONGING:
        rows = db.conn.execute(
            f"""SELECT DISTINCT c.subject_id, c.predicate, c.object_id, coalesce(c.quantity_low, c.quantity_high)
                FROM entities e CROSS JOIN claims c ON {belonging} AND e.owner_id IS NULL AND c.current
                  AND c.polarity = '+' AND c.hedge = 'none' AND c.speech_act IN ('asserts', 'confirms', 'reports')
                  AND c.subject_id IS NOT NULL AND c.object_id IS NOT NULL"""
        )
        for subject, predicate, target, share in rows:
            yield Fact(canonical[subject], predicate, canonical[target], share)


def load_texts(db: Database, ids: Iterable[str]) -> dict[str, Text]:
    """Some documents as the rules see them, by id."""
    rows = db.conn.execute(
        """SELECT d.id, coalesce(nullif(d.outlet, ''), CASE s.kind WHEN 'files' THEN '' ELSE s.name END), d.kind,
                  d.language, d.title, coalesce(d.published_at, ''), coalesce(d.published_from, ''), d.first_seen,
                  coalesce(d.published_precision, ''), coalesce(
                    (SELECT min(o.origin_id) FROM document_origins o
                     WHERE o.document_id = d.id AND o.relation != 'cites'), d.id)
           FROM documents d JOIN sources s ON s.id = d.source_id WHERE d.id IN (SELECT value FROM json_each(?))""",
        (json.dumps(sorted(ids)),),
    )
    return {
        key: Text(
            id=key,
            outlet=outlet,
            kind=kind,
            language=language,
            title=title,
            published=published[:10] if len(published) >= 10 else "",
            precision=precision or "day",
            dated_firmly=found not in GUESSED,
            origin=origin,
            rank=f"{first_seen[:10]} {published[:10]}",  # not the hour: pages of one day come in any order
        )
        for key, outlet, kind, language, title, published, found, first_seen, precision, origin in rows
    }


_COLUMNS = """c.id, c.document_id, c."start", c.evidence, c.subject_id, c.subject_text, c.predicate, c.object_id,
  c.object_text, c.speaker_id, c.speaker_text, c.speech_act, c.polarity, c.hedge, c.quantity_low, c.quantity_high,
  c.unit, c.approx, c.when_start, c.when_end, c.when_precision, c.evidence_class, c.qualifiers, g.kind"""
_FROM = "FROM claims c JOIN segments g ON g.id = c.segment_id"


def of_documents(db: Database, ids: Sequence[str], parties: Parties) -> list[Statement]:
    """The current statements of some documents in reading order; whose statements a text tells is left out."""
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE c.document_id IN (SELECT value FROM json_each(?)) AND c.current"
    return sorted(_statements(db, sql, ids, parties, heard=False), key=lambda s: (s.text.id, s.position, s.id))


def of_claims(db: Database, ids: Sequence[str], parties: Parties) -> list[Statement]:
    """The statements with these ids."""
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE c.id IN (SELECT value FROM json_each(?))"
    return _statements(db, sql, ids, parties)


def _statements(db: Database, sql: str, ids: Sequence[str], parties: Parties, *, heard: bool = True) -> list[Statement]:
    rows = msgspec.convert(db.conn.execute(sql, (json.dumps(list(ids)),)).fetchall(), list[_Row])
    documents = {row.document for row in rows}
    of_claim, of_document = _incidents(db, documents)
    speakers = _speakers(db, documents, parties.canonical) if heard else {}
    told = {key: _with_sources(text, speakers.get(key)) for key, text in load_texts(db, documents).items()}
    return [
        _statement(row, told[row.document], of_claim.get(row.id) or of_document.get(row.document, frozenset()), parties)
        for row in rows
    ]


def _with_sources(text: Text, speakers: set[str] | None) -> Text:
    return msgspec.structs.replace(text, sources=frozenset(speakers)) if speakers else text


def _incidents(db: Database, documents: Iterable[str]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    wanted = json.dumps(sorted(documents))
    of_claim: dict[str, set[str]] = defaultdict(set)
    of_document: dict[str, set[str]] = defaultdict(set)
    for incident, claim in db.conn.execute(
        """SELECT i.incident_id, i.claim_id FROM claims c JOIN incident_claims i ON i.claim_id = c.id
           WHERE c.document_id IN (SELECT value FROM json_each(?))""",
        (wanted,),
    ):
        of_claim[claim].add(incident)
    for incident, document in db.conn.execute(
        "SELECT incident_id, document_id FROM incident_documents WHERE document_id IN (SELECT value FROM json_each(?))",
        (wanted,),
    ):
        of_document[document].add(incident)
    return (
        {key: frozenset(found) for key, found in of_claim.items()},
        {key: frozenset(found) for key, found in of_document.items()},
    )


def _speakers(db: Database, documents: Iterable[str], canonical: Mapping[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for document, speaker in db.conn.execute(
        """SELECT DISTINCT document_id, speaker_id FROM claims WHERE document_id IN (SELECT value FROM json_each(?))
           AND current AND speaker_id IS NOT NULL""",
        (json.dumps(sorted(documents)),),
    ):
        found[document].add(canonical[speaker])
    return found


def notices(db: Database, documents: Iterable[str], marks: Marks) -> dict[str, str]:
    """Document → its paragraphs that speak of a correction, for those that have any."""
    found: dict[str, str] = {}
    sql = "SELECT id, text FROM documents WHERE id IN (SELECT value FROM json_each(?))"
    for key, text in db.conn.execute(sql, (json.dumps(sorted(documents)),)):
        said = [paragraph for paragraph in text.split("\n") if marks.has("correction", paragraph)]
        if said:
            found[key] = "\n".join(said)
    return found


def comparable(statement: Statement) -> bool:
    """Whether it can be compared with others: nothing shows that two subjects without an entity are one."""
    return statement.predicate == "defines" or not statement.subject.id.startswith("name:")


class _Row(Struct, frozen=True, array_like=True):
    """One row of a query for statements, in the order of `_COLUMNS`."""

    id: str
    document: str
    start: int
    evidence: str
    subject_id: str | None
    subject_text: str
    predicate: str
    object_id: str | None
    object_text: str
    speaker_id: str | None
    speaker_text: str
    act: SpeechAct
    polarity: Polarity
    hedge: Hedge
    low: float | None
    high: float | None
    unit: str | None
    approx: Approx | None
    when_start: str | None
    when_end: str | None
    precision: Precision | None
    evidence_class: str
    qualifiers: str
    segment: SegmentKind


_QUALIFIERS = msgspec.json.Decoder(dict[str, str])


def _statement(row: _Row, text: Text, incidents: frozenset[str], parties: Parties) -> Statement:
    figure = row.low is not None or row.high is not None
    return Statement(
        id=row.id,
        text=text,
        subject=parties.get(row.subject_id, row.subject_text),
        predicate=row.predicate,
        object=parties.get(row.object_id, "") if row.object_id else NOBODY,
        object_text="" if row.object_id else row.object_text,
        speaker=parties.get(row.speaker_id, row.speaker_text),
        act=row.act,
        polarity=row.polarity,
        hedge=row.hedge,
        quantity=Quantity(row.low, row.high, row.unit or "", row.approx or "exact") if figure else None,
        when=DateRange(row.when_start, row.when_end, row.precision or "day")
        if row.when_start or row.when_end
        else None,
        qualifiers=_QUALIFIERS.decode(row.qualifiers),
        evidence=row.evidence,
        evidence_class=row.evidence_class,
        incidents=incidents,
        segment=row.segment,
        position=row.start,
    )
