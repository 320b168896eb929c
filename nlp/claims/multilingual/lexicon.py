"""The patterns of one language, compiled from `lexicon/claims_<language>.toml` and `claims_<language>_typed.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from distillwatch.errors import TopicInvalid
from distillwatch.records import Hedge, SpeechAct
from distillwatch.topic import Vocabulary

Scope = Literal["all", "after", "before"]

# A placeholder is ⟦, the letter of its kind, its number, ⟧.
LETTERS = {
    "company": "c",
    "model": "m",
    "person": "p",
    "agency": "a",
    "policy": "l",
    "product": "t",
    "outlet": "o",
    "group": "g",
    "country": "n",
}
DATE, AMOUNT, BACK, UNKNOWN = "d", "q", "b", "x"
_GAP = 50
_LETTERS = 30
_PARENTHESIS = re.compile(r"\\.|\[(?:\\.|[^\]\\]){1,200}\]|[()]")
_ENDING = re.compile(r"\\w([*+])(?=($| |\\[bs])?)")  # where no letter may follow, none is given back
_NEEDED = re.compile(r"\{[OQ](?::([a-z]+))?\}")  # these slots are never optional


class Frame(Struct, frozen=True):
    """One way to say a predicate: groups V (the verb), O, S, T (a receiver), Q (a figure), L (literal words)
    and K (a list, whose keeper is the subject)."""

    predicate: str
    regex: re.Pattern[str]
    needs: tuple[frozenset[str], ...]  # letters of which the sentence must have one each, or the pattern cannot match
    subjects: str  # letters of what may be the subject
    value: str = ""  # the literal object, where the pattern implies it
    refused: re.Pattern[str] | None = None  # words inside the match that make it something else
    active: bool = False  # not in a passive clause
    denial: bool = False  # its own words are negative, so that they do not negate it
    we: bool = False  # first person without a pronoun: the subject is who speaks
    scheduled: bool = False  # a set date, so that the future tense foretells nothing
    house: bool = False  # the object is the house of who speaks
    author: bool = False  # the subject is who speaks, else whoever the page is by
    maker: bool = False  # the subject is whoever makes the object: "X was released in May"
    noun: bool = False  # its verb is a noun, so that whether the act was done is told by the words around it
    carried: bool = False  # without a subject of its own it goes on about the only one of its kind spoken of last


class Typed(Struct, frozen=True):
    """One predicate told by words alone: the frame's pattern is a cue, and types leave one candidate for each party."""

    frame: Frame
    marks: tuple[re.Pattern[str], ...]  # group O: what is marked as the object
    objects: str  # without marks: letters of which the sentence names one object
    figure: bool  # not without a figure that the predicate can carry


class Attribution(Struct, frozen=True):
    """One way to say who says something; the group A holds who is accused."""

    regex: re.Pattern[str]  # P, N (a name that is no mention), `anon`, `again` (she) or `text` (the statement)
    act: SpeechAct | Literal["says"]
    scope: Scope
    weak: bool = False


class Description(Struct, frozen=True):
    """A pronoun or description that stands for somebody named before."""

    kind: Literal[
        "company",
        "model",
        "policy",
        "person",
        "agency",
        "outlet",
        "two",
        "own",
        "we",
        "ours",
        "contract",
        "house",
        "back",
    ]
    regex: re.Pattern[str]


class Lexicon(Struct, frozen=True):
    """All patterns of one language."""

    language: str
    frames: tuple[Frame, ...]
    typed: tuple[Typed, ...]
    patient: re.Pattern[str]  # group O: a model that somebody else trains, whoever is subject of the sentence
    attributions: tuple[Attribution, ...]
    descriptions: tuple[Description, ...]
    roles: tuple[re.Pattern[str], ...]
    neither: re.Pattern[str] | None  # groups A and B, `pre` or `post` for what stands with both
    negator: str  # what the joined list is negated with, in front of it
    negator_behind: str  # or behind it
    owned: re.Pattern[str] | None  # between a thing and the owner that its name includes
    adjectival: re.Pattern[str] | None  # behind a country that only tells where the next name is from
    joins: re.Pattern[str]  # between the parts of "A, B and C"; group "last" is the conjunction
    oblique: re.Pattern[str]  # in front of a name that is no subject
    heads: re.Pattern[str]  # "the systems of": makes the owner the subject all the same
    subject_behind: re.Pattern[str] | None  # marks a subject from behind (は, が)
    first: bool  # whether the first free name of a clause is its subject, rather than the nearest before the verb
    relative: re.Pattern[str] | None  # opens a clause whose names are no subjects behind it
    we_verb: re.Pattern[str] | None  # a verb that says "we" by its ending
    we_quotes: bool  # whether a quotation without a subject speaks of the speaker's house
    infinitive: re.Pattern[str] | None  # a clause whose subject stands in the clause before
    passive: re.Pattern[str] | None
    negation: re.Pattern[str]
    tail: int  # characters behind the match in which its negation and hedge may stand
    weak: re.Pattern[str]
    strong: re.Pattern[str]
    barred: re.Pattern[str] | None  # before an accusing verb: the act is forbidden, attempted or due, not told as done
    barred_behind: re.Pattern[str] | None  # the same behind the verb
    wanted: re.Pattern[str]  # in front of a verb in its clause: the act is wished for, asked for or planned
    wanted_behind: re.Pattern[str] | None  # the same behind the verb
    about: re.Pattern[str]  # in front of a name (behind, where subjects are marked so): only what a text is about
    others: re.Pattern[str]  # group S: whose customers or staff elsewhere act, which is not his own act
    titles: re.Pattern[str]  # group S: the house in somebody's title, who is not its house's act
    denying: re.Pattern[str]  # words of denying; who denies what they stand with may not be told
    void: re.Pattern[str]  # in the sentence: nothing is stated ("no evidence that", "considers suing", "baseless")
    unreal: re.Pattern[str]  # beside a noun: what it names is wanted, expected, ruled out or put off
    supposes: re.Pattern[str]
    asks: re.Pattern[str]
    predicts: re.Pattern[str]
    charge: re.Pattern[str] | None  # words that make a sentence somebody's accusation without saying whose
    carries_on: re.Pattern[str] | None  # mood in which a sentence goes on with what the last speaker said
    border: re.Pattern[str]  # between clauses
    polite: re.Pattern[str]  # stripped from the front of literal objects
    by: re.Pattern[str] | None  # opens who is the source, wherever it stands ("according to")
    apposition: re.Pattern[str] | None  # behind a name, between commas: what it is and whose


def load_lexicon(vocabulary: Vocabulary, language: str) -> Lexicon:
    """Read and compile a language's patterns; raises TopicInvalid naming the file and the pattern that is at fault."""
    name = f"claims_{language}"
    table, by_types = vocabulary.lexicon(name), vocabulary.lexicon(f"{name}_typed")
    macros: Mapping[str, str] = table.get("macros", {})

    def compiled(pattern: str) -> re.Pattern[str]:
        try:
            return re.compile(expand(pattern, macros), re.IGNORECASE)
        except (re.error, KeyError) as error:
            raise TopicInvalid(f"{name}.toml: the pattern {pattern!r} is at fault: {error}") from error

    def optional(key: str) -> re.Pattern[str] | None:
        return compiled(table[key]) if key in table else None

    return Lexicon(
        language=language,
        frames=tuple(_frame(row, compiled, vocabulary, name) for row in table["frames"]),
        typed=tuple(_typed(row, compiled, vocabulary, name) for row in by_types["typed"]),
        patient=compiled(by_types["patient"]),
        attributions=tuple(
            Attribution(compiled(row["regex"]), row["act"], row["scope"], row.get("weak", False))
            for row in table["attributions"]
        ),
        descriptions=tuple(Description(row["kind"], compiled(row["regex"])) for row in table["descriptions"]),
        roles=tuple(compiled(pattern) for pattern in table["roles"]),
        neither=optional("neither"),
        negator=table.get("negator", ""),
        negator_behind=table.get("negator_behind", ""),
        owned=optional("owned"),
        adjectival=optional("adjectival"),
        joins=compiled(table["joins"]),
        oblique=compiled(f"(?:{table['oblique']})$"),
        heads=compiled(f"(?:{table['heads']})$"),
        subject_behind=optional("subject_behind"),
        first=table.get("first", False),
        relative=optional("relative"),
        we_verb=optional("we_verb"),
        we_quotes=table.get("we_quotes", False),
        infinitive=optional("infinitive"),
        passive=optional("passive"),
        negation=compiled(table["negation"]),
        tail=table.get("tail", 0),
        weak=compiled(table["weak"]),
        strong=compiled(table["strong"]),
        barred=optional("barred"),
        barred_behind=optional("barred_behind"),
        wanted=compiled(f"(?:{table['wanted']})"),
        wanted_behind=optional("wanted_behind"),
        about=compiled(table["about"]),
        others=compiled(table["others"]),
        titles=compiled(table["titles"]),
        denying=compiled(table["denying"]),
        void=compiled(table["void"]),
        unreal=compiled(table["unreal"]),
        supposes=compiled(table["supposes"]),
        asks=compiled(table["asks"]),
        predicts=compiled(table["predicts"]),
        charge=optional("charge"),
        carries_on=optional("carries_on"),
        border=compiled(table["border"]),
        polite=compiled(table["polite"]),
        by=optional("by"),
        apposition=optional("apposition"),
    )


def expand(pattern: str, macros: Mapping[str, str]) -> str:
    """A pattern with its macros written out: {O:mc} a placeholder, {gap} or {gap90} words without a name.

    >>> expand("{S:cg}{gap9}x", {}).startswith("(?P<S>⟦[cg][0-9]+⟧)")
    True
    >>> expand("publi\\\\w* d", {})
    'publi\\\\w{0,30}+ d'
    """

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        slot = re.fullmatch(r"([A-Z])(?::([a-z]+))?", name)
        if slot is not None:
            letters = slot[2] or AMOUNT
            return f"(?P<{slot[1]}>⟦[{letters}][0-9]+⟧)"
        if re.fullmatch(r"[a-z]", name):
            return f"⟦{name}[0-9]+⟧"
        gap = re.fullmatch(r"gap(\d*)", name)
        if gap is not None:
            return rf"(?:[^⟦⟧.;:!?。；：！？\n]|⟦[dq][0-9]+⟧){{0,{gap[1] or _GAP}}}?"
        return f"(?:{expand(macros[name], macros)})"

    return re.sub(r"\{([A-Za-z_][A-Za-z_0-9]*(?::[a-z]+)?)\}", fill, _ENDING.sub(_bounded, _settled(pattern)))


def _settled(pattern: str) -> str:
    """With a verb in front of a gap taken as it first matches: the gap takes what another ending would leave."""
    for start in [match.end() for match in re.finditer(r"\(\?P<V>(?!\(\?>)", pattern)][::-1]:
        depth, end = 1, start
        while depth:
            end = _PARENTHESIS.search(pattern, end).end()  # type: ignore[union-attr] # each bracket is closed
            depth += 1 if pattern[end - 1] == "(" else -1 if pattern[end - 1] == ")" else 0
        if pattern.startswith("{gap", end):
            pattern = f"{pattern[:start]}(?>{pattern[start : end - 1]}){pattern[end - 1 :]}"
    return pattern


def _bounded(match: re.Match[str]) -> str:
    """The ending of a word, of no more letters than words have: a page's junk would be tried at each of its letters."""
    return rf"\w{{{int(match[1] == '+')},{_LETTERS}}}{'+' if match[2] is not None else ''}"


def _frame(row: Mapping[str, Any], compiled: Any, vocabulary: Vocabulary, name: str) -> Frame:
    if row["predicate"] not in vocabulary.predicates:
        raise TopicInvalid(f"{name}.toml: a frame names the unknown predicate {row['predicate']!r}")
    predicate = vocabulary.predicates[row["predicate"]]
    letters = "".join(LETTERS[kind] for kind in predicate.subject_kinds)
    return Frame(
        predicate=predicate.name,
        regex=compiled(row["regex"]),
        needs=tuple(frozenset(letters or AMOUNT) for letters in _NEEDED.findall(row["regex"])),
        subjects=row.get("subjects", letters),
        value=row.get("value", ""),
        refused=compiled(row["refused"]) if "refused" in row else None,
        active=row.get("active", False),
        denial=row.get("denial", False),
        we=row.get("we", False),
        scheduled=row.get("scheduled", False),
        house=row.get("house", False),
        author=row.get("author", False),
        carried=row.get("carried", False),
        noun=row.get("noun", False),
        maker=row.get("maker", False),
    )


def _typed(row: Mapping[str, Any], compiled: Any, vocabulary: Vocabulary, name: str) -> Typed:
    cue = _frame({**row, "regex": f"(?P<V>{row['cue']})"}, compiled, vocabulary, name)
    marks = tuple(compiled(mark) for mark in row.get("marks", ()))
    return Typed(frame=cue, marks=marks, objects=row.get("objects", ""), figure=row.get("figure", False))


__all__ = [
    "AMOUNT",
    "BACK",
    "DATE",
    "LETTERS",
    "UNKNOWN",
    "Attribution",
    "Frame",
    "Hedge",
    "Lexicon",
    "Typed",
    "load_lexicon",
]
