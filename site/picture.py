"""Who is said to have done what to whom, as geometry for an inline SVG: those who act left, those acted on right.

Two columns keep every name readable and every edge followable, which a force layout does not promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from distillwatch.site.claims import Claim, Name

WIDTH = 840.0
LEFT, RIGHT = 270.0, 570.0
ROW = 36.0
TOP = 40.0
MAX_EDGES = 16
ROOM = LEFT - 10  # for a name, in either column
LETTER, IDEOGRAPH = 8.4, 15.0  # about what a letter takes, and one of Chinese, Japanese or Korean
# of the way, best first: near the start lines lie further apart than where they meet
PLACES = (0.3, 0.22, 0.38, 0.46, 0.15, 0.54, 0.62, 0.7, 0.78)
APART = 18.0, 15.0  # what the numbers of two lines leave between them, across and down


Point = tuple[float, float]


class Node(Struct, frozen=True):
    """A name at its place; `text` is as much of it as fits."""

    name: Name
    text: str
    x: float
    y: float
    anchor: str


class Edge(Struct, frozen=True):
    """Claims of one predicate between two names; `style` says whether they agree."""

    path: str
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
    left: float = LEFT
    right: float = RIGHT


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
    edges: list[Edge] = []
    for (subject, target, _), found in chosen:
        number = drawn.get((subject, target), 0)
        drawn[(subject, target)] = number + 1
        bend = (number - (together[(subject, target)] - 1) / 2) * ROW
        edges.append(_edge(found, left[subject], right[target], bend, [(e.label_x, e.label_y) for e in edges]))
    height = TOP + len(chosen) * ROW + 6
    return Picture(WIDTH, height, (*left.values(), *right.values()), tuple(edges), len(grouped) - len(chosen))


def _column(names: Sequence[Name], x: float, anchor: str) -> dict[str, Node]:
    """Each name once, with as much room as it has lines, so that lines do not lie on each other."""
    lines: dict[str, list[Name]] = {}
    for name in names:
        lines.setdefault(name.path, []).append(name)
    nodes, top = {}, TOP
    for path, found in lines.items():
        nodes[path] = Node(found[0], _fitting(found[0].text), x, top + len(found) * ROW / 2, anchor)
        top += len(found) * ROW
    return nodes


def _fitting(text: str) -> str:
    """As much of a name as its column has room for."""
    used, ends = 0.0, []
    for character in text:
        used += IDEOGRAPH if ord(character) > 0x2E7F else LETTER
        ends.append(used)
    if used <= ROOM:
        return text
    return text[: sum(end <= ROOM - IDEOGRAPH for end in ends)].rstrip() + "…"


def _edge(claims: list[Claim], start: Node, end: Node, bend: float, taken: Sequence[Point]) -> Edge:
    x1, y1, x2, y2 = start.x + 10, start.y, end.x - 12, end.y
    colours = {c.colour for c in claims}
    style = "disputed" if "deny" in colours and colours & {"affirm", "allege"} else min(colours, key=_STRENGTH.index)
    says: dict[str, dict[str, None]] = {}
    for claim in claims:
        says.setdefault(claim.stance, {})[claim.who.text] = None
    across, down = (x1, x1 + 90, x2 - 90, x2), (y1, y1 + bend, y2 + bend, y2)
    label_x, label_y = _free([(round(_at(t, *across), 1), round(_at(t, *down) + 5, 1)) for t in PLACES], taken)
    return Edge(
        path=f"M{x1:.1f} {y1:.1f}C{x1 + 90:.1f} {y1 + bend:.1f} {x2 - 90:.1f} {y2 + bend:.1f} {x2:.1f} {y2:.1f}",
        style=style,
        subject=claims[0].subject,
        object=claims[0].object,
        predicate=claims[0].row.predicate,
        act=claims[0].act,
        says=tuple((stance, tuple(who)) for stance, who in says.items()),
        label_x=label_x,
        label_y=label_y,
    )


def _free(places: Sequence[Point], taken: Sequence[Point]) -> Point:
    """The first place where no number of another line stands; the best one where all are taken."""

    def crowded(place: Point) -> bool:
        return any(abs(place[0] - x) < APART[0] and abs(place[1] - y) < APART[1] for x, y in taken)

    return next((place for place in places if not crowded(place)), places[0])


def _at(t: float, a: float, b: float, c: float, d: float) -> float:
    """A coordinate of the cubic Bézier curve with those control values at `t`."""
    s = 1 - t
    return s**3 * a + 3 * s * s * t * b + 3 * s * t * t * c + t**3 * d


_STRENGTH = ("affirm", "allege", "deny", "open")


def _weight(item: tuple[tuple[str, str, str], list[Claim]]) -> tuple[bool, int, tuple[str, str, str]]:
    key, claims = item
    return (not claims[0].accusation, -len(claims), key)
