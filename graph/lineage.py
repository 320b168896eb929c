"""Who acts as whom: a model, product or policy belongs to a company, a lab to its parent, a person to an employer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph.names import NameIndex, listed
from distillwatch.records import Entity

_DEPTH = 6  # no real chain of ownership is longer; also ends a circle of wrong rows
_THINGS = ("model", "product", "policy")
SPECIFIC = ("company", "agency", "person", "outlet", "policy", "model", "product")


class Party(Struct, frozen=True):
    """One side of an act. `root` is the firm or body at the top; a loose one ("Chinese labs") may be any of several."""

    id: str
    firm: str  # the nearest company or body: the maker of a model
    root: str
    kind: str

    @property
    def loose(self) -> bool:
        """Whether it is an unnamed collective, a country, or words that were not linked."""
        return self.kind not in SPECIFIC


class Lineage:
    """Canonical entities with their owners: registered or, where there is none, learned from what texts release."""

    def __init__(
        self, entities: dict[str, Entity], canonical: dict[str, str], owners: dict[str, str], forms: Collection[str]
    ) -> None:
        self._entities = entities
        self._canonical = canonical
        self._owners = owners
        self._names = NameIndex(entities.values(), forms, canonical)

    def entity(self, entity_id: str) -> Entity:
        """The canonical entity that an id stands for."""
        return self._entities[self._canonical.get(entity_id, entity_id)]

    def chain(self, entity_id: str) -> list[str]:
        """Ids of the canonical entity and its owners, nearest first. A government body acts for itself."""
        found = [self._canonical.get(entity_id, entity_id)]
        while len(found) < _DEPTH and self._entities[found[-1]].kind != "agency":
            up = self._owners.get(found[-1])
            if up is None or up in found:
                break
            found.append(up)
        return found

    def root(self, entity_id: str) -> str:
        """Id of the firm or body at the top of the chain of owners; the entity itself where it has none."""
        return self.chain(entity_id)[-1]

    def party(self, entity_id: str) -> Party:
        """One entity as a side of an act."""
        entity = self.entity(entity_id)
        firm = next((up for up in self.chain(entity.id) if self._entities[up].kind not in _THINGS), entity.id)
        return Party(entity.id, firm, self.root(entity.id), self._entities[firm].kind)

    def parties(self, entity_id: str | None, words: str) -> list[Party]:
        """The sides that a linked name or plain words stand for: several for a list of known names."""
        entity = self.entity(entity_id) if entity_id else None
        if entity is None or entity.kind == "group":
            members = self._members(entity.name if entity else words)
            if members:
                return members
        return [self.party(entity.id)] if entity else []

    def _members(self, words: str) -> list[Party]:
        found = [self._names.find(part) for part in listed(words)]
        known = [self.party(e.id) for e in found if e]
        return known if len(found) > 1 and len(known) == len(found) else []


def load_lineage(db: Database, entities: list[Entity], forms: Collection[str]) -> Lineage:
    """The lineage of every entity in the store; `forms`: legal forms that names are compared without."""
    canonical: dict[str, str] = dict(db.conn.execute("SELECT id, canonical_id FROM entities"))
    owners: dict[str, str] = {}
    for key, owner, family in db.conn.execute("SELECT id, owner_id, family_id FROM entities ORDER BY id"):
        up = owner or family
        if up and canonical[up] != canonical[key]:
            owners.setdefault(canonical[key], canonical[up])
    for thing, makers in _released(db).items():
        if thing not in owners and len(makers) == 1:
            owners[thing] = next(iter(makers))
    return Lineage({e.id: e for e in entities}, canonical, owners, forms)


def _released(db: Database) -> dict[str, set[str]]:
    """Models and products → the companies of which texts state that they released or own them.

    What is asked, supposed or predicted makes nobody an owner, nor does what is only hedged.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for thing, maker in db.conn.execute(
        """SELECT DISTINCT o.canonical_id, s.canonical_id FROM claims c
           JOIN entities s ON s.id = c.subject_id AND s.kind IN ('company', 'group')
           JOIN entities o ON o.id = c.object_id AND o.kind IN ('model', 'product')
           WHERE c.current AND c.polarity = '+' AND c.predicate IN ('released', 'owns') AND c.hedge = 'none'
             AND c.speech_act IN ('asserts', 'confirms', 'reports')"""
    ):
        found[thing].add(maker)
    return found
