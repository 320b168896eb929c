"""Sentence borders."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distillwatch.nlp.sentences import split

CASES = [
    ("One. Two.", ["One.", "Two."]),
    ("The U.S. Department of Trade said no.", ["The U.S. Department of Trade said no."]),
    ("He left the U.S. The next day he returned.", ["He left the U.S.", "The next day he returned."]),
    ("It cost $5.5 million. It was cheap.", ["It cost $5.5 million.", "It was cheap."]),
    ("Released on Jan. 20. The model won.", ["Released on Jan. 20.", "The model won."]),
    ("J. Smith said so. Dr. Lee agreed.", ["J. Smith said so.", "Dr. Lee agreed."]),
    ("“No output went in,” she said. Nothing else.", ["“No output went in,” she said.", "Nothing else."]),
    ("“Is it theft?” “No!” she said.", ["“Is it theft?”", "“No!” she said."]),
    ("1. By 2025 it ends. Then more.", ["1. By 2025 it ends.", "Then more."]),
    ("Norvane Inc. sued. See No. 5 for more.", ["Norvane Inc. sued.", "See No. 5 for more."]),
    ("Wait … and then. Ok.", ["Wait … and then.", "Ok."]),
    ("你好。再见。", ["你好。", "再见。"]),
    ("", []),
    (" \n ", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_split(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split(text)] == expected


@given(st.text(alphabet=st.sampled_from('Ab .!?…"“”’)\n\t1,;。🙂\u0301\u202e'), max_size=60))
def test_every_visible_character_stands_in_one_sentence(text: str) -> None:
    spans = list(split(text))
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join(text[a:b] for a, b in spans).split() == text.split() or "".join(
        "".join(text[a:b].split()) for a, b in spans
    ) == "".join(text.split())
