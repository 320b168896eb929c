"""Masked copies: every place of the copy leads back to its source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from distillwatch.nlp.masking import Mask, mask

TEXT = "Norvane fine-tuned Ostra 2; Tarsil sued."


def test_copy_and_way_back() -> None:
    copy = mask(TEXT, 0, len(TEXT), [Mask(0, 7, "Google"), Mask(8, 18, "taught"), Mask(19, 26, "Linux")])
    assert copy.text == "Google taught Linux; Tarsil sued."
    at = copy.text.index("Linux")
    assert TEXT[copy.source(at) : copy.source_end(at + 5)] == "Ostra 2"
    assert TEXT[copy.source(0) : copy.source_end(len(copy.text))] == TEXT
    assert copy.copy(TEXT.index("Tarsil")) == copy.text.index("Tarsil")


def test_first_of_two_overlapping_masks_wins() -> None:
    assert mask("abcdef", 0, 6, [Mask(1, 4, "X"), Mask(2, 6, "Y")]).text == "aXef"


def test_masks_outside_and_empty_ones_are_ignored() -> None:
    assert mask("abcdef", 2, 4, [Mask(0, 3, "X"), Mask(2, 2, "Y"), Mask(4, 6, "Z")]).text == "cd"


@given(
    st.text(min_size=1, max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.text(max_size=5)))
)
def test_unmasked_text_keeps_its_place(text: str, rows: list[tuple[int, int, str]]) -> None:
    copy = mask(text, 0, len(text), [Mask(a, b, word) for a, b, word in rows])
    covered = {i for m in copy.masks for i in range(m.start, m.end)}
    for i, character in enumerate(text):
        if i not in covered:
            assert copy.text[copy.copy(i)] == character
            assert copy.source(copy.copy(i)) == i
    assert all(0 <= copy.source(i) <= copy.source_end(i + 1) <= len(text) for i in range(len(copy.text)))
