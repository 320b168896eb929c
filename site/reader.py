"""The one way the site reads: a read-only connection, SQL from `queries/`, typed rows out."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from distillwatch.errors import InputMissing
from distillwatch.ids import hash_id
from distillwatch.site.ahead import Ahead, reading
from distillwatch.site.digests import digest_of
from distillwatch.site.fingerprints import Fingerprints
from distillwatch.site.parts import long_texts
from distillwatch.topic import Topic

_Row = TypeVar("_Row", bound=Struct)
_Made = TypeVar("_Made")
Value = str | int | float | None
KEPT = 400  # things that several pages show
STATEMENTS = 400  # queries that stay prepared: a page asks a dozen, over and over
MAPPED = 1 << 32  # bytes of the file that are read in place rather than copied block by block


class EntityRow(Struct, frozen=True, kw_only=True):
    """An entity as every page needs it: enough to name it and link it."""

    id: str
    kind: str
    name: str
    status: str
    canonical_id: str | None
    owner_id: str | None
    family_id: str | None
    wikidata: str
    description: str
    born: str
    died: str


# The registry may hold a thousand names that no text uses: only those used, what they belong to, and what was merged
# into them have a place on the site.
ENTITIES = """
WITH RECURSIVE used(id) AS (
  SELECT entity_id FROM mentions UNION SELECT subject_id FROM claims UNION SELECT object_id FROM claims
  UNION SELECT speaker_id FROM claims UNION SELECT entity_id FROM incident_entities
  UNION SELECT entity_id FROM responses UNION SELECT policy_id FROM policy_events
  UNION SELECT above.value FROM used JOIN entities e ON e.id = used.id
    JOIN json_each(json_array(e.owner_id, e.family_id, e.canonical_id)) above
)
SELECT id, kind, name, status, canonical_id, owner_id, family_id, wikidata, description, born, died
FROM entities WHERE id IN (SELECT id FROM used) OR canonical_id IN (SELECT id FROM used)
ORDER BY kind, name COLLATE NOCASE, id
"""


class Reader:
    """A database and the topic it is about; rows come back in the order that the SQL gives them."""

    def __init__(self, database: Path, topic: Topic) -> None:
        self.topic = topic
        self.database = database
        self._connection = connected(database)
        self._ahead: Ahead | None = None
        self._kept: OrderedDict[Hashable, object] = OrderedDict()

    def reopen(self) -> None:
        """Go on by a connection of its own, in a process that was forked off: the one it came with is the parent's."""
        self._parents, self._connection = self._connection, connected(self.database)  # kept open, as SQLite demands
        self._ahead = None

    def close(self) -> None:
        """Nothing can be read after."""
        self._connection.close()

    @contextmanager
    def reading_ahead(self, queries: Sequence[str]) -> Iterator[None]:
        """For the length of a block have another process read what `tuples` will be asked for, in that order."""
        with reading(partial(connected, self.database), queries, self.database.parent) as self._ahead:
            yield
        self._ahead = None

    def rows(self, kind: type[_Row], sql: str, **parameters: Value) -> list[_Row]:
        """All rows of `sql` as `kind`, column by name; NULL in a field of plain text is "".

        A type that does not fit is a defect and raises msgspec.ValidationError.
        """
        cursor = self._connection.execute(sql, parameters)
        rows = cursor.fetchall()
        if not rows:
            return []
        names = [column[0] for column in cursor.description]
        texts = _texts(kind)
        empty = [(place, name) for place, name in enumerate(names) if name in texts]
        found = []
        for row in rows:
            cells = dict(zip(names, row, strict=True))
            if None in row:
                for place, name in empty:
                    if row[place] is None:
                        cells[name] = ""
            found.append(msgspec.convert(cells, kind))
        return found

    def tuples(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The bare rows of `sql`, for passes over whole tables."""
        rows = self._ahead.rows(sql) if self._ahead else None
        return self._connection.execute(sql) if rows is None else rows

    def bare(self, sql: str, **parameters: Value) -> list[tuple[Any, ...]]:
        """The bare rows of `sql`, where they are few."""
        return self._connection.execute(sql, parameters).fetchall()

    def digest(self, sql: str, **parameters: Value) -> str:
        """A fingerprint of all rows of `sql`: the key of a page that shows these and nothing else of the database."""

        def read() -> str:
            return hash_id(repr(self._connection.execute(sql, parameters).fetchall()))

        return self.kept(("digest", sql, *parameters.items()), read)

    def table(self, sql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """Column names and bare rows of `sql`."""
        cursor = self._connection.execute(sql)
        return [column[0] for column in cursor.description], cursor

    @property
    def store(self) -> Database:
        """The same database as the stages before see it."""
        return Database(self._connection, use_counts_table=False)

    def kept(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What `make` gave for `key` the last time, if that is not long ago: several pages show the same thing."""
        if key in self._kept:
            self._kept.move_to_end(key)
        else:
            self._kept[key] = make()
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return cast(_Made, self._kept[key])

    def value(self, sql: str, **parameters: Value) -> Value:
        """The first column of the first row, None where there is none."""
        row = self._connection.execute(sql, parameters).fetchone()
        return row[0] if row else None

    def count(self, sql: str, **parameters: Value) -> int:
        """The whole number that `sql` gives."""
        value = self.value(sql, **parameters)
        return value if isinstance(value, int) else 0

    @cached_property
    def documents(self) -> list[str]:
        """The id of every document."""
        return [identity for (identity,) in self._connection.execute("SELECT id FROM documents ORDER BY id")]

    @cached_property
    def entities(self) -> dict[str, EntityRow]:
        """Every entity that has a place on the site, by its own id; `entity()` follows merges."""
        return {row.id: row for row in self.rows(EntityRow, ENTITIES)}

    def entity(self, identity: str | None) -> EntityRow | None:
        """Who an id stands for after merges; None for no id or an unknown one."""
        return self._standing.get(identity or "")

    @cached_property
    def _standing(self) -> dict[str, EntityRow]:
        """Every id with who it stands for; without those that lead to nobody."""
        standing: dict[str, EntityRow] = {}
        for identity in self.entities:
            row = self.entities.get(identity)
            for _ in range(len(self.entities)):
                if row is None or not row.canonical_id or row.canonical_id == row.id:
                    break
                row = self.entities.get(row.canonical_id)
            if row is not None:
                standing[identity] = row
        return standing

    @cached_property
    def holdings(self) -> dict[str, list[EntityRow]]:
        """Who or what belongs to each name that something belongs to."""
        return self._below("owner_id")

    @cached_property
    def versions(self) -> dict[str, list[EntityRow]]:
        """The versions of each name that is a family."""
        return self._below("family_id")

    def _below(self, relation: str) -> dict[str, list[EntityRow]]:
        found: dict[str, list[EntityRow]] = {}
        for entity in self.entities.values():
            if above := getattr(entity, relation):
                found.setdefault(above, []).append(entity)
        return found

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """Digests of what pages show."""
        return Fingerprints(self)

    @cached_property
    def parts(self) -> dict[str, tuple[int, ...]]:
        """Document → where its pages begin, of those whose text does not fit one."""
        return long_texts(self)

    def merged_ids(self, identity: str) -> tuple[str, ...]:
        """The ids that stand for one entity: its own first, then those merged into it."""
        return (identity, *self._merged.get(identity, ()))

    @cached_property
    def _merged(self) -> dict[str, list[str]]:
        merged: dict[str, list[str]] = {}
        for row in self.entities.values():
            target = self.entity(row.id)
            if target is not None and target.id != row.id:
                merged.setdefault(target.id, []).append(row.id)
        return merged


@cache
def _texts(kind: type[Struct]) -> frozenset[str]:
    return frozenset(field.name for field in msgspec.structs.fields(kind) if field.type is str)


@contextmanager
def open_reader(database: Path, topic: Topic) -> Iterator[Reader]:
    """A reader over a database file that nobody writes to meanwhile (a snapshot)."""
    if not database.is_file():
        raise InputMissing(f"{database} is not there; run `distillwatch run` first")
    with closing(Reader(database, topic)) as reader:
        yield reader


def connected(database: Path) -> sqlite3.Connection:
    """A read-only connection to a file that nobody writes to."""
    connection = sqlite3.connect(
        f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True, cached_statements=STATEMENTS
    )
    connection.execute("PRAGMA query_only = 1")
    connection.execute(f"PRAGMA mmap_size = {MAPPED}")
    connection.create_function("digest", 1, digest_of, deterministic=True)
    return connection
