"""Attributions set between commas ("…, she says, …", "…, or so Norvane said"): taken out before the parse and kept.

The parser reads "Ostra 2, she says, was used by Tarsil" badly and "Ostra 2 was used by Tarsil" well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from distillwatch.nlp.claims.lexicon import Lexicon

SENTENCE_OPENING = re.compile(
    r"(?:For|In|By|On|Under|With|At|After|Before|Since|During|From|As|Within|Without|Until|Despite|To|When|While|If|Although|Though|Because)\b"
)
AGAINST = re.compile(r"(?:and|but) (?=(?:not|never) (?:on|from|with|by|through|against|out of)\b)")
NO_SPEAKER = frozenset(
    "and but or which who that what if when while as than because although though whatever to of in on".split()
)


class Aside(Struct, frozen=True):
    """`text[start:end]` is an inserted attribution: `text[who_start:who_end]` speaks, with the verb's `act`."""

    start: int
    end: int
    who_start: int
    who_end: int
    act: str
    lemma: str
    comma: bool  # whether a comma has to stay in its place
    ahead: bool = False  # it stands in front of what it attributes
    inner: bool = False  # it stands in a relative clause, of which it is said: "a model that X says beats Y"
    stop: bool = False  # only the comma before it is taken out: "…, Ann Lee, a lawyer for X, said" becomes a sentence

    joined: bool = False  # the space on both its sides went with it

    @property
    def left(self) -> str:
        """What is left of it in the copy."""
        word = "." if self.stop else "," if self.comma else ""
        return f"{word} " if self.joined else word


class Asides:
    """The pattern of inserted attributions, compiled from the verbs of saying."""

    def __init__(self, lexicon: Lexicon) -> None:
        forms: dict[str, tuple[str, str]] = {}
        for present, past in lexicon.past.items():
            lemma = lexicon.lemma_of_present.get(present, "")
            act = lexicon.speech.get(lemma)
            if act is not None and act not in {"asks", "denies"}:
                forms[present] = forms[past] = (lemma, act)
                forms[lemma] = (lemma, act)
        self.forms = forms
        verbs = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
        who = r"(?P<who>[^\s,;:.()“”\"][^,;:.()“”\"]{0,60}?)"
        told = (
            r"(?:\s(?:me|us|them|reporters|lawmakers|[A-Z][\w.]+(?:\s[A-Z][\w.]+){0,2}))?"
            r"(?:\s(?:in|on|at|last|this|by)(?:\s[\w.’'-]+){1,4})?"
        )
        self.inside = re.compile(rf",\s(?:as\s)?{who}\s(?P<verb>{verbs})(?:\sout)?{told},(?=\s(?![a-z]+ing\b))")
        named = r"[^\s\"“”;:][^\"“”;:]{2,90}?"
        where = r"(?:\s[^\s\"“”;:][^\"“”;:]{0,60}?)?"
        self.split = re.compile(
            rf",?[\"”],?\s(?:(?P<verb>{verbs})\s(?P<who>{named})|(?P<first>{named})\s(?P<told>{verbs}){where}),"
            rf"\s[\"“](?=(?:…\s?)?[a-z])"
        )
        self.closing = re.compile(
            rf",[”\"]?\s(?P<who>(?:[A-Z][\w'’.-]*\s?){{1,4}}),\s(?P<appos>[^,;:.“”\"]{{4,90}}),\s(?P<verb>{verbs})\b"
        )
        self.opening = re.compile(
            r"According to (?P<who>[^,;:.“”\"]{2,60}), (?:who|which|an?|the|its|whose) [^,;:.“”\"]{3,90}(?P<end>,)(?= )"
        )
        self.supplied = re.compile(
            r"According to (?:the )?(?:information|data|figures|records|documents|evidence|logs|material) "
            r"(?:that |which )?(?P<who>[A-Z][^,;:.“”\"]{1,40}?) (?:has |had )?"
            r"(?:supplied|provided|gave|given|sent|submitted|shared|published)"
            r"(?: (?:to|with) [^,;:.“”\"]{1,50})?,\s"
        )
        self.according = re.compile(
            r"(?<=[a-z]),\s[Aa]ccording to (?P<who>[^,;:()“”\"]{2,70}),"
            r"(?=\s(?:[a-z]+(?:ed|en|ing)|built|made|put|sent|taught)\b)"
        )
        finite = "|".join(sorted(map(re.escape, {*lexicon.past, *lexicon.past.values()}), key=len, reverse=True))
        self.titled = re.compile(
            rf",[”\"]?\s(?P<appos>(?:its|their|the|a|an|his|her)\s[^,;:.“”\"]{{3,70}}),\s(?P<who>(?:[A-Z][\w'’.-]*\s?){{1,4}}),"
            rf"\s(?P<verb>{verbs})\b"
        )
        self.relative = re.compile(
            rf"\b(?:that|which)(?P<aside> (?P<who>it|they|he|she|[A-Z]\S*(?: [A-Z]\S*)?) (?P<verb>{verbs}))"
            rf"(?= (?:is|are|was|were|has|have|had|can|[a-z]+ed|{finite})\b)"
        )
        self.last = re.compile(rf",\s(?:or\s)?so\s{who}\s(?P<verb>{verbs})(?=[.!]?[”\"]?$)")

    def find(self, text: str, start: int, end: int) -> Iterator[Aside]:
        """The asides of one sentence, at most one of each sort."""
        for pattern in (self.inside, self.last):
            match = pattern.search(text, start, end)
            if match is None or not self._speaks(match["who"]):
                continue
            lemma, act = self.forms[match["verb"]]
            before = text[start : match.start()]
            rest = text[match.end() : match.end() + 6].strip().lower()
            comma = pattern is self.inside and (
                (bool(SENTENCE_OPENING.match(before)) and "," not in before)
                or rest.startswith(("and ", "but ", "or ", "who ", "which", "with"))
            )
            yield Aside(match.start(), match.end(), match.start("who"), match.end("who"), act, lemma, comma)
        match = self.split.search(text, start, end)
        if match is not None:  # '"We have never," said Ann Lee of X, "trained Y on Z"'
            group, verb = ("who", match["verb"]) if match["verb"] else ("first", match["told"])
            lemma, act = self.forms[verb]
            comma = text[match.end() : match.end() + 6].startswith(("and ", "but ", "or ", "who ", "which"))
            against = AGAINST.match(text, match.end(), end)  # "on books," he said, "and not on X": one clause
            at = match.start(), against.end() if against is not None else match.end()
            yield Aside(*at, match.start(group), match.end(group), act, lemma, comma, joined=True)
        match = self.relative.search(text, start, end)
        if match is not None:
            lemma, act = self.forms[match["verb"]]
            at = match.start("aside"), match.end("aside")
            yield Aside(*at, match.start("who"), match.end("who"), act, lemma, comma=False, inner=True)
        match = self.according.search(text, start, end)
        if match is not None:  # "Y was, according to X, trained on Z"
            at = match.start(), match.end()
            yield Aside(*at, match.start("who"), match.end("who"), "according", "accord", comma=False)
        match = self.opening.match(text, start, end)
        if match is not None:  # "According to Ann Lee, who speaks for X, Y used Z": two sentences for the parser
            yield Aside(
                match.start("end"),
                match.end("end"),
                match.start("who"),
                match.end("who"),
                "according",
                "accord",
                comma=False,
                stop=True,
                ahead=True,
            )
        match = self.supplied.match(text, start, end)
        if match is not None:  # "According to figures that X gave to Y, A, B and C did": A is no reader of X's
            at = match.start(), match.end()
            yield Aside(*at, match.start("who"), match.end("who"), "according", "accord", comma=False, ahead=True)
        titled = self.titled.search(text, start, end)
        if titled is not None and len(text[start : titled.start()].split()) > 3:
            lemma, act = self.forms[titled["verb"]]
            at = titled.start(), titled.start() + 1
            yield Aside(*at, titled.start("who"), titled.end("who"), act, lemma, comma=False, stop=True)
            return
        match = self.closing.search(text, start, end)
        if (
            match is not None
            and len(text[start : match.start()].split()) > 3
            and match["appos"].split()[0] not in {"and", "or", "which"}
        ):
            lemma, act = self.forms[match["verb"]]
            yield Aside(
                match.start(),
                match.start() + 1,
                match.start("who"),
                match.end("who"),
                act,
                lemma,
                comma=False,
                stop=True,
            )

    @staticmethod
    def _speaks(who: str) -> bool:
        words = who.split()
        return (
            len(words) <= 7
            and words[0].lower() not in NO_SPEAKER
            and not any(w in {"which", "who", "that"} for w in words)
        )
