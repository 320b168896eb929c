# ruff: noqa: E501 -- a pair is a row of a table; broken into lines it cannot be read as one
"""One text tells two figures apart; another gives a party the figure of somebody else."""

from __future__ import annotations

import pytest

from distillwatch.graph.statements import Statement
from distillwatch.topic import Topic
from tests.graph.sayings import say, short, text, verdict

GROUP = "Harrow Relay's customers"
LATER = text("B", published="2026-05-02")
SPRING = ("2026-01-01", "2026-03-31")


def used(
    where: object, who: str, count: float, when: tuple[str, str] | None = None, unit: str = "prompts", **more: object
) -> Statement:
    """Somebody sent that many prompts to Ostra."""
    return say(where, who, "accessed", "Ostra", figure=(count, count, unit, "exact"), when=when, **more)  # type: ignore[arg-type] # a row says what it needs


OWN = used("A", "Tarsil", 8.4e6, SPRING, by="Norvane", act="alleges")
ALL = used("A", GROUP, 13e6, SPRING, by="Norvane")

ROWS = [
    ("the group's total given to one", OWN, used(LATER, "Tarsil", 13e6), [ALL], "contradiction/numeric"),
    ("another firm's figure", OWN, used(LATER, "Tarsil", 13e6), [used("A", "Huaixu", 13e6, SPRING)], "contradiction/numeric"),
    ("a figure that nobody else has", OWN, used(LATER, "Tarsil", 17e6), [ALL], "cannot_compare/scope"),
    ("the text gives both to the party", OWN, used(LATER, "Tarsil", 13e6), [ALL, used("A", "Tarsil", 13e6)], "cannot_compare/scope"),
    ("accounts are no prompts", used("A", "Tarsil", 2118, SPRING, "accounts"), used(LATER, "Tarsil", 13e6), [ALL], "compatible/scope"),
    ("round and small", used("A", "Tarsil", 30, by="Norvane"), used(LATER, "Tarsil", 50, SPRING), [used("A", GROUP, 50)], "cannot_compare/scope"),
    ("another year", OWN, used(LATER, "Tarsil", 13e6, ("2024-01-01", "2024-12-31")), [ALL], "compatible/scope"),
    ("only possible", OWN, used(LATER, "Tarsil", 13e6, hedge="strong"), [ALL], "compatible/opinion"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "others", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_verdict_of_a_pair(topic: Topic, a: Statement, b: Statement, others: list[Statement], expected: str) -> None:
    found = verdict(topic, a, b, *others)
    assert short(found) == expected, found and found.why


def test_the_reason_names_whose_figure_it_is(topic: Topic) -> None:
    found = verdict(topic, OWN, used(LATER, "Tarsil", 13e6), ALL)
    assert found is not None
    assert f"in A (2026-04-20) that is the figure of {GROUP}, and Tarsil has 8,400,000 prompts" in found.why


ONLY = "Tarsil has only ever held one account."


def test_a_count_that_is_the_only_one_bounds_each_way(topic: Topic) -> None:
    one = say("A", "Tarsil", "accessed", "Ostra", by="Tarsil", figure=(1, 1, "accounts", "exact"), evidence=ONLY)
    many = say(
        "B", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(2118, 2118, "accounts", "exact"),
        qualifiers={"route": "Harrow Relay"},
    )  # fmt: skip
    found = verdict(topic, one, many)
    assert short(found) == "contradiction/numeric"
    assert found is not None and "1 account," in found.why
