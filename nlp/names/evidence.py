"""What a document's use of an unregistered name says about it: each cue once or twice, shapes once, lists shared."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from distillwatch.nlp.names.lexicon import Cue, NameWords
from distillwatch.nlp.names.passages import Passage
from distillwatch.nlp.names.pieces import key_of
from distillwatch.nlp.names.tokens import Run, Tokens

REACH = 100  # characters of the sentence that a cue may see on each side
REPEATED = (1.0, 0.5)  # weight of the first and second sighting of one cue; later ones add nothing
SIZE = re.compile(r"\d+(?:\.\d+)?[BMT]|\d+x\d+B|A\d+B", re.IGNORECASE)
INNER_CAPITAL = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]|^[a-z]+[A-Z]")
# Endings that are everyday words too and therefore show less.
WEAK_ENDS = frozenset(
    ("Research", "Group", "Cloud", "Data", "Capital", "Partners", "Intelligence", "Company", "Compute", "Co")
)
LAB_ENDS = frozenset(("Lab", "Laboratory", "Project", "Network", "School", "Center", "Centre"))


class Case:
    """One name of a document, the places where it stands, and the scores of the kinds that it could have."""

    def __init__(self, name: str) -> None:
        """`name` is its fullest form."""
        self.name = name
        self.runs: list[tuple[Run, Passage]] = []
        self.scores: defaultdict[str, float] = defaultdict(float)
        self.whys: list[str] = []
        self._seen: Counter[str] = Counter()

    def add(self, kinds: dict[str, float], why: str) -> None:
        """Count one sighting of a cue."""
        seen = self._seen[why]
        self._seen[why] += 1
        if seen < len(REPEATED):
            for kind, weight in kinds.items():
                self.scores[kind] += weight * REPEATED[seen]
        if not seen:
            self.whys.append(why)

    def best(self) -> tuple[str, float, float]:
        """(kind, score, lead over the next kind)."""
        ranked = sorted(self.scores.items(), key=_rank)
        kind, score = ranked[0] if ranked else ("", 0.0)
        return kind, score, score - (ranked[1][1] if len(ranked) > 1 else 0.0)


def _rank(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]


class Evidence:
    """Weighs cases by shape and by the cues of one language."""

    def __init__(self, words: NameWords, tokens: Tokens, cues: Sequence[Cue], publisher: str) -> None:
        """`cues` are those of the document's language, `publisher` is the outlet that the page names as its own."""
        self._words = words
        self._tokens = tokens
        self._publisher = key_of(publisher)
        self._left = [cue for cue in cues if cue.side == "left"]
        self._right = [cue for cue in cues if cue.side == "right"]

    def weigh(self, case: Case, plain: str) -> None:
        """Score the case by its form and by each place where it stands; `plain` is the document for the cues."""
        self._shape(case)
        for run, passage in case.runs:
            start, end = passage.sentence(run.start)
            left = plain[max(start, run.start - REACH) : run.start]
            right = plain[run.end : min(max(end, run.end), run.end + REACH)]
            if left.endswith('"') and right.startswith('"'):
                left, right = left[:-1], right[1:]
            self._cued(case, self._left, left, at_end=True)
            self._cued(case, self._right, right, at_end=False)

    def _cued(self, case: Case, cues: Iterable[Cue], context: str, *, at_end: bool) -> None:
        for cue in cues:
            if (cue.pattern.search(context) if at_end else cue.pattern.match(context)) is not None:
                case.add(cue.kinds, cue.why)

    def _shape(self, case: Case) -> None:
        words = case.name.split()
        last = words[-1].rstrip(".")
        if len(words) > 1:
            self._ending(case, words, last)
        if any(SIZE.fullmatch(part) for word in words for part in word.split("-")):
            case.add({"model": 2.6}, "has a size in its name")
        elif any(c.isdigit() for c in case.name) and any(w[0].isalpha() for w in words):
            case.add({"model": 1.2}, "has a version in its name")
        elif INNER_CAPITAL.search(case.name):
            case.add({"company": 0.4, "model": 0.4, "product": 0.4}, "is spelled like a brand")
        if len(words) == 1 and self._tokens.everyday(case.name):
            case.add(dict.fromkeys(("company", "model", "person", "product", "outlet"), -0.8), "is an everyday word")
        key = key_of(case.name)
        if self._publisher and (self._publisher == key or self._publisher.startswith(key + "|")) and len(words) > 1:
            case.add({"outlet": 4.0}, "is the page's own outlet")
        if all(word in self._words.places for word in words):
            case.add({"place": 3.0}, "is a place")

    def _ending(self, case: Case, words: list[str], last: str) -> None:
        if last in self._words.company_ends or words[-1] in self._words.company_ends:
            case.add({"company": 2.0 if last in WEAK_ENDS else 3.0}, "ends as firms' names do")
        if last in self._words.group_ends or words[0] in self._words.group_ends:
            weak = last in LAB_ENDS
            case.add({"group": 1.6, "company": 1.2} if weak else {"group": 3.0}, "is named as institutions are")
        if any(word in self._words.outlet_words for word in words):
            case.add({"outlet": 1.4}, "is named as newspapers are")
        if self.person_shaped(words):
            given = words[0] in self._words.given_names or words[0].split("-")[0] in self._words.given_names
            case.add({"person": 2.2 if given else 0.4}, "has a given name" if given else "could be a full name")

    def person_shaped(self, words: Sequence[str]) -> bool:
        """Two to four capitalised words of letters, none of which ends a firm's or an institution's name."""
        if not 2 <= len(words) <= 4:
            return False
        ends = self._words.company_ends | self._words.group_ends
        return all(_is_name_word(w) and w not in ends and w.rstrip(".") not in ends for w in words)


def _is_name_word(word: str) -> bool:
    letters = word.rstrip(".")
    return (
        bool(re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", letters))
        and letters[0].isupper()
        and (len(letters) == 1 or not letters.isupper())
    )


def share_lists(cases: Sequence[Case], text: str, known: Sequence[tuple[int, int, str]]) -> None:
    """Let neighbours in a list ("Norvane, Tarsil and Quellmark") lend each other evidence: what one is, the others are.

    `known` are (start, end, kind) of names that are settled already.
    """
    places = sorted(
        [(run.start, run.end, case) for case in cases for run, _ in case.runs]
        + [(start, end, kind) for start, end, kind in known],
        key=_place,
    )
    lent: list[tuple[Case, str, float]] = []
    for (_, end, left), (start, _, right) in pairwise(places):
        if LIST_GAP.fullmatch(text, end, start):
            lent += [*_loan(left, right), *_loan(right, left)]
    for case, kind, weight in lent:
        case.add({kind: weight}, f"is listed with a {kind}")


LIST_GAP = re.compile(
    r",? (?:and|or|et|ou|und|oder|y|o|as well as|sowie|ainsi que) |, |\s?[、，]\s?|\s?[和与與及或と]\s?| & |/"
)
SHARED = ("company", "model", "product", "outlet", "person")


def _place(item: tuple[int, int, object]) -> tuple[int, int]:
    return item[0], item[1]


def _loan(giver: Case | str, taker: Case | str) -> list[tuple[Case, str, float]]:
    if isinstance(taker, str):
        return []
    if isinstance(giver, str):
        return [(taker, giver, 1.6)] if giver in SHARED else []
    kind, score, lead = giver.best()
    return [(taker, kind, min(1.4, 0.5 * score))] if kind in SHARED and score >= 2 and lead >= 0.6 else []
