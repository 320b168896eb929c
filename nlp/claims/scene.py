"""What the page itself tells before any sentence is read: its outlet, who issues it, who comments, who is quoted."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations

from msgspec import Struct

from distillwatch.ids import entity_id
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.records import Document, Entity, EntityKind, Mention

_AND = re.compile(r",? (?:and|und|et|y|e|sowie|&) |, |[、,]|[和与與及]")
LISTABLE = 4  # names whose orders are few enough to try
ISSUERS = ("company", "agency", "group")


class Scene(Struct, kw_only=True):
    """The page's own voices, and the entities that had to be proposed for them."""

    entities: Mapping[str, Entity]  # every entity that a claim of the page may point at
    by_name: Mapping[str, Entity]  # names and aliases, case-folded
    outlet: Entity | None
    issuer: Entity | None  # whose statement or rule the page is
    own_policy: Entity | None  # the rule that the page itself is
    author: Entity | None  # who defines terms in the page's own voice
    employers: Mapping[str, Referent]  # person id → the employer that the registry knows, or the page tells
    makers: frozenset[str] = frozenset()  # names of those whose models, products or rules the page names
    published: str = ""  # ISO day; "" where the page gives none
    proposed: dict[str, Entity]  # made for this page: commenters, its outlet

    def person(self, name: str) -> Entity | None:
        """The person, commenter or organisation of that name; a commenter unknown so far is proposed."""
        if not name.strip():
            return None
        known = self.by_name.get(name.strip().casefold())
        return known or self.propose("person", name.strip())

    def group(self, names: Sequence[str]) -> Entity:
        """Several who act together, as one: "A, B and C", the same in whatever order they are listed.

        A group that the registry has under such a name is that one.
        """
        for order in permutations(names) if len(names) <= LISTABLE else ():
            registered = self.by_name.get(f"{', '.join(order[:-1])} and {order[-1]}".casefold())
            if registered is not None and registered.kind == "group":
                return registered
        called = self._called(names)
        if called is not None:
            return called
        known = sorted(names)
        identity = entity_id("group", f"{', '.join(known[:-1])} and {known[-1]}")
        return self.propose("group", f"{', '.join(names[:-1])} and {names[-1]}", identity=identity)

    def _called(self, names: Sequence[str]) -> Entity | None:
        """The registered group that is called by a list of these members, by whatever names of theirs."""
        wanted = {e.id for e in map(self.by_name.get, (n.casefold() for n in names)) if e is not None}
        if len(wanted) != len(names):
            return None
        for group in (e for e in self.entities.values() if e.kind == "group"):
            if any({m.id for m in self.listed(group, name)} == wanted for name in (group.name, *group.aliases)):
                return group
        return None

    def listed(self, group: Entity, text: str) -> tuple[Entity, ...]:
        """The members that a text lists where it names a group by them ("A and B"); () for any other name of one."""
        parts = [p.strip() for p in _AND.split(text) if p.strip()] if group.kind == "group" else []
        members = [self.by_name.get(part.casefold()) for part in parts] if len(parts) > 1 else []
        found = tuple(m for m in members if m is not None and m.kind in ISSUERS and m.id != group.id)
        return found if len(found) == len(parts) else ()

    def voice(self) -> Referent | None:
        """The issuer as a referent."""
        return referent(self.issuer, self.issuer.name) if self.issuer is not None else None

    def propose(self, kind: EntityKind, name: str, *, owner: str = "", identity: str = "") -> Entity:
        """A new entity of this page, the same one each time it is asked for."""
        identity = identity or entity_id(kind, name)
        if identity in self.entities:
            return self.entities[identity]
        return self.proposed.setdefault(
            identity, Entity(id=identity, kind=kind, name=name, owner=owner, status="proposed")
        )


class Registry(Struct, frozen=True):
    """Entities by id and by name, and who employs whom."""

    entities: Mapping[str, Entity]
    by_name: Mapping[str, Entity]  # names and aliases, case-folded
    employers: Mapping[str, Referent]


def registry_of(entities: Iterable[Entity], base: Registry | None = None) -> Registry:
    """The entities indexed, on top of those of `base`, which go first where two share a name."""
    added = {e.id: e for e in entities}
    by_name: dict[str, Entity] = {}
    for entity in added.values():
        for name in (entity.name, *entity.aliases):
            by_name.setdefault(name.casefold(), entity)
    names = ChainMap(dict(base.by_name), by_name) if base is not None and by_name else base.by_name if base else by_name
    houses = ((e.id, names.get(e.owner.casefold())) for e in added.values() if e.kind == "person" and e.owner)
    employers = {i: referent(h, h.name) for i, h in houses if h is not None and h.kind != "person"}
    if base is None:
        return Registry(added, by_name, employers)
    return Registry({**base.entities, **added}, names, {**base.employers, **employers})


def scene_of(document: Document, registry: Registry) -> Scene:
    """Read the scene off the page's outlet, kind and byline."""
    known, by_name, employers = registry.entities, registry.by_name, registry.employers
    scene = Scene(
        entities=known,
        by_name=by_name,
        outlet=None,
        issuer=None,
        own_policy=None,
        author=None,
        employers=employers,
        published=document.published_day or "",
        proposed={},
    )
    if document.outlet:
        scene.outlet = by_name.get(document.outlet.casefold()) or scene.propose("outlet", document.outlet)
    if document.kind in {"statement", "policy"}:
        scene.issuer = issuer_of(document, scene)
    scene.author = scene.issuer or scene.outlet
    return scene


def issuer_of(document: Document, scene: Scene) -> Entity | None:
    """The organisation that the outlet is, that owns it, or whose name its name begins with."""
    outlet = scene.outlet
    if outlet is None:
        return None
    if outlet.kind in ISSUERS:
        return outlet
    owner = scene.by_name.get(outlet.owner.casefold()) if outlet.owner else None
    if owner is not None and owner.kind in ISSUERS:
        return owner
    words = document.outlet.casefold().split()
    for length in range(len(words), 0, -1):
        found = scene.by_name.get(" ".join(words[:length]).strip(" ,:|–—-"))
        if found is not None and found.kind in ISSUERS:
            return found
    return None


def author_of(document: Document, mentions: Sequence[Mention], scene: Scene) -> Entity | None:
    """The agency that a page of rules names first: "Notice of the Office of …", "The Ministry of … adopted"."""
    for mention in sorted(mentions, key=_start):
        entity = scene.entities.get(mention.entity_id or "")
        inside = next((s for s in document.segments if s.start <= mention.start < s.end), None)
        if entity is None or inside is None or inside.kind not in {"headline", "heading", "paragraph"}:
            continue
        if entity.kind == "agency":
            return entity
        if entity.kind in ISSUERS:
            return None
    return None


def _start(mention: Mention) -> int:
    return mention.start


def referent(entity: Entity, text: str) -> Referent:
    """An entity as a text names it; the one representation that the readers work with."""
    plural = entity.kind == "group" and text[-1:] == "s"
    return Referent(entity.id, entity.name, entity.kind, text, entity.owner, plural)
