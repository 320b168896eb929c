"""What a page leaves to its earlier sentences: every claim of its paragraphs, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from distillwatch.nlp.extract import Extractor
from tests.nlp.claims_desk import Desk, cases, compared

PAGES = cases([Path(__file__).parent / name for name in ("discourse_claims.txt", "voices_claims.txt")])


@pytest.fixture(scope="module")
def desk(sample_extractor: Extractor) -> Desk:
    return Desk(sample_extractor)


@pytest.mark.parametrize(("page", "expected"), PAGES)
def test_page(desk: Desk, page: str, expected: tuple[str, ...]) -> None:
    found = desk.told(desk.read(*page.split(" ## ")).claims)
    assert compared(expected, found) == ([], []), f"found {found}"
