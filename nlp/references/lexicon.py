"""The words that point back, compiled for one language each from `lexicon/references.toml`."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from distillwatch.topic import Vocabulary


class Heads(Struct, frozen=True):
    """Descriptions of one kind: a pattern with groups `mods`, `head`, `trail`, and the facts that a head asks for."""

    kind: str
    pattern: re.Pattern[str]
    asks: dict[str, frozenset[str]]


class PointingWords(Struct, frozen=True):
    """The pointing words of one language; a pattern that the language lacks is None."""

    heads: tuple[Heads, ...]
    possessive: re.Pattern[str] | None  # "its new model": group `head`
    owned: re.Pattern[str] | None  # behind an owner's name: "'s new model", " model": group `head`
    counted: re.Pattern[str] | None
    numbers: dict[str, int]
    its: re.Pattern[str] | None
    model_has: re.Pattern[str] | None  # behind "its": what a model has and a company has not
    he: re.Pattern[str] | None
    she: re.Pattern[str] | None
    they: re.Pattern[str] | None
    ordered: re.Pattern[str] | None  # "the former", "the latter": group `which`
    stop: frozenset[str]
    attributes: re.Pattern[str]  # how a model is built, which tells it from none that the text names


def load_pointing(vocabulary: Vocabulary) -> tuple[dict[str, PointingWords], dict[str, str]]:
    """(pointing words by language, country by adjective)."""
    table = vocabulary.lexicon("references")
    countries = {word: country for country, words in table.pop("demonyms").items() for word in words.split()}
    return {language: _language(rows, language) for language, rows in table.items()}, countries


def _language(rows: dict[str, Any], language: str) -> PointingWords:
    models = "|".join(map(re.escape, rows["heads"].get("model", {})))
    possessive = rows.get("possessive")
    goes_on = _goes_on(rows)
    return PointingWords(
        heads=tuple(_heads(rows, kind, heads, language) for kind, heads in rows["heads"].items()),
        possessive=re.compile(rf"{possessive} (?P<head>{models})\b{goes_on}") if possessive else None,
        owned=re.compile(
            rf"(?:['’]s|['’])?(?: (?:new|latest|own|flagship|next|first|older|language|AI"
            rf"|reasoning|large|closed)){{0,8}} "
            rf"(?P<head>{models})\b{goes_on}"
        )
        if possessive
        else None,
        counted=_maybe(rows, "counted"),
        numbers=rows.get("numbers", {}),
        its=re.compile(f"{rows['its']}|{rows['it_acts']}") if "its" in rows else None,
        model_has=_maybe(rows, "model_has"),
        he=_maybe(rows, "he"),
        she=_maybe(rows, "she"),
        they=_maybe(rows, "they_act"),
        ordered=_maybe(rows, "ordered"),
        stop=frozenset(rows.get("stop", "").split()),
        attributes=re.compile(rows.get("attributes", "(?!)"), re.IGNORECASE),
    )


def _heads(rows: dict[str, Any], kind: str, heads: dict[str, str], language: str) -> Heads:
    words = "|".join(map(re.escape, sorted(heads, key=len, reverse=True)))
    if kind == "agency" and language == "en":  # "by the Office"
        words = rf"(?i:{words})"
    gap = "" if language in ("zh", "ja") else " ?" if language == "fr" else " "
    border = "" if language in ("zh", "ja") else r"\b"
    pattern = re.compile(
        rf"{rows['the']}(?P<mods>{rows['modifiers']}){gap}(?P<head>{words}){border}"
        rf"(?P<trail>{rows.get('trailing', '')}){_goes_on(rows)}"
    )
    return Heads(kind, pattern, {head: frozenset(asked.casefold().split()) for head, asked in heads.items()})


def _goes_on(rows: dict[str, Any]) -> str:
    """A description that goes on to say which one is meant introduces somebody; it does not point back."""
    words = rows.get("goes_on", "")
    return rf"(?! (?:{words})\b)" if words else ""


def _maybe(rows: dict[str, Any], name: str) -> re.Pattern[str] | None:
    return re.compile(rows[name]) if rows.get(name) else None
