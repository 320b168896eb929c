"""Spans: none of the set overlaps another, and what is told of a span agrees with looking at all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from distillwatch.nlp.spans import Spans

SPAN = st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(SPAN), st.lists(SPAN))
def test_a_span_is_taken_once(taken: list[tuple[int, int]], asked: list[tuple[int, int]]) -> None:
    spans, known = Spans(taken), list(taken)
    for start, end in asked:
        free = not any(start < b and a < end for a, b in known)
        assert spans.touches(start, end) != free
        assert spans.add(start, end) == free
        known += [(start, end)] * free
