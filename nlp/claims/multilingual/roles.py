"""Who holds which office where: apposition, title before the name, compound, relative clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distillwatch.nlp.claims.multilingual.discourse import Discourse
from distillwatch.nlp.claims.multilingual.found import Found
from distillwatch.nlp.claims.multilingual.lexicon import Lexicon
from distillwatch.nlp.claims.multilingual.marking import Line
from distillwatch.nlp.claims.sentence import Referent


def roles_in(line: Line, words: Lexicon, discourse: Discourse, offices: dict[int, Referent]) -> Iterator[Found]:
    """Every office that a sentence gives somebody; the employers are kept for the sentences that follow.

    `offices` is filled with the item of each organisation named in an apposition → its officer.
    """
    seen: set[tuple[str, str]] = set()
    for pattern in words.roles:
        for match in pattern.finditer(line.text):
            person = _person(line, match, discourse)
            house = _house(line, match, person, discourse) if person is not None else None
            if person is None or house is None or (person.id, house.id) in seen:
                continue
            seen.add((person.id, house.id))
            named = match.groupdict().get("O")
            if named and match.end() <= line.text.index(named) + len(named):  # the organisation ends the apposition
                offices[int(named[2:-1])] = person
            if not match.groupdict().get("former"):
                discourse.employers.setdefault(person.id, house)
            role = match.groupdict().get("R") or ""
            yield Found(predicate="holds_role", subject=person, object=house, qualifiers={"role": role} if role else {})


def _house(line: Line, match: re.Match[str], person: Referent, discourse: Discourse) -> Referent | None:
    """The organisation that the pattern names, else the registry, else the only one spoken of."""
    named = match.groupdict().get("O")
    if named:
        referents = line.item(named).referents
        return referents[0] if len(referents) == 1 else None
    known = discourse.house(person)
    if known is not None:
        return known
    return discourse.only_house([r for i in line.before(match.start(), "cga") for r in line.items[i].referents])


def _person(line: Line, match: re.Match[str], discourse: Discourse) -> Referent | None:
    named = match.groupdict().get("P")
    if named:
        referents = line.item(named).referents
        return referents[0] if len(referents) == 1 and referents[0].kind == "person" else None
    written = match.groupdict().get("N")
    if not written or "⟦" in written:
        return None
    return discourse.person(written)
