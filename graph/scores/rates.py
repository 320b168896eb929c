"""Precision, recall and shares, with their counts."""

from __future__ import annotations

from msgspec import Struct


class Rate(Struct, frozen=True):
    """Right ones among those predicted and those labelled."""

    tp: int
    predicted: int
    gold: int

    @property
    def p(self) -> float:
        """Precision."""
        return self.tp / self.predicted if self.predicted else 0.0

    @property
    def r(self) -> float:
        """Recall."""
        return self.tp / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return f1(self.p, self.r)


class BCubed(Struct, frozen=True):
    """B-cubed precision and recall over items that may be in several groups (Amigó et al. 2009)."""

    p: float
    r: float
    items: int  # those in a group on both sides: only they are counted
    predicted: int
    gold: int

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return f1(self.p, self.r)


class Share(Struct, frozen=True):
    """So many right of so many."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1; 1 where there was nothing to get wrong."""
        return self.right / self.of if self.of else 1.0


def f1(p: float, r: float) -> float:
    """The harmonic mean, 0 when both are."""
    return 2 * p * r / (p + r) if p + r else 0.0
