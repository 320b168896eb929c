"""All rules over all candidate pairs: one verdict a pair, the strongest, in an order that never changes."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from distillwatch import registry
from distillwatch.graph import candidates
from distillwatch.graph.doubts import doubt
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import halt
from distillwatch.graph.world import World

Judge = Callable[[Statement, Statement, World], Judged | None]
_STRENGTH = {"contradiction": 2, "compatible": 1, "cannot_compare": 0}


class Rule(Struct, frozen=True):
    """One module of `graph/rules`: its name, what it finds, its version, what it is for, and its function."""

    name: str
    kind: str
    version: str
    purpose: str
    judge: Judge
    single: bool = False  # judges one statement against its own text
    decides: bool = False  # its reason stands whatever the other rules find
    notes: bool = False  # what it finds is told beside what the other rules find
    once: bool = False  # one flag for each pair of texts and parties


def rules() -> tuple[Rule, ...]:
    """Every rule, by name."""
    found = registry.load("distillwatch.graph.rules", "judge")
    return tuple(_rule(name, cast(Judge, function)) for name, function in found.items())


def _rule(name: str, function: Judge) -> Rule:
    module = importlib.import_module(f"distillwatch.graph.rules.{name}")
    return Rule(
        name=name,
        kind=module.KIND,
        version=module.VERSION,
        purpose=(module.__doc__ or "").strip(),
        judge=function,
        single=getattr(module, "SINGLE", False),
        decides=getattr(module, "DECIDES", False),
        notes=getattr(module, "NOTES", False),
        once=getattr(module, "ONCE", False),
    )


def judge(statements: Iterable[Statement], world: World) -> Iterator[Judged]:
    """The verdict of every pair that a rule has something to say about, and of single statements against their text."""
    ordered = sorted(statements, key=lambda s: (s.text.rank, s.text.id, s.position, s.id))
    known = rules()
    alone = [rule for rule in known if rule.single]
    paired = [rule for rule in known if not rule.single]
    yield from judge_alone(ordered, world, alone)
    judged = (judge_pair(a, b, world, paired) for a, b in candidates.pairs(ordered, world))
    verdicts = [verdict for verdict in judged if verdict is not None]
    yield from told_once(verdicts, {s.id: s for s in ordered}, world, paired)


def judge_alone(statements: Iterable[Statement], world: World, among: Sequence[Rule]) -> Iterator[Judged]:
    """Statements against their own text; what several statements of one sentence give is said once."""
    said: set[tuple[str, str, str]] = set()
    for statement in statements:
        for rule in among:
            found = rule.judge(statement, statement, world)
            key = (statement.text.id, statement.evidence, rule.name)
            if found is not None and key not in said:
                said.add(key)
                yield found


def judge_pair(a: Statement, b: Statement, world: World, among: Iterable[Rule]) -> Judged | None:
    """The strongest verdict on one pair: a contradiction before a reason why not, the surer before the less sure.

    No contradiction rests on a sentence that may say something else than what was read out of it.
    """
    best: Judged | None = None
    noted: Judged | None = None
    for rule in among:
        found = rule.judge(a, b, world)
        if found is None:
            continue
        if rule.decides:
            return found
        noted = found if rule.notes else noted
        if best is None or _rank(found) > _rank(best):
            best = found
    if noted is not None and best is not None and best is not noted:
        best = replace(best, why=f"{best.why} {noted.why}")
    if best is None or best.verdict != "contradiction":
        return best
    reason = doubt(a, b, world)
    return best if reason is None else halt(a, b, reason, rule=best.rule, version=best.version)


def told_once(
    found: Sequence[Judged], statements: Mapping[str, Statement], world: World, among: Iterable[Rule]
) -> list[Judged]:
    """The verdicts without those that repeat one of a rule that speaks once for each pair of texts and parties."""
    once = {rule.name for rule in among if rule.once}
    best: dict[tuple[object, ...], Judged] = {}
    kept = []
    for judged in found:
        if judged.rule not in once or judged.verdict != "contradiction":
            kept.append(judged)
            continue
        a, b = statements[judged.a], statements[judged.b]
        key = (judged.rule, *sorted((s.text.id, s.predicate, s.subject.id, s.object.id) for s in (a, b)))
        if key not in best or _shows(judged, statements) > _shows(best[key], statements):
            best[key] = judged
    return kept + list(best.values())


def _shows(judged: Judged, statements: Mapping[str, Statement]) -> tuple[float, int]:
    """How well a pair shows a dispute: the surer one first, then the one that stands early in its texts."""
    return judged.confidence, -(statements[judged.a].position + statements[judged.b].position)


def _rank(judged: Judged) -> tuple[int, float]:
    return _STRENGTH[judged.verdict], judged.confidence
