"""Unregistered names that stand together tell each other's kind: owner and owned, neighbours in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from distillwatch.nlp.names.evidence import Case

POSSESSION = re.compile(r"['’]s (?:new |latest |own |flagship |open |older |smaller |larger |next )*")
Member = tuple[int, int, "Case | str"]
LISTED = 30  # names of a list to either side that may lend; a longer "list" is a fault of the page
COMMA = re.compile(r", |\s?[、，]\s?")
CONJUNCTION = re.compile(r",? (?:and|or|nor|et|ou|und|oder|y|o|e|as well as|sowie|ainsi que) |\s?[和与與及或と]\s?| & ")
SHARED = ("company", "model", "product", "outlet", "person")


def share_owners(cases: Sequence[Case], plain: str, known: Sequence[tuple[int, int, str]]) -> None:
    """Let owner and owned tell each other's kind: what a company has is its model, who has a model is its company."""
    for (_, end, left), (start, _, right) in pairwise(_in_order(cases, known)):
        if POSSESSION.fullmatch(plain, end, start) is None:
            continue
        owner, owned = _leaning(left), _leaning(right)
        if isinstance(right, Case) and owner == "company" and " " not in right.name:
            right.add({"model": 0.8, "product": 0.5}, "belongs to a company")
        if isinstance(left, Case) and owned in ("model", "product"):
            left.add({"company": 1.2}, f"has a {owned}")


def _leaning(member: Case | str) -> str:
    if isinstance(member, str):
        return member
    kind, score, lead = member.best()
    return kind if score >= 1.2 and lead >= 0.4 else ""


def share_lists(cases: Sequence[Case], text: str, known: Sequence[tuple[int, int, str]]) -> None:
    """Let neighbours in a list ("Norvane, Tarsil and Quellmark") lend each other evidence: what one is, the others are.

    `known` are (start, end, kind) of names that are settled already.
    """
    lent: list[tuple[Case, str, float]] = []
    for chain in _chains(text, list(_without_owners(text, _in_order(cases, known)))):
        for i, (_, _, taker) in enumerate(chain):
            near = [loan for _, _, giver in (*chain[i - 1 : i], *chain[i + 1 : i + 2]) for loan in _loan(giver, taker)]
            others = () if near else (*chain[max(0, i - LISTED) : max(0, i - 1)], *chain[i + 2 : i + LISTED + 1])
            lent += near or [loan for _, _, giver in others for loan in _loan(giver, taker)]
    for case, kind, weight in lent:
        case.add({kind: weight}, f"is listed with a {kind}")


def _without_owners(text: str, members: Sequence[Member]) -> Iterator[Member]:
    """The members, but of "Norvane's Ostra" the last, which begins where its owner does."""
    begin = -1
    for at, (start, end, one) in enumerate(members):
        following = members[at + 1] if at + 1 < len(members) else None
        first = begin if begin >= 0 else start
        begin = -1
        if following is not None and POSSESSION.fullmatch(text, end, following[0]) is not None:
            begin = first
            continue
        yield first, end, one


def _chains(text: str, members: Sequence[Member]) -> Iterator[list[Member]]:
    """Names joined by commas and at least one "and": a comma alone may be an apposition."""
    chain: list[Member] = []
    joined = False
    for member in members:
        gap = (chain[-1][1], member[0]) if chain else (0, 0)
        conjunction = bool(chain) and CONJUNCTION.fullmatch(text, *gap) is not None
        if chain and not conjunction and COMMA.fullmatch(text, *gap) is None:
            if joined:
                yield chain
            chain, joined = [], False
        chain.append(member)
        joined = joined or conjunction
    if joined:
        yield chain


def _in_order(cases: Sequence[Case], known: Sequence[tuple[int, int, str]]) -> list[Member]:
    members: list[Member] = [(run.start, run.end, case) for case in cases for run, _ in case.runs]
    return sorted([*members, *known], key=_place)


def _place(item: Member) -> tuple[int, int]:
    return item[0], item[1]


def _loan(giver: Case | str, taker: Case | str) -> list[tuple[Case, str, float]]:
    if isinstance(taker, str):
        return []
    if isinstance(giver, str):
        return [(taker, giver, 1.6)] if giver in SHARED else []
    kind, score, lead = giver.best()
    if kind == "person" and " " not in taker.name:
        return []
    return [(taker, kind, min(1.4, 0.7 * score))] if kind in SHARED and score >= 1.7 and lead >= 0.6 else []
