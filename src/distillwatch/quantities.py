"""Quantities as intervals with a unit and an approximation word, and when two of them cannot both be true.

The intervals follow rounding practice in news text: a figure stands for everything that rounds to it, an approximator
widens it or opens one side. Units are not compared here: callers check the scope first.
"""

from __future__ import annotations

from decimal import Decimal
from math import inf
from typing import Literal

from msgspec import Struct

Approx = Literal["exact", "about", "over", "under", "up_to", "nearly", "range"]
Overlap = Literal["equal", "rounding", "bound", "bound_far", "disjoint"]

_ABOUT = 0.10  # "about 24,000" reaches 10 % to either side
_NEARLY = 0.9  # "nearly 25,000" is not below 90 % of it
_FAR = 1.5  # "over 16 million" said of 30 million is true but tells another story
_HARD_RATIO = 1.25
_SPOKEN = 1_000_000  # from here on one figure ("six million") is a rounded one
_SHARES = frozenset({"percent", "percentage points", "points"})
_HALF = Decimal("0.5")
_COUNTED = 100  # whole numbers below are counted, not rounded


class Quantity(Struct, frozen=True):
    """`low`..`high` in `unit`; an open side is None ("more than 24,000" is low 24000, high None, `over`).

    Raises ValueError when neither side is given or low exceeds high.
    """

    low: float | None
    high: float | None
    unit: str
    approx: Approx = "exact"

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError(f"a quantity of {self.unit or 'no unit'} needs at least one side")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the quantity {self.low}..{self.high} {self.unit} is upside down")

    @property
    def figure(self) -> float:
        """The one figure that the text gives; the middle of a range."""
        if self.low is None or self.high is None:
            return self.high if self.low is None else self.low  # type: ignore[return-value] # one side is always given
        return (self.low + self.high) / 2

    @property
    def interval(self) -> tuple[float, float]:
        """Least and greatest value that the words leave open; the sides may be infinite.

        >>> Quantity(24000, 24000, "accounts").interval
        (23500.0, 24500.0)
        """
        value = self.figure
        if self.approx == "over":
            return value, inf
        if self.approx in ("under", "up_to"):
            return -inf, value
        if self.approx == "nearly":
            return _ordered(_NEARLY * value, value)
        if self.approx == "about":
            return _ordered((1 - _ABOUT) * value, (1 + _ABOUT) * value)
        if self.approx == "range":
            return (-inf if self.low is None else self.low, inf if self.high is None else self.high)
        half = half_width(value)
        return value - half, value + half


class Comparison(Struct, frozen=True):
    """What two quantities of one unit and scope have to do with each other, and why.

    `hard` is set on a disjoint pair whose figures differ by more than a quarter or were both given to three figures.
    """

    overlap: Overlap
    ratio: float  # the greater figure over the smaller, at least 1; infinite when one is zero or the signs differ
    hard: bool = False

    @property
    def disjoint(self) -> bool:
        """Whether the two cannot both be true."""
        return self.overlap == "disjoint"


def compare(a: Quantity, b: Quantity) -> Comparison:
    """Whether the intervals meet, and if so by what: the same figure, rounding, or an open bound.

    >>> compare(Quantity(5_576_000, 5_576_000, "USD"), Quantity(5_600_000, 5_600_000, "USD")).overlap
    'rounding'
    >>> compare(Quantity(16e6, None, "exchanges", "over"), Quantity(30e6, 30e6, "exchanges")).overlap
    'bound_far'
    """
    ratio = _ratio(a.figure, b.figure)
    if (a.low, a.high, a.approx) == (b.low, b.high, b.approx):
        return Comparison("equal", ratio)
    if _meet(a, b) or _whole_percent(a, b):
        if not (_is_open(a) or _is_open(b)):
            return Comparison("equal" if (a.low, a.high) == (b.low, b.high) else "rounding", ratio)
        return Comparison("bound_far" if ratio > _FAR and not (_is_open(a) and _is_open(b)) else "bound", ratio)
    exact = min(significant_figures(a.figure), significant_figures(b.figure)) >= 3
    return Comparison("disjoint", ratio, hard=ratio > _HARD_RATIO or exact)


def _whole_percent(a: Quantity, b: Quantity) -> bool:
    """Whether a share given without decimals is the rounded form of one that has them: 84 percent and 83.9 percent."""
    if a.unit != b.unit or a.unit not in _SHARES or not a.approx == b.approx == "exact":
        return False
    x, y = sorted((_decimal(a.figure), _decimal(b.figure)), key=lambda v: v == v.to_integral_value())
    return x != x.to_integral_value() and y == y.to_integral_value() and abs(x - y) <= _HALF


def overlaps(a: Quantity, b: Quantity) -> bool:
    """Whether some value fits both."""
    return not compare(a, b).disjoint


def disjoint(a: Quantity, b: Quantity) -> bool:
    """Whether no value fits both."""
    return compare(a, b).disjoint


def significant_figures(value: float) -> int:
    """How many figures a value is written with once trailing zeros of a whole number are taken as rounding.

    >>> [significant_figures(v) for v in (24000, 5_576_000, 0.95, 71.4)]
    [2, 4, 2, 3]
    """
    return len(_decimal(value).normalize().as_tuple().digits)


def half_width(value: float) -> float:
    """Half of the last place that a figure is given to.

    Two figures are read at least (150,000 may be 145,000 to 155,000); one spoken figure of millions covers its own
    place; a whole number below 100 is a count and exact.

    >>> half_width(12), half_width(0.927), half_width(6_000_000)
    (0.0, 0.0005, 500000.0)
    """
    number = abs(_decimal(value)).normalize()
    if number == 0 or (number < _COUNTED and number == number.to_integral_value()):
        return 0.0
    figures = len(number.as_tuple().digits)
    if figures == 1 and number < _SPOKEN:
        figures = 2
    return float(Decimal(5).scaleb(number.adjusted() - figures))


def _meet(a: Quantity, b: Quantity) -> bool:
    (low, high), (other_low, other_high) = a.interval, b.interval
    start, end = max(low, other_low), min(high, other_high)
    # Two rounded figures that only touch (24,000 and 25,000 at 24,500) are different figures.
    return start < end or (
        start == end and not (a.approx == b.approx == "exact" and low < high and other_low < other_high)
    )


def _is_open(quantity: Quantity) -> bool:
    return -inf in quantity.interval or inf in quantity.interval


def _ratio(a: float, b: float) -> float:
    if a == b:
        return 1.0
    return inf if a * b <= 0 else max(a / b, b / a)


def _ordered(a: float, b: float) -> tuple[float, float]:
    return (a, b) if a <= b else (b, a)


def _decimal(value: float) -> Decimal:
    # The shortest decimal that gives the float back is the figure as it was written.
    return Decimal(repr(float(value)))
