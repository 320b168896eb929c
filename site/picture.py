"""Who is said to have done what to whom, as geometry for an inline SVG: those who act left, those acted on right.

Two columns keep every name readable and every edge followable, which a force layout does not promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from distillwatch.site.claims import Claim, Name

WIDTH = 720.0
LEFT, RIGHT = 210.0, 510.0
ROW = 36.0
TOP = 40.0
MAX_EDGES = 16
LABEL_AT = 0.3  # of the way: near the start lines lie further apart than where they meet


class Node(Struct, frozen=True):
    """A name at its place."""

    name: Name
    x: float
    y: float
    anchor: str


class Edge(Struct, frozen=True):
    """Claims of one predicate between two names; `style` says whether they agree."""

    path: str
    label: str
    style: str  # affirm, allege, deny, disputed, open
    subject: Name
    object: Name
    predicate: str
    act: str  # the predicate in words
    says: tuple[tuple[str, tuple[str, ...]], ...]  # stance → who
    label_x: float
    label_y: float


class Picture(Struct, frozen=True):
    """The drawing in user units."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


def draw(claims: Iterable[Claim], most: int = MAX_EDGES) -> Picture | None:
    """The picture of the claims whose subject and object are both known names; None when there is none."""
    grouped: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        if claim.subject.path and claim.object.path and claim.subject.path != claim.object.path:
            grouped.setdefault((claim.subject.path, claim.object.path, claim.row.predicate), []).append(claim)
    if not grouped:
        return None
    chosen = sorted(grouped.items(), key=_weight)[:most]
    left = _column([c[0].subject for _, c in chosen], LEFT, "end")
    right = _column([c[0].object for _, c in chosen], RIGHT, "start")
    together: dict[tuple[str, str], int] = {}
    for (subject, target, _), _found in chosen:
        together[(subject, target)] = together.get((subject, target), 0) + 1
    drawn: dict[tuple[str, str], int] = {}
    edges = []
    for (subject, target, _), found in chosen:
        number = drawn.get((subject, target), 0)
        drawn[(subject, target)] = number + 1
        bend = (number - (together[(subject, target)] - 1) / 2) * ROW
        edges.append(_edge(found, left[subject], right[target], bend))
    height = TOP + len(chosen) * ROW + 6
    return Picture(WIDTH, height, (*left.values(), *right.values()), tuple(edges), len(grouped) - len(chosen))


def _column(names: Sequence[Name], x: float, anchor: str) -> dict[str, Node]:
    """Each name once, with as much room as it has lines, so that lines do not lie on each other."""
    lines: dict[str, list[Name]] = {}
    for name in names:
        lines.setdefault(name.path, []).append(name)
    nodes, top = {}, TOP
    for path, found in lines.items():
        nodes[path] = Node(found[0], x, top + len(found) * ROW / 2, anchor)
        top += len(found) * ROW
    return nodes


def _edge(claims: list[Claim], start: Node, end: Node, bend: float) -> Edge:
    x1, y1, x2, y2 = start.x + 10, start.y, end.x - 12, end.y
    colours = {c.colour for c in claims}
    style = "disputed" if "deny" in colours and colours & {"affirm", "allege"} else min(colours, key=_STRENGTH.index)
    says: dict[str, dict[str, None]] = {}
    for claim in claims:
        says.setdefault(claim.stance, {})[claim.who.text] = None
    return Edge(
        path=f"M{x1:.1f} {y1:.1f}C{x1 + 90:.1f} {y1 + bend:.1f} {x2 - 90:.1f} {y2 + bend:.1f} {x2:.1f} {y2:.1f}",
        label=", ".join(f"{len(who)} {stance}" for stance, who in says.items()),
        style=style,
        subject=claims[0].subject,
        object=claims[0].object,
        predicate=claims[0].row.predicate,
        act=claims[0].act,
        says=tuple((stance, tuple(who)) for stance, who in says.items()),
        label_x=round(_at(LABEL_AT, x1, x1 + 90, x2 - 90, x2), 1),
        label_y=round(_at(LABEL_AT, y1, y1 + bend, y2 + bend, y2) + 5, 1),
    )


def _at(t: float, a: float, b: float, c: float, d: float) -> float:
    """A coordinate of the cubic Bézier curve with those control values at `t`."""
    s = 1 - t
    return s**3 * a + 3 * s * s * t * b + 3 * s * t * t * c + t**3 * d


_STRENGTH = ("affirm", "allege", "deny", "open")


def _weight(item: tuple[tuple[str, str, str], list[Claim]]) -> tuple[bool, int, tuple[str, str, str]]:
    key, claims = item
    return (not claims[0].accusation, -len(claims), key)
