"""Statements with defaults, in an invented world, so that a row of a test says only what is special about it."""

from __future__ import annotations

from typing import Any

from distillwatch.dates import DateRange, Precision
from distillwatch.graph.judge import judge_pair, rules
from distillwatch.graph.statements import NOBODY, Judged, Party, Statement, Text, fold
from distillwatch.graph.world import World, facts, learned_owners, with_members
from distillwatch.quantities import Quantity
from distillwatch.topic import Topic


def _party(kind: str, name: str, owner: str = "", family: str = "", born: str = "") -> Party:
    return Party(fold(name), name, kind, fold(owner), fold(family), born=born)


PARTIES = {
    p.id: p
    for p in (
        _party("company", "Norvane"),
        _party("company", "Tarsil"),
        _party("company", "Quellmark"),
        _party("company", "Huaixu"),
        _party("company", "Norvane Labs", owner="Norvane"),
        _party("model", "Ostra", owner="Norvane"),
        _party("model", "Ostra 2", owner="Norvane", family="Ostra", born="2025-03-01"),
        _party("model", "Ostra 3", owner="Norvane", family="Ostra", born="2026-11-18"),
        _party("model", "Ostra 3 Instruct", owner="Norvane", family="Ostra"),
        _party("model", "Mirel", owner="Tarsil"),
        _party("model", "Kolm", owner="Tarsil"),
        _party("model", "Kolm 7B", owner="Tarsil", family="Kolm"),
        _party("model", "Kolm 2-24B", owner="Tarsil", family="Kolm"),
        _party("model", "Kolm 2-24B-Instruct", owner="Tarsil", family="Kolm"),
        _party("model", "Kolm 2-24B Mini", owner="Tarsil", family="Kolm"),
        _party("model", "Pellan", owner="Quellmark"),
        _party("product", "Norvane API", owner="Norvane"),
        _party("product", "Lodestone Exam"),
        _party("policy", "Norvane Terms", owner="Norvane"),
        _party("policy", "Export Order 7"),
        _party("policy", "Provenance Act"),
        _party("agency", "Trade Ministry", owner="Vantry"),
        _party("agency", "Computation Office", owner="Vantry"),
        _party("country", "Vantry"),
        _party("person", "Ivo Lantz", owner="Tarsil"),
        _party("person", "Mira Sorel", owner="Norvane"),
        _party("outlet", "Harbour Post"),
    )
}


def text(key: str, **fields: Any) -> Text:
    """A text; its key is its outlet too."""
    defaults: dict[str, Any] = {
        "outlet": key,
        "language": "en",
        "published": "2026-04-20",
        "origin": key,
        "rank": fields.get("published", "2026-04-20"),
    }
    return Text(id=key, **{**defaults, **fields})


def party(name: str) -> Party:
    """The party of that name, known or not; a list of known names has members."""
    if not name:
        return NOBODY
    known = PARTIES.get(fold(name))
    return known or with_members(Party(f"name:{fold(name)}", name), {key: key for key in PARTIES})


def say(
    where: str | Text,
    subject: str,
    predicate: str,
    target: str = "",
    *,
    by: str = "",
    figure: tuple[float | None, float | None, str, str] | None = None,
    when: tuple[str | None, str | None] | tuple[str | None, str | None, Precision] | None = None,
    **fields: Any,
) -> Statement:
    """A statement of one text; `target` is an entity where one of that name is known, else words."""
    place = where if isinstance(where, Text) else text(where)
    known = bool(target) and fold(target) in PARTIES
    evidence = fields.pop("evidence", f"{subject} {predicate} {target}.")
    defaults: dict[str, Any] = {"act": "asserts"}
    identity = "/".join([place.id, subject, predicate, target, by, *map(str, fields.values()), str(figure), str(when)])
    return Statement(
        id=identity,
        text=place,
        subject=party(subject),
        predicate=predicate,
        object=party(target) if known else NOBODY,
        object_text="" if known else target,
        speaker=party(by),
        quantity=Quantity(*figure) if figure else None,  # type: ignore[arg-type] # the approximation is a literal here
        when=DateRange(*when) if when else None,
        evidence=evidence,
        **{**defaults, **fields},
    )


def verdict(topic: Topic, a: Statement, b: Statement, *others: Statement) -> Judged | None:
    """What the rules say of a pair; `others` are said in the same texts."""
    statements = [a, b, *others]
    names = {key: key for key in PARTIES}
    world = World(PARTIES, topic.vocabulary, statements, learned_owners(facts(statements), PARTIES), names)
    if a.id == b.id:
        return next((j for rule in rules() if rule.single and (j := rule.judge(a, a, world))), None)
    return judge_pair(a, b, world, [rule for rule in rules() if not rule.single])


def short(found: Judged | None) -> str:
    """ "contradiction/numeric", "compatible/rounding", … or "nothing"."""
    return f"{found.verdict}/{found.kind}" if found else "nothing"
