"""Fingerprints of what pages show, so that an unchanged page need not even be read."""

from __future__ import annotations

from bisect import bisect
from functools import cached_property
from typing import TYPE_CHECKING

from distillwatch.site.digests import Digests, Rows, inverted, mix
from distillwatch.site.queries import fingerprints as sql
from distillwatch.site.queries.documents import MOST_OF_NAME

if TYPE_CHECKING:  # the reader holds its fingerprints
    from distillwatch.site.reader import Reader


class Fingerprints:
    """By page type and id, each made when it is first asked for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._of = Digests(reader)
        self._entities: dict[str, str] = {}  # page and feeds of a name ask for the same

    def queries(self) -> list[str]:
        """What is worth reading ahead, in the order in which it will be asked for."""
        return self._of.queries()

    def document(self, identity: str) -> str:
        """Of the page of a document, and of the permalink of each of its claims."""
        return self._documents[identity].hex()

    def flag(self, identity: str) -> str:
        """Of the page of a contradiction."""
        pair = self._of.flags[identity]
        return mix(pair, [self._documents[d] for d in pair.documents]).hex()

    def dispute(self, identity: str) -> str:
        """Of the page of a dispute."""
        return self._of.disputes[identity].hex()

    def incident(self, identity: str) -> str:
        """Of the page of an incident."""
        return self._incidents[identity].hex()

    def evidence(self, identity: str) -> str:
        """Of the evidence pack of an incident, which reaches into revisions and archive."""
        documents = self._of.documents_of_incident.get(identity, ())
        return mix(self._incidents[identity], [self._documents[d] for d in documents]).hex()

    def entity(self, identity: str) -> str:
        """Of the page of a name."""
        if identity not in self._entities:
            self._entities[identity] = self._entity(identity)
        return self._entities[identity]

    def statements(self) -> str:
        """Of everything that is said, by whom and in which outlet, without the headlines."""
        return self._statements.hex()

    def naming(self, identity: str) -> tuple[int, list[str]]:
        """How many documents have a name, or one merged into it, in their present text; the newest of them."""
        return self._naming.get(identity, (0, []))

    def published(self, first: str, end: str) -> str:
        """Of a list of the documents published from `first` on and before `end`."""
        days = self._days
        return mix(
            [self._listed[identity] for _, identity in days[bisect(days, (first,)) : bisect(days, (end,))]]
        ).hex()

    def source(self, identity: str) -> str:
        """Of a list of the documents of a source."""
        return mix([self._listed[d] for d in self._of_source.get(identity, ())]).hex()

    @cached_property
    def _of_source(self) -> dict[str, list[str]]:
        """Source → its documents, the newest first."""
        return inverted((identity, [row[2]]) for identity, row in self._of.bylines.items())

    @cached_property
    def _statements(self) -> bytes:
        return mix(list(self._of.told.values()))

    @cached_property
    def _documents(self) -> dict[str, bytes]:
        segments, revisions, mentions, edits = (
            dict(self._reader.tuples(query)) for query in (sql.SEGMENTS, sql.REVISIONS, sql.MENTIONS, sql.EDITS)
        )
        incidents = inverted((i, [row[1] for row in rows]) for i, rows in self._coverage.items())
        of = self._of
        return {
            identity: mix(
                head,
                segments.get(identity),
                revisions.get(identity),
                edits.get(identity),
                mentions.get(identity),
                [of.names.get(name) for name in of.named.get(identity, ())],
                of.shown((identity,)),
                of.origins.get(identity),
                [of.incidents[i] for i in incidents.get(identity, ())],
            )
            for identity, head in of.heads.items()
        }

    @cached_property
    def _listed(self) -> dict[str, bytes]:
        """Documents as a line of a list, with their number of claims."""
        return {identity: head + self._of.told.get(identity, b"") for identity, head in self._of.heads.items()}

    @cached_property
    def _days(self) -> list[tuple[str, str]]:
        """Day and id of each document, in order."""
        return sorted((row[4] or "", identity) for identity, row in self._of.bylines.items())

    def _entity(self, identity: str) -> str:
        of, entity = self._of, self._reader.entities[identity]
        same = self._reader.merged_ids(identity)
        telling, (documents, newest) = self._telling.get(identity, []), self.naming(identity)
        return mix(
            entity,
            [of.names.get(i) for i in (*same, entity.owner_id, entity.family_id)],
            [rows.get(i) for i in same for rows in (self._belongings, *self._of_entities)],
            [of.told[d] for d in telling],
            documents,
            [self._listed[d] for d in newest],
            [self._incident_lines[i] for i in self._incidents_of_entity.get(identity, ())],
            sorted({of.dispute_lines[q] for d in telling for q in of.disputes_of_document.get(d, ())}),
        ).hex()

    @cached_property
    def _telling(self) -> dict[str, list[str]]:
        """Name → the documents that have claims about it or by it."""
        stands_for = self._of.stands_for
        return inverted((d, {stands_for.get(n, n) for n in names}) for d, names in self._of.parties.items())

    @cached_property
    def _naming(self) -> dict[str, tuple[int, list[str]]]:
        named, stands_for = self._of.named, self._of.stands_for
        found = inverted((d, {stands_for.get(n, n) for n in named.get(d, ())}) for d in self._of.bylines)
        return {entity: (len(documents), documents[:MOST_OF_NAME]) for entity, documents in found.items()}

    @cached_property
    def _belongings(self) -> Rows:
        """Entity → what belongs to it and what is a version of it."""
        names, found = self._of.names, Rows()
        for relation, below in (("owner", self._reader.holdings), ("family", self._reader.versions)):
            for above, entities in below.items():
                found.setdefault(above, []).append((relation, *(names[entity.id] for entity in entities)))
        return found

    @cached_property
    def _of_entities(self) -> list[Rows]:
        return [self._of.grouped(query) for query in (sql.ALIASES, sql.STAGES, sql.JURISDICTIONS, sql.EVIDENCE)]

    @cached_property
    def _coverage(self) -> Rows:
        return self._of.grouped(sql.COVERAGE)

    @cached_property
    def _members(self) -> Rows:
        return self._of.grouped(sql.MEMBERS)

    @cached_property
    def _incidents(self) -> dict[str, bytes]:
        of = self._of
        responses = of.grouped(sql.RESPONSES)
        parts = (self._members, responses, of.grouped(sql.STAKES))
        flags: dict[str, list[bytes]] = {}
        for pair in of.pairs:
            flags.setdefault(pair.incident, []).append(pair.digest)
        return {
            identity: mix(
                row,
                of.incidents.get(row[1]),  # the one it was merged into
                of.shown(of.documents_of_incident.get(identity, ())),
                [(c, self._listed[c[1]], of.origins.get(c[1])) for c in self._coverage.get(identity, ())],
                [(m, of.names.get(m[1])) for rows in parts for m in rows.get(identity, ())],
                [of.cited.get(row[2]) for row in responses.get(identity, ())],
                flags.get(identity),
                [of.disputes[d] for d in self._disputes_within.get(identity, ())],
                [(of.incidents[i], self._members.get(i)) for i in self._related(identity)],
            )
            for identity, row in of.incidents.items()
        }

    @cached_property
    def _incident_lines(self) -> dict[str, bytes]:
        """Incidents as a line of a list: how much there is of each, how new it is, and how much of it is open."""
        return {
            identity: mix(
                row,
                len(self._coverage.get(identity, ())),
                max((self._of.bylines[c[1]][4] or "" for c in self._coverage.get(identity, ())), default=""),
                [self._of.questions[d] for d in self._disputes_within.get(identity, ())],
            )
            for identity, row in self._of.incidents.items()
        }

    @cached_property
    def _disputes_within(self) -> dict[str, list[str]]:
        """Incident → its disputes."""
        return inverted((identity, [row[2] or ""]) for identity, row in self._of.questions.items())

    def _related(self, incident: str) -> list[str]:
        """Incidents that share a name with one, itself among them."""
        mine = [m[1] for m in self._members.get(incident, ())]
        return sorted({i for entity in mine for i in self._incidents_of_member.get(entity, ())})

    @cached_property
    def _incidents_of_member(self) -> dict[str, list[str]]:
        return inverted((i, [m[1] for m in rows]) for i, rows in self._members.items())

    @cached_property
    def _incidents_of_entity(self) -> dict[str, list[str]]:
        stands_for = self._of.stands_for
        members = ((incident, [str(row[1]) for row in rows]) for incident, rows in self._members.items())
        return inverted((incident, sorted({stands_for.get(n, n) for n in names})) for incident, names in members)
