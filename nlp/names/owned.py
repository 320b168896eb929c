"""What belongs to a named owner and is an entity itself: its terms of use, its licence, its programming interface."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from distillwatch.ids import entity_id
from distillwatch.nlp.names.passages import Passage
from distillwatch.records import Entity, EntityKind, Mention

REACH = 60
FILLER = re.compile(
    r"\b(?:terms|of|use|service|and|conditions|licen[cs]e|community|the|polic(?:y|ies))\b", re.IGNORECASE
)

LICENCE = re.compile(r"\b(?:licen[cs]e|Lizenz|licencia)\b", re.IGNORECASE)


class Belonging(Struct, frozen=True):
    """One kind of thing: how it is named after its owner, and where its word stands."""

    kind: EntityKind
    name: str
    owners: tuple[str, ...]
    after: re.Pattern[str] | None
    before: re.Pattern[str] | None
    ours: re.Pattern[str] | None


class Owned:
    """Finds belongings of the owners that a document names."""

    def __init__(self, rows: Iterable[Mapping[str, object]], entities: Sequence[Entity]) -> None:
        """`rows` are the `[[owned]]` tables of one language; `entities` the registry, which names some of them."""
        self._things = [_belonging(row) for row in rows]
        self._registered: dict[tuple[str, str], list[Entity]] = {}
        for entity in entities:
            if entity.owner and entity.kind in ("policy", "product"):
                self._registered.setdefault((entity.owner, entity.kind), []).append(entity)

    def find(
        self,
        text: str,
        plain: str,
        passages: Sequence[Passage],
        mentions: Sequence[Mention],
        by_id: Mapping[str, Entity],
    ) -> Iterator[tuple[Mention, Entity, Mention | None]]:
        """(mention of the thing, its entity, the owner's mention that it absorbs or None)."""
        often = Counter(m.entity_id for m in mentions)
        starts = [passage.start for passage in passages]
        for mention in mentions:
            passage = passages[bisect_right(starts, mention.start) - 1]
            owner = by_id.get(mention.entity_id or "")
            if owner is None:
                continue
            for thing in self._things:
                if owner.kind not in thing.owners:
                    continue
                span = _after(thing, plain, mention, passage) or _before(thing, plain, mention, passage)
                if span is not None:
                    start, end, bare = span
                    entity = self._entity(thing, owner, text[start:end])
                    whole = bare and often[owner.id] > 1  # an owner named here only keeps its mention
                    begin = mention.start if whole else start
                    yield _mention(text, begin, end, entity, owner), entity, mention if whole else None
                    break

    def ours(self, text: str, passage: Passage, publisher: Entity) -> Iterator[tuple[Mention, Entity]]:
        """The publisher's own ("our commercial terms"), where a company speaks for itself."""
        for thing in self._things:
            if thing.ours is not None and publisher.kind in thing.owners:
                for match in thing.ours.finditer(text, passage.start, passage.end):
                    start, end = match.span("thing")
                    entity = self._entity(thing, publisher, match["thing"])
                    yield _mention(text, start, end, entity, publisher), entity

    def _entity(self, thing: Belonging, owner: Entity, words: str) -> Entity:
        """The registered one whose name the words fit best, else one named after the owner."""
        wanted = {w.casefold() for w in re.findall(r"[^\W\d_]+", FILLER.sub(" ", words))}
        ranked = sorted(
            (
                (len(wanted & set(e.name.casefold().split())), -i, e)
                for i, e in enumerate(self._candidates(thing, owner))
            ),
            key=_rank,
            reverse=True,
        )
        if ranked:
            return ranked[0][2]
        name = thing.name.replace("{owner}", owner.name)
        return Entity(id=entity_id(thing.kind, name), kind=thing.kind, name=name, owner=owner.name, status="proposed")

    def _candidates(self, thing: Belonging, owner: Entity) -> list[Entity]:
        names = {owner.name, *owner.aliases}
        rows = [
            *self._registered.get((owner.name, thing.kind), ()),
            *self._registered.get((owner.owner, thing.kind), ()),
        ]
        if thing.kind == "product":
            return [e for e in rows if e.name.endswith(" API") and e.owner == owner.name]
        if owner.kind == "model":
            own = [e for e in rows if any(e.name.casefold().startswith(n.casefold()) for n in names)]
            licences = [e for e in rows if LICENCE.search(e.name) is not None]
            return own or (licences if len(licences) == 1 else [])
        return [e for e in rows if e.owner == owner.name and e.description == "terms"]


def _rank(item: tuple[int, int, Entity]) -> tuple[int, int]:
    return item[0], item[1]


def _after(thing: Belonging, plain: str, mention: Mention, passage: Passage) -> tuple[int, int, bool] | None:
    match = thing.after.match(plain, mention.end, passage.end) if thing.after is not None else None
    if match is None:
        return None
    bare = match.groupdict().get("bare") is not None
    return (*match.span("bare" if bare else "thing"), bare)


def _before(thing: Belonging, plain: str, mention: Mention, passage: Passage) -> tuple[int, int, bool] | None:
    if thing.before is None:
        return None
    left = max(passage.start, mention.start - REACH)
    match = thing.before.search(plain[left : mention.start])
    return (left + match.start("thing"), left + match.end("thing"), False) if match is not None else None


def _mention(text: str, start: int, end: int, entity: Entity, owner: Entity) -> Mention:
    return Mention(
        start=start,
        end=end,
        text=text[start:end],
        kind=entity.kind,
        entity_id=entity.id,
        score=0.9,
        reason=f"belongs to {owner.name}",
    )


def _belonging(row: Mapping[str, object]) -> Belonging:
    patterns = {side: re.compile(str(row[side])) if side in row else None for side in ("after", "before", "ours")}
    owners = row["owners"]
    assert isinstance(owners, list)
    return Belonging(
        kind=row["kind"],  # type: ignore[arg-type] # checked when the entity is stored
        name=str(row["name"]),
        owners=tuple(owners),
        after=patterns["after"],
        before=patterns["before"],
        ours=patterns["ours"],
    )
