"""Names that other texts propose: which of them count, and what they are worth in a text that shows less of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from distillwatch.ids import hash_id
from distillwatch.nlp.names.learned import Taught
from distillwatch.nlp.names.lexicon import NameWords
from distillwatch.nlp.names.pieces import EAST, Piece, fold, key_of
from distillwatch.records import Entity

WORTH_KEEPING = ("company", "model", "person", "product")
UNBROKEN = re.compile(rf"[{EAST}·]{{3,}}")  # no capitals tell these, but nothing else is spelled so either
ORIGINS = 2  # a name that only one source carries may be its typing error


def agreed(proposals: Iterable[tuple[str, Entity]]) -> list[Entity]:
    """The entities that texts of two sources propose and that none takes for something else, by id.

    `proposals` are (source, entity); the first of those with one spelling gives the entity its form.
    """
    sources: defaultdict[str, set[str]] = defaultdict(set)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    entities: dict[str, Entity] = {}
    for source, entity in sorted(proposals, key=_by_name):
        key = key_of(entity.name)
        sources[key].add(source)
        kinds[key].add(entity.kind)
        entities.setdefault(key, entity)
    kept = [entities[k] for k in entities if len(sources[k]) >= ORIGINS and len(kinds[k]) == 1]
    return sorted((e for e in kept if e.kind in WORTH_KEEPING), key=_id)


class Elsewhere:
    """Agreed names, by spelling and by the head of a firm's name."""

    def __init__(self, entities: Sequence[Entity], words: NameWords) -> None:
        """`words` tells how firms' names end."""
        self.by_key: dict[str, Entity] = {}
        for entity in entities:
            self.by_key.setdefault(key_of(entity.name), entity)
        heads: defaultdict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            parts = entity.name.split()
            if entity.kind == "company" and len(parts) == 2 and parts[1] in words.company_ends:
                heads[key_of(parts[0])].append(entity)
        for key, found in heads.items():
            if len(found) == 1:
                self.by_key.setdefault(key, found[0])
        self.kinds = {key: entity.kind for key, entity in self.by_key.items()}
        self._by_head: defaultdict[str, list[str]] = defaultdict(list)
        for key, entity in self.by_key.items():
            self._by_head[key.partition("|")[0]].append(f"{entity.kind}|{key}")
        self.taught = tuple(
            Taught(entity, (entity.name,), "proposed by other texts", 0.7)
            for entity in entities
            if UNBROKEN.fullmatch(entity.name) is not None
        )

    def heard(self, pieces: Iterable[Sequence[Piece]]) -> str:
        """A hash of those names of which a text with these pieces holds the beginning, "" where it holds none.

        No other of the names can have changed what is read in it.
        """
        if not self._by_head:
            return ""
        heads = sorted({piece.fold for passage in pieces for piece in passage} & self._by_head.keys())
        return hash_id(*(name for head in heads for name in self._by_head[head]), length=8) if heads else ""


def holding(texts: Iterable[tuple[str, str]], names: Iterable[str]) -> list[str]:
    """The ids, of (id, text), of texts that hold the beginning of one of the names: a text may give no more of it."""
    heads = sorted({key_of(name).partition("|")[0] for name in names} - {""})
    if not heads:
        return []
    return [one for one, text in texts if any(map(fold(text).__contains__, heads))]


def _by_name(proposal: tuple[str, Entity]) -> tuple[str, str, str]:
    return proposal[1].name, proposal[1].kind, proposal[0]


def _id(entity: Entity) -> str:
    return entity.id
