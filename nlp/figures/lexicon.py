"""The figure words of one language, compiled from `lexicon/quantities.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from distillwatch.quantities import Approx
from distillwatch.topic import bundled

LANGUAGES = ("en", "fr", "de", "es", "zh", "ja")
WITHOUT_SPACES = frozenset({"zh", "ja"})
# Dimensions that are recognised so that they are not taken for something else, and then dropped.
DROPPED = frozenset({"duration", "other"})

_APPROX: tuple[Approx, ...] = ("over", "under", "up_to", "nearly", "about")
_COUNTED_IN_HALVES = 20
_NOTHING = "(?!x)x"


class Lexicon(Struct, frozen=True):
    """All that is known of one language's figures."""

    language: str
    decimal: str
    groups: str
    values: dict[str, tuple[float, float]]  # number words; "a few" is 2 to 9
    scales: dict[str, float]
    suffixes: dict[str, float]
    shares: dict[str, float]  # "half" is 50 percent
    share_of: re.Pattern[str]
    connectors: re.Pattern[str]  # between the two ends of a range that stands alone
    connectors_between: re.Pattern[str]  # after "between"
    between: re.Pattern[str]
    approx_before: re.Pattern[str]  # groups named as the approximations
    approx_behind: re.Pattern[str]
    units: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]  # name, behind, before
    any_unit: re.Pattern[str]  # matches where one of those behind does
    dimensions: dict[str, str]
    symbols: tuple[tuple[str, str], ...]  # currency, expression
    currencies: tuple[tuple[str, re.Pattern[str]], ...]
    per: re.Pattern[str]
    per_before: re.Pattern[str]
    periods: dict[str, str]
    numbering: re.Pattern[str]
    breakers: frozenset[str]
    model_behind: re.Pattern[str]


@cache
def lexicon(language: str) -> Lexicon:
    """The compiled words of a language; raises KeyError for one that has none."""
    file = bundled("vocabulary") / "lexicon" / "quantities.toml"
    everything = tomllib.loads(file.read_text(encoding="utf-8"))
    table, spaced = everything[language], language not in WITHOUT_SPACES
    edge = r"\b" if spaced else ""
    units = tuple(_units(everything["units"], table, language, spaced=spaced))
    return Lexicon(
        language=language,
        decimal=table.get("decimal", "."),
        groups=table.get("groups", ","),
        values=_values(table),
        scales={word.lower(): float(value) for word, value in table.get("scales", {}).items()},
        suffixes={word: float(value) for word, value in table.get("suffixes", {}).items()},
        shares={word.lower(): float(value) for word, value in table.get("shares", {}).items()},
        share_of=re.compile(table.get("share_of", "")),
        connectors=re.compile(table["to_open"]),
        connectors_between=re.compile(f"{table['to']}|{table.get('and', _NOTHING)}"),
        between=re.compile(rf"(?i:{edge}(?:{table.get('between', _NOTHING)}))\s?$"),
        approx_before=re.compile(rf"(?i:{'(?<!' + chr(92) + 'w)' if spaced else ''}(?:{_named(table, '')}))\s?$"),
        approx_behind=re.compile(rf"(?i:{_named(table, '_behind')})"),
        units=units,
        any_unit=re.compile("|".join(behind.pattern for _, behind, _ in units)),
        dimensions={name: fields["dimension"] for name, fields in everything["units"].items()},
        symbols=tuple((code, row["symbol"]) for code, row in everything["currencies"].items() if "symbol" in row),
        currencies=tuple(_currencies(everything["currencies"], language)),
        per=re.compile(rf"(?i:\s?(?:{table.get('per', _NOTHING)}))"),
        per_before=re.compile(rf"(?:{table.get('per_before', _NOTHING)})\s?$"),
        periods=dict(table.get("periods", {})),
        numbering=re.compile(rf"(?i:{edge}(?:{table['numbering']}))[\s ]?$"),
        breakers=frozenset(table.get("breakers", "").split("|")),
        model_behind=re.compile(table.get("model_behind", _NOTHING)),
    )


def _values(table: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    counted = {word: (float(value), float(value)) for word, value in table.get("numbers", {}).items()}
    vague = {word: (float(low), float(high)) for word, (low, high) in table.get("vague", {}).items()}
    halves = {  # "six and a half"
        f"{word} {half}": (low + 0.5, high + 0.5)
        for half in table.get("halves", ())
        for word, (low, high) in counted.items()
        if 0 < low < _COUNTED_IN_HALVES
    }
    return {word.lower(): value for word, value in {**counted, **halves, **vague}.items()}


def _named(table: Mapping[str, Any], ending: str) -> str:
    parts = [f"(?P<{approx}>{table[approx + ending]})" for approx in _APPROX if approx + ending in table]
    return "|".join(parts) or _NOTHING


def _units(
    units: Mapping[str, Mapping[str, str]], table: Mapping[str, Any], language: str, *, spaced: bool
) -> Iterable[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    for name, fields in units.items():
        words = fields.get(language, _NOTHING)
        before = fields.get(f"{language}_before", _NOTHING)
        if spaced:
            yield name, re.compile(rf"(?i:{words})(?!\w)"), re.compile(_NOTHING)
        else:
            yield name, re.compile(words), re.compile(rf"(?:{before}|(?:{words}))(?:共计?|达到?|约|約)?$")


def _currencies(table: Mapping[str, Mapping[str, str]], language: str) -> Iterable[tuple[str, re.Pattern[str]]]:
    for code, fields in table.items():
        if language in fields:
            yield code, re.compile(rf"[\s  -]?(?:(?:de|d[’'])\s?)?(?:{fields[language]})")
