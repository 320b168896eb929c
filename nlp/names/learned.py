"""The names that a document teaches, and their short forms, found everywhere in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from msgspec import Struct

from distillwatch.nlp.names.bodies import acronym_after, short_forms
from distillwatch.nlp.names.gazetteer import Gazetteer
from distillwatch.nlp.names.known import Found
from distillwatch.nlp.names.lexicon import NameWords
from distillwatch.nlp.names.pieces import Piece
from distillwatch.nlp.names.tokens import Tokens
from distillwatch.records import Entity, Mention


class Taught(Struct, frozen=True):
    """An entity with the forms by which this document may call it."""

    entity: Entity
    forms: tuple[str, ...]
    reason: str
    score: float


def taught_by_known(text: str, found: Sequence[Found], words: NameWords, tokens: Tokens) -> Iterator[Taught]:
    """Short forms of names that stand in full: a person's surname and given name, a notice's number, an acronym."""
    persons = {f.entity.id: f.entity for f in found if f.entity.kind == "person"}
    surnames = _unique((entity.name.split()[-1], i) for i, entity in persons.items() if " " in entity.name)
    given = _unique((entity.name.split()[0], i) for i, entity in persons.items() if " " in entity.name)
    usable = {g: i for g, i in given.items() if g in words.given_names or not tokens.everyday(g)}
    for form, entity_id in (usable | surnames).items():
        grammar = form.casefold() in words.function_words
        if not grammar and form not in words.ambiguous.words and form not in words.not_names:
            yield Taught(persons[entity_id], (form,), "short form of a full name in this text", 0.9)
    by_id = {f.entity.id: f.entity for f in found}
    for form, entity_id in short_forms(found):
        yield Taught(by_id[entity_id], (form,), "short form of a full name in this text", 0.9)
    for one in found:
        short = acronym_after(text, one.end, text[one.start : one.end])
        if short:
            yield Taught(one.entity, (short,), "given in brackets behind the full name", 0.9)


def staff_of(registry: Iterable[Entity], words: NameWords) -> dict[str, list[tuple[int, Entity, str]]]:
    """Employer → (place in the registry, person, surname) where only one registered person has that surname."""
    registered = [e for e in registry if e.kind == "person" and " " in e.name]
    surnames = _unique((e.name.split()[-1], e.id) for e in registered)
    staff: dict[str, list[tuple[int, Entity, str]]] = {}
    for at, entity in enumerate(registered):
        surname = entity.name.split()[-1]
        usable = len(surname) > 4 and surname not in words.given_names and surname not in words.places
        if usable and surname in surnames:
            staff.setdefault(entity.owner, []).append((at, entity, surname))
    return staff


def taught_by_employers(
    found: Sequence[Found], staff: Mapping[str, Sequence[tuple[int, Entity, str]]]
) -> Iterator[Taught]:
    """Surnames of registered persons whose employer the text names; `staff` is that of `staff_of`."""
    present = {f.entity.name for f in found}
    for _, entity, surname in sorted((row for name in present for row in staff.get(name, ())), key=itemgetter(0)):
        yield Taught(entity, (surname,), "surname of a registered person whose employer the text names", 0.8)


def sweep(
    text: str, passages: Iterable[Sequence[Piece]], taught: Sequence[Taught], taken: Iterable[tuple[int, int]]
) -> Iterator[Mention]:
    """Every place outside the taken spans where a taught form stands; `passages` are their pieces, in order."""
    by_id = {one.entity.id: one for one in reversed(taught)}
    gazetteer = Gazetteer((form, one.entity.id) for one in taught for form in one.forms)
    holes = sorted(taken)
    at_hole = 0
    for pieces in passages if taught else ():
        at = 0
        starts = gazetteer.starts(pieces)
        while at < len(pieces):
            if not starts[at]:
                at += 1
                continue
            while at_hole < len(holes) and holes[at_hole][1] <= pieces[at].start:
                at_hole += 1
            hit = gazetteer.longest(text, pieces, at)
            if hit is None or (at_hole < len(holes) and holes[at_hole][0] < hit.end):
                at += 1
                continue
            yield _mention(text, hit.start, hit.end, by_id[hit.spellings[0].entity_id])
            at = hit.stop


def _mention(text: str, start: int, end: int, one: Taught) -> Mention:
    return Mention(
        start=start,
        end=end,
        text=text[start:end],
        kind=one.entity.kind,
        entity_id=one.entity.id,
        score=one.score,
        reason=one.reason,
    )


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Forms that belong to one entity only."""
    seen: dict[str, set[str]] = {}
    for form, entity_id in pairs:
        seen.setdefault(form, set()).add(entity_id)
    return {form: next(iter(ids)) for form, ids in seen.items() if len(ids) == 1}
