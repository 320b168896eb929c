# ruff: noqa: E501 -- a pair is a row of a table; broken into lines it cannot be read as one
"""Sentences that were likely misread: a flag that would rest on one is a note instead."""

from __future__ import annotations

import pytest

from distillwatch.graph.statements import Statement
from distillwatch.topic import Topic
from tests.graph.sayings import say, short, text, verdict

USED, JUDGE, BASE = "trained_on_outputs_of", "evaluated_with", "built_on"
DENIED = say("B", "Mirel", USED, "Ostra 2", by="Ivo Lantz", act="denies", polarity="-")

ROWS: list[tuple[str, Statement, Statement, str]] = [
    ("a firm that seems to accuse itself with a no", say("A", "Mirel", USED, "Ostra 2", by="Tarsil", evidence="No answer of Ostra 2 went into Mirel."), DENIED, "cannot_compare/polarity"),
    ("its spokesman, too", say("A", "Mirel", USED, "Ostra 2", by="Ivo Lantz", act="alleges", evidence="“Keine Antwort von Ostra 2 steckt in Mirel”, sagte Lantz."), say("B", "Tarsil", JUDGE, "Ostra 2", by="Una Bex", evidence="Tarsil used it only as a judge."), "cannot_compare/polarity"),
    ("one thing negated, another said", say("A", "Mirel", BASE, "Ostra 2", by="Tarsil", evidence="Mirel was not trained on answers but starts from the weights of Ostra 2."), say("B", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges"), "contradiction/mechanism"),
    ("a confession", say("A", "Mirel", USED, "Ostra 2", by="Ivo Lantz", act="confirms", evidence="Lantz confirmed that, no matter how, Mirel had learned from Ostra 2."), say("B", "Mirel", USED, "Ostra 2", by="Tarsil", act="denies", polarity="-"), "contradiction/denial"),
    ("a bound that is a never", say("A", "Tarsil", "accessed", "Ostra", by="Ivo Lantz", figure=(None, 300, "accounts", "up_to"), evidence="By his account Tarsil never held more than 300 accounts."), say("B", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(6100, 6100, "accounts", "exact")), "contradiction/numeric"),
    ("a never, and a figure that is none of its", say("A", "Tarsil", "accessed", "Ostra", by="Ivo Lantz", figure=(300, 300, "accounts", "exact"), evidence="By his account Tarsil never held 300 accounts."), say("B", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(6100, 6100, "accounts", "exact")), "cannot_compare/polarity"),
    ("a denial told as a fact", say("A", "Mirel", USED, "Ostra 2", evidence="Tarsil rejected the charge that Mirel learned from Ostra 2."), DENIED, "cannot_compare/polarity"),
    ("the charge and its denial in one sentence", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Norvane says Mirel learned from Ostra 2, which Tarsil denies."), DENIED, "contradiction/denial"),
    ("a title that asks", say(text("A", kind="forum"), "Norvane", "sued", "Tarsil", by="gullwing", evidence="Has Norvane sued Tarsil yet"), say("B", "Norvane", "sued", "Tarsil", polarity="-"), "cannot_compare/question"),
    ("a question mark", say("A", "Norvane", "sued", "Tarsil", evidence="So Norvane sued Tarsil?"), say("B", "Norvane", "sued", "Tarsil", polarity="-"), "cannot_compare/question"),
    ("a sentence that only begins like one", say("A", "Norvane", "sued", "Tarsil", evidence="Will Norris of Norvane said it sued Tarsil."), say("B", "Norvane", "sued", "Tarsil", polarity="-"), "contradiction/polarity"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_no_flag_rests_on_a_sentence_that_was_likely_misread(
    topic: Topic, a: Statement, b: Statement, expected: str
) -> None:
    found = verdict(topic, a, b)
    assert short(found) == expected, found and found.why
