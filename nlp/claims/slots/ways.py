"""One way to fill the slots of a rule, and what makes two of them the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from distillwatch.nlp.claims.sentence import Referent
from distillwatch.nlp.claims.slots.candidates import Candidate
from distillwatch.nlp.clauses import is_passive, is_verb
from distillwatch.nlp.parse import Token

Key = tuple[frozenset[str], frozenset[str]]


class Filling(Struct, frozen=True):
    """One way to fill the slots."""

    subjects: tuple[Referent, ...]
    objects: tuple[Referent, ...]
    tokens: tuple[int, ...]
    lead: str  # of the subject
    head: bool  # the subject is that of its clause

    def key(self) -> Key:
        """Ways with the same key say the same."""
        return frozenset(r.id for r in self.subjects), frozenset(r.id for r in self.objects)


def parties(ways: Iterable[Filling], *, active: bool) -> dict[Key, Filling]:
    """One way for each two parties: of a company and its own model, whoever acts, or the model where it is acted on."""
    kept: dict[Key, Filling] = {}
    for way in ways:
        party = frozenset(houses(way.subjects)), frozenset(r.id for r in way.objects)
        other = kept.get(party)
        if other is None or _rank(way, active) < _rank(other, active):
            kept[party] = way
    return kept


def acting(word: Token, way: Filling, candidates: Sequence[Candidate]) -> Filling | None:
    """Who trains, where a model is said to be trained by somebody: its maker, if named; no model trains another."""
    model = way.subjects[0]
    if model.kind != "model" or not is_verb(word) or is_passive(word):
        return way
    if not any(c.dep_ == "dobj" for c in word.children):
        return way
    makers = {r.id: r for c in candidates if not c.speaks for r in c.who if r.name == model.owner}
    if len(makers) == 1:
        return structs.replace(way, subjects=tuple(makers.values()))
    return way if way.tokens[0] > word.i else None


def _rank(way: Filling, active: bool) -> tuple[bool, bool]:
    model = any(r.kind == "model" for r in way.subjects)
    return way.lead == "'s", model == (active or way.lead == "by")


def houses(who: Iterable[Referent]) -> set[str]:
    """Whose each is, or who."""
    return {r.owner or r.name for r in who}
