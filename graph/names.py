"""Names as they are compared: spelling, case and punctuation aside. Ambiguous names stand for nobody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from distillwatch.records import Entity
from distillwatch.topic import Vocabulary

_PART = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_BETWEEN = re.compile(r"\s*(?:[,;，]\s*(?:(?:and|und|et|y|e|и|&)\s+)?|\s(?:and|und|et|y|e|и|&)\s|[、和与及と・및])\s*")
ORGANISATIONS = frozenset(("company", "group", "agency", "outlet"))
"""Kinds that a text on its own often cannot tell apart."""


def name_key(name: str) -> str:
    """A name reduced to its words and numbers: "Qwen2.5-14B" and "qwen 2.5 14B" are one, "2.5" and "25" are not.

    >>> name_key("Norvane-X2.5, Inc."), name_key("norvane X 2.5 inc")
    ('norvane x 2.5 inc', 'norvane x 2.5 inc')
    """
    return " ".join(_PART.findall(unicodedata.normalize("NFKC", name).casefold().replace("’", "'")))


def legal_forms(vocabulary: Vocabulary) -> frozenset[str]:
    """Keys of the forms of law that stand behind a company's name: "inc", and "s a" for "S.A."."""
    return frozenset(map(name_key, vocabulary.lexicon("names")["forms"]["legal_forms"].split()))


def bare_key(name: str, forms: Collection[str]) -> str:
    """The key without legal forms at the end.

    >>> bare_key("Norvane Inc.", {"inc", "s a"}), bare_key("Tarsil S.A.", {"inc", "s a"}), bare_key("Inc.", {"inc"})
    ('norvane', 'tarsil', 'inc')
    """
    words = name_key(name).split()
    while size := next((n for n in range(1, len(words)) if " ".join(words[-n:]) in forms), 0):
        del words[-size:]
    return " ".join(words)


def listed(words: str) -> list[str]:
    """The names that a list may hold: "A, B and C". Whether they are names is for the caller to know.

    >>> listed("Norvane, Tarsil, and Quellmark"), listed("Bandung Labs")
    (['Norvane', 'Tarsil', 'Quellmark'], ['Bandung Labs'])
    """
    return [part for part in _BETWEEN.split(words) if part]


class NameIndex:
    """Entities by every name they go by, with or without one of the legal `forms`.

    `canonical`: id → the id that stands for it. Two names of what is one are no two names.
    """

    def __init__(
        self, entities: Iterable[Entity], forms: Collection[str], canonical: Mapping[str, str] | None = None
    ) -> None:
        one = canonical or {}
        self._forms = forms
        self._by_key: dict[str, dict[str, Entity]] = {}
        for entity in entities:
            for name in (entity.name, *entity.aliases):
                for key in {name_key(name), bare_key(name, forms)} - {""}:
                    self._by_key.setdefault(key, {}).setdefault(one.get(entity.id, entity.id), entity)

    def find(self, name: str, kind: str | None = None) -> Entity | None:
        """The one entity of that name (and kind, or a kindred one); None where there is none or more than one."""
        for key in (name_key(name), bare_key(name, self._forms)):
            found = list(self._by_key.get(key, {}).values())
            exact = [e for e in found if kind is None or e.kind == kind]
            kindred = [e for e in found if kind in ORGANISATIONS and e.kind in ORGANISATIONS]
            for choice in (exact, kindred):
                if len(choice) == 1:
                    return choice[0]
        return None
