"""Disputes: the pairs that the rules flag, grouped into the questions that a reader sees. Pure; stored elsewhere.

Forty texts that repeat an accusation and ten that repeat its denial give hundreds of pairs and one dispute. Flags of
one kind in one incident belong together where they share what is said of whom; the sides of a dispute are the answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from distillwatch.graph.wording import amount
from distillwatch.ids import hash_id
from distillwatch.quantities import Approx, Quantity
from distillwatch.topic import Predicate

Node = tuple[str, str, str, str]


class Said(Struct, frozen=True, array_like=True):
    """One claim of a flag, as far as it matters for what is disputed."""

    claim: str
    day: str  # of its text
    outlet: str
    subject: str  # canonical id, else the folded words
    subject_name: str
    subject_kind: str
    predicate: str
    object: str
    object_name: str
    speaker: str
    receiver: str
    term: str  # that it defines
    act: str
    polarity: str
    hedge: str
    low: float | None
    high: float | None
    unit: str
    approx: Approx
    start: str
    end: str

    @property
    def node(self) -> Node:
        """What is said of whom, whatever the answer."""
        return self.subject, self.predicate, self.object, self.unit

    @property
    def certain(self) -> bool:
        """Whether it is stated as known."""
        return self.act in ("asserts", "confirms") and self.hedge == "none"


class Pair(Struct, frozen=True):
    """One flag with both claims; a text against its own date has one claim on both sides."""

    id: str
    kind: str
    scope: str  # the incident, "" where the fact belongs to none
    opened_at: str
    a: Said
    b: Said
    found: bool = True  # False once the rules no longer find it: it keeps its place and decides nothing

    def node(self, said: Said) -> str:
        """Hash of what is said of whom, in this kind and incident: pairs that share one are one dispute."""
        return hash_id(self.kind, self.scope, *said.node)


class Dispute(Struct, frozen=True):
    """Pairs that are one question, oldest first, and for each claim its side and what it says."""

    kind: str
    title: str
    pairs: tuple[Pair, ...]
    sides: dict[str, tuple[int, str]]  # claim → (side, what it says)

    @property
    def seed(self) -> str:
        """The first flag, from which a new dispute has its id."""
        return self.pairs[0].id


def group(pairs: Sequence[Pair], predicates: Mapping[str, Predicate]) -> list[Dispute]:
    """The disputes of all flags; the order of the input does not matter."""
    ordered = sorted(pairs, key=lambda p: (p.opened_at, p.id))
    parent: dict[tuple[object, ...], tuple[object, ...]] = {}

    def top(node: tuple[object, ...]) -> tuple[object, ...]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for pair in ordered:
        if pair.found:
            one, other = sorted(top((pair.kind, pair.scope, *said.node)) for said in (pair.a, pair.b))
            parent[other] = one
    groups: dict[tuple[object, ...], list[Pair]] = defaultdict(list)
    for pair in sorted(ordered, key=lambda p: not p.found):
        places = [top((pair.kind, pair.scope, *said.node)) for said in (pair.a, pair.b)]
        groups[next((place for place in places if place in groups), places[0])].append(pair)
    return [_dispute(found, predicates) for found in groups.values()]


def _dispute(pairs: Sequence[Pair], predicates: Mapping[str, Predicate]) -> Dispute:
    kind, whole = pairs[0].kind, tuple(sorted(pairs, key=lambda p: (p.opened_at, p.id)))
    pairs = [pair for pair in whole if pair.found] or whole
    claims = {said.claim: said for pair in pairs for said in (pair.a, pair.b)}
    said = sorted(claims.values(), key=lambda s: (s.day, s.claim))
    slots = _SLOTS.get(kind, ("act", "figure", "when"))
    if any(_key(p.a, slots) == _key(p.b, slots) for p in pairs if p.a.claim != p.b.claim):
        slots = ("outlet",)  # what usually tells the sides apart is not in the claims: who tells it does
    side = _sides(pairs, said, slots)
    varying = [slot for slot in slots if len({_READ[slot](s) for s in said}) > 1]
    labels = {s.claim: ": ".join(filter(None, (_READ[slot](s) for slot in varying))) for s in said}
    return Dispute(
        kind,
        _title(kind, said, side, predicates),
        whole,
        {claim: (number, labels[claim] or "as it stands") for claim, number in side.items()},
    )


def _key(said: Said, slots: Sequence[str]) -> tuple[str, ...]:
    return tuple(_READ[slot](said) for slot in slots)


def _sides(pairs: Sequence[Pair], said: Sequence[Said], slots: Sequence[str]) -> dict[str, int]:
    """Claim → number of its side, the earliest told first.

    Answers that are never set against each other, such as 9 and 10 September against the 4th, are one side where the
    pairs divide all answers into two; else each answer is a side of its own.
    """
    key = {s.claim: _key(s, slots) for s in said}
    order = list(dict.fromkeys(key[s.claim] for s in said))
    against: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for pair in pairs:
        if pair.a.claim != pair.b.claim:
            against[key[pair.a.claim]].add(key[pair.b.claim])
            against[key[pair.b.claim]].add(key[pair.a.claim])
    half = {order[0]: 0}
    waiting = [order[0]]
    while waiting:
        one = waiting.pop()
        for other in sorted(against[one] - half.keys()):
            half[other] = 1 - half[one]
            waiting.append(other)
    divided = len(half) == len(order) and all(half[x] != half[y] for x in order for y in against[x])
    number = half if divided else {answer: place for place, answer in enumerate(order)}
    return {s.claim: number[key[s.claim]] for s in said}


_STANCES = {"+": "said to be so", "-": "said not to be so"}


def _figure(said: Said) -> str:
    if said.low is None and said.high is None:
        return ""
    return amount(Quantity(said.low, said.high, said.unit, said.approx))


def _when(said: Said) -> str:
    return said.start if said.start == said.end else f"{said.start or '…'} to {said.end or '…'}"


_READ: dict[str, Callable[[Said], str]] = {
    "subject": lambda s: s.subject_name,
    "outlet": lambda s: f"as told by {s.outlet}",
    "act": lambda s: s.act,
    "predicate": lambda s: s.predicate.replace("_", " "),
    "conduct": lambda s: s.predicate.replace("_", " ") + ("" if s.polarity == "+" else ", said not to be so"),
    "object": lambda s: s.object_name,
    "speaker": lambda s: s.speaker and f"credited to {s.speaker}",
    "receiver": lambda s: s.receiver and f"to {s.receiver}",
    "polarity": lambda s: _STANCES[s.polarity],
    "certainty": lambda s: "stated as known" if s.certain else "alleged or uncertain",
    "figure": _figure,
    "when": _when,
}
_SLOTS = {
    "denial": ("polarity",),
    "polarity": ("polarity",),
    "legality": ("conduct",),
    "modality": ("certainty",),
    "numeric": ("subject", "figure"),
    "date": ("when",),
    "mechanism": ("predicate",),
    "attribution": ("speaker", "receiver", "subject"),
    "entity": ("subject", "object"),
    "definition": ("object",),
    "status": ("act",),
}
"""What tells the sides of each kind apart."""


def _title(kind: str, said: Sequence[Said], side: Mapping[str, int], predicates: Mapping[str, Predicate]) -> str:
    """The question, never an answer: a bare clause would read as an accusation of our own."""
    term = next((s.term for s in said if s.term), "a term")
    if kind == "definition":
        return f"What “{term.lower()}” means"
    told = list(dict.fromkeys(_first(said, side, predicates)))
    if kind in ("mechanism", "entity", "legality") and len(told) > 1:
        return f"Whether {_either(told[:3])}"
    return f"{_QUESTION.get(kind, 'Whether')} {told[0].words}"


_QUESTION = {
    "numeric": "What figure the sources give when they say that",
    "date": "What day the sources give when they say that",
    "attribution": "Whom the sources name as speaker or receiver when they say that",
    "modality": "How firmly the sources say that",
    "anachronism": "Whether it was possible at the time that",
}


class _Clause(Struct, frozen=True):
    """A neutral sentence with what stands in its slots."""

    reads: str
    subject: str
    object: str

    @property
    def words(self) -> str:
        """The sentence."""
        return self.reads.format(subject=self.subject, object=self.object)


def _either(told: Sequence[_Clause]) -> str:
    """Clauses one of which is right, each part that they share said once: "Ostra 2 or Ostra 3 was trained on …"."""
    first = told[0]
    same_words = all(clause.reads == first.reads for clause in told)
    same_object = all(clause.object == first.object for clause in told)
    if same_words and same_object:
        return first.reads.format(subject=" or ".join(clause.subject for clause in told), object=first.object)
    if any(clause.subject != first.subject or not clause.reads.startswith(_SUBJECT) for clause in told):
        return ", or ".join(clause.words for clause in told)
    if same_words:
        return first.reads.format(subject=first.subject, object=" or ".join(clause.object for clause in told))
    rests = [clause.reads.removeprefix(_SUBJECT) for clause in told]
    if same_object and all(rest.endswith(_OBJECT) and _OBJECT not in rest.removesuffix(_OBJECT) for rest in rests):
        return f"{first.subject} {' or '.join(rest.removesuffix(_OBJECT) for rest in rests)} {first.object}"
    return f"{first.subject} {', or '.join(rest.format(object=c.object) for rest, c in zip(rests, told, strict=True))}"


_SUBJECT, _OBJECT = "{subject} ", " {object}"


def _first(said: Sequence[Said], side: Mapping[str, int], predicates: Mapping[str, Predicate]) -> Iterator[_Clause]:
    """For each side the clause that most of its claims make."""
    for number in sorted(set(side.values())):
        nodes = Counter(s.node for s in said if side[s.claim] == number)
        node = min(nodes, key=lambda n: (-nodes[n], n))
        first = next(s for s in said if s.node == node)
        entry = predicates.get(first.predicate)
        unknown = "{subject} " + first.predicate.replace("_", " ") + " {object}"
        yield _Clause(
            entry.clause(first.subject_kind) if entry else unknown, first.subject_name, first.object_name or "it"
        )
