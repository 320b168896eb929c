"""Known names in a document: the longest registered name at each place, with the version that extends it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs

from distillwatch.ids import entity_id
from distillwatch.nlp.names.gazetteer import Gazetteer, Hit
from distillwatch.nlp.names.passages import Passage
from distillwatch.nlp.names.pieces import EAST, Piece, key_of
from distillwatch.nlp.names.versions import Versions
from distillwatch.records import Entity

_EASTERN = re.compile(f"[{EAST}]")


class Found(Struct, frozen=True):
    """A name at `text[start:end]`: of a registered entity, or of one that this text proposes."""

    start: int
    end: int
    entity: Entity
    spelling: str  # the registered spelling that matched, "" for a name read by its form or use
    reason: str = ""
    score: float = 1.0


class KnownNames:
    """The registry, ready to be looked up in texts."""

    def __init__(self, entities: Sequence[Entity], versions: Versions, ends: frozenset[str]) -> None:
        """Names and aliases of all `entities`; where two share a spelling, the first wins. `ends` end firms' names."""
        self.by_id: Mapping[str, Entity] = {e.id: e for e in reversed(entities)}
        self.by_name: Mapping[str, Entity] = {e.name: e for e in reversed(entities)}
        self.by_key: Mapping[str, Entity] = {key_of(n): e for e in reversed(entities) for n in (*e.aliases, e.name)}
        self.by_head: Mapping[str, Entity] = _heads(entities, ends)
        self._gazetteer = Gazetteer(
            (name, e.id) for e in entities for name in (e.name, *e.aliases) if not _is_list(e, name)
        )
        self._families = frozenset(e.family for e in entities if e.family)
        self._versions = versions

    def find(self, text: str, passage: Passage, pieces: Sequence[Piece]) -> Iterator[Found]:
        """The known names of one passage, left to right, none overlapping; `pieces` are the passage's."""
        at = 0
        starts = self._gazetteer.starts(pieces)
        while at < len(pieces):
            if not starts[at]:
                at += 1
                continue
            hit = self._gazetteer.longest(text, pieces, at, informal=passage.informal)
            stem = hit or self._glued(text, pieces, at, passage)
            if stem is None:
                at += 1
                continue
            found = self._extended(text, self._uncounted(text, stem, pieces, at, passage), passage)
            if found is None:
                at += 1
                continue
            found = _without_article(text, found)
            yield found
            while at < len(pieces) and pieces[at].start < found.end:
                at += 1

    def _glued(self, text: str, pieces: Sequence[Piece], at: int, passage: Passage) -> Hit | None:
        """A family with its version glued on ("Ostra4"): no name by itself, but the stem of one."""
        if at + 1 >= len(pieces) or pieces[at + 1].script != "number" or pieces[at].end != pieces[at + 1].start:
            return None
        if passage.start < pieces[at].start and text[pieces[at].start - 1] in "-_#/":
            return None
        hit = self._gazetteer.longest(text, pieces[: at + 1], at, informal=passage.informal)
        if hit is None or len(pieces[at].text) < 2:
            return None
        entity = self.by_id[hit.spellings[0].entity_id]
        return hit if entity.kind in ("model", "product") else None

    def _uncounted(self, text: str, hit: Hit, pieces: Sequence[Piece], at: int, passage: Passage) -> Hit:
        """The shorter name where the last number counts what follows: "asked Ostra 3 times"."""
        last = pieces[hit.stop - 1]
        counts = self._versions.counts(text, hit.end, passage.end, registered=True)
        if hit.stop - at < 2 or not last.text.isdigit() or not counts:
            return hit
        return self._gazetteer.longest(text, pieces[: hit.stop - 1], at, informal=passage.informal) or hit

    def _extended(self, text: str, hit: Hit, passage: Passage) -> Found | None:
        entity = self.by_id[hit.spellings[0].entity_id]
        spelling = hit.spellings[0].text
        # "奎尔马克18%的股份": where no spaces stand between words, digits behind a firm need not belong to its name.
        spaced = entity.kind != "company" or not _EASTERN.fullmatch(text[hit.end - 1])
        glued = spaced and text[hit.end : hit.end + 1].isdigit()
        if self._is_stem(entity):
            strict = entity.kind == "company"
            known = any(c.isdigit() for c in spelling)
            end = self._versions.end(text, hit.end, passage.end, strict=strict, known=known)
            if end > hit.end:
                return self._version(text[hit.start : end], hit, end, entity)
        return None if glued else Found(hit.start, hit.end, entity, spelling)

    def _is_stem(self, entity: Entity) -> bool:
        return entity.kind in ("model", "company") or entity.name in self._families

    def _version(self, name: str, hit: Hit, end: int, stem: Entity) -> Found:
        bare = name[hit.end - hit.start :] if stem.kind == "company" else ""
        entity = self.by_key.get(key_of(name)) or self.by_key.get(key_of(bare))
        if entity is not None and entity.kind == "model":
            return Found(hit.start, end, entity, name)
        return Found(hit.start, end, proposed_version(name, stem), "", f"a version of {stem.name}")


def _is_list(entity: Entity, name: str) -> bool:
    """Whether a group is called by its members' names: in a text these are its members."""
    return entity.kind == "group" and ", " in name and (" and " in name or " & " in name)


def _without_article(text: str, found: Found) -> Found:
    """The name alone where an alias is spelled with an article: "the Senate" must not hide "Senate Trade Committee"."""
    article = found.spelling.startswith("the ") and text[found.start : found.start + 4].lower() == "the "
    return structs.replace(found, start=found.start + 4) if article else found


def _heads(entities: Sequence[Entity], ends: frozenset[str]) -> dict[str, Entity]:
    """Companies by the first word of a two-word name ("Tarsil" for "Tarsil AI"), where it belongs to one only."""
    heads: dict[str, list[Entity]] = {}
    for entity in entities:
        words = entity.name.split()
        if entity.kind == "company" and len(words) == 2 and words[1] in ends:
            heads.setdefault(key_of(words[0]), []).append(entity)
    return {head: found[0] for head, found in heads.items() if len(found) == 1}


def proposed_version(name: str, stem: Entity) -> Entity:
    """The entity for a version that the registry does not have yet."""
    plain = " ".join(name.split())
    owner = stem.name if stem.kind == "company" else stem.owner
    family = "" if stem.kind == "company" else (stem.family or stem.name)
    return Entity(id=entity_id("model", plain), kind="model", name=plain, owner=owner, family=family, status="proposed")
