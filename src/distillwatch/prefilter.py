"""Which expressions of a long list can match a text at all, told by words that they cannot do without.

A lexicon holds scores of expressions, and a paragraph matches two or three of them. Each expression is asked once for a
set of strings of which every match contains one (Cox, "Regular Expression Matching with a Trigram Index", 2012); one
look for these strings in a text then spares most of the searches, and changes no result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from re import _constants as ops  # type: ignore[attr-defined] # the parser of `re` itself; no public one tells as much
from re import _parser as parser  # type: ignore[attr-defined] # no public way to a parsed expression
from typing import Any

_I = str.maketrans("İı", "ii")
MOST = 64  # strings that may stand for one expression; with more of them, looking costs as much as searching


class Prefilter:
    """The strings that a list of expressions needs; built once, asked for every text."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self.patterns = tuple(patterns)
        told = [required(pattern.pattern, pattern.flags) for pattern in self.patterns]
        short = _shortened({literal for needs in told for literal in needs})
        self.needs = tuple(frozenset(short[literal] for literal in needs) for needs in told)
        self.literals = tuple(sorted(set(short.values())))
        self._open = tuple(enumerate(self.needs))

    def possible(self, text: str) -> Sequence[int]:
        """The positions in the list of the expressions that may match somewhere in `text`, in order."""
        present = self._present(text)
        return [at for at, needs in self._open if not needs or not needs.isdisjoint(present)]

    def narrowed(self, text: str) -> Prefilter:
        """The same for parts of `text` alone, where most of the strings need not be looked for again."""
        present = self._present(text)
        narrow = copy(self)
        narrow.literals = tuple(literal for literal in self.literals if literal in present)
        narrow._open = tuple((at, needs) for at, needs in self._open if not needs or not needs.isdisjoint(present))
        return narrow

    def _present(self, text: str) -> set[str]:
        folded = fold(text)
        return {literal for literal in self.literals if literal in folded}

    def search(self, text: str) -> bool:
        """Whether any of the expressions matches somewhere in `text`."""
        return any(self.patterns[at].search(text) is not None for at in self.possible(text))


def fold(text: str) -> str:
    """Text in which everything that `re` matches regardless of case is equal; to it the Turkish letters are plain i."""
    return (text if text.isascii() else text.translate(_I)).casefold()


def required(pattern: str, flags: int = 0) -> frozenset[str]:
    """Folded strings of which every match of `pattern` contains at least one; empty when none can be told.

    >>> sorted(required(r"(?:last|next) weeks?")), required(r"[A-Z]\\w*")
    (['last week', 'next week'], frozenset())
    """
    return _least(_sequence(parser.parse(pattern, flags & ~re.DEBUG))[0])


def _sequence(items: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str], frozenset[str] | None]:
    """The best set of a sequence, and all that it matches where that is a short list (None otherwise)."""
    best: frozenset[str] = frozenset()
    run: frozenset[str] | None = frozenset({""})  # what the items so far match, from the last gap on
    whole = True
    for op, value in items:
        inner, exact = _item(op, value)
        joined = frozenset(a + b for a in run for b in exact) if run is not None and exact is not None else None
        if joined is not None and len(joined) <= MOST:
            run = joined
            continue
        best = _better(best, _better(run or frozenset(), inner))
        whole = False
        run = exact if exact is not None else frozenset({""})
    best = _better(best, run or frozenset())
    return best, run if whole else None


def _item(op: Any, value: Any) -> tuple[frozenset[str], frozenset[str] | None]:
    nothing: frozenset[str] = frozenset()
    if op is ops.LITERAL:
        return nothing, frozenset({fold(chr(value))})
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return nothing, frozenset({""})
    if op is ops.SUBPATTERN:
        return _sequence(value[3])
    if op is ops.ATOMIC_GROUP:
        return _sequence(value)
    if op is ops.BRANCH:
        return _branch([_sequence(one) for one in value[1]])
    if op is ops.IN and all(kind is ops.LITERAL for kind, _ in value):
        return nothing, frozenset(fold(chr(code)) for _, code in value)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        least, most, body = value
        inner, exact = _sequence(body)
        if least == 0:
            return nothing, exact | {""} if exact is not None and most == 1 else None
        return (inner or nothing), exact if least == most == 1 else None
    return nothing, None


def _branch(
    branches: Sequence[tuple[frozenset[str], frozenset[str] | None]],
) -> tuple[frozenset[str], frozenset[str] | None]:
    exacts = [exact for _, exact in branches]
    listed = frozenset().union(*(e for e in exacts if e is not None))
    exact = listed if None not in exacts and len(listed) <= MOST else None
    if any(not best for best, _ in branches):
        return frozenset(), exact
    union = frozenset().union(*(best for best, _ in branches))
    return (union if len(union) <= MOST else frozenset()), exact


def _shortened(literals: Iterable[str]) -> dict[str, str]:
    """Each string → the shortest of the others that it holds: fewer to look for, for a few idle searches more."""
    found: dict[str, str] = {}
    for literal in sorted(literals, key=lambda one: (len(one), one)):
        found[literal] = next((short for short in found.values() if short in literal), literal)
    return found


def _least(literals: frozenset[str]) -> frozenset[str]:
    """Without those that hold another one: "weeks" is never there without "week"."""
    if "" in literals:
        return frozenset()
    return frozenset(a for a in literals if not any(b != a and b in a for b in literals))


def _better(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The one of two sets that texts hold more seldom."""
    return max((one, other), key=_rarity)


def _rarity(literals: frozenset[str]) -> tuple[float, int]:
    """Weight of the commonest string, then how few there are; a digit or an ideograph tells as much as two letters."""
    least = _least(literals)
    weights = (sum(0.5 if c == " " else 1 if c.isascii() and c.isalpha() else 2 for c in one) for one in least)
    return min(weights, default=0), -len(least)
