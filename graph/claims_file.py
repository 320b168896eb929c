"""Claims from a labelled file, compared without any extraction, so that the rules can be tested by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

from msgspec.structs import replace

from distillwatch.dates import DateRange
from distillwatch.errors import InputMissing, LabelsInvalid
from distillwatch.graph.judge import judge
from distillwatch.graph.statements import NOBODY, Party, Statement, Text, fold
from distillwatch.graph.world import World, facts, learned_owners, with_members
from distillwatch.quantities import Quantity
from distillwatch.records import DocumentKind, Entity, SpeechAct
from distillwatch.topic import Topic

_EXTRA = ("to", "route", "role", "scope", "stage", "only", "term", "vote", "student", "quote")


def compare_claims(file: Path, topic: Topic) -> list[dict[str, Any]]:
    """Every judged pair of the claims of a `gold.jsonl`, as rows of a `pairs.jsonl` with rule, confidence and severity.

    A `groups.json` beside the file may give copies and incidents. Raises InputMissing and LabelsInvalid, naming the line.
    """
    statements, parties = read_statements(file, topic)
    world = World(parties, topic.vocabulary, statements, learned_owners(facts(statements), parties))
    rows = []
    for found in judge(statements, world):
        a, b = (reference.split("#", 1) for reference in (found.a, found.b))
        rows.append(
            {"a": a, "b": b, "label": found.verdict, "kind": found.kind, "rule": found.rule, "why": found.why,
             "confidence": found.confidence, "severity": found.severity}
        )  # fmt: skip
    return rows


def read_statements(file: Path, topic: Topic) -> tuple[list[Statement], dict[str, Party]]:
    """The statements of a `gold.jsonl` and the parties they name, resolved through the topic's registry."""
    pages = list(_pages(file))
    groups = _groups(file.with_name("groups.json"))
    names = _Names(topic, pages)
    original = {page: group[0] for group in groups.get("copies", []) for page in group}
    incidents: dict[str, set[str]] = {}
    for incident, members in groups.get("incidents", {}).items():
        for page in members:
            incidents.setdefault(page, set()).add(incident)
    statements = []
    for number, page in enumerate(pages):
        speakers = [names(claim.get("speaker")) for claim in page.get("claims", [])]
        text = Text(
            id=page["id"],
            outlet=page.get("outlet") or "",
            kind=page.get("kind") or "news",
            language=page.get("lang") or "",
            title=page.get("title") or "",
            published=(page.get("published") or "")[:10],
            origin=original.get(page["id"], page["id"]),
            sources=frozenset(party.id for party in speakers if party),
            rank=f"{(page.get('published') or '9999')[:10]} {number:06}",
        )
        for position, claim in enumerate(page.get("claims", [])):
            statement = _statement(claim, text, position, names, f"{file}: {page['id']}")
            statements.append(replace(statement, incidents=frozenset(incidents.get(page["id"], ()))))
    return statements, names.parties


def _pages(file: Path) -> Iterator[dict[str, Any]]:
    if not file.is_file():
        raise InputMissing(f"{file} is not there; give a gold.jsonl with one page a line")
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            page = json.loads(line)
        except json.JSONDecodeError as error:
            raise LabelsInvalid(f"{file}:{number}: not JSON ({error}); write one object a line") from error
        if not isinstance(page, dict) or not page.get("id") or page.get("kind", "news") not in get_args(DocumentKind):
            raise LabelsInvalid(
                f"{file}:{number}: a page needs an id and one of the kinds {', '.join(get_args(DocumentKind))}"
            )
        yield page


def _groups(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        groups = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise LabelsInvalid(f"{file}: not JSON ({error})") from error
    return groups if isinstance(groups, dict) else {}


class _Names:
    """Names as the file writes them → parties; a name that the registry lacks becomes a party of its own."""

    def __init__(self, topic: Topic, pages: Sequence[dict[str, Any]]) -> None:
        self._predicates = topic.vocabulary.predicates
        self._registered: dict[str, Entity] = {}
        for entity in topic.entities:
            self._registered.setdefault(fold(entity.name), entity)
        for entity in topic.entities:
            for alias in entity.aliases:
                self._registered.setdefault(fold(alias), entity)
        self._kinds = {fold(e["name"]): e["kind"] for page in pages for e in page.get("entities", []) or []}
        used = {
            fold(str(c.get(slot) or "")) for p in pages for c in p.get("claims", []) for slot in ("subject", "object")
        }
        self._known = {name: self._id(name) for name in {*used, *self._registered, *self._kinds} if name}
        self.parties: dict[str, Party] = {}
        for entity in topic.entities:
            self._add(entity)

    def is_literal(self, predicate: str, name: str) -> bool:
        """Whether an object is words and not a name: by the predicate, or because no name of it is known."""
        if fold(name) in self._registered:
            return False
        entry = self._predicates.get(predicate)
        if entry is not None and entry.object != "entity":
            return True
        return fold(name) not in self._kinds and (bool(self._kinds) or name == name.lower())

    def _id(self, folded: str) -> str:
        entity = self._registered.get(folded)
        return entity.id if entity else f"name:{folded}"

    def _add(self, entity: Entity) -> Party:
        owner, family = (self._id(fold(name)) if name else "" for name in (entity.owner, entity.family))
        party = Party(entity.id, entity.name, entity.kind, owner, family, born=entity.born, died=entity.died)
        self.parties[entity.id] = party
        return party

    def __call__(self, name: str | None) -> Party:
        folded = fold(name or "")
        if not folded:
            return NOBODY
        entity = self._registered.get(folded)
        if entity is not None:
            return self.parties[entity.id]
        key = f"name:{folded}"
        if key not in self.parties:
            self.parties[key] = with_members(Party(key, str(name), self._kinds.get(folded, "")), self._known)
        return self.parties[key]


def _statement(claim: dict[str, Any], text: Text, position: int, names: _Names, where: str) -> Statement:
    identity = claim.get("id") or f"c{position + 1}"
    if not claim.get("subject") or not claim.get("predicate"):
        raise LabelsInvalid(f"{where}: claim {identity} needs a subject and a predicate")
    act = claim.get("speech_act") or "asserts"
    if act not in get_args(SpeechAct):
        raise LabelsInvalid(f"{where}: claim {identity} has the unknown speech act {act!r}")
    literal = str(claim.get("object") or "")
    target = NOBODY if names.is_literal(claim["predicate"], literal) else names(literal)
    return Statement(
        id=f"{text.id}#{identity}",
        text=text,
        subject=names(claim["subject"]),
        predicate=claim["predicate"],
        object=target,
        object_text="" if target else literal,
        speaker=names(claim.get("speaker")),
        act=act,
        polarity="-" if claim.get("polarity") == "-" else "+",
        hedge=claim.get("hedge") or "none",
        quantity=_quantity(claim.get("quantity"), f"{where}: claim {identity}"),
        when=_when(claim.get("when"), f"{where}: claim {identity}"),
        qualifiers=_qualifiers(claim),
        evidence=claim.get("evidence") or "",
        position=position,
    )


def _quantity(given: dict[str, Any] | None, where: str) -> Quantity | None:
    if not given:
        return None
    try:
        return Quantity(given.get("low"), given.get("high"), given.get("unit") or "", given.get("approx") or "exact")
    except (ValueError, TypeError) as error:
        raise LabelsInvalid(f"{where}: {error}") from error


def _when(given: dict[str, Any] | None, where: str) -> DateRange | None:
    if not given or not (given.get("start") or given.get("end")):
        return None
    try:
        return DateRange(given.get("start"), given.get("end"), given.get("precision") or "day")
    except ValueError as error:
        raise LabelsInvalid(f"{where}: {error}") from error


def _qualifiers(claim: dict[str, Any]) -> dict[str, str]:
    found = {name: str(claim[name]) for name in _EXTRA if claim.get(name)}
    event = (claim.get("when") or {}).get("event")
    return {**found, "when.event": str(event)} if event else found
