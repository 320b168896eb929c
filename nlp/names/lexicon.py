"""What the name finder knows of words, read from the vocabulary: versions, everyday words, and cues by language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, get_args

from msgspec import Struct

from distillwatch.errors import TopicInvalid
from distillwatch.prefilter import Prefilter
from distillwatch.records import EntityKind
from distillwatch.topic import Vocabulary

KINDS = frozenset((*get_args(EntityKind), "place"))  # a place is no entity, but a name may show that it is one
LANGUAGES = ("en", "fr", "de", "es", "zh", "ja")


class Cue(Struct, frozen=True):
    """One piece of evidence: a name with `pattern` on that `side` is worth `kinds`."""

    side: Literal["left", "right"]
    kinds: dict[str, float]
    why: str
    pattern: re.Pattern[str]


class Cues:
    """The cues of one language, by side, of which only those are tried that a context can match."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        """In the order in which they are to be tried."""
        self._by_side = {side: [cue for cue in cues if cue.side == side] for side in ("left", "right")}
        self._possible = {side: Prefilter(cue.pattern for cue in found) for side, found in self._by_side.items()}

    def seen(self, side: Literal["left", "right"], context: str) -> Iterator[Cue]:
        """The cues of one side that the words there match."""
        cues = self._by_side[side]
        for at in self._possible[side].possible(context):
            pattern = cues[at].pattern
            if (pattern.search(context) if side == "left" else pattern.match(context)) is not None:
                yield cues[at]


class Shape(Struct, frozen=True):
    """A pattern with a group `name` that votes for a kind."""

    kind: str
    votes: float
    why: str
    pattern: re.Pattern[str]


class Relations(Struct, frozen=True):
    """What stands between two names of which one owns or employs the other; None where a language has no pattern."""

    owner_first: re.Pattern[str] | None = None
    owner_last: re.Pattern[str] | None = None
    employer_first: re.Pattern[str] | None = None
    employer_last: re.Pattern[str] | None = None


class Ambiguous(Struct, frozen=True):
    """Names with a common meaning, and what tells the two meanings apart."""

    given: frozenset[str]
    words: frozenset[str]
    stems: frozenset[str]
    field: re.Pattern[str]
    elsewhere: dict[str, re.Pattern[str]]


class NameWords(Struct, frozen=True):
    """The lexicon `names.toml` with its cues by language, compiled."""

    tiers: frozenset[str]
    counted: frozenset[str]
    served: frozenset[str]
    quarters: frozenset[str]
    not_names: frozenset[str]
    designators: frozenset[str]
    titles: frozenset[str]
    calendar: frozenset[str]
    function_words: frozenset[str]
    places: frozenset[str]
    long_places: tuple[str, ...]
    given_names: frozenset[str]
    surnames_zh: str
    surnames_latin: frozenset[str]  # East Asian surnames in Latin letters, which stand before the given name
    ambiguous: Ambiguous
    company_ends: frozenset[str]
    company_starts: frozenset[str]
    legal_forms: frozenset[str]
    group_ends: frozenset[str]
    product_ends: frozenset[str]
    outlet_words: frozenset[str]
    forms: dict[str, str]
    cues: dict[str, Cues]
    patterns: dict[str, dict[str, tuple[str, ...]]]  # language → kind of form → patterns with a group `name`
    relations: dict[str, Relations]
    shapes: dict[str, tuple[Shape, ...]]  # language → patterns for names in scripts without capitals
    stop_noun_ends: dict[str, re.Pattern[str]]  # language → endings of such nouns, any case; never matches without
    stop_nouns: dict[str, frozenset[str]]  # language → capitalised nouns that stand before names
    owned: dict[str, tuple[dict[str, Any], ...]]  # language → what an owner may have that is an entity itself


def load_words(vocabulary: Vocabulary) -> NameWords:
    """Read `lexicon/names.toml` and `lexicon/names_<language>.toml`. Raises TopicInvalid naming the file."""
    table = vocabulary.lexicon("names")
    by_language = {language: vocabulary.lexicon(f"names_{language}") for language in LANGUAGES}
    ambiguous, forms = table["ambiguous"], table["forms"]
    return NameWords(
        tiers=frozenset(table["tiers"].split()),
        counted=frozenset(table["counted"].split()),
        served=frozenset(table["served"].split()),
        quarters=frozenset(table["quarters"].split()),
        not_names=frozenset(table["not_names"].split()),
        designators=frozenset(table["designators"].split()),
        titles=frozenset(table["titles"].split()),
        calendar=frozenset(table["calendar"].split()),
        function_words=frozenset(table["function_words"].split()),
        places=frozenset(table["places"].split()),
        long_places=tuple(place.strip() for place in table["long_places"].split(";") if place.strip()),
        given_names=frozenset((*table["given_names"].split(), *ambiguous["given"])),
        surnames_zh=table["surnames_zh"],
        surnames_latin=frozenset(table["surnames_latin"].split()),
        ambiguous=Ambiguous(
            given=frozenset(ambiguous["given"]),
            words=frozenset(ambiguous["words"]),
            stems=frozenset(ambiguous["stems"]),
            field=any_word(ambiguous["field_words"].split()),
            elsewhere={word: re.compile(rf"\b(?:{p})\b", re.IGNORECASE) for word, p in ambiguous["elsewhere"].items()},
        ),
        company_ends=frozenset(forms["company_ends"].split()),
        company_starts=frozenset(forms["company_starts"].split()),
        legal_forms=frozenset(forms["legal_forms"].split()),
        group_ends=frozenset(forms["group_ends"].split()),
        product_ends=frozenset(forms["product_ends"].split()),
        outlet_words=frozenset(forms["outlet_words"].split()),
        forms={name: value for name, value in forms.items() if isinstance(value, str)},
        cues={language: Cues(_cues(rows, language)) for language, rows in by_language.items()},
        patterns={
            language: {kind: tuple(patterns) for kind, patterns in rows.get("forms", {}).items()}
            for language, rows in by_language.items()
        },
        relations={
            language: Relations(**{name: re.compile(pattern) for name, pattern in rows.get("relations", {}).items()})
            for language, rows in by_language.items()
        },
        shapes={language: tuple(_shapes(rows, table["surnames_zh"])) for language, rows in by_language.items()},
        stop_noun_ends={
            language: re.compile(rows.get("stop_noun_ends", "(?!)"), re.IGNORECASE)
            for language, rows in by_language.items()
        },
        stop_nouns={language: frozenset(rows.get("stop_nouns", "").split()) for language, rows in by_language.items()},
        owned={language: tuple(rows.get("owned", ())) for language, rows in by_language.items()},
    )


def any_word(words: list[str]) -> re.Pattern[str]:
    """A pattern for any of the words; those of scripts without word borders anywhere, the others as whole words."""
    west = "|".join(re.escape(w) for w in words if w.isascii() or w[0].isascii())
    other = "|".join(re.escape(w) for w in words if not (w.isascii() or w[0].isascii()))
    return re.compile("|".join(filter(None, (rf"\b(?:{west})\b" if west else "", other))))


def _cues(rows: dict[str, Any], language: str) -> list[Cue]:
    parts: dict[str, str] = rows.get("parts", {})
    cues = []
    for row in rows.get("cue", []):
        unknown = set(row["kinds"]) - KINDS
        if unknown or row["side"] not in ("left", "right"):
            raise TopicInvalid(f"lexicon/names_{language}.toml: the cue {row['why']!r} names {unknown or row['side']}")
        joined = "|".join(_filled(pattern, parts) for pattern in row["any"])
        try:
            pattern = re.compile(f"(?:{joined})")
        except re.error as error:
            raise TopicInvalid(f"lexicon/names_{language}.toml: the cue {row['why']!r}: {error}") from error
        cues.append(Cue(row["side"], row["kinds"], row["why"], pattern))
    return cues


def _shapes(rows: dict[str, Any], surnames: str) -> list[Shape]:
    parts: dict[str, str] = {**rows.get("parts", {}), "surname": f"[{surnames}]"}
    return [
        Shape(row["kind"], row["votes"], row["why"], re.compile(_filled(pattern, parts)))
        for row in rows.get("shape", [])
        for pattern in row["any"]
    ]


def _filled(pattern: str, parts: dict[str, str]) -> str:
    """The pattern with its parts; blind to case unless it asks for a capital or begins with an equals sign."""
    for name, part in parts.items():
        pattern = pattern.replace("{" + name + "}", part)
    if pattern.startswith("="):
        return pattern[1:]
    return pattern if "[A-Z]" in pattern else f"(?i:{pattern})"
