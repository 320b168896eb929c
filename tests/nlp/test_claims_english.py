"""English sentences and the claims that they make: all of them, and no other."""

from __future__ import annotations

import pytest

from distillwatch.nlp.extract import Extractor
from tests.nlp.claims_desk import Desk, cases, compared


@pytest.fixture(scope="module")
def desk(sample_extractor: Extractor) -> Desk:
    return Desk(sample_extractor)


@pytest.mark.parametrize(("sentence", "expected"), cases())
def test_sentence(desk: Desk, sentence: str, expected: tuple[str, ...]) -> None:
    found = desk.told(desk.read(sentence).claims)
    assert compared(expected, found) == ([], []), f"found {found}"


def test_the_table_covers_every_predicate(desk: Desk) -> None:
    told = {line.split("|")[1] for _, claims in cases() for line in claims}
    assert told == set(desk.extractor.topic.vocabulary.predicates)


def test_half_of_the_acts_and_all_polarities_are_in_the_table() -> None:
    tails = [line.split("|")[3] for _, claims in cases() for line in claims if line.count("|") > 2]
    acts = {tail.partition("@")[0].partition("!")[0].partition("#")[0].rstrip("+-") for tail in tails} - {""}
    assert acts == {"asserts", "reports", "alleges", "confirms", "denies", "predicts", "opines", "supposes", "asks"}


def test_a_bare_count_is_about_the_model_that_the_page_tells_of(desk: Desk) -> None:
    page = (
        "Quellmark accused Norvane and Tarsil of distilling Pellan 3.",
        "Norvane accounted for more than 4 million exchanges, out of a total of 9 million exchanges.",
        "Quellmark itself identified 3,000 accounts.",
    )
    told = [line for line in desk.told(desk.read(*page).claims) if "|accessed|" in line]
    assert told == ["Norvane|accessed|Pellan 3|asserts+#4000000"]


def test_a_bare_count_is_about_nothing_where_the_page_tells_of_two_houses(desk: Desk) -> None:
    page = (
        "Quellmark accused Norvane of distilling Pellan 3.",
        "Bolan was distilled from Mirel 7B, Tarsil said.",
        "Norvane accounted for more than 4 million exchanges.",
    )
    assert not [line for line in desk.told(desk.read(*page).claims) if "|accessed|" in line]


def test_a_group_is_the_same_in_whatever_order_it_is_listed(desk: Desk) -> None:
    orders = ("Norvane, Tarsil and Bolan", "Tarsil, Bolan and Norvane")
    told = [
        desk.read(f"Quellmark accused {names} of sending 9 million prompts to Pellan 3.").claims for names in orders
    ]
    assert [len(claims) for claims in told] == [1, 1]
    assert told[0][0].subject_id == told[1][0].subject_id


def test_whoever_presses_is_not_who_is_pressed(desk: Desk) -> None:
    page = (
        "Adaeze Lindholt of Quellmark spoke to the panel.",
        "Pressed by Senator Aldous Renn, she denied that Pellan 3 had ever been trained on answers from Ostra 2.",
    )
    told = desk.told(desk.read(*page).claims)
    assert "Pellan 3|trained_on_outputs_of|Ostra 2|denies-@Adaeze Lindholt" in told
