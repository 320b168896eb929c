"""The prefilter spares searches and changes no result."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distillwatch.nlp.dates.lexicon import LANGUAGES, lexicon
from distillwatch.prefilter import Prefilter, fold, required


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"next week", {"next week"}),
        (r"(?:last|next) weeks?", {"last week", "next week"}),
        (r"(?i:The) (?P<part>end|start)", {"the end", "the start"}),
        (r"\d+ [Ss]pring", {" spring"}),
        (r"in (?:19|20)\d\d", {"in 19", "in 20"}),
        (r"(?:about )?\d{4}", set()),
        (r"a|\w+ days", {"a"}),
        (r"a|\w+", set()),
        (r"(?:ab)+c", {"ab"}),
        (r"x{2,3}", {"x"}),
        (r"(?<!y)(?=z)yes(?!no)", {"yes"}),
        (r"[^a]b[c-e]", {"b"}),
        (r"Straße", {"strasse"}),
        (r"", set()),
    ],
)
def test_what_every_match_contains(pattern: str, needs: set[str]) -> None:
    assert required(pattern) == needs


def test_a_long_list_of_words_is_searched_and_not_looked_for() -> None:
    assert required("|".join(f"{n:03}" for n in range(1000))) == set()


@pytest.mark.parametrize("text", ["LAST FRİDAY", "laſt friday", "last Frıday", "Last friday"])
def test_case_is_ignored_as_the_expressions_ignore_it(text: str) -> None:
    pattern = re.compile("last friday", re.IGNORECASE)
    assert pattern.search(text) is not None
    assert Prefilter([pattern]).possible(text) == [0]


def test_all_letters_fold_as_the_expressions_fold_them() -> None:
    for code in range(0x110000):
        one = chr(code)
        for other in {one.lower(), one.upper(), one.title(), one.casefold()} - {one}:
            if len(other) == 1 and re.fullmatch(re.escape(one), other, re.IGNORECASE):
                assert fold(one) == fold(other), (one, other)


PIECES = st.sampled_from(
    ["March", "mar.", "Friday", "2025", "19", "last", "next", "the", "end of", "week", "days ago", "12", "Q3", "-", "(",
     "hier", "mars", "le 3", "semaine", "Montag", "letzte", "Woche", "enero", "de", "pasado", "2026年", "3月", "上周",
     "昨日", "先週", "İ"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=9), st.sampled_from(["", " "]))
def test_no_date_is_lost(parts: list[str], gap: str) -> None:
    text = gap.join(parts)
    for language in LANGUAGES:
        words = lexicon(language)
        possible = set(words.prefilter.possible(text))
        assert [
            r.regex.pattern for at, r in enumerate(words.rules) if at not in possible and r.regex.search(text)
        ] == []
