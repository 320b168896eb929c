"""What the text has spoken of so far, and whom a pronoun or description therefore means."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from distillwatch.nlp.claims.multilingual.lexicon import Description
from distillwatch.nlp.claims.multilingual.marking import Item
from distillwatch.nlp.claims.scene import Scene, referent
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.nlp.claims.voice import same_house

_LOOK_BACK = 3  # sentences
_CITY = re.compile(r"\b(?:in|of) ([A-Z][\w .'-]+?)(?:,|;|$)")


class Discourse:
    """Names in the order of the text; one per document, moved on sentence by sentence."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.speaker: Referent | None = None  # the last who was said to say something
        self.issuer: Referent | None = None  # the last organisation that was
        self.employers: dict[str, Referent] = {}  # person's id → the house that the text gives him
        self.objects: dict[str, tuple[Referent, ...]] = {}  # subject's id → what it was last said to be trained on
        self._sentences: list[Sequence[Referent]] = []

    def close(self, named: Sequence[Referent]) -> None:
        """The sentence that named these, in order, is over."""
        self._sentences.append(tuple(named))

    def person(self, name: str) -> Referent | None:
        """The person of that name; somebody unknown so far is proposed."""
        entity = self.scene.person(name)
        return referent(entity, name) if entity is not None and entity.kind == "person" else None

    def house(self, person: Referent) -> Referent | None:
        """The organisation that somebody speaks for: as the text gives it, else as the registry does."""
        if person.kind != "person":
            return person
        if person.id in self.employers:
            return self.employers[person.id]
        owner = self.scene.by_name.get(person.owner.casefold()) if person.owner else None
        return referent(owner, owner.name) if owner is not None else None

    def maker(self, model: Referent) -> Referent | None:
        """The house whose model or product it is, as the registry or the page knows."""
        owner = self.scene.by_name.get(model.owner.casefold()) if model.owner else None
        return referent(owner, owner.name) if owner is not None else None

    def only_house(self, here: Sequence[Referent]) -> Referent | None:
        """The one firm that this sentence names, or else the last sentence that names any; None where there are two."""
        return self.only(("company", "group", "agency"), here)

    def only(self, kinds: Collection[str], here: Sequence[Referent]) -> Referent | None:
        """The one of these kinds named here, or else in the last sentence that names any; None where there are two."""
        for sentence in (here, *reversed(self._sentences[-_LOOK_BACK:])):
            fitting = {r.id: r for r in sentence if r.kind in kinds}
            if fitting:
                return next(iter(fitting.values())) if len(fitting) == 1 else None
        return None

    def same_house(self, speaker: Referent, subject: Referent) -> bool:
        """Whether somebody speaks of himself, of his firm or of what it makes."""
        house = self.house(speaker)
        return same_house(speaker, subject) or (house is not None and same_house(house, subject))

    def resolve(
        self,
        description: Description,
        match: re.Match[str],
        before: Sequence[Item],
        after: Sequence[Item],
        own: Referent | None,
    ) -> Item:
        """The item that a description makes: with who it means, or as somebody unknown.

        `own` is the house of whoever speaks, where that is settled without the sentence.
        """
        start, end = match.span()
        if description.kind in ("we", "ours"):
            return Item(start=start, end=end, we=True, referents=(own,) if own is not None else ())
        if description.kind == "contract":
            return Item(start=start, end=end, referents=self._contract(own) if own is not None else ())
        if description.kind == "back":
            return Item(start=start, end=end, back=True)
        here = [r for item in before for r in item.referents]
        if description.kind == "house":  # of whoever speaks; where nobody does, the firm spoken of
            return Item(start=start, end=end, we=True, referents=self._meant("company", "", here, after))
        if description.kind == "policy":
            return Item(start=start, end=end, referents=self._rule(match, here))
        place = match.groupdict().get("place") or ""
        meant = self._meant(description.kind, place, here, after)
        if description.kind != "company" or not meant or place:
            return Item(start=start, end=end, referents=meant)
        return Item(start=start, end=end, referents=meant, instead=self._others(meant[0], here))

    def _meant(self, kind: str, place: str, here: Sequence[Referent], after: Sequence[Item]) -> tuple[Referent, ...]:
        earlier = self._sentences[-_LOOK_BACK:]
        if kind == "own":
            return tuple([r for r in here if r.kind == "company"][:1])
        if kind == "two":
            return self._two(here, after)
        if kind == "person":
            people = [r for r in here if r.kind == "person"][-1:]
            for sentence in reversed(earlier[-2:]):
                people = people or [r for r in sentence if r.kind == "person"][:1]
            return tuple(people)
        if place:
            return self._from_place(place, [*self._sentences, here])
        kinds = {"company": ("company", "group")}.get(kind, (kind,))
        for sentence in (here, *reversed(earlier)):
            fitting = {r.id: r for r in sentence if r.kind in kinds}
            if fitting:
                # The firm is what the sentence is about; of several models or rules none can be picked.
                return tuple(fitting.values())[:1] if kind == "company" or len(fitting) == 1 else ()
        return ()

    def _others(self, first: Referent, here: Sequence[Referent]) -> tuple[Referent, ...]:
        """The firms besides the one meant, as they were named last."""
        named = [r for sentence in (here, *reversed(self._sentences[-_LOOK_BACK:])) for r in sentence]
        return tuple({r.id: r for r in named if r.kind == "company" and r.id != first.id}.values())

    def _rule(self, match: re.Match[str], here: Sequence[Referent]) -> tuple[Referent, ...]:
        """The one rule named so far that was called by the same noun ("the directive" for Directive 9)."""
        noun = match["noun"].casefold()
        named = [r for sentence in [*self._sentences, here] for r in sentence if r.kind == "policy"]
        fitting = {r.id: r for r in named if noun in r.text.casefold()}
        return tuple(fitting.values()) if len(fitting) == 1 else ()

    def _contract(self, house: Referent) -> tuple[Referent, ...]:
        """The only rule of a house, as the registry or the page knows."""
        rules = [e for e in self.scene.entities.values() if e.kind == "policy" and e.owner == house.name]
        return tuple(referent(e, e.name) for e in rules) if len(rules) == 1 else ()

    def _two(self, here: Sequence[Referent], after: Sequence[Item]) -> tuple[Referent, ...]:
        """The two firms of the last sentence that names firms, those of this one left aside."""
        named = {r.id for item in after for r in item.referents} | {r.id for r in here}
        for sentence in reversed(self._sentences):
            owners = [self.scene.by_name.get(r.owner.casefold()) for r in sentence if r.kind == "product" and r.owner]
            firms = [r for r in sentence if r.kind == "company"]
            firms += [referent(o, o.name) for o in owners if o is not None and o.kind == "company"]
            if firms:
                two = {r.id: r for r in firms if r.id not in named}
                return tuple(two.values()) if len(two) == 2 else ()
        return ()

    def _from_place(self, place: str, sentences: Sequence[Sequence[Referent]]) -> tuple[Referent, ...]:
        """The firm registered in that place which was named last, if that sentence names only one of them."""
        for sentence in reversed(sentences):
            fitting = {r.id: r for r in sentence if r.kind == "company" and place.casefold() in _seat(self.scene, r.id)}
            if fitting:
                return tuple(fitting.values()) if len(fitting) == 1 else ()
        return ()


def _seat(scene: Scene, identity: str) -> tuple[str, ...]:
    entity = scene.entities.get(identity)
    return tuple(m[1].casefold() for m in _CITY.finditer(entity.description)) if entity is not None else ()
