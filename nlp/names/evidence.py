"""What a document's use of an unregistered name says about it: each cue once or twice, shapes once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from distillwatch.nlp.names.lexicon import Cues, NameWords
from distillwatch.nlp.names.passages import Passage
from distillwatch.nlp.names.pieces import key_of
from distillwatch.nlp.names.tokens import PARTICLES, SYLLABLES, Run, Tokens
from distillwatch.records import Document

OWNER = re.compile(r"'s\b|(?<=s)'")
LONGER = re.compile(r" (?:of|for) (?:the )?[A-Z]")
POSSESSOR = re.compile(
    r"[^\W\d_a-z][\w.&-]{0,40}(?: [^\W\d_a-z][\w.&-]{0,40}){0,2} ?"
    r"'s (?:(?:new|latest|own|flagship|open|older|smaller|larger|next) ){0,5}$"
)
EVERYDAY = ("company", "model", "person", "product", "outlet")
OFFICE = re.compile(
    r"\b(?:[Oo]ffice|[Dd]epartment|[Bb]ureau|[Dd]irector|[Mm]inist(?:er|ry)|[Hh]ead|[Ss]ecretary|[Ss]chool|[Cc]hief)"
    r" (?:of|for) $"
)
LABS = re.compile(r"[A-Za-z]{3,30}(?:labs|soft|tech|corp|robotics|systems)$")
NUMERALS = frozenset("One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Zero Hundred Thousand".split())
TITLE = "has a title"  # the one cue that makes a lone surname a person
REACH = 100  # characters of the sentence that a cue may see on each side
SIGHTINGS = 40  # places of one name that are looked at; the cues of more add nothing new
UNLIKELY = 0.3  # of the weight of a kind that the form of the name speaks against
REPEATED = (1.0, 0.5)  # weight of the first and second sighting of one cue; later ones add nothing
SIZE = re.compile(r"\d{1,5}(?:\.\d{1,4})?[BMT]|\d{1,4}x\d{1,5}B|A\d{1,5}B", re.IGNORECASE)
INNER_CAPITAL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
REFINED = re.compile(r"\d\.\d|\d[ -][A-Z]?[a-z]+$")  # "Brook 1.5", "Sable 4 Mini": no chapter is numbered so
# Names joined of words of which one tells that something is tested, or shared, there: "HarborBench", "ChatHarbor".
MEASURE = re.compile(
    r"^(?:[A-Z][a-z]+)+(?:Bench|Eval|Arena|Hub|Chat|Print|Mark|Gym|Exam|Board|Test)$|^(?:Chat|Share)[A-Z][A-Za-z]+$"
)
PLURAL_NOUN = re.compile(r"[a-z]{3}(?<!s)s$")
DETERMINED = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hese|[Oo]ur|[Yy]our|[Mm]y|[Ee]very|[Ee]ach|[Nn]o) (?:[a-z-]+ )?$"
)
VERSIONED = re.compile(r"[^\W\d_]-?\d|[^\W\d_] (?:\d{1,2}\b|\d+\.\d)")
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
        self.versioned = VERSIONED.search(name) is not None
        self.likely: tuple[str, ...] = ("model", "product") if self.versioned else ()  # by its form; all where empty
        self.everyday = False
        self.in_dictionary = False
        self.adjective = False  # an everyday word, but one that cannot be what a sentence says something of
        self.elsewhere = False  # other texts agree on what it is
        self.place = False
        self.noun_like = False  # may be a common noun, in a language that capitalises them
        self.proper = False  # stands capitalised inside a sentence with no article: no common noun does
        self.full_name = False  # could be a person's, given name and surname
        self.testimony = ""  # what spaCy's recogniser sees where it stands, in words
        self.runs: list[tuple[Run, Passage]] = []
        self.scores: defaultdict[str, float] = defaultdict(float)
        self.whys: list[str] = []
        self._seen: Counter[str] = Counter()

    def add(self, kinds: Mapping[str, float], why: str) -> None:
        """Count one sighting of a cue; what a name with a version in it can hardly be counts less."""
        seen = self._seen[why]
        self._seen[why] += 1
        if seen < len(REPEATED):
            for kind, weight in kinds.items():
                unlikely = self.likely and kind not in self.likely
                self.scores[kind] += weight * REPEATED[seen] * (UNLIKELY if unlikely else 1.0)
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

    def __init__(
        self, words: NameWords, tokens: Tokens, cues: Cues, document: Document, elsewhere: Mapping[str, str]
    ) -> None:
        """`cues` of the document's language; of the document count the outlet and the speakers of its layout.

        `elsewhere` is the kind, by `key_of` the name, that other texts show a name to have.
        """
        self._elsewhere = elsewhere
        self._words = words
        self._tokens = tokens
        self._publisher = key_of(document.outlet)
        self._own_page = document.kind == "statement"
        self._speakers = frozenset(key_of(segment.speaker) for segment in document.segments if segment.speaker)
        self._columns = [
            (kind, re.compile(words.forms[f"column_{kind}"], re.IGNORECASE)) for kind in ("company", "model", "product")
        ]
        self._cues = cues

    def weigh(self, case: Case, plain: str) -> None:
        """Score the case by its form and by each place where it stands; `plain` is the document for the cues."""
        case.proper = any(
            not run.initial and DETERMINED.search(plain, max(0, run.start - 40), run.start) is None
            for run, _ in case.runs[:SIGHTINGS]
        )
        self._shape(case)
        person = self.person_shaped(case.name.split())
        case.full_name = person and self._full_name(case.name.split())
        for run, passage in case.runs[:SIGHTINGS]:
            start, end = passage.sentence(run.start)
            left = plain[max(start, run.start - REACH) : run.start]
            right = plain[run.end : min(max(end, run.end), run.end + REACH)]
            if left.endswith('"') and right.startswith('"'):
                left, right = left[:-1], right[1:]
            if case.in_dictionary and self._office(case, left):
                case.add({"company": -3.0}, "is what an office is for")
                continue
            self._cued(case, "left", left, person, owner=OWNER.match(right) is not None)
            owned = POSSESSOR.search(left)
            if owned is not None and not person:  # "trained on Norvane's Ostra": said of Ostra
                self._cued(case, "left", left[: owned.start()], person)
            self._cued(case, "right", right, person)
            self._tabled(case, passage)
            if case.in_dictionary and LONGER.match(right) is not None:
                case.add(dict.fromkeys(("company", "model", "product", "outlet"), -1.5), "begins a title")

    def _office(self, case: Case, left: str) -> bool:
        """ "Director of Public Technology": everyday words behind an office."""
        return OFFICE.search(left) is not None and all(map(self._tokens.everyday, case.name.split()))

    def _cued(
        self, case: Case, side: Literal["left", "right"], context: str, person: bool, *, owner: bool = False
    ) -> None:
        for cue in self._cues.seen(side, context):
            kinds = cue.kinds
            if not person and cue.why != TITLE:
                kinds = {kind: weight for kind, weight in kinds.items() if kind != "person"}
            elif case.full_name and "person" in kinds:
                # what people and firms both do, two words that end no firm's name rather do as a person
                kinds = {kind: weight * (0.5 if kind == "company" else 1.0) for kind, weight in kinds.items()}
            if owner:  # "trained on Norvane's answers": what was said of the answers says nothing of Norvane
                kinds = {kind: weight for kind, weight in kinds.items() if kind not in ("model", "product")}
            if " " not in case.name:  # agencies and institutions have names of several words
                kinds = {kind: weight for kind, weight in kinds.items() if kind not in ("agency", "group")}
            if kinds:
                case.add(kinds, cue.why)

    def _tabled(self, case: Case, passage: Passage) -> None:
        for kind, pattern in self._columns:
            if passage.head and pattern.search(passage.head) is not None:
                case.add({kind: 3.0}, f"stands in a column of a table that holds {kind} names")
                return

    def _shape(self, case: Case) -> None:
        words = case.name.split()
        initial = all(run.initial for run, _ in case.runs)
        case.in_dictionary = self._tokens.everyday(words[0])
        case.adjective = len(words) == 1 and self._tokens.described(words[0])
        case.everyday = initial and (case.in_dictionary or (len(words) == 1 and self._tokens.foreign))
        case.noun_like = len(words) == 1 and self._tokens.noun_like(words[0])
        if len(words) > 1:
            self._ending(case, words, words[-1].rstrip("."))
        if any(SIZE.fullmatch(part) for word in words for part in word.split("-")):
            case.add({"model": 2.6}, "has a size in its name")
        elif case.versioned and words[0][0].isupper():
            common = (self._tokens.everyday(words[0]) and not self._tokens.foreign) or words[0] in self._words.places
            refined = REFINED.search(case.name) is not None
            weight = 1.2 if not common or refined else 0.8 if case.proper else 0.4
            case.add({"model": weight}, "has a version in its name")
            if words[-1] in self._words.tiers:
                case.add({"model": 1.2}, "has a tier in its name")
        elif words[-1] in self._words.tiers and len(words) > 1:
            case.likely = ("model", "product")
            case.add({"model": 1.7}, "has a tier in its name")
        elif MEASURE.search(case.name):
            case.likely = ("product",)
            case.add({"product": 1.8}, "is spelled like a test or a site")
        elif len(words) == 1 and LABS.fullmatch(case.name) and not self._tokens.everyday(case.name):
            case.add({"company": 1.2}, "is spelled as firms' names are")
        elif INNER_CAPITAL.search(case.name):
            case.add({"company": 0.4, "model": 0.4, "product": 0.4}, "is spelled like a brand")
        if len(words) == 1 and case.everyday and case.in_dictionary:
            kinds = ("model", "person", "product", "outlet") if case.adjective else EVERYDAY
            case.add(dict.fromkeys(kinds, -0.8), "is an everyday word")
        self._settings(case, words)

    def _settings(self, case: Case, words: Sequence[str]) -> None:
        key = key_of(case.name)
        if self._own_page and key and f"|{key}|" in f"|{self._publisher}|":
            case.add({"company": 3.0}, "speaks on its own page")
        elif self._publisher and (self._publisher == key or self._publisher.startswith(key + "|")) and len(words) > 1:
            case.add({"outlet": 4.0}, "is the page's own outlet")
        kind = self._elsewhere.get(key)
        if kind is not None:
            doubtful = case.everyday and case.in_dictionary and not case.versioned
            case.add({kind: 1.3 if doubtful else 2.0}, f"is a {kind} elsewhere")
            case.elsewhere = True
        if key in self._speakers and len(words) > 1:
            case.add({"person": 3.0}, "speaks on the page")
        case.place = all(word in self._words.places or word.title() in self._words.places for word in words)
        if case.place:
            case.add({"place": 3.0}, "is a place")
        if (
            any(c.isalpha() for c in case.name)
            and case.name.isupper()
            and any(run.start == passage.start for run, passage in case.runs)
        ):
            case.add({"place": 1.5}, "opens a dateline")

    def _ending(self, case: Case, words: list[str], last: str) -> None:
        if last in self._words.company_ends or words[-1] in self._words.company_ends:
            case.add({"company": 2.0 if last in WEAK_ENDS else 3.0}, "ends as firms' names do")
        elif words[0] in self._words.company_starts:
            case.add({"company": 3.0}, "begins as firms' names do")
        elif "&" in words[1:-1] and not self._tokens.everyday(words[0]):
            case.add({"company": 2.0}, "is named after partners")
        if last in self._words.group_ends or words[0] in self._words.group_ends:
            weak = last in LAB_ENDS
            case.add({"group": 1.6, "company": 1.2} if weak else {"group": 3.0}, "is named as institutions are")
        if last in self._words.product_ends:
            case.add({"product": 1.8}, "is named as products are")
        if any(word in self._words.outlet_words for word in words):
            case.add({"outlet": 1.4}, "is named as newspapers are")
        if self.person_shaped(words):
            rare = not self._tokens.everyday(words[-1])
            if self._given(words):
                case.add({"person": 2.5 if rare or not self._tokens.everyday(words[0]) else 2.0}, "has a given name")
            elif self._eastern(words):
                case.add({"person": 2.0}, "has an East Asian surname before a given name")
            elif self._goods(words):
                case.add({"company": 0.5, "person": 0.4}, "could be named after its goods")
            else:
                case.add(
                    {"person": 1.0 if rare and not self._tokens.everyday(words[0]) else 0.4}, "could be a full name"
                )

    def person_shaped(self, words: Sequence[str]) -> bool:
        """Two to four capitalised words of letters, none of which ends a firm's or an institution's name."""
        words = [word for word in words if word not in PARTICLES]
        if not 2 <= len(words) <= 4 or words[-1] in self._words.tiers:
            return False
        if words[0] in self._words.company_starts or words[-1] in NUMERALS:
            return False
        ends = self._words.company_ends | self._words.group_ends
        return all(_is_name_word(w) and w not in ends and w.rstrip(".") not in ends for w in words)

    def _full_name(self, words: Sequence[str]) -> bool:
        """A given name before it, or nothing in it that firms are called by."""
        return self._given(words) or not self._goods(words)

    def _given(self, words: Sequence[str]) -> bool:
        return words[0] in self._words.given_names or words[0].split("-")[0] in self._words.given_names

    def _goods(self, words: Sequence[str]) -> bool:
        """ "Dunmore Kettles": the last word is an everyday plural, as in firms' names, though surnames are so too."""
        return PLURAL_NOUN.search(words[-1]) is not None and self._tokens.everyday(words[-1])

    def _eastern(self, words: Sequence[str]) -> bool:
        """ "Shen Zhiyuan", "Kim Seo-yun": a surname of one syllable, then a name spelled in syllables as there."""
        return (
            len(words) == 2
            and words[0] in self._words.surnames_latin
            and SYLLABLES.fullmatch(words[1]) is not None
            and not self._tokens.everyday(words[1])
        )


def _is_name_word(word: str) -> bool:
    letters = word.rstrip(".")
    return (
        bool(re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", letters))
        and letters[0].isupper()
        and (len(letters) == 1 or not letters.isupper())
    )
