"""Registered and proposed entities: the registry is copied into the store, never the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph import search
from distillwatch.graph.connection import transaction
from distillwatch.graph.rows import replace_all, touch, upsert
from distillwatch.ids import text_hash
from distillwatch.records import Entity

OWNER_KINDS = ("company", "group", "agency", "outlet", "country", "person")
"""Where several entities share a name, the owner is the first of these kinds."""


class RegistrySync(Struct, frozen=True):
    """What bringing the registry into the store changed."""

    registered: int
    retired: tuple[str, ...] = ()  # names that left the registry: their rows stay, as proposed entities
    unknown_owners: tuple[str, ...] = ()  # owners that are named but have no row of their own


def sync_entities(db: Database, entities: Sequence[Entity]) -> RegistrySync:
    """Bring the registry's rows, aliases, owners and families up to date.

    No entity is deleted: one that left the registry is `proposed` again.
    """
    by_name: dict[str, list[Entity]] = {}
    for entity in entities:
        by_name.setdefault(entity.name, []).append(entity)
    fingerprint = text_hash(msgspec.json.encode(sorted(entities, key=lambda e: e.id)).decode())
    unknown = tuple(sorted({e.owner for e in entities if e.owner and _owner_id(e, by_name) is None}))
    with transaction(db):
        stand = db.conn.execute("SELECT value FROM metadata WHERE key = 'registry'").fetchone()
        if stand and stand[0] == fingerprint:
            return RegistrySync(registered=len(entities), unknown_owners=unknown)
        here = {e.id for e in entities}
        rows = db.conn.execute("SELECT id, name FROM entities WHERE status = 'registered' ORDER BY id").fetchall()
        retired = [(key, name) for key, name in rows if key not in here]
        db.conn.executemany("UPDATE entities SET status = 'proposed' WHERE id = ?", [(key,) for key, _ in retired])
        db.conn.execute("PRAGMA defer_foreign_keys = on")  # an owner may stand further down
        upsert(
            db,
            "entities",
            [_row(e, _owner_id(e, by_name), _family_id(e, by_name)) for e in entities],
            keep=("canonical_id",),
        )
        for entity in entities:
            _save_aliases(db, entity)
        _index(db, entities)
        upsert(db, "metadata", [{"key": "registry", "value": fingerprint}], ("key",))
        touch(db)
    return RegistrySync(registered=len(entities), retired=tuple(name for _, name in retired), unknown_owners=unknown)


def save_proposed(db: Database, entities: Iterable[Entity], seen_at: str) -> None:
    """Add entities that a text proposed. One that stands already keeps its row; it only gains the new aliases."""
    new = list(entities)
    db.conn.executemany(
        "INSERT INTO entities (id, kind, name, wikidata, description, first_seen, status, canonical_id, born, died) "
        "VALUES (?, ?, ?, '', ?, ?, 'proposed', ?, '', '') "
        "ON CONFLICT (id) DO UPDATE "
        "SET first_seen = min(coalesce(first_seen, excluded.first_seen), excluded.first_seen)",
        [(e.id, e.kind, e.name, e.description, seen_at, e.id) for e in new],
    )
    for entity in new:
        status = db.conn.execute("SELECT status FROM entities WHERE id = ?", (entity.id,)).fetchone()[0]
        if status != "registered":  # what a text says never changes the registry
            aliases = [{"entity_id": entity.id, "alias": a, "language": ""} for a in entity.aliases]
            upsert(db, "entity_aliases", aliases, ("entity_id", "alias"))
    search.index(db, "entities", [_stored(db, entity.id) for entity in new])


def load_entities(db: Database) -> Iterator[Entity]:
    """Every entity, registered and proposed, with aliases and the names of owner and family, by id."""
    aliases: dict[str, list[str]] = {}
    for key, alias in db.conn.execute("SELECT entity_id, alias FROM entity_aliases ORDER BY entity_id, alias"):
        aliases.setdefault(key, []).append(alias)
    rows = db.conn.execute(
        "SELECT e.id, e.kind, e.name, o.name, f.name, e.wikidata, e.description, e.status, e.born, e.died "
        "FROM entities e LEFT JOIN entities o ON o.id = e.owner_id LEFT JOIN entities f ON f.id = e.family_id "
        "ORDER BY e.id"
    )
    for key, kind, name, owner, family, wikidata, description, status, born, died in rows.fetchall():
        yield Entity(
            id=key,
            kind=kind,
            name=name,
            aliases=tuple(aliases.get(key, ())),
            owner=owner or "",
            family=family or "",
            wikidata=wikidata or "",
            description=description or "",
            status=status,
            born=born or "",
            died=died or "",
        )


def _owner_id(entity: Entity, by_name: dict[str, list[Entity]]) -> str | None:
    candidates = [e for e in by_name.get(entity.owner, ()) if e.id != entity.id and e.kind in OWNER_KINDS]
    return min(candidates, key=lambda e: OWNER_KINDS.index(e.kind)).id if candidates else None


def _family_id(entity: Entity, by_name: dict[str, list[Entity]]) -> str | None:
    return next((e.id for e in by_name.get(entity.family, ()) if e.kind == entity.kind and e.id != entity.id), None)


def _row(entity: Entity, owner_id: str | None, family_id: str | None) -> dict[str, str | None]:
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "wikidata": entity.wikidata,
        "owner_id": owner_id,
        "family_id": family_id,
        "description": entity.description,
        "status": "registered",
        "canonical_id": entity.id,
        "born": entity.born,
        "died": entity.died,
    }


def _save_aliases(db: Database, entity: Entity) -> None:
    rows = [{"entity_id": entity.id, "alias": alias, "language": ""} for alias in sorted(set(entity.aliases))]
    replace_all(db, "entity_aliases", rows, ("entity_id", "alias"), "entity_id = ?", (entity.id,))


def _stored(db: Database, entity_id: str) -> tuple[str, str, str]:
    """What an entity is found by as it stands: also the names that other texts, or the registry, gave it."""
    name, aliases, description = db.conn.execute(
        """SELECT name, (SELECT group_concat(alias, char(10)) FROM entity_aliases WHERE entity_id = e.id), description
           FROM entities e WHERE id = ?""",
        (entity_id,),
    ).fetchone()
    return entity_id, name, "\n".join(filter(None, (aliases, description)))


def _index(db: Database, entities: Iterable[Entity]) -> None:
    search.index(db, "entities", [(e.id, e.name, "\n".join([*e.aliases, e.description]).strip()) for e in entities])
