"""Whether a statement about a firm and one about its model speak of one thing.

"The firm trained its model X on …" and "X was trained on …" are one proposition; "the firm" alone stands for X only in
a text that names no other of its models in that matter.
"""

from __future__ import annotations

from distillwatch.graph.statements import NOBODY, Party, Statement, fold
from distillwatch.graph.world import Relation, World

_FIRMS = ("company", "group")
_MODELS = ("model", "product", "")


def student(statement: Statement, world: World) -> Party:
    """The model that a statement about its maker says was made; NOBODY where it names none."""
    named = statement.qualifiers.get("student", "")
    return world.named(named) if named else NOBODY


def acting(statement: Statement, world: World) -> Party:
    """Who or what learned, was built or acted: the model where the statement names it, else its subject."""
    return student(statement, world) or statement.subject


def subjects(a: Statement, b: Statement, world: World) -> Relation:
    """How the subjects stand to each other, a firm taken as the one model that its statement is about."""
    relation = world.relation(a.subject, b.subject)
    if relation == "same":
        x, y = student(a, world), student(b, world)
        return relation if not (x and y) or world.relation(x, y) != "sibling" else "sibling"
    if relation not in ("narrower", "broader"):
        return relation
    firm, model = (b, a) if relation == "narrower" else (a, b)
    if firm.subject.kind not in _FIRMS or model.subject.kind not in _MODELS:
        return relation
    made = student(firm, world)
    if made:
        return "same" if made.id == model.subject.id else "sibling"
    if fold(model.subject.name) in fold(firm.evidence):
        return "same"  # "the firm trained its model X on …"
    return "same" if any(_only_student(text, firm, model, world) for text in (firm, model)) else relation


def objects(a: Statement, b: Statement, world: World) -> Relation:
    """How the objects stand to each other, a firm taken as the one model of it that its text names in that matter."""
    relation = world.relation(a.object, b.object)
    if relation not in ("narrower", "broader") or not world.answers_for_parts(world.predicate(a.predicate).group):
        return relation
    firm, model = (b, a) if relation == "narrower" else (a, b)
    if firm.object.kind not in _FIRMS or model.object.kind not in _MODELS:
        return relation
    named = {
        s.object.id
        for s in _matter(firm.text.id, firm, world)
        if s.object.kind in _MODELS and world.root(s.object) == world.root(firm.object)
    }
    return "same" if named == {model.object.id} else relation


def one_making(a: Statement, b: Statement, world: World) -> bool:
    """Whether both tell how one named model came to be: that happens once, whenever it is told."""
    x, y = acting(a, world), acting(b, world)
    if x.id != y.id or x.kind != "model" or world.is_family(x):
        return False
    return all(world.predicate(s.predicate).one_way and world.predicate(s.predicate).accusation for s in (a, b))


def _only_student(where: Statement, firm: Statement, model: Statement, world: World) -> bool:
    """Whether a text that speaks of the firm names this model and no other of it as the one that learned."""
    told = [s for s in _matter(where.text.id, firm, world) if world.root(s.subject) == world.root(firm.subject)]
    made = {acting(s, world).id for s in told if acting(s, world).kind in _MODELS}
    return made == {model.subject.id} and any(s.subject.id == firm.subject.id for s in told)


def _matter(text: str, like: Statement, world: World) -> list[Statement]:
    """What a text says with the same predicate about the same other side."""
    return [
        s for s in world.said(text) if s.predicate == like.predicate and world.root(s.object) == world.root(like.object)
    ]
