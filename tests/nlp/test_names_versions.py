"""Versions, sizes and tiers behind a model's name; numbers that count are none."""

from __future__ import annotations

import pytest

from distillwatch.nlp.names import NameFinder
from tests.nlp.builders import document, kinds, linked


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("They use Ostra 3 daily.", "Ostra 3"),
        ("They use Ostra 2 Mini daily.", "Ostra 2 Mini"),
        ("They use Ostra-4.1-mini daily.", "Ostra-4.1-mini"),
        ("They use Linmo3-72B-Instruct daily.", "Linmo3-72B-Instruct"),
        ("They use Linmo-R1-0528 daily.", "Linmo-R1-0528"),
        ("They use Linmo-R1-Distill-Ostra-70B daily.", "Linmo-R1-Distill-Ostra-70B"),
        ("They use Ostra Pro daily.", "Ostra Pro"),
        ("They use Mistral 8B daily.", "Mistral 8B"),  # a company's name with a size is a model of its own
        ("They use Rautenfels M2.5 daily.", "Rautenfels M2.5"),
        ("他们用林墨 3 Pro训练。", "林墨 3 Pro"),
    ],
)
def test_versions_are_models_of_their_own(finder: NameFinder, text: str, version: str) -> None:
    names = finder.find(document(text))
    assert kinds(names) == {version: "model"}
    assert names.proposed[0].owner


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("They asked Ostra 3 times.", "Ostra"),
        ("They asked Ostra 2,000 questions.", "Ostra"),
        ("They asked Ostra 2 times.", "Ostra"),  # although "Ostra 2" is registered
        ("Norvane 3 said no.", "Norvane"),  # a plain number makes no model of a company
        ("By Q3 Ostra was old. Ostra in 2025 won.", "Ostra"),
        ("Ostra 2026 plans", "Ostra"),
        ("Ostra57 related articles", ""),  # a figure glued on by a page's layout
    ],
)
def test_counts_are_no_versions(finder: NameFinder, text: str, stem: str) -> None:
    names = finder.find(document(text))
    assert kinds(names) == {}
    assert set(linked(names).values()) == ({stem} if stem else set())


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("They opened 28,000 Ostra 2 accounts.", "Ostra 2"),  # of a version that there is
        ("They paid for Ostra 2 queries.", "Ostra 2"),
        ("They asked Ostra 3 questions.", "Ostra"),  # there is no such version
    ],
)
def test_a_registered_version_has_users(finder: NameFinder, text: str, version: str) -> None:
    assert set(linked(finder.find(document(text))).values()) == {version}


def test_family_and_owner_are_kept(finder: NameFinder) -> None:
    (proposed,) = finder.find(document("Ostra 4 Turbo is out.")).proposed
    assert (proposed.family, proposed.owner, proposed.status) == ("Ostra", "Norvane", "proposed")
