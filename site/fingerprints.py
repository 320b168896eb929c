"""Fingerprints of what pages show, made in one pass a table, so that an unchanged page need not even be read.

A fingerprint covers whole rows of everything that a page draws on; it may change without the page changing, never the
other way round.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from distillwatch.site.queries import fingerprints as sql
from distillwatch.site.queries.documents import MOST_OF_NAME

if TYPE_CHECKING:  # the reader holds its fingerprints
    from distillwatch.site.reader import Reader

Rows = dict[str, list[tuple[Any, ...]]]


class ClaimKey(NamedTuple):
    """What a claim belongs to, its digest with the names that it is shown with, and that with its document, too."""

    document: str
    incident: str
    entities: tuple[str, ...]
    line: bytes
    digest: bytes


class PairKey(NamedTuple):
    """A compared pair, its flag if it has one, and the digest of all that is shown of it."""

    claims: tuple[str, str]
    flag: str
    incident: str
    digest: bytes


def mix(*parts: object) -> bytes:
    """A digest over parts; the borders between them count."""
    return blake2b(msgspec.msgpack.encode(parts), digest_size=12).digest()


class Fingerprints:
    """Digests by page type and id, each made when it is first asked for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._entities: dict[str, str] = {}  # page and feeds of a name ask for the same

    def document(self, identity: str) -> str:
        """Of the page of a document."""
        return self._documents[identity].hex()

    def claim(self, identity: str) -> str:
        """Of the permalink of a claim: that of its document, which covers all its claims and their pairs."""
        return self._documents[self._claims[identity].document].hex()

    def flag(self, identity: str) -> str:
        """Of the page of a contradiction."""
        pair = self._flags[identity]
        return mix(pair, [self._documents[self._claims[c].document] for c in pair.claims]).hex()

    def dispute(self, identity: str) -> str:
        """Of the page of a dispute."""
        return self._disputes[identity].hex()

    def incident(self, identity: str) -> str:
        """Of the page of an incident."""
        return self._incident_pages[identity].hex()

    def evidence(self, identity: str) -> str:
        """Of the evidence pack of an incident, which reaches into revisions and archive."""
        documents = sorted({self._claims[c].document for c in self._claims_of_incident.get(identity, ())})
        return mix(self._incident_pages[identity], [self._documents[d] for d in documents]).hex()

    def entity(self, identity: str) -> str:
        """Of the page of a name."""
        if identity not in self._entities:
            self._entities[identity] = self._entity(identity)
        return self._entities[identity]

    def _entity(self, identity: str) -> str:
        entity = self._reader.entities[identity]
        same = self._reader.merged_ids(identity)
        claims, (documents, newest) = self._claims_of_entity.get(identity, []), self._named_in.get(identity, (0, []))
        return mix(
            entity,
            [self._names.get(i) for i in (*same, entity.owner_id, entity.family_id)],
            [rows.get(i) for i in same for rows in (self._belongings, *self._of_entities)],
            [self._claims[c].line for c in claims],
            documents,
            [self._listed[d] for d in newest],
            [self._incident_lines[i] for i in self._incidents_of_entity.get(identity, ())],
            sorted({self._dispute_lines[d] for c in claims for d in self._disputes_of_claim.get(c, ())}),
        ).hex()

    def statements(self) -> str:
        """Of everything that is said, by whom and in which outlet, without the headlines."""
        return self._statements.hex()

    @cached_property
    def _statements(self) -> bytes:
        return mix([claim.line for claim in self._claims.values()])

    def published(self, first: str, end: str) -> str:
        """Of a list of the documents published from `first` on and before `end`."""
        days = self._days
        return mix(
            [self._listed[identity] for _, identity in days[bisect(days, (first,)) : bisect(days, (end,))]]
        ).hex()

    @cached_property
    def _days(self) -> list[tuple[str, str]]:
        """Day and id of each document, in order."""
        return sorted((row[4] or "", identity) for identity, row in self._bylines.items())

    def _shown(self, claims: Iterable[str]) -> list[object]:
        """Claims with every pair that they were compared in, flagged or not, and the disputes that name them."""
        return [
            (
                self._claims[c].digest,
                [p.digest for p in self._pairs_of_claim.get(c, ())],
                [self._questions.get(d) for d in self._disputes_of_claim.get(c, ())],
            )
            for c in claims
        ]

    @cached_property
    def _questions(self) -> dict[str, tuple[Any, ...]]:
        """Disputes as a line that leads to them."""
        return {row[0]: row for row in self._reader.tuples(sql.DISPUTES)}

    @cached_property
    def _answers(self) -> Rows:
        return self._grouped(sql.ANSWERS)

    @cached_property
    def _disputes_of_claim(self) -> dict[str, list[str]]:
        return _inverted((d, [row[1] for row in rows]) for d, rows in self._answers.items())

    @cached_property
    def _disputes(self) -> dict[str, bytes]:
        """Disputes with their sides and flags."""
        pairs: dict[str, list[bytes]] = {}
        for dispute, flag in self._reader.tuples(sql.PAIRS_OF_DISPUTES):
            pairs.setdefault(dispute, []).append(self._flags[flag].digest)
        return {
            identity: mix(
                row,
                self._questions.get(row[1]),  # the one that it was joined with
                self._incidents.get(row[2]),
                [(answer, self._claims[answer[1]].digest) for answer in self._answers.get(identity, ())],
                pairs.get(identity),
            )
            for identity, row in self._questions.items()
        }

    @cached_property
    def _dispute_lines(self) -> dict[str, bytes]:
        """Disputes as a card, without the flags and without the headlines."""
        return {
            identity: mix(
                row,
                self._incidents.get(row[2]),
                [(answer, self._claims[answer[1]].line) for answer in self._answers.get(identity, ())],
            )
            for identity, row in self._questions.items()
        }

    @cached_property
    def _disputes_within(self) -> dict[str, list[str]]:
        """Incident → its disputes."""
        return _inverted((identity, [row[2] or ""]) for identity, row in self._questions.items())

    @cached_property
    def _names(self) -> dict[str | None, bytes]:
        """Who each entity stands for."""
        return {e.id: mix(self._reader.entity(e.id)) for e in self._reader.entities.values()}

    @cached_property
    def _heads(self) -> dict[str, bytes]:
        """Documents without what is read out of them."""
        return {row[0]: mix(row) for row in self._reader.tuples(sql.DOCUMENTS)}

    @cached_property
    def _bylines(self) -> dict[str, tuple[Any, ...]]:
        """Documents, the newest first, as their claims show them."""
        return {row[0]: row for row in self._reader.tuples(sql.BYLINES)}

    @cached_property
    def _claims(self) -> dict[str, ClaimKey]:
        columns = ", ".join(name for (name,) in self._reader.tuples(sql.COLUMNS_OF_CLAIMS))
        parties: dict[tuple[str | None, ...], tuple[tuple[str, ...], bytes]] = {}  # few, for many claims
        found = {}
        for identity, document, incident, *named, row in self._reader.tuples(sql.CLAIMS.format(columns=columns)):
            key = tuple(named)
            if key not in parties:
                entities = tuple(self._canonical(e) for e in dict.fromkeys(key) if e)
                parties[key] = (entities, mix([self._names.get(e) for e in key]))
            entities, names = parties[key]
            line = mix(row, incident, names, self._bylines[document])
            found[identity] = ClaimKey(document, incident or "", entities, line, line + self._heads[document])
        return found

    @cached_property
    def _claims_of_document(self) -> dict[str, list[str]]:
        return _inverted((identity, [claim.document]) for identity, claim in self._claims.items())

    @cached_property
    def _claims_of_incident(self) -> dict[str, list[str]]:
        return _inverted((identity, [claim.incident]) for identity, claim in self._claims.items())

    @cached_property
    def _claims_of_entity(self) -> dict[str, list[str]]:
        return _inverted((identity, claim.entities) for identity, claim in self._claims.items())

    @cached_property
    def _incidents(self) -> dict[str, tuple[Any, ...]]:
        return {row[0]: row for row in self._reader.tuples(sql.INCIDENTS)}

    @cached_property
    def _pairs(self) -> list[PairKey]:
        decisions = self._grouped(sql.DECISIONS)
        opened = {row[0]: row for row in self._reader.tuples(sql.FLAGS)}
        found = []
        for identity, a, b, *row in self._reader.tuples(sql.COMPARISONS):
            _, incident, flag, *_ = opened.get(identity, ("", "", ""))
            both = (self._claims[a].digest, self._claims[b].digest)
            about = (opened.get(identity), decisions.get(flag), self._incidents.get(incident))
            found.append(PairKey((a, b), flag, incident or "", mix(identity, row, about, both)))
        return found

    @cached_property
    def _pairs_of_claim(self) -> dict[str, list[PairKey]]:
        found: dict[str, list[PairKey]] = {}
        for pair in self._pairs:
            for claim in dict.fromkeys(pair.claims):
                found.setdefault(claim, []).append(pair)
        return found

    @cached_property
    def _flags(self) -> dict[str, PairKey]:
        return {pair.flag: pair for pair in self._pairs if pair.flag}

    @cached_property
    def _origins(self) -> dict[str, bytes]:
        """Origins with the documents that go back to them."""
        rows = self._grouped(sql.ORIGINS)
        return {origin: mix(found, [self._heads[row[1]] for row in found]) for origin, found in rows.items()}

    @cached_property
    def _origins_of_document(self) -> dict[str, list[bytes]]:
        found: dict[str, list[bytes]] = {}
        for origin, document, *_ in self._reader.tuples(sql.ORIGINS):
            found.setdefault(document, []).append(self._origins[origin])
        return found

    @cached_property
    def _documents(self) -> dict[str, bytes]:
        segments, revisions, mentions, edits = (
            dict(self._reader.tuples(query)) for query in (sql.SEGMENTS, sql.REVISIONS, sql.MENTIONS, sql.EDITS)
        )
        incidents = _inverted((i, [row[1] for row in rows]) for i, rows in self._coverage.items())
        return {
            identity: mix(
                head,
                segments.get(identity),
                revisions.get(identity),
                edits.get(identity),
                mentions.get(identity),
                [self._names.get(name) for name in self._names_within.get(identity, ())],
                self._shown(self._claims_of_document.get(identity, ())),
                self._origins_of_document.get(identity),
                [self._incidents[i] for i in incidents.get(identity, ())],
            )
            for identity, head in self._heads.items()
        }

    @cached_property
    def _listed(self) -> dict[str, bytes]:
        """Documents as a line of a list, with their number of claims."""
        return {
            identity: mix(head, [self._claims[c].digest for c in self._claims_of_document.get(identity, ())])
            for identity, head in self._heads.items()
        }

    @cached_property
    def _coverage(self) -> Rows:
        return self._grouped(sql.COVERAGE)

    @cached_property
    def _members(self) -> Rows:
        return self._grouped(sql.MEMBERS)

    @cached_property
    def _incident_pages(self) -> dict[str, bytes]:
        parts = (self._members, self._grouped(sql.RESPONSES), self._grouped(sql.STAKES))
        flags: dict[str, list[bytes]] = {}
        for pair in self._pairs:
            flags.setdefault(pair.incident, []).append(pair.digest)
        return {
            identity: mix(
                row,
                self._incidents.get(row[1]),  # the one it was merged into
                self._shown(self._claims_of_incident.get(identity, ())),
                [
                    (c, self._listed[c[1]], self._origins_of_document.get(c[1]))
                    for c in self._coverage.get(identity, ())
                ],
                [(m, self._names.get(m[1])) for rows in parts for m in rows.get(identity, ())],
                flags.get(identity),
                [self._disputes[d] for d in self._disputes_within.get(identity, ())],
                [(self._incidents[i], self._members.get(i)) for i in self._related(identity)],
            )
            for identity, row in self._incidents.items()
        }

    @cached_property
    def _incident_lines(self) -> dict[str, bytes]:
        """Incidents as a line of a list: how much there is of each, how new it is, and how much of it is open."""
        return {
            identity: mix(
                row,
                len(self._coverage.get(identity, ())),
                max((self._bylines[c[1]][4] or "" for c in self._coverage.get(identity, ())), default=""),
                [self._questions[d] for d in self._disputes_within.get(identity, ())],
            )
            for identity, row in self._incidents.items()
        }

    def _related(self, incident: str) -> list[str]:
        """Incidents that share a name with one, itself among them."""
        mine = [m[1] for m in self._members.get(incident, ())]
        return sorted({i for entity in mine for i in self._incidents_of_member.get(entity, ())})

    @cached_property
    def _incidents_of_member(self) -> dict[str, list[str]]:
        return _inverted((i, [m[1] for m in rows]) for i, rows in self._members.items())

    @cached_property
    def _incidents_of_entity(self) -> dict[str, list[str]]:
        return _inverted((i, sorted({self._canonical(m[1]) for m in rows})) for i, rows in self._members.items())

    @cached_property
    def _names_within(self) -> dict[str, list[str]]:
        """Document → the names in its present text, each once."""
        return {identity: msgspec.json.decode(names) for identity, names in self._reader.tuples(sql.NAMED)}

    @cached_property
    def _named_in(self) -> dict[str, tuple[int, list[str]]]:
        """Name → how many documents have it in their present text, and the newest of these, as its page lists them."""
        number: dict[str, int] = {}
        newest: dict[str, list[str]] = {}
        for document in self._bylines:
            for entity in {self._canonical(name) for name in self._names_within.get(document, ())}:
                number[entity] = number.get(entity, 0) + 1
                if number[entity] <= MOST_OF_NAME:
                    newest.setdefault(entity, []).append(document)
        return {entity: (many, newest[entity]) for entity, many in number.items()}

    @cached_property
    def _belongings(self) -> Rows:
        """Entity → what belongs to it and what is a version of it."""
        found: Rows = {}
        for entity in self._reader.entities.values():
            for relation, above in (("owner", entity.owner_id), ("family", entity.family_id)):
                if above:
                    found.setdefault(above, []).append((relation, self._names[entity.id]))
        return found

    @cached_property
    def _of_entities(self) -> list[Rows]:
        return [self._grouped(query) for query in (sql.ALIASES, sql.STAGES, sql.JURISDICTIONS, sql.EVIDENCE)]

    def _canonical(self, identity: str) -> str:
        entity = self._reader.entity(identity)
        return entity.id if entity else identity

    def _grouped(self, query: str) -> Rows:
        grouped: Rows = {}
        for row in self._reader.tuples(query):
            grouped.setdefault(row[0], []).append(row)
        return grouped


def _inverted(pairs: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, values in pairs:
        for value in values:
            found.setdefault(value, []).append(key)
    return found
