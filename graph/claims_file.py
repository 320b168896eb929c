"""Claims from a labelled file, compared without any extraction, so that the rules can be tested by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

import msgspec

from distillwatch.dates import DateRange, is_day
from distillwatch.errors import InputMissing, LabelsInvalid
from distillwatch.graph.judge import judge
from distillwatch.graph.labels import Groups, LabelledClaim, LabelledPage
from distillwatch.graph.names import NameIndex, legal_forms
from distillwatch.graph.statements import NOBODY, Party, Statement, Text, fold
from distillwatch.graph.terms import load_terms
from distillwatch.graph.world import World, facts, learned_owners, with_members
from distillwatch.quantities import Quantity
from distillwatch.records import DocumentKind, Entity
from distillwatch.topic import Topic


def compare_claims(file: Path, topic: Topic) -> list[dict[str, Any]]:
    """Every judged pair of the claims of a `gold.jsonl`: a row of a `pairs.jsonl` with rule, confidence and severity.

    A `groups.json` beside the file may give copies and incidents. Raises InputMissing and LabelsInvalid, naming the
    line.
    """
    statements, parties = read_statements(file, topic)
    owners = learned_owners(facts(statements), parties)
    names = {fold(name): e.id for e in reversed(topic.entities) for name in (*e.aliases, e.name)}
    world = World(parties, topic.vocabulary, statements, owners, names, load_terms(topic.folder))
    return [
        {
            "a": found.a.split("#", 1),
            "b": found.b.split("#", 1),
            "label": found.verdict,
            "kind": found.kind,
            "rule": found.rule,
            "why": found.why,
            "confidence": found.confidence,
            "severity": found.severity,
        }
        for found in judge(statements, world)
    ]


def read_statements(file: Path, topic: Topic) -> tuple[list[Statement], dict[str, Party]]:
    """The statements of a `gold.jsonl` and the parties they name, resolved through the topic's registry.

    Raises InputMissing and LabelsInvalid, naming the line or the claim.
    """
    pages = list(_pages(file))
    groups = _groups(file.with_name("groups.json"))
    names = _Names(topic, pages)
    statements = []
    for number, page in enumerate(pages):
        published, precision = _day(page.published or "", f"{file}: page {page.id}")
        text = Text(
            id=page.id,
            outlet=page.outlet,
            kind=page.kind,  # type: ignore[arg-type] # checked in _pages
            language=page.lang,
            title=page.title,
            published=published,
            precision=precision,
            origin=next((group[0] for group in groups.copies if page.id in group), page.id),
            sources=frozenset(party.id for claim in page.claims if (party := names(claim.speaker))),
            rank=f"{published or '9999'} {number:06}",
        )
        incidents = frozenset(key for key, members in groups.incidents.items() if page.id in members)
        for position, claim in enumerate(page.claims):
            where = f"{file}: page {page.id}, claim {claim.id}"
            if not claim.subject:
                raise LabelsInvalid(f"{where}: needs a subject")
            statements.append(_statement(claim, text, incidents, position, names, where))
    return statements, names.parties


def _day(published: str, where: str) -> tuple[str, str]:
    """The day of publication with its precision; of a month or a year the first. Raises LabelsInvalid for no date."""
    if not published:
        return "", "day"
    for rest, precision in (("", "day"), ("-01", "month"), ("-01-01", "year")):
        if is_day(published[:10] + rest):
            return published[:10] + rest, precision
    raise LabelsInvalid(f"{where}: published is {published!r}; write a day, 2026-05-01, or leave it out")


def _pages(file: Path) -> Iterable[LabelledPage]:
    if not file.is_file():
        raise InputMissing(f"{file} is not there; give a gold.jsonl with one page a line")
    for number, line in enumerate(file.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            page = msgspec.json.decode(line, type=LabelledPage)
        except msgspec.DecodeError as error:
            raise LabelsInvalid(f"{file}:{number}: {error}") from error
        if page.kind not in get_args(DocumentKind):
            raise LabelsInvalid(f"{file}:{number}: {page.kind!r} is none of {', '.join(get_args(DocumentKind))}")
        yield page


def _groups(file: Path) -> Groups:
    if not file.is_file():
        return Groups()
    try:
        return msgspec.json.decode(file.read_bytes(), type=Groups)
    except msgspec.DecodeError as error:
        raise LabelsInvalid(f"{file}: {error}") from error


class _Names:
    """Names as the file writes them → parties; a name that the registry lacks becomes a party of its own."""

    def __init__(self, topic: Topic, pages: Iterable[LabelledPage]) -> None:
        self._predicates = topic.vocabulary.predicates
        self._registry = NameIndex(topic.entities, legal_forms(topic.vocabulary))
        self._kinds = {fold(e.name): e.kind for page in pages for e in page.entities}
        used = {fold(name) for p in pages for c in p.claims for name in (c.subject, c.object) if name}
        registered = {fold(name) for e in topic.entities for name in (e.name, *e.aliases)}
        self._known = {name: self._id(name) for name in used | registered | set(self._kinds)}
        self.parties = {entity.id: self._party(entity) for entity in topic.entities}

    def __call__(self, name: str | None) -> Party:
        if not name or not name.strip():
            return NOBODY
        key = self._id(name)
        if key not in self.parties:
            self.parties[key] = with_members(Party(key, name, self._kinds.get(fold(name), "")), self._known)
        return self.parties[key]

    def is_literal(self, predicate: str, name: str) -> bool:
        """Whether an object is words and not a name: by its predicate, or because nothing of that name is known."""
        if self._registry.find(name):
            return False
        entry = self._predicates.get(predicate)
        if entry is not None and entry.object != "entity":
            return True
        return fold(name) not in self._kinds and (bool(self._kinds) or name == name.lower())

    def _id(self, name: str) -> str:
        entity = self._registry.find(name, self._kinds.get(fold(name))) or self._registry.find(name)
        return entity.id if entity else f"name:{fold(name)}"

    def _party(self, entity: Entity) -> Party:
        owner, family = (self._id(name) if name else "" for name in (entity.owner, entity.family))
        return Party(entity.id, entity.name, entity.kind, owner, family, born=entity.born, died=entity.died)


def _statement(
    claim: LabelledClaim, text: Text, incidents: frozenset[str], position: int, names: _Names, where: str
) -> Statement:
    literal = names.is_literal(claim.predicate, claim.object or "")
    return Statement(
        id=f"{text.id}#{claim.id}",
        text=text,
        subject=names(claim.subject),
        predicate=claim.predicate,
        object=NOBODY if literal else names(claim.object),
        object_text=(claim.object or "") if literal else "",
        speaker=names(claim.speaker),
        act=claim.speech_act,
        polarity=claim.polarity or "+",
        hedge=claim.hedge or "none",
        quantity=_quantity(claim, where),
        when=_when(claim, where),
        qualifiers=_qualifiers(claim.qualifiers()),
        evidence=claim.evidence,
        incidents=incidents,
        position=position,
    )


def _qualifiers(given: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if value not in ("", "False")}


def _quantity(claim: LabelledClaim, where: str) -> Quantity | None:
    q = claim.quantity
    if q is None or (q.low is None and q.high is None):
        return None
    try:
        return Quantity(q.low, q.high, q.unit or "", q.approx or "exact")
    except ValueError as error:
        raise LabelsInvalid(f"{where}: {error}") from error


def _when(claim: LabelledClaim, where: str) -> DateRange | None:
    w = claim.when
    if w is None or not (w.start or w.end):
        return None
    try:
        return DateRange(w.start, w.end, w.precision or "day")
    except ValueError as error:
        raise LabelsInvalid(f"{where}: {error}") from error
