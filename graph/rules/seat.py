"""One seat, two holders: a post that one person has at a time is given to two people at one time."""

from distillwatch.graph import gates
from distillwatch.graph.statements import Judged, Party, Statement, fold
from distillwatch.graph.wording import flag, source
from distillwatch.graph.world import World

KIND = "entity"
VERSION = "3"
RULE = "seat"
_STATES = ("asserts", "confirms", "reports")
_A_POST = r" ?(?:\w+[ -]){0,2}\w+"
_AFTER_LATIN = "\u0250"  # where the blocks of Latin letters for languages in wide use end
_NEAR_DAYS = 30  # a post that changes hands does so between two texts further apart


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare the holders of one post at one house."""
    if not a.predicate == b.predicate == "holds_role" or a.subject.id == b.subject.id or a.text.id == b.text.id:
        return None
    if not all(s.affirmed and s.act in _STATES and s.hedge == "none" and s.object for s in (a, b)):
        return None
    if a.object.id != b.object.id or not _two_people(a, b):
        return None
    posts = _posts(a, world) & _posts(b, world)
    if not posts or any(_changing(s, world) for s in (a, b)):
        return None
    if gates.days_between(a.text.published, b.text.published) > _NEAR_DAYS or gates.scope(a, b, world):
        return None
    if a.when and b.when and a.when.disjoint(b.when):
        return None
    post = min(posts).replace("_", " ")
    why = (
        f"One post, two holders: {source(a)} names {a.subject.name} as {post} of {a.object.name}, "
        f"{source(b)} names {b.subject.name}."
    )
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.7, severity="soft")


def _posts(statement: Statement, world: World) -> frozenset[str]:
    return world.marks.seats(statement.qualifiers.get("role", ""), statement.evidence, statement.object.kind)


def _two_people(a: Statement, b: Statement) -> bool:
    """Whether the names are surely those of two people: no word in common, and of one script."""
    x, y = _words(a.subject), _words(b.subject)
    return not x & y and _latin(a.subject.name) == _latin(b.subject.name) and min(len(x), len(y)) > 1


def _latin(name: str) -> bool:
    """Whether a name is written in Latin letters, with or without accents."""
    return all(letter < _AFTER_LATIN for letter in name)


def _words(person: Party) -> set[str]:
    return set(fold(person.name).replace("-", " ").split())


def _changing(statement: Statement, world: World) -> bool:
    """Whether the text itself tells of a change, or of one holder among several."""
    career = world.marks.followed("career", _A_POST)  # what a holder was before, not who held the post
    about = career.sub(lambda m: m[0] if world.marks.classes("roles", m[0]) else "", statement.evidence)
    return any(world.marks.has(mark, about) for mark in ("former", "shared_post", "new_in_post"))
