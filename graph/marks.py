"""Words in the evidence that settle the scope of a statement, read from the vocabulary's `compare` lexicon.

Extraction gives the frame of a statement; whether a use was "the only one", a denial covers the past, or a plan was
moved stands in a word beside it. The rules ask for such words here and never spell them out themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from distillwatch.errors import TopicInvalid
from distillwatch.records import EntityKind

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # scripts without spaces between words


class Opposites(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that shut each other out when said of the same thing."""

    one: list[str]
    other: list[str]


class Genus(Struct, frozen=True, forbid_unknown_fields=True):
    """What a definition may rest on, and the words before it by which a definition excludes it."""

    name: str
    words: list[str]
    denied_by: list[str] = []
    set_apart: list[str] = []  # the words behind it that do so: "copying weights is something else"


class Reckoning(Struct, frozen=True, forbid_unknown_fields=True):
    """How a language puts figures that one can reckon with in a sentence; see `reckoning`."""

    kind: Literal["share", "difference"]
    language: str
    pattern: str


class Lexicon(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `lexicon/compare.toml`; what each table is for stands there."""

    marks: dict[str, list[str]]
    roles: dict[str, list[str]]
    artefacts: dict[str, list[str]]
    terms: dict[str, list[str]]
    expenses: dict[str, list[str]]
    units: dict[str, list[str]]
    regions: dict[str, list[str]]
    chambers: dict[str, list[str]] = {}
    seats: dict[str, list[EntityKind]] = {}
    votes: list[str] = []
    currencies: list[str] = []
    receiver: dict[str, list[str]] = {}
    opposites: list[Opposites] = []
    genus: list[Genus] = []
    percent: list[str] = []
    reckoning: list[Reckoning] = []


class Marks:
    """The compiled lexicon. Answers are kept, because one sentence is asked about in many pairs."""

    def __init__(self, lexicon: Mapping[str, object]) -> None:
        try:
            words = msgspec.convert(lexicon, Lexicon)
        except msgspec.ValidationError as error:
            raise TopicInvalid(f"lexicon/compare.toml: {error}") from error
        self._marks = {name: _compiled(found) for name, found in words.marks.items()}
        tables = {
            "roles": words.roles,
            "artefacts": words.artefacts,
            "terms": words.terms,
            "expenses": words.expenses,
            "chambers": words.chambers,
        }
        self._classes = {
            table: {name: _compiled(found) for name, found in classes.items()} for table, classes in tables.items()
        }
        self._words = {(table, name): found for table, classes in tables.items() for name, found in classes.items()}
        self._words |= {("marks", name): found for name, found in words.marks.items()}
        self._units = {word: name for name, found in words.units.items() for word in found}
        self._votes = [_expression(pattern.strip("/"), re.IGNORECASE) for pattern in words.votes]
        self._seats = words.seats
        percent = f"(?P<percent>{'|'.join(words.percent) or '(?!)'})"
        self.reckonings = tuple(replace(r, pattern=r.pattern.replace("%%", percent)) for r in words.reckoning)
        for one in self.reckonings:
            _expression(re.sub(r"\{[a-z]\}", "0", one.pattern))
        self._currencies = frozenset(words.currencies)
        self._opposites = [(_compiled(pair.one), _compiled(pair.other)) for pair in words.opposites]
        self._genera = [
            (
                genus.name,
                _compiled(genus.words),
                _compiled(genus.denied_by) if genus.denied_by else None,
                _compiled(genus.set_apart) if genus.set_apart else None,
            )
            for genus in words.genus
        ]
        self._region = {language: name for name, languages in words.regions.items() for language in languages}
        self._receiver = [_expression(pattern.strip("/")) for pattern in words.receiver.get("words", [])]
        self._answers: dict[tuple[str, str], bool] = {}
        self._followed: dict[tuple[str, str], re.Pattern[str]] = {}

    def has(self, mark: str, text: str) -> bool:
        """Whether `text` holds a word of the mark."""
        key = (mark, text)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = self._mark(mark).search(text) is not None
        return answer

    def followed(self, mark: str, rest: str) -> re.Pattern[str]:
        """A word of the mark with what follows it, given as an expression: "not" and a figure close behind it."""
        key = (mark, rest)
        if key not in self._followed:
            self._followed[key] = _expression(f"(?:{self._mark(mark).pattern}){rest}", re.IGNORECASE)
        return self._followed[key]

    def _mark(self, name: str) -> re.Pattern[str]:
        """The words of a mark. Raises TopicInvalid for one that the lexicon lacks: silence would be taken for a no."""
        if name not in self._marks:
            raise TopicInvalid(f"lexicon/compare.toml: [marks] has no {name!r}, which a rule asks for; add its words")
        return self._marks[name]

    def words(self, name: str, table: str = "marks") -> list[str]:
        """The entries of a mark or class as they stand in the lexicon, none for a name that it lacks."""
        return self._words.get((table, name), [])

    def classes(self, table: str, text: str) -> frozenset[str]:
        """Names of the classes of a table ("roles", "artefacts", "expenses") whose words stand in `text`."""
        return frozenset(name for name, pattern in self._classes[table].items() if pattern.search(text))

    def unit(self, unit: str) -> str:
        """The dimension that a unit word counts: its synonyms share one name, others are their own."""
        return self._units.get(unit, unit)

    def vote(self, text: str) -> tuple[int, int] | None:
        """Votes for and against, as the text gives them; None where it gives none or several."""
        found = {(int(m[1]), int(m[2])) for vote in self._votes for m in vote.finditer(text)}
        return found.pop() if len(found) == 1 else None

    def currency(self, unit: str) -> bool:
        """Whether a unit is money of some country."""
        return unit in self._currencies

    def seats(self, given: str, evidence: str, kind: str) -> frozenset[str]:
        """The posts of which a house of that kind has one, named by a role or, where none is given, by the evidence."""
        held = self.classes("roles", given) or self.classes("roles", evidence)
        return frozenset(post for post in held if kind in self._seats.get(post, ()))

    def opposed(self, a: str, b: str) -> tuple[str, str] | None:
        """A word of `a` and one of `b` that shut each other out, each standing in its own text only."""
        for one, other in self._opposites:
            for left, right in ((one, other), (other, one)):
                in_a, in_b = left.search(a), right.search(b)
                if in_a and in_b and not right.search(a) and not left.search(b):
                    return in_a.group(), in_b.group()
        return None

    def genera(self, text: str) -> tuple[str, ...]:
        """What a definition rests on, leaving out what it names only to exclude it ("without copying the weights")."""
        return tuple(
            name
            for name, pattern, denied, apart in self._genera
            if (found := pattern.search(text))
            and not (denied and denied.search(text[: found.start()]))
            and not (apart and apart.match(text[found.end() :]))
        )

    def receiver(self, text: str) -> str:
        """The name of the receiver of a letter, as the text gives it; "" where it gives none."""
        found = next(filter(None, (pattern.search(text) for pattern in self._receiver)), None)
        return found.group(1) if found else ""

    def region(self, language: str) -> str:
        """The part of the world whose clock the readers of a language mostly live by; "" when unknown."""
        return self._region.get(language[:2], "")


def _compiled(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words; none at all would stand in every sentence."""
    found = "|".join(pattern(word) for word in words)
    if not found:
        raise TopicInvalid("lexicon/compare.toml: a list of words is empty; put words into it or take it out")
    return _expression(found, re.IGNORECASE)


def _expression(found: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    try:
        return re.compile(found, flags)
    except re.error as error:
        raise TopicInvalid(f"lexicon/compare.toml: {found!r} is no regular expression: {error}") from error


def pattern(word: str) -> str:
    """One entry of the lexicon as a regular expression."""
    if len(word) > 2 and word.startswith("/") and word.endswith("/"):
        return f"(?:{word[1:-1]})"
    body = r"\w*".join(re.escape(part) for part in word.split("*")).replace("'", "['’]")
    return body if _WIDE.search(word) else rf"(?<!\w){body}(?!\w)"
