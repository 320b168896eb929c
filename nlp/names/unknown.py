"""Names that nobody has registered, decided by how the document uses them, and the short forms that follow them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from distillwatch.ids import entity_id
from distillwatch.nlp.names.evidence import Case, Evidence
from distillwatch.nlp.names.lexicon import NameWords
from distillwatch.nlp.names.neighbours import share_lists, share_owners
from distillwatch.nlp.names.passages import Passage
from distillwatch.nlp.names.pieces import key_of
from distillwatch.nlp.names.recogniser import Hearing, hear
from distillwatch.nlp.names.tokens import Run, Tokens
from distillwatch.records import Entity

# Score from which a kind is believed of an everyday word; a word that no dictionary knows needs less.
BELIEVED = {
    "company": 2.4,
    "model": 2.4,
    "person": 2.4,
    "product": 2.5,
    "outlet": 2.6,
    "group": 2.9,
    "agency": 2.6,
}
DISTINCTIVE = {"company": 1.7, "model": 1.7, "product": 1.8}
ALONE = 1.2  # where nothing speaks for another kind
IN_DICTIONARY = 2.0  # of a word that is everyday but stands capitalised inside sentences
PROPER = 1.6  # of one that stands so without an article
FOREIGN = 1.8
OPENING = 3.6  # of one everyday word that stands capitalised only where sentences begin
INFLECTED = 4.5  # of a word that ends as German nouns and infinitives do
NOUN_ENDING = re.compile(r"(?:en|eln|ern|er|e|nd|i|ling|tum)$")
GENITIVE = re.compile(r"['’]s ")
STEM = re.compile(r"([^\W\d_]{3,}(?=-\d)|[^ ]*)[ -]?(.*)")  # "Tarsil" of "Tarsil 2" and of "Tarsil-34B"
CLEAR_LEAD = 0.8
NEVER = 99.0
BARE_VERSION = re.compile(r"[A-Za-z]{1,2}\d[\w.-]*")  # "Tarsil M2" is one name, "Tarsil Ostra 2" two
WANTING = 0.8  # what a further witness could add
BEYOND = 2.5  # what none could take away
LEAD = 0.6  # by how much the kind must lead the next


class Decided(Struct, frozen=True):
    """A name with the kind that its use shows; `short` are the forms by which the document may also call it."""

    name: str
    kind: str
    reason: str
    score: float
    short: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()

    def entity(self, owner: str = "", family: str = "") -> Entity:
        """The entity that it proposes."""
        return Entity(
            id=entity_id(self.kind, self.name),
            kind=self.kind,  # type: ignore[arg-type] # one of BELIEVED, all of them entity kinds
            name=self.name,
            owner=owner,
            family=family,
            status="proposed",
        )


def decide(
    text: str,
    clean: str,
    passages: Sequence[Passage],
    taken: Sequence[tuple[int, int]],
    known: Sequence[tuple[int, int, str]],
    tokens: Tokens,
    evidence: Evidence,
    words: NameWords,
    witnessed: bool = False,
) -> Hearing[list[Decided]]:
    """The unregistered names of a document whose kind its use makes clear, in the order in which they first stand.

    `clean` is the text as the cues read it; `taken` are spans that hold names already; `known` the same with their
    kinds, where lists may lend them. Where the document is `witnessed` the recogniser is asked about names that are
    believed or nearly so.
    """
    runs = [(run, p) for p in passages if not p.titled for run in tokens.runs(text, p, taken)]
    cases = _cases(text, _split(text, _joined(text, runs, words, tokens), words, tokens), words)
    _merge_short(cases, words)
    for case in cases.values():
        evidence.weigh(case, clean)
    _stems(cases, words)
    share_owners(list(cases.values()), clean, known)
    share_lists(list(cases.values()), text, known)
    share_owners(list(cases.values()), clean, known)  # of what was learnt from a list, too
    if witnessed:
        yield from hear(*_witnessed(cases.values()), text)
    return list(_believed(cases.values(), words))


def _joined(
    text: str, runs: Sequence[tuple[Run, Passage]], words: NameWords, tokens: Tokens
) -> list[tuple[Run, Passage]]:
    """Join a name with a genitive in it, whose first half never stands alone: "Noah's Ark Lab" beside no "Noah".

    A given name or an everyday word before everyday words is enough; another may be the owner, and must stand so twice.
    """
    keys = [key_of(text[run.start : run.end]) for run, _ in runs]
    follows = [
        at > 0 and GENITIVE.fullmatch(text, runs[at - 1][0].end, run.start) is not None
        for at, (run, _) in enumerate(runs)
    ]
    pairs = Counter(pair for pair, owned in zip(pairwise(keys), follows[1:], strict=False) if owned)
    heads = Counter(keys)
    whole: list[tuple[Run, Passage]] = []
    for at, (run, passage) in enumerate(runs):
        last = text[slice(*run.words[-1])]
        if follows[at] and last in words.group_ends | words.company_ends:
            owner = whole[-1][0]
            head = text[owner.start : owner.end]
            often = pairs[keys[at - 1], keys[at]]
            plain = all(tokens.everyday(text[slice(*word)]) for word in run.words)
            common = plain and head not in words.places and (head in words.given_names or tokens.everyday(head))
            if often == heads[keys[at - 1]] and (often > 1 or common):
                whole[-1] = Run(owner.start, run.end, (*owner.words, *run.words), owner.initial), passage
                continue
        whole.append((run, passage))
    return whole


def _split(
    text: str, runs: Sequence[tuple[Run, Passage]], words: NameWords, tokens: Tokens
) -> Iterator[tuple[Run, Passage]]:
    """Cut a run in two where its first part also stands alone: "Norvane Ostra 2" beside "Norvane"."""
    alone = {key_of(text[run.start : run.end]) for run, _ in runs}
    ends = words.company_ends | words.group_ends | words.outlet_words | words.product_ends
    for run, passage in runs:
        cut = _opening(text, run, alone, words)
        for i in range(1, len(run.words) if not cut else 0):
            first, rest = run.cut(0, i), run.cut(i, len(run.words))
            head, tail = text[first.start : first.end], text[rest.start : rest.end]
            versioned = any(c.isdigit() for c in tail) and tail[0].isalpha()
            if BARE_VERSION.fullmatch(tail):
                break
            if (
                key_of(head) in alone
                and head not in words.given_names
                and tail not in ends
                and (versioned or key_of(tail) in alone)
            ):
                cut = i
                break
        if cut < 0:
            yield run.cut(-cut, len(run.words)), passage
        elif cut:
            yield run.cut(0, cut), passage
            yield run.cut(cut, len(run.words)), passage
        else:
            yield run, passage


def _opening(text: str, run: Run, alone: set[str], words: NameWords) -> int:
    """Minus one where the word that opens a sentence is no part of the name behind it: "Will Norvane pay?"."""
    if not run.initial or len(run.words) < 2:
        return 0
    first, rest = run.cut(0, 1), run.cut(1, len(run.words))
    head, tail = text[first.start : first.end], text[rest.start : rest.end]
    part = tail.split()[-1] in words.company_ends | words.group_ends | words.tiers
    if key_of(tail) in alone and key_of(head) not in alone and head not in words.given_names and not part:
        return -1
    return 0


def _cases(text: str, runs: Iterable[tuple[Run, Passage]], words: NameWords) -> dict[str, Case]:
    cases: dict[str, Case] = {}
    for run, passage in runs:
        name = " ".join(text[run.start : run.end].split())
        key = key_of(name)
        if key and len(name) > 1 and name not in words.legal_forms:
            case = cases.setdefault(key, Case(name))
            case.runs.append((run, passage))
    return cases


def _merge_short(cases: dict[str, Case], words: NameWords) -> None:
    """Let "Tarsil" bear witness for "Tarsil Systems", and "Faro" for "Ines Faro", where one longer name fits."""
    ends = words.company_ends | words.group_ends
    for key, case in list(cases.items()):  # "Tarsil Systems Inc." is "Tarsil Systems"
        parts = case.name.split()
        if len(parts) > 2 and parts[-1] in words.legal_forms and parts[-2] in words.company_ends:
            short = cases.setdefault(key_of(" ".join(parts[:-1])), Case(" ".join(parts[:-1])))
            short.runs += [(run.cut(0, len(run.words) - 1), passage) for run, passage in cases.pop(key).runs]
            short.runs.sort(key=_start)
    by_first: dict[str, list[str]] = {}
    by_last: dict[str, list[str]] = {}
    for key, case in cases.items():
        parts = case.name.split()
        if len(parts) > 1:
            if parts[-1].rstrip(".") in ends or parts[-1] in ends:
                by_first.setdefault(key_of(" ".join(parts[:-1])), []).append(key)
            elif parts[-1] not in words.tiers and all(
                part[0].isupper() and not any(c.isdigit() for c in part) for part in parts
            ):
                by_last.setdefault(key_of(parts[-1]), []).append(key)
                if len(parts) == 2:
                    by_last.setdefault(key_of(parts[0]), []).append(key)
    for key in list(cases):
        longer = [k for k in (*by_first.get(key, ()), *by_last.get(key, ())) if k in cases and k != key]
        if len(longer) == 1:
            cases[longer[0]].runs += cases.pop(key).runs


def _start(sighting: tuple[Run, Passage]) -> int:
    return sighting[0].start


def _stems(cases: Mapping[str, Case], words: NameWords) -> None:
    """A name that also stands with versions ("Ostra" beside "Ostra 2") is a family of models; they vouch for others."""
    versions: dict[str, list[Case]] = {}
    for case in cases.values():
        head, tail = STEM.match(case.name).groups()  # type: ignore[union-attr] # matches anything
        whole = head == case.name or not tail or BARE_VERSION.fullmatch(tail)
        if case.versioned and not whole and head not in words.ambiguous.stems:
            versions.setdefault(key_of(head), []).append(case)
    for head, members in versions.items():
        sure = [case for case in members if _is_model(case)]
        family = cases.get(head)
        if family is not None:
            for _ in sure:
                rival = 0.0 if family.in_dictionary else -0.6
                family.add({"model": 2.0, "company": rival}, "has versions in this text")
        for case in members:
            if sure and case not in sure:
                case.add({"model": 1.2}, "is a version as others in this text")


def _is_model(case: Case) -> bool:
    kind, score, lead = case.best()
    return kind == "model" and score >= _needed(case, kind, lead)


def _believed(cases: Iterable[Case], words: NameWords) -> Iterator[Decided]:
    heads = words.forms["heads"].split()
    for case in cases:
        kind, score, lead = case.best()
        if case.name in heads:
            continue
        if score >= _needed(case, kind, lead) and lead >= LEAD:
            reason = "; ".join(filter(None, (*case.whys[:4], case.testimony)))
            places = tuple((run.start, run.end) for run, _ in case.runs)
            yield Decided(
                case.name, kind, reason, min(0.95, 0.5 + score / 12), tuple(_short(case.name, kind, words)), places
            )


def _witnessed(cases: Iterable[Case]) -> tuple[list[Case], list[Case]]:
    """The names about which a witness is asked: those beyond doubt, and those that are believed or nearly so."""
    clear, close = [], []
    for case in cases:
        kind, score, lead = case.best()
        over = score - _needed(case, kind, lead)
        if over >= BEYOND and lead >= BEYOND:
            clear.append(case)
        elif over >= -WANTING:
            close.append(case)
    return clear, close


def _needed(case: Case, kind: str, lead: float) -> float:
    """The score from which the kind is believed of this name."""
    usual = BELIEVED.get(kind, NEVER)
    distinctive = DISTINCTIVE.get(kind, usual)
    if case.place:
        return NEVER
    in_dictionary = case.in_dictionary and not (case.adjective and kind == "company")
    if in_dictionary and kind == "company" and " " not in case.name and not case.proper:
        return INFLECTED
    if case.noun_like and not case.elsewhere and NOUN_ENDING.search(case.name):
        return INFLECTED
    if case.everyday and " " not in case.name and in_dictionary:
        return OPENING
    if case.noun_like or (case.everyday and " " not in case.name):
        return distinctive
    if len(case.name) < 3:
        return distinctive if any(c.isdigit() for c in case.name) else usual
    if case.everyday and in_dictionary:
        return usual
    if case.everyday:  # opens a sentence of a language whose words no dictionary here holds
        return FOREIGN if kind == "company" else usual
    if in_dictionary:
        return usual if kind not in DISTINCTIVE else PROPER if case.proper else IN_DICTIONARY
    if lead >= CLEAR_LEAD and (kind == "company" or (kind == "model" and case.versioned)):
        return ALONE
    return distinctive


def _short(name: str, kind: str, words: NameWords) -> Iterator[str]:
    """How a text calls it the second time."""
    parts = name.split()
    if len(parts) < 2:
        return
    if kind == "person":
        yield parts[-1]
    elif kind in ("company", "group") and (
        parts[-1] in words.company_ends or parts[-1].rstrip(".") in words.company_ends
    ):
        head = " ".join(parts[:-1])
        if len(head) > 2:
            yield head
    elif kind in ("company", "group", "outlet") and len(parts) > 2:
        initials = "".join(p[0] for p in parts if p[0].isupper())
        if len(initials) > 2:
            yield initials
