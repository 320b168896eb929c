"""Terms of office: who held which post when, so that a text can be seen to put a sitting holder into the past."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from distillwatch.dates import DateRange
from distillwatch.errors import TopicInvalid
from distillwatch.graph.marks import Marks, pattern
from distillwatch.topic import read_table


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """One row of a topic's `terms.tsv`: a person in a post from one day to another, or seen in it until then."""

    person: str
    role: str  # a class of the lexicon's `roles`
    at: str
    start: str
    until: str
    note: str = ""

    def __post_init__(self) -> None:
        DateRange(self.start, self.until)  # raises ValueError for what is no day, and for a term that ends first


class Terms:
    """The terms of a topic, with the words by which texts call a holder a former one."""

    def __init__(self, terms: Iterable[Term], names: Mapping[str, tuple[str, ...]], marks: Marks) -> None:
        """Raises TopicInvalid for a post that the lexicon has no words for."""
        former = "|".join(marks.words("former_holder"))
        self._terms = []
        for term in terms:
            roles = marks.words(term.role, "roles")
            if not roles:
                raise TopicInvalid(
                    f"terms.tsv: {term.person} is {term.role!r}, which is no class of [roles] in lexicon/compare.toml"
                )
            spelt = names.get(term.person, (term.person,))
            self._terms.append((term, _called_former(former, roles, spelt)))

    def holder_called_former(self, text: str, day: str) -> Term | None:
        """The term of somebody whom a text of that day calls a former holder of the post that he then holds."""
        for term, words in self._terms:
            if term.start < day < term.until and words.search(text):
                return term
        return None


def load_terms(folder: Path) -> list[Term]:
    """The rows of `terms.tsv` in a topic's folder, none where there is no such file. Raises TopicInvalid."""
    return list(read_table(folder / "terms.tsv", Term))


def _called_former(former: str, roles: Iterable[str], names: Iterable[str]) -> re.Pattern[str]:
    """ "Former President Ada Lorn", "l’ex-président Lorn", "前总统…": the mark, the post and the name in a row."""
    post = f"(?i:{'|'.join(pattern(word) for word in roles)})"
    between = r"(?:[A-Z][\w.]*[\s-]+){0,2}"  # "former US president", never "former adviser to the president"
    name = "|".join(re.escape(part) for full in names for part in {full, full.split()[-1]} if len(part) > 1)
    plain = post.replace(r"(?<!\w)", "")  # Spanish writes "expresidente" in one word
    return re.compile(
        rf"(?:(?<!\w)(?:{former})[\s-]*{between}(?:{plain})[\s,]+(?:[A-Z]\w+\s+){{0,2}}|前[\u4e00-\u9fff]{{0,4}}(?:{post})\s?)(?:{name})"
    )
