from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distillwatch.ids import entity_id, hash_id, slug

parts = st.lists(st.one_of(st.none(), st.text(max_size=12)), min_size=1, max_size=4)


@given(parts, parts)
def test_ids_differ_exactly_when_their_parts_differ(a: list[str | None], b: list[str | None]) -> None:
    assert (hash_id(*a) == hash_id(*b)) == (a == b)


@given(st.text(min_size=1, max_size=80))
def test_a_slug_is_safe_in_an_address(name: str) -> None:
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(name)


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("company", "Mistral AI", "company-mistral-ai"),
        ("model", "Qwen 2.5-14B", "model-qwen-2-5-14b"),
        ("person", "Maëlle Durand", "person-maelle-durand"),  # an accent folds, nothing is lost
    ],
)
def test_entity_ids_read_well(kind: str, name: str, expected: str) -> None:
    assert entity_id(kind, name) == expected


def test_names_that_lose_letters_stay_apart() -> None:
    assert entity_id("company", "深度") != entity_id("company", "智谱")


def test_long_names_that_begin_alike_stay_apart() -> None:
    """A bill of one year is not that of the next."""
    law = "Guidelines on the Use of Machine Learning in the Public Administration of Vantry"
    assert len({entity_id("policy", f"{law} ({year})") for year in (2024, 2025)}) == 2
    assert slug("a" * 60) == "a" * 60 and len(slug("a" * 61)) == 67
