"""Version, size and tier behind a model's name: "Ostra 3.7 Pro", "Linmo-R1-0528", "林墨 1.5 Pro"."""

from __future__ import annotations

import re

from distillwatch.nlp.names.lexicon import NameWords

DASH = "-‐‑–_"
SIZE = r"\d+(?:\.\d+)?[BTMbtm](?![A-Za-z0-9])|\d+x\d+(?:\.\d+)?[Bb]|A\d+(?:\.\d+)?[Bb]"
LETTERED = r"[A-Za-z]{1,2}\d+(?:\.\d+)*[a-z]?"
NUMBER = r"[vV]?\d+(?:\.\d+)*[a-z]?"
UNIT = re.compile(
    rf"(?P<size>{SIZE})|(?P<lettered>{LETTERED})|(?P<number>{NUMBER})|(?P<letter>[A-Z](?= \d))|(?P<word>[A-Za-z]+)"
)
CHAIN = re.compile(r"(?:[-‑](?:[A-Z0-9]|v\d)[\w.]*)+(?<!\.)")
LARGEST = 20  # a plain number above it is no version but a count or a glued figure ("Ostra57 related articles")
YEAR = re.compile(r"(?:19|20)\d\d")
FOLLOWS = re.compile(rf"[ \u00a0{DASH}]?(?P<word>[^\W\d_]+)|(?P<thousand>,\d{{3}}|[%°$€])|(?P<date>\s?[年月日分次])")


class Versions:
    """Reads the version that follows a stem."""

    def __init__(self, words: NameWords) -> None:
        """`words` names the tiers, and the nouns that make a number a count."""
        self._tiers = words.tiers
        self._lower = frozenset(tier.casefold() for tier in words.tiers)
        self._counted = words.counted
        self._counted_always = words.counted - words.served
        self._quarters = words.quarters

    def end(self, text: str, stem_end: int, limit: int, *, strict: bool = False, known: bool = False) -> int:
        """Where the version after the stem ends; `stem_end` where there is none.

        `strict`: the stem is a company's name, so a plain number or a tier alone makes no model of it.
        `known`: the stem is itself a version already, and what follows refines it.
        """
        end, first, numbered = stem_end, True, known
        while end < limit:
            gap = text[end] if text[end] in f" \u00a0{DASH}" else ""
            unit = UNIT.match(text, end + len(gap), limit)
            if unit is None or not self._fits(unit, gap, text, limit, strict and first, numbered, first):
                break
            numbered = numbered or unit.lastgroup != "word"
            end, first = unit.end(), False
        return end if strict else max(end, self._chained(text, stem_end, limit))

    def _chained(self, text: str, stem_end: int, limit: int) -> int:
        """The end of a hyphenated build that names two families ("Linmo-R1-Ostra-70B"); it ends in a size or tier."""
        chain = CHAIN.match(text, stem_end, limit)
        end = chain.end() if chain else stem_end
        while end > stem_end:
            last = max(text.rfind("-", stem_end, end), text.rfind("‑", stem_end, end))
            unit = UNIT.fullmatch(text, last + 1, end)
            if unit is not None and (unit.lastgroup != "word" or unit[0] in self._tiers):
                return end
            end = last
        return stem_end

    def _fits(
        self, unit: re.Match[str], gap: str, text: str, limit: int, strict: bool, numbered: bool, first: bool
    ) -> bool:
        raw, kind = unit[0], unit.lastgroup
        if kind == "letter":
            return gap == " " and not strict
        if unit.end() < limit and (text[unit.end()].isalnum() and text[unit.end()].isascii()):
            return False
        if kind == "word":
            return not strict and self._is_tier(raw, gap, numbered)
        if raw in self._quarters or (gap == "" and kind != "number"):
            return False
        if kind == "number" and gap == " " and self.counts(text, unit.end(), limit):
            return False
        if kind == "number" and raw.isdigit():
            if YEAR.fullmatch(raw) and gap not in DASH:
                return False
            if strict:
                return False
            if int(raw) > LARGEST and (gap not in DASH or gap == "" or len(raw) < 3):
                return False
        if kind == "number" and strict and gap == "":
            return False
        if kind == "lettered" and not first and gap == " ":
            return False
        return not (kind == "lettered" and raw[0].islower() and gap != "-" and raw[0] != "v")

    def _is_tier(self, raw: str, gap: str, numbered: bool) -> bool:
        if gap == "":
            return False
        if raw in self._tiers:
            return True
        return (
            raw in self._lower
            and (gap != " " or numbered)
            and (gap != " " or raw in ("mini", "nano", "pro", "turbo", "max"))
        )

    def counts(self, text: str, at: int, limit: int, *, registered: bool = False) -> bool:
        """Whether the number counts what follows: "Ostra 3 times", "Ostra 2,000 users".

        `registered`: there is a version of that number, and "Ostra 3 accounts" are accounts of it.
        """
        following = FOLLOWS.match(text, at, limit)
        counted = self._counted_always if registered else self._counted
        return following is not None and (following["word"] is None or following["word"].casefold() in counted)
