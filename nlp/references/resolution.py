"""One document's references: where words point back, and at whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from distillwatch.nlp.names import Names
from distillwatch.nlp.names.passages import passages_of
from distillwatch.nlp.names.spans import Spans
from distillwatch.nlp.references.discourse import Discourse
from distillwatch.nlp.references.facts import facts_of, seats_of
from distillwatch.nlp.references.lexicon import Heads, PointingWords
from distillwatch.records import Document, Entity, Mention

HOUSES = frozenset(("company", "agency", "group"))
MODELS = frozenset(("model", "product"))
KINDS = {
    "company": frozenset(("company",)),
    "model": MODELS,
    "agency": frozenset(("agency",)),
    "policy": frozenset(("policy",)),
}
NEXT_WORD = re.compile(r" ([\w-]+)")
CONNECTING = frozenset(("de", "aus", "à", "basée"))


class Reference(Struct, frozen=True):
    """`text[start:end]` points at the entities, for the reason given; several ids for "the three labs"."""

    start: int
    end: int
    text: str
    entity_ids: tuple[str, ...]
    reason: str


class Found(Struct, frozen=True):
    """A pointing word with what resolves it once all before it are resolved."""

    start: int
    end: int
    resolve: Callable[[], tuple[Sequence[Entity], str]]
    blocks: bool = False  # while open, it leaves what points back behind it open too


class Resolution:
    """The references of one document."""

    def __init__(self, document: Document, names: Names, words: PointingWords, countries: dict[str, str]) -> None:
        """`words` are those of the document's language, `countries` the country by adjective."""
        self.text = document.text
        self.words = words
        self.countries = countries
        self.passages = passages_of(document)
        entities = {e.id: e for e in names.named}
        self.mentions = [m for m in names.mentions if m.entity_id in entities]
        self.discourse = Discourse(self.text, self.passages)
        self.taken = Spans((m.start, m.end) for m in names.mentions)
        for mention in self.mentions:
            self.discourse.add(mention.start, mention.end, entities[mention.entity_id or ""])
        self.mentioned = tuple(self.discourse.places)
        self.facts = facts_of(self.text, self.mentions, entities, countries)
        self.seats = seats_of(self.text, self.mentions, entities, countries)
        self.entities = entities

    def references(self) -> Iterator[Reference]:
        """Each reference, resolved with the help of those before it."""
        end = 0
        for found in sorted(self._all(), key=_order):
            if found.start < end or self.taken.overlaps(found.start, found.end):
                continue
            entities, reason = found.resolve()
            if not entities and found.blocks:
                self.discourse.block(found.start)
            if entities:
                end = found.end
                for entity in entities:
                    self.discourse.add(found.start, found.end, entity)
                yield Reference(
                    found.start, found.end, self.text[found.start : found.end], tuple(e.id for e in entities), reason
                )

    def _all(self) -> Iterator[Found]:
        for passage in self.passages:
            if passage.titled:
                continue
            span = (passage.start, passage.end)
            yield from self._described(*span)
            yield from self._possessed(*span)
            yield from self._counted(*span)
            yield from self._ordered(*span)
            yield from self._pronouns(*span)

    def _described(self, start: int, end: int) -> Iterator[Found]:
        for heads in self.words.heads:
            for match in heads.pattern.finditer(self.text, start, end):
                if not self._introduces(match.end()):
                    yield Found(
                        match.start(), match.end(), _later(self._description, heads, match), heads.kind == "company"
                    )

    def _introduces(self, at: int) -> bool:
        """Whether a name follows at once: "the start-up Norvane" names somebody; "…, Ann Lee," names no house."""
        if self.text[at : at + 2] == ", ":
            next_ = bisect_left(self.mentions, at + 2, key=_mention_start)
            if next_ < len(self.mentions) and self.mentions[next_].start == at + 2:
                return self.mentions[next_].kind != "person"
        return self.taken.begins(at, at + 2)

    def _description(self, heads: Heads, match: re.Match[str]) -> tuple[Sequence[Entity], str]:
        """Whom a description means; what sort of house it calls it is known of it from there on."""
        entities, reason = self._meant(heads, match)
        sort = heads.asks.get(match["head"].lower(), frozenset()) if heads.kind == "company" else frozenset()
        for entity in entities if sort else ():
            self.facts[entity.id] = self._known(entity) | sort
        return entities, reason

    def _meant(self, heads: Heads, match: re.Match[str]) -> tuple[Sequence[Entity], str]:
        kinds = KINDS[heads.kind]
        mods = match["mods"].partition(",")[0]  # "the Port Ellery, Ore., company": the state tells nothing apart
        said = re.findall(r"[\w'.-]+", f"{mods} {match['trail'] or ''}")
        marks = [w.removesuffix("-based") for w in said if w not in CONNECTING]
        if heads.kind == "model":
            marks = [mark for mark in marks if self.words.attributes.fullmatch(mark) is None]
        if any(mark.casefold() in self.words.stop for mark in marks):
            return (), ""
        asked = heads.asks.get(match["head"]) or heads.asks.get(match["head"].lower(), frozenset())
        at = match.start()
        apposed = self._apposed(match, marks)
        if apposed is not None:
            return [apposed], "in apposition to the name"
        if not marks:
            return self._plain(at, kinds, asked)
        fitting = self.discourse.before(at, _of(kinds, lambda e: self._marked(e, marks) and self._asked(e, asked)))
        if len(fitting) == 1:
            return fitting, "the one named before that the description fits"
        if len(fitting) > 1:
            near = self.discourse.described(at, lambda e: e in fitting)
            return ([near], "the nearest that the description fits") if near is not None else ((), "")
        if heads.kind == "company" and all(mark[:1].isupper() and mark not in self.countries for mark in marks):
            return self._by_seat(at, " ".join(marks).casefold())
        return (), ""

    def _by_seat(self, at: int, place: str) -> tuple[Sequence[Entity], str]:
        """ "The Bremmel company", of a company whose seat the page does not tell: the one company not elsewhere.

        Of two that are left, it is the one that the last sentence is about.
        """
        named = self.discourse.before(at, _of(KINDS["company"], _any))
        left = [e for e in named if place in (self.seats.get(e.id) or {place}) and not self.discourse.acts_on(e, at)]
        left = [e for e in left if not self.discourse.follows(e, at)]  # "The Bremmel company accuses X": not X
        if len(left) == 2:
            left = [e for e in left if self.discourse.about_before(e, at)]
        if len(left) != 1:
            return (), ""
        self.seats[left[0].id] = frozenset((place,))
        return left, "the one company that is not said to be elsewhere"

    def _apposed(self, match: re.Match[str], marks: Sequence[str]) -> Entity | None:
        """ "Norvane, the start-up,": the name that the description stands behind, between commas."""
        if self.text[match.end() : match.end() + 1] not in (",", ".", ";", ")"):
            return None
        at = bisect_left(self.mentions, match.start(), key=_mention_start) - 1
        mention = self.mentions[at] if at >= 0 else None
        if mention is None or mention.kind not in HOUSES | MODELS:
            return None
        if self.text[mention.end : match.start()] not in (", ", ", that is ", " ("):
            return None
        entity = self.entities[mention.entity_id or ""]
        return entity if not marks or self._marked(entity, marks) else None

    def _plain(self, at: int, kinds: frozenset[str], asked: frozenset[str]) -> tuple[Sequence[Entity], str]:
        fits = _of(kinds, lambda e: self._asked(e, asked))
        found = self.discourse.described(at, fits)
        if found is None and asked:  # a sort that only one of the document has
            sorted_ = self.discourse.before(at, fits)
            found = sorted_[0] if len(sorted_) == 1 else None
        return ([found], "the one of its kind named nearest before") if found is not None else ((), "")

    def _asked(self, entity: Entity, asked: frozenset[str]) -> bool:
        return not asked or bool(asked & self._known(entity))

    def _marked(self, entity: Entity, marks: Sequence[str]) -> bool:
        """Whether the facts hold every mark: a place, a country, a sort."""
        known = self._known(entity)
        phrase = " ".join(marks).casefold()
        return phrase in known or all(self._mark(mark) & known for mark in marks)

    def _mark(self, mark: str) -> set[str]:
        country = self.countries.get(mark, "").casefold()
        return {mark.casefold(), mark.casefold().removesuffix("er"), country} - {""}

    def _known(self, entity: Entity) -> frozenset[str]:
        return self.facts.get(entity.id, frozenset())

    def _possessed(self, start: int, end: int) -> Iterator[Found]:
        """ "its flagship model", "Norvane's model", "the Norvane model": the one model of that owner."""
        if self.words.possessive is not None:
            for match in self.words.possessive.finditer(self.text, start, end):
                yield Found(match.start(), match.end(), _later(self._its_model, match))
        if self.words.owned is not None:
            first = bisect_left(self.mentions, start, key=_mention_start)
            last = bisect_left(self.mentions, end, key=_mention_start)
            for mention in self.mentions[first:last]:
                if mention.kind == "company":
                    behind = self.words.owned.match(self.text, mention.end, end)
                    if behind is not None and not self._introduces(behind.end()):
                        owner = self.entities[mention.entity_id or ""]
                        yield Found(*behind.span("head"), _later(self._model_of, owner, behind.start()))

    def _its_model(self, match: re.Match[str]) -> tuple[Sequence[Entity], str]:
        if self._introduces(match.end()):
            return (), ""
        owner = self.discourse.owner(match.start(), _of(HOUSES, _any))
        return self._model_of(owner, match.start()) if owner is not None else ((), "")

    def _model_of(self, owner: Entity, at: int) -> tuple[Sequence[Entity], str]:
        fits = _of(frozenset(("model",)), lambda e: e.owner == owner.name)
        models = self.discourse.before(at, fits) or self.discourse.before(len(self.text), fits)
        families = {m.family for m in models}
        models = [m for m in models if m.name not in families]
        return (models, f"the one model of {owner.name} in this text") if len(models) == 1 else ((), "")

    def _counted(self, start: int, end: int) -> Iterator[Found]:
        if self.words.counted is not None:
            for match in self.words.counted.finditer(self.text, start, end):
                yield Found(match.start(), match.end(), _later(self._group, match))

    def _group(self, match: re.Match[str]) -> tuple[Sequence[Entity], str]:
        groups = match.groupdict()
        some = groups.get("some")  # "three labs had copied it", told before they are named or after
        number = self.words.numbers.get(
            (some or "").lower() or groups.get("number") or groups.get("alone") or "", 2 if groups.get("both") else 0
        )
        head = (groups.get("head") or groups.get("both") or "").casefold()
        kinds = MODELS if re.match(r"model|mod[eè]l|chatbot|system|模型", head) else KINDS["company"]
        if groups.get("pair") or groups.get("every"):
            return self._all_of(match.start(), (2,) if groups.get("pair") else (3, 4, 2))
        if not number or self._introduces(match.end()):
            return (), ""
        behind = NEXT_WORD.match(self.text, match.end())
        words = [*re.findall(r"[\w-]+", match[0]), *([behind[1]] if behind else [])]
        marks = [word for word in words if word in self.countries]
        fits = _of(kinds, lambda e: self._marked(e, marks))
        members = [] if some else self.discourse.listed(match.start(), number, fits)
        if not members and number > 2:
            members = self._listed_anywhere(number, fits)
        if not members:
            named = self.discourse.before(match.start(), fits)
            members = named if len(named) == number == 2 else []
        if not members and number > 2 and kinds == KINDS["company"]:
            members = self._all_but_the_maker(number, fits)
        return members, f"the {number} that were listed before"

    def _listed_anywhere(self, number: int, fits: Callable[[Entity], bool]) -> list[Entity]:
        """The members of the one enumeration of that many fitting entities on the page, wherever it stands."""
        lists = {
            frozenset(e.id for e in members): members
            for members in self.discourse.enumerations(self.mentioned)
            if len(members) == number and all(map(fits, members))
        }
        return next(iter(lists.values())) if len(lists) == 1 else []

    def _all_of(self, at: int, numbers: Sequence[int]) -> tuple[Sequence[Entity], str]:
        """ "Both declined", "none of them has replied": those listed before, or the two named last."""
        for number in numbers:
            members = self.discourse.listed(at, number, _of(KINDS["company"], _any), near=True)
            if members:
                return members, "those listed before"
        pair = self.discourse.pair(at) if 2 in numbers else None
        return (pair, "the two named last") if pair is not None and pair[0].kind == "company" else ((), "")

    def _all_but_the_maker(self, number: int, fits: Callable[[Entity], bool]) -> list[Entity]:
        """Of a page that names that many firms and one more, whose model it tells of: the firms without that one."""
        named = self.discourse.before(len(self.text), fits)
        told_of = Counter(p.entity.owner for p in self.discourse.places if p.entity.kind in MODELS and p.entity.owner)
        maker = max(told_of, key=lambda owner: (told_of[owner], owner), default="")
        others = [e for e in named if e.name != maker]
        return others if len(others) == number == len(named) - 1 else []

    def _ordered(self, start: int, end: int) -> Iterator[Found]:
        if self.words.ordered is not None:
            for match in self.words.ordered.finditer(self.text, start, end):
                yield Found(match.start(), match.end(), _later(self._of_two, match))

    def _of_two(self, match: re.Match[str]) -> tuple[Sequence[Entity], str]:
        """ "The former", "the latter": the first or second of the two of one sort that one sentence names."""
        pair = self.discourse.pair(match.start())
        if not pair:
            return (), ""
        return [pair[0 if match["which"] == "former" else 1]], "of the two that were named last"

    def _pronouns(self, start: int, end: int) -> Iterator[Found]:
        if self.words.its is not None:
            for match in self.words.its.finditer(self.text, start, end):
                yield Found(match.start(), match.end(), _later(self._its, match))
        for pattern, other in ((self.words.he, "she"), (self.words.she, "he")):
            for match in pattern.finditer(self.text, start, end) if pattern is not None else ():
                yield Found(match.start(), match.end(), _later(self._person, match.start(), other))
        if self.words.they is not None:
            for match in self.words.they.finditer(self.text, start, end):
                yield Found(match.start(), match.end(), _later(self._they, match.start()))

    def _its(self, match: re.Match[str]) -> tuple[Sequence[Entity], str]:
        at = match.start()
        has = self.words.model_has is not None and self.words.model_has.match(self.text, match.end()) is not None
        if has:
            found = self.discourse.owner(at, _of(MODELS, _any), oblique=True)
        else:
            acts = match[0].casefold() == "it"
            found = self.discourse.owner(at, _of(HOUSES | {"country"}, _any), acts=acts)
        if found is None or found.kind not in HOUSES | MODELS:
            return (), ""
        return [found], "the only one of its sentence that the pronoun fits"

    def _person(self, at: int, other: str) -> tuple[Sequence[Entity], str]:
        """The one person of the nearest sentence that names any, unless known to be called `other`."""
        found = self.discourse.described(
            at, _of(frozenset(("person",)), lambda e: other not in self._known(e)), oblique=True
        )
        return ([found], "the only person nearby that the pronoun fits") if found is not None else ((), "")

    def _they(self, at: int) -> tuple[Sequence[Entity], str]:
        for number in (3, 2, 4):
            members = self.discourse.listed(at, number, _of(KINDS["company"], _any))
            if members:
                return members, "those listed before"
        return (), ""


def _mention_start(mention: Mention) -> int:
    return mention.start


def _any(entity: Entity) -> bool:
    return bool(entity.id)


def _of(kinds: frozenset[str], fits: Callable[[Entity], bool]) -> Callable[[Entity], bool]:
    def both(entity: Entity) -> bool:
        return entity.kind in kinds and fits(entity)

    return both


def _later(
    resolve: Callable[..., tuple[Sequence[Entity], str]], *args: object
) -> Callable[[], tuple[Sequence[Entity], str]]:
    def call() -> tuple[Sequence[Entity], str]:
        return resolve(*args)

    return call


def _order(found: Found) -> tuple[int, int]:
    return found.start, -found.end
