"""Who speaks by the layout of a page: authors of comments, names under quotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from distillwatch.ids import entity_id
from distillwatch.nlp.names.pieces import key_of
from distillwatch.records import Document, Entity


def speakers_of(document: Document, named: Iterable[Entity], registry: Mapping[str, Entity]) -> dict[str, Entity]:
    """Entity by speaker as the layout writes them: one that the text names, a registered one, else a proposed person.

    `named` are the entities of the text, `registry` the registered ones by `key_of` their names and aliases.
    """
    persons = [e for e in named if e.kind in ("person", "company", "group", "agency")]
    by_key = {key_of(form): e for e in reversed(persons) for form in (e.name, *e.aliases)}
    found: dict[str, Entity] = {}
    for segment in document.segments:
        name = " ".join(segment.speaker.split())
        if not name or name in found:
            continue
        known = by_key.get(key_of(name)) or registry.get(key_of(name)) or _by_part(name, persons)
        found[name] = known if known is not None and known.kind != "model" else _person(name)
    return found


def _by_part(name: str, persons: Iterable[Entity]) -> Entity | None:
    """ "Priya" for "Priya Raghunathan", where one person of the text fits."""
    fitting = [e for e in persons if e.kind == "person" and " " not in name and name in e.name.split()]
    return fitting[0] if len(fitting) == 1 else None


def _person(name: str) -> Entity:
    return Entity(id=entity_id("person", name), kind="person", name=name, status="proposed")
