"""Digests of rows, each table read in one pass when it is first asked for: what the fingerprints of pages are made of.

A digest covers whole rows, and what is read out of a document is covered document by document: it may change without
any page changing, never the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from distillwatch.site.queries import fingerprints as sql

if TYPE_CHECKING:  # the reader holds the fingerprints, and these their digests
    from distillwatch.site.reader import Reader

Rows = dict[str, list[tuple[Any, ...]]]
SIZE = 12  # bytes of a digest


class Pair(NamedTuple):
    """A compared pair: the documents of its claims, its flag if it has one, the digest of all that is shown of it."""

    documents: tuple[str, ...]
    flag: str
    incident: str
    digest: bytes


def mix(*parts: object) -> bytes:
    """A digest over parts; the borders between them count."""
    return blake2b(msgspec.msgpack.encode(parts), digest_size=SIZE).digest()


def digest_of(text: str) -> str:
    """The `digest` that queries use: of a text that SQLite wrote of many rows, so that it need not hand it over."""
    return blake2b(text.encode(), digest_size=SIZE).hexdigest()


def inverted(pairs: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """Value → the keys that have it, in their order."""
    found: dict[str, list[str]] = {}
    for key, values in pairs:
        for value in values:
            found.setdefault(value, []).append(key)
    return found


class Digests:
    """By the id of what they are of."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @cached_property
    def stands_for(self) -> dict[str, str]:
        """Name → the one that it stands for after merges."""
        found = {identity: self._reader.entity(identity) for identity in self._reader.entities}
        return {identity: entity.id for identity, entity in found.items() if entity is not None}

    def grouped(self, query: str) -> Rows:
        """The rows of a query by their first column."""
        grouped: Rows = {}
        for row in self._reader.tuples(query):
            grouped.setdefault(row[0], []).append(row)
        return grouped

    def listed(self, query: str) -> dict[str, list[str]]:
        """Id → ids, of a query that gives the latter as one text."""
        decode = msgspec.json.Decoder(list[str]).decode
        return {identity: decode(ids) for identity, ids in self._reader.tuples(query)}

    @cached_property
    def names(self) -> dict[str | None, bytes]:
        """Who each entity stands for."""
        return {e.id: mix(self._reader.entity(e.id)) for e in self._reader.entities.values()}

    @cached_property
    def heads(self) -> dict[str, bytes]:
        """Documents without what is read out of them."""
        return {identity: bytes.fromhex(digest) for identity, digest in self._reader.tuples(sql.DOCUMENTS)}

    @cached_property
    def bylines(self) -> dict[str, tuple[Any, ...]]:
        """Documents, the newest first, as their claims show them where they show no headline."""
        return {row[0]: row for row in self._reader.tuples(sql.BYLINES)}

    @cached_property
    def named(self) -> dict[str, list[str]]:
        """Document → the names in its present text, each once."""
        return self.listed(sql.NAMED)

    @cached_property
    def _query_of_claims(self) -> str:
        return sql.CLAIMS.format(columns=", ".join(name for (name,) in self._reader.tuples(sql.COLUMNS_OF_CLAIMS)))

    def queries(self) -> list[str]:
        """The longest passes, in the order in which pages ask for them."""
        return [self._query_of_claims, *sql.LONG]

    @cached_property
    def _claims(self) -> dict[str, tuple[list[str], str]]:
        """Document → the names that its claims are about or by, each once, and the digest of all the claims."""
        decode = msgspec.json.Decoder(list[str | None]).decode
        return {
            identity: ([name for name in dict.fromkeys(chain.from_iterable(map(decode, names))) if name], claims)
            for identity, *names, claims in self._reader.tuples(self._query_of_claims)
        }

    @cached_property
    def parties(self) -> dict[str, list[str]]:
        """Document → the names that its claims are about or by, each once."""
        return {identity: names for identity, (names, _) in self._claims.items()}

    @cached_property
    def told(self) -> dict[str, bytes]:
        """Document → all its claims, with the names that they are shown with and its byline, without its headline."""
        return {
            identity: mix(claims, [self.names.get(name) for name in names], self.bylines[identity])
            for identity, (names, claims) in self._claims.items()
        }

    @cached_property
    def cited(self) -> dict[str, bytes]:
        """Document → the same with the headline: what is shown where one of its claims is shown whole."""
        return {identity: told + self.heads[identity] for identity, told in self.told.items()}

    @cached_property
    def incidents(self) -> dict[str, tuple[Any, ...]]:
        """The row of each incident."""
        return {row[0]: row for row in self._reader.tuples(sql.INCIDENTS)}

    @cached_property
    def documents_of_incident(self) -> dict[str, list[str]]:
        """Incident → the documents that have claims of it."""
        return self.listed(sql.TELLING)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every pair that was compared, flagged or not."""
        decisions = self.grouped(sql.DECISIONS)
        opened = {row[0]: row for row in self._reader.tuples(sql.FLAGS)}
        found = []
        for identity, a, b, *row in self._reader.tuples(sql.COMPARISONS):
            _, incident, flag, *_ = opened.get(identity, ("", "", ""))
            about = (opened.get(identity), decisions.get(flag), self.incidents.get(incident))
            digest = mix(identity, row, about, self.cited[a], self.cited[b])
            found.append(Pair((a,) if a == b else (a, b), flag, incident or "", digest))
        return found

    @cached_property
    def flags(self) -> dict[str, Pair]:
        """Flag → its pair."""
        return {pair.flag: pair for pair in self.pairs if pair.flag}

    @cached_property
    def pairs_of_document(self) -> dict[str, list[bytes]]:
        """Document → every pair that one of its claims was compared in."""
        found: dict[str, list[bytes]] = {}
        for pair in self.pairs:
            for document in pair.documents:
                found.setdefault(document, []).append(pair.digest)
        return found

    @cached_property
    def questions(self) -> dict[str, tuple[Any, ...]]:
        """Disputes as a line that leads to them."""
        return {row[0]: row for row in self._reader.tuples(sql.DISPUTES)}

    @cached_property
    def answers(self) -> Rows:
        """Dispute → the statements that it is made of."""
        return self.grouped(sql.ANSWERS)

    @cached_property
    def documents_of_dispute(self) -> dict[str, list[str]]:
        """Dispute → the documents that make its statements, or may make the same."""
        echoes = self.listed(sql.ECHOES)
        return {
            dispute: list(dict.fromkeys([*(row[1] for row in rows), *echoes.get(dispute, ())]))
            for dispute, rows in self.answers.items()
        }

    @cached_property
    def disputes_of_document(self) -> dict[str, list[str]]:
        """Document → the disputes that have one of its statements."""
        return inverted(self.documents_of_dispute.items())

    @cached_property
    def disputes(self) -> dict[str, bytes]:
        """Disputes with their sides and flags."""
        pairs: dict[str, list[bytes]] = {}
        for dispute, flag in self._reader.tuples(sql.PAIRS_OF_DISPUTES):
            pairs.setdefault(dispute, []).append(self.flags[flag].digest)
        return {
            identity: mix(
                row,
                self.questions.get(row[1]),  # the one that it was joined with
                self.incidents.get(row[2]),
                self.answers.get(identity),
                [self.cited[document] for document in self.documents_of_dispute.get(identity, ())],
                pairs.get(identity),
            )
            for identity, row in self.questions.items()
        }

    @cached_property
    def dispute_lines(self) -> dict[str, bytes]:
        """Disputes as a card, without the flags and without the headlines."""
        return {
            identity: mix(
                row,
                self.incidents.get(row[2]),
                self.answers.get(identity),
                [self.told[document] for document in self.documents_of_dispute.get(identity, ())],
            )
            for identity, row in self.questions.items()
        }

    @cached_property
    def origins(self) -> dict[str, list[bytes]]:
        """Document → its origins, each with the documents that go back to it."""
        rows = self.grouped(sql.ORIGINS)
        origins = {origin: mix(found, [self.heads[row[1]] for row in found]) for origin, found in rows.items()}
        found: dict[str, list[bytes]] = {}
        for origin, members in rows.items():
            for row in members:
                found.setdefault(row[1], []).append(origins[origin])
        return found

    def shown(self, documents: Iterable[str]) -> list[object]:
        """The claims of documents with every pair that they were compared in, and the disputes that name them."""
        cited, pairs, disputes = self.cited, self.pairs_of_document, self.disputes_of_document
        return [
            (cited.get(d), pairs.get(d), [self.questions[q] for q in disputes[d]] if d in disputes else None)
            for d in documents
        ]
