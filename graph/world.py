"""What the rules may ask about the parties of statements, about predicates, and about what else a text says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from distillwatch.graph.marks import Marks
from distillwatch.graph.names import listed
from distillwatch.graph.statements import NOBODY, Party, Statement, fold
from distillwatch.graph.terms import Term, Terms
from distillwatch.topic import Predicate, Vocabulary

Relation = Literal["same", "narrower", "broader", "member", "whole", "sibling", "other"]

_CHAIN = ("company", "group", "model", "product", "outlet", "")  # kinds whose owners act as one with them
_ARTEFACTS = ("model", "product", "")
_SPEAKING_FOR = ("person", "company", "outlet", "agency", "group", "model", "product")
_TEXTS_KEPT = 20_000
_DEPTH = 6  # no real chain of ownership is longer; also ends a circle of wrong rows


class World:
    """Built once for a comparison: the parties, the vocabulary, and what else the texts say that are compared."""

    def __init__(
        self,
        parties: Mapping[str, Party],
        vocabulary: Vocabulary,
        statements: Iterable[Statement] = (),
        owners: Mapping[str, str] | None = None,
        names: Mapping[str, str] | None = None,
        terms: Iterable[Term] = (),
    ) -> None:
        self.marks = Marks(vocabulary.lexicon("compare"))
        self._predicates = vocabulary.predicates
        self._lifted = {p.group or p.name for p in self._predicates.values() if p.accusation or p.exclusive}
        self._unknown = Predicate(name="", reads="{subject} {object}", object="literal")
        self._parties = dict(parties)
        self._by_text: dict[str, list[Statement]] = defaultdict(list)
        self._owner = dict(owners or {})
        self._names = dict(names or {})  # folded names and aliases → id
        self.terms = Terms(terms, _spellings(self._names, self._parties), self.marks)
        self._read: Callable[[str], Iterable[Statement]] | None = None
        self.hear(statements)
        self._lines = _model_lines(self._parties.values())
        self._families = {*self._lines.values(), *(p.family for p in self._parties.values() if p.family)}
        self._roots: dict[str, str] = {}
        self._houses: dict[str, frozenset[str]] = {}
        self._relations: dict[tuple[str, str], Relation] = {}

    def hear(self, statements: Iterable[Statement]) -> None:
        """Take in what some texts say, each text whole, in place of what was heard before."""
        self._by_text.clear()
        for statement in statements:
            self._by_text[statement.text.id].append(statement)

    def ask(self, read: Callable[[str], Iterable[Statement]]) -> None:
        """From now on read a text whole when a rule first asks what else it says: a verdict on two statements must
        not depend on which others happen to be compared in the same run.
        """
        self._read = read

    def predicate(self, name: str) -> Predicate:
        """The vocabulary's entry; a predicate it does not know is functional and exclusive of nothing."""
        return self._predicates.get(name, self._unknown)

    @property
    def predicates(self) -> Iterable[Predicate]:
        """The whole vocabulary."""
        return self._predicates.values()

    def answers_for_parts(self, group: str) -> bool:
        """Whether the predicates of a group are compared across a firm and its models, a family and its versions."""
        return group in self._lifted

    def party(self, party_id: str) -> Party:
        """The party with that id; NOBODY when there is none."""
        return self._parties.get(party_id, NOBODY)

    def named(self, name: str) -> Party:
        """The party that goes by a name; one of its own where nobody known does, NOBODY for no name."""
        if not name:
            return NOBODY
        folded = fold(name)
        known = self._parties.get(self._names.get(folded, ""))
        return known or Party(f"name:{folded}", name)

    def said(self, text_id: str) -> list[Statement]:
        """Every statement of one text."""
        if self._read is not None and text_id not in self._by_text:
            if len(self._by_text) >= _TEXTS_KEPT:
                self._by_text.clear()
            self._by_text[text_id] = list(self._read(text_id))
        return self._by_text.get(text_id, [])

    def owner(self, party_id: str) -> str:
        """Id of the owner or employer, registered or learned; "" when unknown."""
        party = self._parties.get(party_id, NOBODY)
        return party.owner or self._owner.get(party_id, "")

    def family(self, party_id: str) -> str:
        """Id of the family that a version belongs to, registered or read off its name; "" when unknown."""
        return self._parties.get(party_id, NOBODY).family or self._lines.get(party_id, "")

    def chain(self, party_id: str) -> list[str]:
        """The party, its family and its owners, nearest first."""
        found, at = [party_id], party_id
        while len(found) < _DEPTH and (up := self.family(at) or self.owner(at)) and up not in found:
            found.append(up)
            at = up
        return found

    def root(self, party: Party) -> str:
        """The firm at the top of the chain for companies, models and products; any other party itself."""
        root = self._roots.get(party.id)
        if root is None:
            root = party.id
            if party.kind in _CHAIN:
                for up in self.chain(party.id)[1:]:
                    if self.party(up).kind not in _CHAIN:
                        break
                    root = up
            self._roots[party.id] = root
        return root

    def relation(self, a: Party, b: Party) -> Relation:
        """How `a` stands to `b`: the same, a version, model or firm of it ("narrower"), one of its members, …"""
        if a.id == b.id:
            return "same"
        key = (a.id, b.id)
        known = self._relations.get(key)
        if known is None:
            known = self._relations[key] = self._relate(a, b)
        return known

    def _relate(self, a: Party, b: Party) -> Relation:
        if not (a and b):
            return "other"
        if a.id in b.members or any(self.relation(a, self.party(m)) == "same" for m in b.members):
            return "member"
        if b.id in a.members:
            return "whole"
        if b.id in self.chain(a.id):
            return "narrower"
        if a.id in self.chain(b.id):
            return "broader"
        if a.kind in _ARTEFACTS and b.kind in _ARTEFACTS:
            owner = self.owner(a.id)
            if (owner and owner == self.owner(b.id)) or self.one_line(a, b):
                return "sibling"
        return "other"

    def is_family(self, party: Party) -> bool:
        """Whether versions of it are known: what one of them has or did is not what another has or did."""
        return party.id in self._families

    def one_line(self, a: Party, b: Party) -> bool:
        """Whether two models are versions of one family, as registered or by their names."""
        family = self.family(a.id)
        return bool(family and family == self.family(b.id)) or _one_line(a, b)

    def speak_for_one(self, a: Party, b: Party) -> bool:
        """Whether two speakers are one voice: a spokesperson and the firm, two people of one house."""
        if a.id == b.id:
            return True
        if a.kind not in _SPEAKING_FOR or b.kind not in _SPEAKING_FOR:
            return False
        return not self._voices(a).isdisjoint(self._voices(b))

    def _voices(self, party: Party) -> frozenset[str]:
        """Who a party may speak for: its house and the owners of that; an agency speaks for itself, not for its
        country.
        """
        known = self._houses.get(party.id)
        if known is not None:
            return known
        found = set()
        for party_id in self.chain(party.id):
            if self.party(party_id).kind == "country" and party_id != party.id:
                break
            found.add(party_id)
            if self.party(party_id).kind == "agency":
                break
        self._houses[party.id] = frozenset(found)
        return self._houses[party.id]

    def reads(self, statement: Statement) -> str:
        """The statement as a plain clause, without who says it."""
        target = statement.object.name or statement.object_text
        clause = self.predicate(statement.predicate).clause(statement.subject.kind)
        return clause.format(subject=statement.subject.name, object=target or "it")


def _spellings(names: Mapping[str, str], parties: Mapping[str, Party]) -> dict[str, tuple[str, ...]]:
    """Canonical name of a person → that name and the aliases written in other scripts."""
    found: dict[str, list[str]] = {p.name: [p.name] for p in parties.values() if p.kind == "person"}
    for name, party_id in names.items():
        party = parties.get(party_id, NOBODY)
        if party.name in found and not name.isascii():
            found[party.name].append(name)
    return {name: tuple(sorted(spelt)) for name, spelt in found.items()}


class Fact(Struct, frozen=True):
    """What a text says of who belongs to whom: enough to learn an owner or employer that the registry lacks."""

    subject: str
    predicate: str
    object: str
    share: float | None = None


TELLING = ("holds_role", "owns", "released")
"""Predicates from which owners and employers are learned."""


def facts(statements: Iterable[Statement]) -> Iterator[Fact]:
    """The facts that statements give without a doubt of their own."""
    for s in statements:
        stated = s.affirmed and s.act in ("asserts", "confirms", "reports") and s.hedge == "none"
        if stated and s.predicate in TELLING and s.subject and s.object:
            yield Fact(s.subject.id, s.predicate, s.object.id, s.quantity.figure if s.quantity else None)


def learned_owners(told: Iterable[Fact], parties: Mapping[str, Party]) -> dict[str, str]:
    """Owners and employers, by id, that texts give and that no two texts give differently."""
    found: dict[str, set[str]] = defaultdict(set)
    minority: set[tuple[str, str]] = set()
    for fact in told:
        subject, target = parties.get(fact.subject, NOBODY), parties.get(fact.object, NOBODY)
        if not (subject and target):
            continue  # a name that is not among the parties belongs to nobody
        if fact.predicate == "owns" and fact.share is not None and fact.share <= 50:
            minority.add((target.id, subject.id))
        elif fact.predicate == "holds_role" and subject.kind in ("person", ""):
            found[subject.id].add(target.id)
        elif fact.predicate == "owns" or (
            fact.predicate == "released" and target.kind in _ARTEFACTS and subject.kind in ("company", "group", "")
        ):
            found[target.id].add(subject.id)
    return {
        one: owner
        for one, owners in found.items()
        for owner in owners
        if len(owners) == 1 and not parties[one].owner and one != owner and (one, owner) not in minority
    }


_VERSION = re.compile(r"[\s\-_.]*v?\d")


def _line(name: str) -> str:
    """The part of a model's name before its version: "Ostra 2-14B" gives "ostra"."""
    folded = fold(name)
    found = _VERSION.search(folded)
    return folded[: found.start()] if found else folded


def _one_line(a: Party, b: Party) -> bool:
    line = _line(a.name)
    return len(line) >= 3 and line == _line(b.name) and line != fold(a.name) and line != fold(b.name)


def _model_lines(parties: Iterable[Party]) -> dict[str, str]:
    """Family by name: "Ostra 2-14B" belongs to the model "Ostra" where there is one."""
    models = [p for p in parties if p.kind in ("model", "product")]
    by_name = {fold(p.name): p.id for p in models}
    return {p.id: by_name[line] for p in models if (line := _line(p.name)) != fold(p.name) and line in by_name}


def with_members(party: Party, known: Mapping[str, str]) -> Party:
    """The party with the members that its name lists ("A, B and C"), where every part is a known name (folded → id)."""
    parts = [fold(part) for part in listed(party.name)]
    if party.members or len(parts) < 2 or not all(part in known for part in parts):
        return party
    return replace(party, members=tuple(known[part] for part in parts))
