"""Names as they are compared: spelling, case and punctuation aside. Ambiguous names stand for nobody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from distillwatch.records import Entity

_PART = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_LEGAL_FORMS = frozenset(
    (
        *("inc", "incorporated", "ltd", "limited", "llc", "llp", "plc", "corp", "corporation", "co", "company", "gmbh"),
        *("ag", "se", "sa", "sas", "srl", "bv", "oy", "ab", "pte", "pty", "kk"),
    )
)
_BETWEEN = re.compile(r"\s*(?:[,;，]\s*(?:(?:and|und|et|y|e|и|&)\s+)?|\s(?:and|und|et|y|e|и|&)\s|[、和与及と・및])\s*")
ORGANISATIONS = frozenset(("company", "group", "agency", "outlet"))
"""Kinds that a text on its own often cannot tell apart."""


def name_key(name: str) -> str:
    """A name reduced to its words and numbers: "Qwen2.5-14B" and "qwen 2.5 14B" are one, "2.5" and "25" are not.

    >>> name_key("Norvane-X2.5, Inc."), name_key("norvane X 2.5 inc")
    ('norvane x 2.5 inc', 'norvane x 2.5 inc')
    """
    return " ".join(_PART.findall(unicodedata.normalize("NFKC", name).casefold().replace("’", "'")))


def bare_key(name: str) -> str:
    """The key without a legal form at the end: "Norvane Inc." is "norvane"."""
    words = name_key(name).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def listed(words: str) -> list[str]:
    """The names that a list may hold: "A, B and C". Whether they are names is for the caller to know.

    >>> listed("Norvane, Tarsil, and Quellmark"), listed("Bandung Labs")
    (['Norvane', 'Tarsil', 'Quellmark'], ['Bandung Labs'])
    """
    return [part for part in _BETWEEN.split(words) if part]


class NameIndex:
    """Entities by every name they go by."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_key: dict[str, dict[str, Entity]] = {}
        for entity in entities:
            for name in (entity.name, *entity.aliases):
                for key in {name_key(name), bare_key(name)} - {""}:
                    self._by_key.setdefault(key, {})[entity.id] = entity

    def find(self, name: str, kind: str | None = None) -> Entity | None:
        """The one entity of that name (and kind, or a kindred one); None where there is none or more than one."""
        for key in (name_key(name), bare_key(name)):
            found = list(self._by_key.get(key, {}).values())
            exact = [e for e in found if kind is None or e.kind == kind]
            kindred = [e for e in found if kind in ORGANISATIONS and e.kind in ORGANISATIONS]
            for choice in (exact, kindred):
                if len(choice) == 1:
                    return choice[0]
        return None
