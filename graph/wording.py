"""The sentences that go with a verdict: neutral, with names, dates and figures, and never a word of judgement."""

from __future__ import annotations

from distillwatch.graph.gates import Reason, one_origin, span
from distillwatch.graph.statements import Judged, Severity, Statement
from distillwatch.graph.world import World
from distillwatch.quantities import Quantity

_VERBS = {
    "asserts": "states",
    "reports": "reports",
    "alleges": "alleges",
    "confirms": "confirms",
    "denies": "denies",
    "predicts": "expects",
    "opines": "judges",
    "supposes": "supposes",
    "asks": "asks",
}
_APPROX = {"about": "about ", "over": "more than ", "under": "less than ", "up_to": "up to ", "nearly": "nearly "}
_TITLE = 60
_SHOWN = {"month": 7, "year": 4}  # how much of an ISO day is known
_HEDGES = {"none": "", "weak": ", as likely", "strong": ", as possible"}


def flag(
    a: Statement,
    b: Statement,
    *,
    kind: str,
    rule: str,
    version: str,
    why: str,
    confidence: float = 0.9,
    severity: Severity = "hard",
) -> Judged:
    """A contradiction; where both texts go back to one origin it is drift, and the sentence says so."""
    if one_origin(a, b) and a.text.id != b.text.id:
        severity, why = (
            "drift",
            f"{why} Both texts go back to one origin, so this is a difference between its versions.",
        )
    return Judged(
        a=a.id, b=b.id, verdict="contradiction", kind=kind, rule=rule, version=version, why=why,
        confidence=confidence, severity=severity,
    )  # fmt: skip


def halt(a: Statement, b: Statement, reason: Reason, *, rule: str, version: str) -> Judged:
    """No contradiction, for this reason."""
    why = reason.why[:1].upper() + reason.why[1:] + ("" if reason.why.endswith(".") else ".")
    return Judged(
        a=a.id, b=b.id, verdict=reason.verdict, kind=reason.kind, rule=rule, version=version, why=why, severity="note"
    )  # fmt: skip


def source(statement: Statement) -> str:
    """Where it stands: "Harbour Wire (2026-02-24)"."""
    text = statement.text
    name = text.outlet or (f"“{_shortened(text.title)}”" if text.title else text.id)
    published = text.published[: _SHOWN.get(text.precision, 10)]
    return f"{name} ({published})" if published else name


def _shortened(title: str) -> str:
    return title if len(title) <= _TITLE else title[:_TITLE].rsplit(" ", 1)[0] + " …"


def says(statement: Statement, world: World) -> str:
    """Who says what, where: "In Harbour Wire (2026-02-24) Norvane alleges that Tarsil …"."""
    voice = statement.speaker.name or "the text"
    verb = _VERBS.get(statement.act, "states")
    denied = statement.act == "denies"
    joint = (
        "whether" if statement.act == "asks" else "that" if denied or statement.affirmed else "that it is not so that"
    )
    figure = f" ({amount(statement.quantity)})" if statement.quantity else ""
    return f"In {source(statement)} {voice} {verb} {joint} {world.reads(statement)}{figure}{_HEDGES[statement.hedge]}"


def both(a: Statement, b: Statement, world: World) -> str:
    """Two statements side by side: "In … X alleges that …; in … Y denies that …."."""
    second = says(b, world)
    return f"{says(a, world)}; {second[:1].lower()}{second[1:]}."


def amount(quantity: Quantity) -> str:
    """A quantity as a reader writes it: "more than 24,000 accounts"."""
    if quantity.approx == "range" and quantity.low is not None and quantity.high is not None:
        return f"{number(quantity.low)} to {number(quantity.high)} {quantity.unit}".strip()
    unit = _one(quantity.unit) if quantity.figure == 1 else quantity.unit
    return f"{_APPROX.get(quantity.approx, '')}{number(quantity.figure)} {unit}".strip()


def _one(unit: str) -> str:
    """A unit of which there is one: "accounts" is "account", "queries" is "query"."""
    if unit.endswith("ies"):
        return f"{unit[:-3]}y"
    return unit[:-1] if unit.endswith("s") and not unit.endswith("ss") else unit


def number(value: float) -> str:
    """A figure with thousands separators and no needless decimals.

    >>> number(5_576_000.0), number(0.927)
    ('5,576,000', '0.927')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"


def dated(statement: Statement) -> str:
    """What it dates, and where: "Harbour Wire (2026-02-24) dates it 2026-02-22"."""
    return f"{source(statement)} dates it {span(statement)}"
