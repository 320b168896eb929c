"""The words that one expression captured, as values, beside its surroundings."""

from __future__ import annotations

from distillwatch.nlp.dates.context import Surroundings
from distillwatch.nlp.dates.lexicon import Lexicon
from distillwatch.nlp.dates.scan import Hit
from distillwatch.nlp.numerals import small_number


class Reader:
    """The captured words of one expression, as values, beside its surroundings."""

    def __init__(self, hit: Hit, around: Surroundings, lexicon: Lexicon) -> None:
        self.hit, self.around, self.lexicon = hit, around, lexicon
        self.step = hit.rule.step

    def get(self, slot: str) -> str | None:
        """The words captured for a slot."""
        return self.hit.groups.get(slot)

    def number(self, slot: str) -> int | None:
        """A captured number, in digits or words."""
        words = self.get(slot)
        if words is None:
            return None
        value = small_number(words)
        return int(self.lexicon.value("n", words)) if value is None else value

    def month(self, which: str = "") -> int | None:
        """A captured month, by name or number."""
        name = self.get(f"month{which}")
        return self.lexicon.value("month", name) if name else self.number(f"month_number{which}")

    def part(self) -> str:
        """Which part of the period is meant."""
        words = self.get("part")
        return self.lexicon.value("part", words) if words else self.hit.rule.part

    def unit(self) -> str:
        """The calendar unit that is counted."""
        words = self.get("unit")
        return self.lexicon.value("unit", words) if words else self.hit.rule.unit

    def year(self, which: str = "") -> int | None:
        """A captured year, or one named relative to publication ("last year")."""
        words = self.get(f"year{which}")
        if words:
            return int(words)
        relative = self.get(f"relyear{which}")
        if relative and self.around.published:
            return self.around.published.year + int(self.lexicon.value("relyear", relative))
        return None

    @property
    def unplaced(self) -> bool:
        """Whether a year is named that cannot be placed for want of a publication date."""
        return bool(self.get("relyear")) and self.around.published is None
