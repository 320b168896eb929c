# ruff: noqa: E501 -- a pair is a row of a table; broken into lines it cannot be read as one
"""Single conditions of the rules: a pair that differs from one with another verdict in that condition only."""

from __future__ import annotations

import pytest

from distillwatch.graph import candidates
from distillwatch.graph.gates import span
from distillwatch.graph.statements import Statement
from distillwatch.graph.wording import says
from distillwatch.graph.world import World
from distillwatch.topic import Topic
from tests.graph.sayings import PARTIES, say, short, text, verdict

USED, COUNT = "trained_on_outputs_of", (16543, 16543, "accounts", "exact")
OLD = text("A", published="2025-06-01")
ACT = "Provenance Act"

PAIRS: list[tuple[str, Statement, Statement, str]] = [
    ("with and without reserve in one text", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", hedge="weak", evidence="Norvane suspects it."), say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Norvane says Mirel was trained on Ostra 2."), "nothing"),
    ("alleged, and beyond doubt in the same text", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges"), say("A", "Mirel", USED, "Ostra 2", evidence="Norvane has shown beyond doubt that Mirel was trained on Ostra 2."), "nothing"),
    ("a letter since a month has no end", say("A", "Norvane", "sent", "letter", when=("2026-02-01", None, "month"), qualifiers={"to": "Tarsil"}), say("B", "Norvane", "sent", "letter", when=("2026-03-10", "2026-03-10"), qualifiers={"to": "Tarsil"}), "compatible/precision"),
    ("of a page without a date", say(text("A", published=""), "Norvane", "sued", "Tarsil", polarity="-"), say("B", "Norvane", "sued", "Tarsil", when=("2026-04-02", "2026-04-02")), "contradiction/polarity"),
    ("a firm has models", say("A", "Norvane", "has_parameters", figure=(7e9, 7e9, "parameters", "exact")), say("B", "Norvane", "has_parameters", figure=(70e9, 70e9, "parameters", "exact")), "cannot_compare/scope"),
    ("a firm and its lab, a model", say("A", "Norvane", "released", "Ostra 2", when=("2026-04-02", "2026-04-02")), say("B", "Norvane Labs", "released", "Ostra 2", when=("2026-04-09", "2026-04-09")), "contradiction/date"),
    ("a firm and its lab, a report each", say("A", "Norvane", "released", "safety report", when=("2026-04-02", "2026-04-02")), say("B", "Norvane Labs", "released", "safety report", when=("2026-04-09", "2026-04-09")), "nothing"),
    ("two models of one firm", say("A", "Huaixu", USED, "Mirel", by="Norvane", act="alleges"), say("B", "Huaixu", USED, "Kolm", by="Norvane", act="alleges"), "nothing"),
    ("confirmed by the accuser, negated by the accused", say("A", "Tarsil", USED, "Ostra", by="Norvane", act="confirms"), say("B", "Tarsil", USED, "Ostra", by="Tarsil", polarity="-"), "contradiction/polarity"),
    ("a breach alleged, negated by who is said to have made it", say("A", "Tarsil", "violates", "Norvane Terms", by="Norvane", act="alleges"), say("B", "Tarsil", "violates", "Norvane Terms", by="Tarsil", polarity="-"), "contradiction/legality"),
    ("an event that one text names", say("A", ACT, "policy_status", "in force", when=("2026-04-02", "2026-04-02"), qualifiers={"event": "entry"}), say("B", ACT, "policy_status", "in force", when=("2026-04-09", "2026-04-09")), "contradiction/date"),
    ("events that both texts name", say("A", ACT, "policy_status", "in force", when=("2026-04-02", "2026-04-02"), qualifiers={"event": "entry"}), say("B", ACT, "policy_status", "in force", when=("2026-04-09", "2026-04-09"), qualifiers={"event": "duties"}), "cannot_compare/different_event"),
    ("one count of two things", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=COUNT), say("B", "Tarsil", "accessed", "Ostra", by="Trade Ministry", act="reports", figure=(16543, 16543, "exchanges", "exact")), "compatible/scope"),
    ("a vote foreseen", say("A", ACT, "policy_status", "adopted", when=("2026-04-02", "2026-04-02"), evidence="The chamber adopted it by 61 votes to 38."), say("B", ACT, "policy_status", "adopted", act="predicts", when=("2026-04-02", "2026-04-02"), evidence="The chamber will adopt it by 61 votes to 39."), "nothing"),
    ("a vote counted twice", say("A", ACT, "policy_status", "adopted", when=("2026-04-02", "2026-04-02"), evidence="The chamber adopted it by 61 votes to 38."), say("B", ACT, "policy_status", "adopted", act="reports", when=("2026-04-02", "2026-04-02"), evidence="The chamber adopted it by 61 votes to 39."), "contradiction/numeric"),
    ("a denial much older than the charge", say(OLD, "Tarsil", USED, "Ostra", by="Tarsil", act="denies", polarity="-"), say("B", "Tarsil", USED, "Ostra", by="Norvane", act="alleges"), "cannot_compare/different_event"),
    ("a denial much older than one's own word", say(OLD, "Tarsil", USED, "Ostra", by="Tarsil", act="denies", polarity="-"), say("B", "Tarsil", USED, "Ostra", by="Ivo Lantz", act="confirms"), "contradiction/denial"),
    ("two voices of one text", say("A", "Norvane", "sent", "letter", by="Norvane", when=("2026-04-06", "2026-04-06"), qualifiers={"to": "Tarsil"}, evidence="The letter is of 6 April, not 5 April, Norvane says."), say("A", "Norvane", "sent", "letter", by="Ivo Lantz", when=("2026-04-05", "2026-04-05"), qualifiers={"to": "Tarsil"}, evidence="The letter is of 5 April, says Lantz."), "contradiction/date"),
    ("a voice, and the text itself", say("A", "Norvane", "sent", "letter", by="Norvane", when=("2026-04-06", "2026-04-06"), qualifiers={"to": "Tarsil"}, evidence="The letter is of 6 April, not 5 April, Norvane says."), say("A", "Norvane", "sent", "letter", when=("2026-04-05", "2026-04-05"), qualifiers={"to": "Tarsil"}, evidence="The letter is of 5 April."), "contradiction/date"),
    ("a family is not each of its versions", say("A", "Kolm 7B", USED, "Ostra", by="Norvane", act="alleges"), say("B", "Kolm", USED, "Ostra", by="Tarsil", act="denies", polarity="-"), "nothing"),
    ("what no version did", say("A", "Kolm 7B", USED, "Ostra", by="Norvane", act="alleges"), say("B", "Kolm", USED, "Ostra", by="Tarsil", act="denies", polarity="-", evidence="None of the Kolm models was trained on Ostra."), "contradiction/denial"),
    ("a former holder of something else", say("A", ACT, "policy_status", "in force", when=("2026-04-02", "2026-04-02"), evidence="The act of the former minister took effect on 2 April."), say("B", ACT, "policy_status", "in force", when=("2026-04-09", "2026-04-09")), "contradiction/date"),
    ("four quoted words", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Norvane said Mirel “repeats our answers verbatim”."), say("B", "Mirel", USED, "Ostra 2", by="Una Bex", act="alleges", evidence="Mirel “repeats our answers verbatim”, Una Bex said."), "contradiction/attribution"),
    ("three quoted words", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Norvane said Mirel “repeats our answers”."), say("B", "Mirel", USED, "Ostra 2", by="Una Bex", act="alleges", evidence="Mirel “repeats our answers”, Una Bex said."), "nothing"),
    ("what a term does not mean", say("A", "Norvane", "defines", "stealing the weights of a model", polarity="-", qualifiers={"term": "distillation"}), say("B", "Tarsil", "defines", "training a student on the outputs of a teacher", qualifiers={"term": "distillation"}), "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "expected"), [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS])
def test_verdict_of_a_pair(topic: Topic, a: Statement, b: Statement, expected: str) -> None:
    assert short(verdict(topic, a, b)) == expected


@pytest.mark.parametrize(
    ("day", "act", "severity"),
    [("2026-04-03", "asserts", "soft"), ("2026-04-09", "asserts", "hard"), ("2026-04-09", "predicts", "soft")],
)
def test_neighbouring_days_and_forecasts_are_the_softer_findings(
    topic: Topic, day: str, act: str, severity: str
) -> None:
    a, b = (
        say(where, ACT, "policy_status", "in force", act=act, when=(when, when), evidence="It takes effect then.")
        for where, when in (("A", "2026-04-02"), ("B", day))
    )
    found = verdict(topic, a, b)
    assert found is not None and (short(found), found.severity) == ("contradiction/date", severity)


@pytest.mark.parametrize(("tells", "expected"), [("-", "compatible/quoted_allegation"), ("+", "contradiction/denial")])
def test_a_text_tells_both_sides_only_where_it_tells_the_denial(topic: Topic, tells: str, expected: str) -> None:
    a = say("A", "Tarsil", USED, "Ostra", by="Norvane", act="alleges")
    b = say("B", "Tarsil", USED, "Ostra", by="Tarsil", act="denies", polarity="-")
    charge = say("B", "Tarsil", USED, "Ostra", by="Norvane", act="alleges", evidence="So says Norvane.")
    answer = say("A", "Tarsil", USED, "Ostra", by="Tarsil", act="reports", polarity=tells, evidence="Tarsil on that.")
    assert short(verdict(topic, a, b, charge, answer)) == expected


def test_commenters_are_one_voice_and_no_speaker_is_another(topic: Topic) -> None:
    world = World(PARTIES, topic.vocabulary)
    one, other, nobody = (
        candidates.signature(say("A", "Tarsil", USED, "Ostra", by=name), world) for name in ("gullwing", "hexer", "")
    )
    assert one == other != nobody


@pytest.mark.parametrize(
    ("by", "act", "hedge", "told"),
    [
        (
            "Norvane",
            "alleges",
            "none",
            "In A (2026-04-20) Norvane alleges that Tarsil trained, fine-tuned or distilled a model on what Ostra produced",
        ),
        (
            "",
            "reports",
            "none",
            "In A (2026-04-20) the text reports that Tarsil trained, fine-tuned or distilled a model on what Ostra produced",
        ),
        (
            "",
            "asks",
            "none",
            "In A (2026-04-20) the text asks whether Tarsil trained, fine-tuned or distilled a model on what Ostra produced",
        ),
        (
            "",
            "asserts",
            "strong",
            "In A (2026-04-20) the text states that Tarsil trained, fine-tuned or distilled a model on what Ostra produced, as possible",
        ),
    ],
)
def test_who_says_what_in_words(topic: Topic, by: str, act: str, hedge: str, told: str) -> None:
    said = says(say("A", "Tarsil", USED, "Ostra", by=by, act=act, hedge=hedge), World(PARTIES, topic.vocabulary))
    assert said == told


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (None, "no date"),
        (("2026-04-02", "2026-04-02"), "2026-04-02"),
        (("2026-04-02", None), "from 2026-04-02 on"),
        ((None, "2026-04-02"), "until 2026-04-02"),
        (("2026-04-02", "2026-04-09"), "2026-04-02 to 2026-04-09"),
    ],
)
def test_dates_in_words(when: tuple[str | None, str | None] | None, shown: str) -> None:
    assert span(say("A", "Tarsil", USED, "Ostra", when=when)) == shown
