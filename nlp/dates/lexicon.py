"""The date rules of one language, compiled from `lexicon/dates.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal

from msgspec import Struct

from distillwatch.dates import Bound
from distillwatch.prefilter import Prefilter
from distillwatch.topic import bundled

FALLBACK = "en"
LANGUAGES = ("en", "fr", "de", "es", "zh", "ja")
WITHOUT_SPACES = frozenset({"zh", "ja"})

_PARTS = ("early", "mid", "middle", "late", "end")
_SEASONS = ("spring", "summer", "autumn", "winter")
_UNITS = ("day", "week", "month", "quarter", "year")
_YEARS = {"last_year": -1, "this_year": 0, "next_year": 1}
_CJK_DIGITS = "[0-9一二三四五六七八九十]"
_CJK_DAY = "3[01]|[12]\\d|0?[1-9]|三十一?|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九]"
# Slots that are the same in every language; a 2 after the name gives the second of a pair its own group.
_SHARED = {
    "year": r"(?P<year>(?:19|20)\d\d)",
    "day": r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)",
    "month_number": r"(?P<month_number>1[0-2]|0?[1-9])",
    "cjk_month": rf"(?P<month_number>(?<!{_CJK_DIGITS})(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]))",
    "cjk_day": rf"(?P<day>(?<!{_CJK_DIGITS})(?:{_CJK_DAY}))",
    "q": "(?P<q>[1-4])",
    "h": "(?P<q>[12])",
}
# Written the same way everywhere.
_UNIVERSAL = (
    {"form": "day", "regex": r"{year}-(?P<month_number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"},
    {
        "form": "day",
        "regex": r"{year}[/.](?P<month_number>0?[1-9]|1[0-2])[/.](?P<day>0?[1-9]|[12]\d|3[01])(?![\d/.]\d)",
    },
)


class Rule(Struct, frozen=True):
    """One way to write a date: `form` names how it is resolved."""

    form: str
    regex: re.Pattern[str]
    step: int | None = None
    unit: str = ""
    part: str = ""


class Cue(Struct, frozen=True):
    """Words beside a date that leave one of its ends open."""

    bound: Bound
    side: Literal["before", "behind"]
    regex: re.Pattern[str]


class Lexicon(Struct, frozen=True):
    """All that is known of one language's dates."""

    language: str
    rules: tuple[Rule, ...]
    prefilter: Prefilter  # of the rules
    words: dict[str, tuple[tuple[Any, re.Pattern[str]], ...]]  # slot → (value, words for it)
    tense: re.Pattern[str]  # groups "past" and "future"
    future_behind: re.Pattern[str] | None
    past_before: re.Pattern[str] | None  # "since" is never said of what is to come
    cues: tuple[Cue, ...]

    def value(self, slot: str, text: str) -> Any:
        """What a captured word stands for ("März" → 3); raises KeyError for a word that the slot does not have."""
        for value, pattern in self.words[slot]:
            if pattern.fullmatch(text):
                return value
        raise KeyError(f"{text!r} is no {slot} of {self.language}")


@cache
def lexicon(language: str) -> Lexicon:
    """The compiled rules of a language; raises KeyError for one that has none."""
    file = bundled("vocabulary") / "lexicon" / "dates.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))[language]
    lists = _lists(table)
    slots = {**_SHARED, **{slot: _group(slot, lists[slot]) for slot in lists}}
    slots["any_weekday"] = _group("weekday", [*lists["weekday"], *enumerate(table.get("weekdays_short", ()))])
    lists["weekday"] += enumerate(table.get("weekdays_short", ()))
    slots["n"] = rf"(?P<n>\d{{1,3}}|{_any(words for _, words in lists['n'])})"
    slots["part"] = f"(?P<part>{_any(words for _, words in lists['part'])})"
    spaced = language not in WITHOUT_SPACES
    rules = tuple(_rule(raw, slots, spaced=spaced) for raw in (*_UNIVERSAL, *table["rules"]))
    return Lexicon(
        language=language,
        rules=rules,
        prefilter=Prefilter(rule.regex for rule in rules),
        words={slot: tuple((value, re.compile(words, re.I)) for value, words in lists[slot]) for slot in lists},
        tense=re.compile(f"(?P<future>{table['future']})|(?P<past>{table['past']})"),
        future_behind=re.compile(table["future_behind"]) if "future_behind" in table else None,
        past_before=re.compile(table["past_before"]) if "past_before" in table else None,
        cues=tuple(_cues(table)),
    )


def _lists(table: Mapping[str, Any]) -> dict[str, list[tuple[Any, str]]]:
    words = table["words"]
    return {
        "month": list(enumerate(table["months"], start=1)),
        "weekday": list(enumerate(table["weekdays"])),
        "n": [(int(value), form) for value, form in table["numbers"].items()],
        "ordinal": [(int(value), form) for value, form in table["ordinals"].items()],
        "half": list(enumerate(table.get("halves", ()), start=1)),
        "season": [(name, words[name]) for name in _SEASONS],
        "part": [(name, words[name]) for name in _PARTS],
        "unit": [(name, words[name]) for name in _UNITS],
        "relyear": [(step, words[name]) for name, step in _YEARS.items()],
    }


def _group(slot: str, entries: list[tuple[Any, str]]) -> str:
    return f"(?P<{slot}>{_any(words for _, words in entries)})"


def _any(alternatives: Iterable[str]) -> str:
    # Longest first, so that "十一" is not read as "十" and a full name not as its abbreviation.
    return "|".join(sorted(alternatives, key=len, reverse=True))


def _rule(raw: Mapping[str, Any], slots: Mapping[str, str], *, spaced: bool) -> Rule:
    used: Counter[str] = Counter()

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        used[name] += 1
        # A slot that stands in two alternatives of one rule needs two group names: "year" and "year__2".
        suffix = name[-1] * name.endswith("2") + (f"__{used[name]}" if used[name] > 1 else "")
        return re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>{suffix}>", slots[name.removesuffix("2")], count=1)

    body = re.sub(r"\{([a-z_]+2?)\}", fill, raw["regex"])
    edges = (r"(?<![\w$€£#/@])(?<!\w[.-])", r"(?!\w)") if spaced else (r"(?<![\d.$])", "")
    return Rule(
        form=raw["form"],
        regex=re.compile(f"{edges[0]}(?:{body}){edges[1]}"),
        step=raw.get("step"),
        unit=raw.get("unit", ""),
        part=raw.get("part", ""),
    )


def _cues(table: Mapping[str, Any]) -> Iterable[Cue]:
    bounds: tuple[Bound, ...] = ("since", "until", "after", "before")
    for bound in bounds:
        if bound in table:
            yield Cue(bound, "before", re.compile(table[bound]))
        if f"{bound}_behind" in table:
            yield Cue(bound, "behind", re.compile(table[f"{bound}_behind"]))
