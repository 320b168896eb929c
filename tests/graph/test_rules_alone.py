# ruff: noqa: E501 -- a case is a row of a table; broken into lines it cannot be read as one
"""A statement against its own text: deadlines that had passed, things that did not exist yet; and what needs context."""

from __future__ import annotations

import msgspec
import pytest

from distillwatch.graph.statements import Statement
from distillwatch.graph.wording import source
from distillwatch.topic import Topic
from tests.graph.sayings import say, short, text, verdict

LATE = text("A", published="2026-03-16")

ALONE: list[tuple[str, Statement, str]] = [
    ("a deadline that had passed", say(LATE, "Tarsil", "released", "Mirel", evidence="By January Tarsil will have released it.", act="predicts", when=(None, "2026-01-31")),
     "contradiction/anachronism"),
    ("one still to come", say(text("A", published="2026-01-03"), "Tarsil", "released", "Mirel", evidence="Tarsil will do it.", act="predicts", when=(None, "2026-01-31")),
     "nothing"),
    ("a forecast that is recalled", say(LATE, "Tarsil", "released", "Mirel", evidence="Tarsil had said it would be out by January.", act="predicts", when=(None, "2026-01-31")),
     "nothing"),
    ("a date of publication that was only guessed",
     say(text("A", published="2026-03-16", dated_firmly=False), "Tarsil", "released", "Mirel", evidence="It will come.", act="predicts", when=(None, "2026-01-31")), "nothing"),
    ("no date of publication", say(text("A", published=""), "Tarsil", "released", "Mirel", evidence="It will come.", act="predicts", when=(None, "2026-01-31")), "nothing"),
    ("a model that did not exist", say("A", "Tarsil", "trained_on_outputs_of", "Ostra 3"), "contradiction/anachronism"),
    ("a model that existed", say("A", "Tarsil", "trained_on_outputs_of", "Ostra 2"), "nothing"),
    ("used before it existed", say("A", "Tarsil", "accessed", "Ostra 2", when=("2024-05-01", "2024-05-31")), "contradiction/anachronism"),
    ("used by a partner some days early", say("A", "Tarsil", "accessed", "Ostra 2", when=("2025-02-10", "2025-02-20")), "nothing"),
    ("denied of a model that did not exist", say("A", "Tarsil", "trained_on_outputs_of", "Ostra 3", act="denies", polarity="-"), "nothing"),
    ("planned with it", say("A", "Tarsil", "trained_on_outputs_of", "Ostra 3", act="predicts", evidence="It will be trained on it."), "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), [row[1:] for row in ALONE], ids=[row[0] for row in ALONE])
def test_a_statement_against_its_own_text(topic: Topic, statement: Statement, expected: str) -> None:
    assert short(verdict(topic, statement, statement)) == expected


def test_parts_that_do_not_add_up(topic: Topic) -> None:
    def count(who: str, figure: float) -> Statement:
        return say(
            "A", who, "accessed", "Ostra", figure=(figure, figure, "accounts", "exact"), evidence=f"{who}: {figure}"
        )

    whole, large, small = count("Tarsil and Quellmark", 9_000), count("Tarsil", 5_000), count("Quellmark", 1_000)
    found = verdict(topic, whole, large, small)
    assert short(found) == "contradiction/numeric" and "add up" in found.why  # type: ignore[union-attr] # it is a verdict
    assert (
        short(verdict(topic, whole, small, large)) == "compatible/scope"
    )  # one verdict for the sum, with the largest part
    fitting = count("Quellmark", 4_000)
    assert short(verdict(topic, whole, large, fitting)) == "compatible/scope"


def test_a_figure_that_took_the_unit_of_another(topic: Topic) -> None:
    def count(where: str, figure: float, unit: str) -> Statement:
        return say(where, "Tarsil", "accessed", "Ostra", by="Norvane", figure=(figure, figure, unit, "exact"),
                   evidence=f"{where}: {figure} {unit}")  # fmt: skip

    accounts, slipped = count("A", 24_000, "accounts"), count("B", 24_000, "tokens")
    assert short(verdict(topic, accounts, slipped)) == "compatible/scope"  # two counts may agree
    found = verdict(topic, accounts, slipped, count("A", 3_000_000, "tokens"))
    assert short(found) == "contradiction/numeric" and "two units" in found.why  # type: ignore[union-attr] # a verdict


def test_one_of_a_repeated_list_is_replaced(topic: Topic) -> None:
    def used(where: str, model: str, words: str = "") -> Statement:
        return say(
            where,
            "Mirel",
            "trained_on_outputs_of",
            model,
            by="Harbour Post",
            act="reports",
            evidence=words or f"on {model}",
        )

    shared = [used("A", "Pellan"), used("B", "Pellan")]
    open_one = used("A", "Ostra 2", "on Ostra 2, an open-weight model")
    closed_one = used("B", "Norvane", "on the proprietary systems of Norvane")
    assert short(verdict(topic, open_one, closed_one, *shared)) == "contradiction/entity"
    less_specific = used("B", "Norvane", "on the systems of Norvane")
    assert short(verdict(topic, open_one, less_specific, *shared)) == "nothing"


def test_it_was_this_one_and_not_that_one(topic: Topic) -> None:
    alleged = say("A", "Kolm 7B", "trained_on_outputs_of", "Ostra", by="Norvane", act="alleges")
    this = say("B", "Kolm 2-24B", "trained_on_outputs_of", "Ostra", by="Una Bex")
    not_that = say("B", "Kolm 7B", "trained_on_outputs_of", "Ostra", by="Una Bex", polarity="-")
    assert short(verdict(topic, alleged, this, not_that)) == "contradiction/entity"
    assert short(verdict(topic, alleged, this)) == "nothing"
    cleft = msgspec.structs.replace(this, evidence="It was Kolm 2-24B that was trained on Ostra.")
    assert short(verdict(topic, alleged, cleft)) == "contradiction/entity"


def test_texts_that_both_tell_both_sides_agree(topic: Topic) -> None:
    sides = [
        (say(where, "Tarsil", "trained_on_outputs_of", "Ostra", by="Norvane", act="alleges"),
         say(where, "Tarsil", "trained_on_outputs_of", "Ostra", by="Tarsil", act="denies", polarity="-"))
        for where in "AB"
    ]  # fmt: skip
    (said, _), (_, denied) = sides
    assert short(verdict(topic, said, denied, sides[0][1], sides[1][0])) == "compatible/quoted_allegation"


def test_one_origin_makes_a_difference_drift(topic: Topic) -> None:
    figures = [(137e9, "A"), (173e9, "B")]
    a, b = (
        say(text(key, origin="A"), "Mirel", "has_parameters", figure=(size, size, "parameters", "exact"))
        for size, key in figures
    )
    found = verdict(topic, a, b)
    assert found is not None and found.severity == "drift" and "one origin" in found.why


def test_the_sentence_names_both_sides_and_stays_neutral(topic: Topic) -> None:
    a = say("Harbour Post", "Tarsil", "trained_on_outputs_of", "Ostra", by="Norvane", act="alleges")
    b = say("Inland Gazette", "Tarsil", "trained_on_outputs_of", "Ostra", by="Ivo Lantz", act="denies", polarity="-")
    found = verdict(topic, a, b)
    assert found is not None
    for words in (
        "Harbour Post (2026-04-20)",
        "Inland Gazette",
        "Norvane alleges that Tarsil",
        "Ivo Lantz denies that Tarsil",
    ):
        assert words in found.why
    assert not {"lie", "lied", "stole", "caught"} & set(found.why.lower().split())


def test_a_text_is_named_as_far_as_it_is_known() -> None:
    known = {"outlet": "", "title": "A very long title that goes on for more words than a sentence can bear to hold"}
    month = say(text("A", published="2026-04-01", precision="month", **known), "Tarsil", "released", "Mirel")
    assert source(month) == "“A very long title that goes on for more words than a …” (2026-04)"
    assert source(say(text("A", published=""), "Tarsil", "released", "Mirel")) == "A"


@pytest.mark.parametrize(
    ("subject", "predicate", "expected"),
    [
        ("Tarsil", "trained_on_outputs_of", "that Tarsil trained, fine-tuned or distilled a model on what Ostra produced"),
        ("Mirel", "trained_on_outputs_of", "that Mirel was trained, fine-tuned or distilled on what Ostra produced"),
        ("Tarsil", "evaluated_with", "that Tarsil used Ostra as a judge, critic or yardstick, not as training data"),
        ("Mirel", "evaluated_with", "that Mirel had Ostra as a judge, critic or yardstick, not in its training data"),
    ],
)  # fmt: skip
def test_a_model_is_taught_where_a_firm_teaches(topic: Topic, subject: str, predicate: str, expected: str) -> None:
    a = say("Harbour Post", subject, predicate, "Ostra", by="Norvane", act="alleges")
    b = say("Inland Gazette", subject, predicate, "Ostra", by="Ivo Lantz", act="denies", polarity="-")
    found = verdict(topic, a, b)
    assert found is not None and found.why.count(expected) == 2
