# ruff: noqa: E501 -- a pair is a row of a table; broken into lines it cannot be read as one
"""The ordinary ways in which figures and dates of two sources differ, and those in which they only seem to."""

from __future__ import annotations

import pytest

from distillwatch.dates import Precision
from distillwatch.graph.statements import Statement
from distillwatch.topic import Topic
from tests.graph.sayings import say, short, text, verdict

USED, JUDGE, BASE = "trained_on_outputs_of", "evaluated_with", "built_on"
MONTHS_LATER = text("B", published="2026-09-22")
Row = tuple[str, Statement, Statement, str]


def counted(outlet: str, figure: float, start: str, end: str, precision: Precision) -> Statement:
    """What one accuser counts over one time."""
    when = (start, end, precision)
    return say(
        outlet,
        "Tarsil",
        "accessed",
        "Ostra",
        by="Norvane",
        act="alleges",
        figure=(figure, figure, "prompts", "exact"),
        when=when,
        incidents=frozenset({"i"}),
    )


NUMERIC: list[Row] = [
    ("size", say("A", "Mirel", "has_parameters", figure=(70e9, 70e9, "parameters", "exact")), say("B", "Mirel", "has_parameters", figure=(34e9, 34e9, "parameters", "exact")), "contradiction/numeric"),
    ("size rounded", say("A", "Mirel", "has_parameters", figure=(70.6e9, 70.6e9, "parameters", "exact")), say("B", "Mirel", "has_parameters", figure=(70e9, 70e9, "parameters", "about")), "compatible/rounding"),
    ("a slip by a nought, months later", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(5.2e6, 5.2e6, "prompts", "exact")), say(MONTHS_LATER, "Tarsil", "accessed", "Ostra", by="Norvane", act="reports", figure=(52e6, 52e6, "prompts", "exact")), "contradiction/numeric"),
    (
        "accuser and accused count",
        say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(5.2e6, None, "prompts", "over"), when=("2025-11-01", "2026-02-28"), incidents=frozenset({"i"})),
        say("B", "Tarsil", "accessed", "Ostra", by="Ivo Lantz", figure=(210e3, 210e3, "prompts", "exact"), incidents=frozenset({"i"})),
        "contradiction/numeric",
    ),
    ("cost told twice", say("A", "Mirel", "costs", "training", figure=(5.6e6, 5.6e6, "USD", "exact")), say("B", "Mirel", "costs", "training run", figure=(9.1e6, 9.1e6, "USD", "exact")), "contradiction/numeric"),
    ("price raised since", say("A", "Mirel", "costs", "million output tokens", figure=(1.1, 1.1, "USD", "exact")), say(MONTHS_LATER, "Mirel", "costs", "million output tokens", figure=(1.4, 1.4, "USD", "exact")), "compatible/update"),
    ("price in one week", say("A", "Mirel", "costs", "million output tokens", figure=(1.1, 1.1, "USD", "exact")), say("B", "Mirel", "costs", "million output tokens", figure=(1.4, 1.4, "USD", "exact")), "contradiction/numeric"),
    ("price and cost", say("A", "Mirel", "costs", "price per million tokens", figure=(2.0, 2.0, "USD", "exact")), say("B", "Mirel", "costs", "training", figure=(5e6, 5e6, "USD", "exact")), "nothing"),
    ("score in a thread", say("A", "Mirel", "scored", "Lodestone Exam", by="Tarsil", figure=(0.88, 0.88, "score", "exact")), say(text("B", kind="forum"), "Mirel", "scored", "Lodestone Exam", by="gullwing", figure=(0.97, 0.97, "score", "exact")), "contradiction/numeric"),
    (
        "score a reader measured",
        say("A", "Mirel", "scored", "Lodestone Exam", by="Tarsil", figure=(0.88, 0.88, "score", "exact")),
        say(text("B", kind="forum"), "Mirel", "scored", "Lodestone Exam", by="gullwing", figure=(0.81, 0.81, "score", "exact"), evidence="I ran it myself and got 0.81 for Mirel on the Lodestone Exam."),
        "compatible/different_event",
    ),
    ("score of the final paper", say("A", "Mirel", "scored", "Lodestone Exam", by="Una Bex", figure=(0.88, 0.88, "score", "exact")), say(MONTHS_LATER, "Mirel", "scored", "Lodestone Exam", by="Una Bex", figure=(0.93, 0.93, "score", "exact"), evidence="The final version of the paper gives 0.93."), "compatible/update"),
    ("fine in two currencies", say("A", "Trade Ministry", "sanctioned", "Tarsil", figure=(2.5e6, 2.5e6, "EUR", "exact")), say("B", "Trade Ministry", "sanctioned", "Tarsil", figure=(2.5e6, 2.5e6, "USD", "exact")), "contradiction/numeric"),
    ("fine converted", say("A", "Trade Ministry", "sanctioned", "Tarsil", figure=(2.5e6, 2.5e6, "EUR", "exact")), say("B", "Trade Ministry", "sanctioned", "Tarsil", figure=(2.9e6, 2.9e6, "USD", "about")), "compatible/scope"),
    ("fine told twice", say("A", "Trade Ministry", "sanctioned", "Tarsil", figure=(2.5e6, 2.5e6, "EUR", "exact")), say("B", "Trade Ministry", "sanctioned", "Tarsil", figure=(3.5e6, 3.5e6, "EUR", "exact")), "contradiction/numeric"),
    ("stake", say("A", "Quellmark", "owns", "Tarsil", figure=(30, 30, "percent", "exact")), say("B", "Quellmark", "owns", "Tarsil", figure=(51, 51, "percent", "exact")), "contradiction/numeric"),
    ("score of a table, and rounded", say("A", "Mirel", "scored", "Lodestone Exam", figure=(83.9, 83.9, "", "exact")), say("B", "Mirel", "scored", "Lodestone Exam", figure=(84, 84, "percent", "exact")), "compatible/rounding"),
    ("share without decimals", say("A", "Quellmark", "owns", "Tarsil", figure=(84, 84, "percent", "exact")), say("B", "Quellmark", "owns", "Tarsil", figure=(83.9, 83.9, "percent", "exact")), "compatible/rounding"),
    ("two whole shares", say("A", "Quellmark", "owns", "Tarsil", figure=(84, 84, "percent", "exact")), say("B", "Quellmark", "owns", "Tarsil", figure=(85, 85, "percent", "exact")), "contradiction/numeric"),
    ("share that does not round to it", say("A", "Quellmark", "owns", "Tarsil", figure=(84, 84, "percent", "exact")), say("B", "Quellmark", "owns", "Tarsil", figure=(84.6, 84.6, "percent", "exact")), "contradiction/numeric"),
    ("a now that belongs to something else", say("A", "Quellmark", "owns", "Tarsil", figure=(62, 62, "percent", "exact")), say(text("B", published="2026-04-28"), "Quellmark", "owns", "Tarsil", figure=(58, 58, "percent", "exact"), evidence="Quellmark, which owns 58 percent of Tarsil, must by now regret it."), "contradiction/numeric"),
    ("now holds", say("A", "Quellmark", "owns", "Tarsil", figure=(30, 30, "percent", "exact")), say(text("B", published="2026-04-28"), "Quellmark", "owns", "Tarsil", figure=(51, 51, "percent", "exact"), evidence="Quellmark now holds 51 percent of Tarsil."), "compatible/update"),
    ("corrected at the foot of the page", say("A", "Quellmark", "owns", "Tarsil", figure=(26, 26, "percent", "exact"), position=1), say("A", "Quellmark", "owns", "Tarsil", figure=(62, 62, "percent", "exact"), position=9, evidence="Fe de errores: Quellmark controla el 62 por ciento de Tarsil."), "compatible/correction"),
    ("stake raised", say("A", "Quellmark", "owns", "Tarsil", figure=(30, 30, "percent", "exact")), say(MONTHS_LATER, "Quellmark", "owns", "Tarsil", figure=(51, 51, "percent", "exact"), evidence="Quellmark has since raised its stake to 51 percent."), "compatible/update"),
    ("vote", say("A", "Provenance Act", "policy_status", "adopted", when=("2026-04-14", "2026-04-14"), evidence="The Senate adopted it by 61 votes to 38."), say("B", "Provenance Act", "policy_status", "adopted", when=("2026-04-14", "2026-04-14"), evidence="It passed 61-39 on Tuesday."), "contradiction/numeric"),
    ("vote of one day under two stages", say("A", "Provenance Act", "policy_status", "advanced", when=("2026-04-14", "2026-04-14"), evidence="The committee passed it by 9 votes to 4."), say("B", "Provenance Act", "policy_status", "adopted", when=("2026-04-14", "2026-04-14"), evidence="The committee's vote was 8 to 5."), "contradiction/numeric"),
    ("one word for prompts in two languages", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(5e6, 5e6, "prompts", "exact")), say(text("B", language="de"), "Tarsil", "accessed", "Ostra", act="reports", figure=(52e6, 52e6, "queries", "exact")), "contradiction/numeric"),
    (
        "vote in two houses",
        say("A", "Provenance Act", "policy_status", "adopted", when=("2026-04-14", "2026-04-14"), evidence="The Senate adopted it by 61 votes to 38."),
        say("B", "Provenance Act", "policy_status", "adopted", when=("2026-04-14", "2026-04-14"), evidence="The House of Deputies passed it 210 to 190."),
        "compatible/different_event",
    ),
    ("more than, and more", say("A", "Tarsil", "accessed", "Ostra", figure=(24000, None, "accounts", "over")), say("B", "Tarsil", "accessed", "Ostra", figure=(25100, 25100, "accounts", "exact")), "compatible/bound"),
    ("up to, and more", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", figure=(None, 20000, "accounts", "up_to")), say("B", "Tarsil", "accessed", "Ostra", by="Norvane", figure=(25100, 25100, "accounts", "exact")), "contradiction/numeric"),
    ("nearly", say("A", "Tarsil", "accessed", "Ostra", figure=(None, 25000, "accounts", "nearly")), say("B", "Tarsil", "accessed", "Ostra", figure=(24300, 24300, "accounts", "exact")), "compatible/rounding"),
    ("range and inside", say("A", "Mirel", "has_parameters", figure=(60e9, 80e9, "parameters", "range")), say("B", "Mirel", "has_parameters", figure=(72e9, 72e9, "parameters", "exact")), "compatible/rounding"),
    ("range and outside", say("A", "Mirel", "has_parameters", figure=(60e9, 80e9, "parameters", "range")), say("B", "Mirel", "has_parameters", figure=(120e9, 120e9, "parameters", "exact")), "contradiction/numeric"),
    ("accounts and prompts", say("A", "Tarsil", "accessed", "Ostra", figure=(24000, 24000, "accounts", "exact")), say("B", "Tarsil", "accessed", "Ostra", figure=(16e6, 16e6, "prompts", "exact")), "compatible/scope"),
    ("one voice in two words", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(2.3e6, 2.3e6, "prompts", "exact")), say("B", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(3.2e6, 3.2e6, "queries", "exact")), "contradiction/numeric"),
    ("two voices in two words", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(2.3e6, 2.3e6, "prompts", "exact")), say("B", "Tarsil", "accessed", "Ostra", by="Una Bex", act="reports", figure=(3.2e6, 3.2e6, "queries", "exact")), "cannot_compare/scope"),
    ("two objects", say("A", "Tarsil", "accessed", "Ostra", figure=(2.3e6, 2.3e6, "prompts", "exact")), say("B", "Tarsil", "accessed", "Pellan", figure=(3.2e6, 3.2e6, "prompts", "exact")), "nothing"),
    ("estimate as an opinion", say("A", "Mirel", "costs", "training", figure=(5e6, 5e6, "USD", "exact")), say("B", "Mirel", "costs", "training", act="opines", figure=(50e6, 50e6, "USD", "about")), "compatible/opinion"),
    ("a month of the time counted", counted("A", 8.2e6, "2025-10-05", "2026-02-20", "range"), counted("B", 3.1e6, "2025-12-01", "2025-12-31", "month"), "compatible/scope"),
    ("a month with more than the time that it lies in", counted("A", 8.2e6, "2025-10-05", "2026-02-20", "range"), counted("B", 9.3e6, "2025-12-01", "2025-12-31", "month"), "contradiction/numeric"),
    ("one time, told more or less finely", counted("A", 8.2e6, "2025-10-01", "2026-02-28", "range"), counted("B", 3.1e6, "2025-10-05", "2026-02-20", "range"), "contradiction/numeric"),
    ("sizes of two versions", say("A", "Kolm 7B", "has_parameters", figure=(7e9, 7e9, "parameters", "exact")), say("B", "Kolm 2-24B", "has_parameters", figure=(24e9, 24e9, "parameters", "exact")), "nothing"),
]  # fmt: skip

DATE: list[Row] = [
    ("answered twice", say("A", "Tarsil", "commented", "denied", when=("2026-03-10", "2026-03-10")), say("B", "Tarsil", "commented", "denied", when=("2026-03-12", "2026-03-12")), "compatible/different_event"),
    ("law in force", say("A", "Provenance Act", "policy_status", "in force", when=("2027-01-01", "2027-01-01"), evidence="It takes effect on 1 January 2027."), say("B", "Provenance Act", "policy_status", "in force", when=("2026-10-01", "2026-10-01"), evidence="It comes into force on 1 October."), "contradiction/date"),
    (
        "law in force by steps",
        say("A", "Provenance Act", "policy_status", "in force", when=("2027-01-01", "2027-01-01"), evidence="The remaining obligations take effect on 1 January 2027."),
        say("B", "Provenance Act", "policy_status", "in force", when=("2026-10-01", "2026-10-01"), evidence="It comes into force on 1 October."),
        "cannot_compare/different_event",
    ),
    ("law delayed", say("A", "Provenance Act", "policy_status", "in force", when=("2026-06-01", "2026-06-01"), evidence="It takes effect on 1 June."), say(MONTHS_LATER, "Provenance Act", "policy_status", "in force", when=("2026-09-01", "2026-09-01"), evidence="It took effect on 1 September."), "compatible/update"),
    ("adopted on two days", say("A", "Provenance Act", "policy_status", "adopted", when=("2026-04-14", "2026-04-14")), say("B", "Provenance Act", "policy_status", "adopted", when=("2026-04-11", "2026-04-11")), "contradiction/date"),
    ("adopted and in force", say("A", "Provenance Act", "policy_status", "adopted", when=("2026-04-14", "2026-04-14")), say("B", "Provenance Act", "policy_status", "in force", when=("2026-10-01", "2026-10-01")), "compatible/update"),
    ("model released", say("A", "Tarsil", "released", "Mirel", when=("2026-03-03", "2026-03-03")), say("B", "Tarsil", "released", "Mirel", when=("2026-03-10", "2026-03-10")), "contradiction/date"),
    ("month and another month", say("A", "Tarsil", "released", "Mirel", when=("2026-02-01", "2026-02-28", "month")), say("B", "Tarsil", "released", "Mirel", when=("2026-03-10", "2026-03-10")), "contradiction/date"),
    ("quarter and a day in it", say("A", "Tarsil", "released", "Mirel", when=("2026-01-01", "2026-03-31", "quarter")), say("B", "Tarsil", "released", "Mirel", when=("2026-03-10", "2026-03-10")), "compatible/precision"),
    ("suit filed", say("A", "Norvane", "sued", "Tarsil", when=("2026-04-10", "2026-04-10")), say("B", "Norvane", "sued", "Tarsil", when=("2026-04-13", "2026-04-13")), "contradiction/date"),
    (
        "letter, receiver left out, a day off",
        say("A", "Norvane", "sent", "letter", when=("2026-04-04", "2026-04-04"), qualifiers={"to": "Tarsil"}, incidents=frozenset({"i"})),
        say("B", "Norvane", "sent", "letter", when=("2026-04-05", "2026-04-05"), by="Ivo Lantz", incidents=frozenset({"i"}), evidence="The letter went out on Sunday."),
        "contradiction/date",
    ),
    ("letter, receiver in the other's sentence", say("A", "Norvane", "sent", "letter", when=("2026-04-04", "2026-04-04"), qualifiers={"to": "Tarsil"}), say("B", "Norvane", "sent", "letter", when=("2026-04-11", "2026-04-11"), evidence="On 11 April it wrote Tarsil a letter."), "contradiction/date"),
    ("a report on a model, and the model", say("A", "Tarsil", "released", "Mirel", when=("2026-03-03", "2026-03-03"), evidence="The report on Mirel came out on 3 March."), say("B", "Tarsil", "released", "Mirel", when=("2026-03-10", "2026-03-10")), "cannot_compare/different_event"),
    ("in force since, and from", say("A", "Provenance Act", "policy_status", "in force", when=("2026-04-01", None), evidence="It has been in force since 1 April."), say("B", "Provenance Act", "policy_status", "in force", when=("2026-04-15", "2026-04-15"), evidence="It entered into force on 15 April."), "contradiction/date"),
    ("in force since a month, and from a day in it", say("A", "Provenance Act", "policy_status", "in force", when=("2026-04-01", None, "month")), say("B", "Provenance Act", "policy_status", "in force", when=("2026-04-30", "2026-04-30")), "compatible/precision"),
    ("in force since a month, and from the next", say("A", "Provenance Act", "policy_status", "in force", when=("2026-02-01", None, "month")), say("B", "Provenance Act", "policy_status", "in force", when=("2026-03-10", "2026-03-10")), "contradiction/date"),
    ("in force since a quarter, and from a month in it", say("A", "Provenance Act", "policy_status", "in force", when=("2026-01-01", None, "quarter")), say("B", "Provenance Act", "policy_status", "in force", when=("2026-03-10", "2026-03-10")), "compatible/precision"),
    ("in force since a half, and later", say("A", "Provenance Act", "policy_status", "in force", when=("2025-01-01", None, "half")), say("B", "Provenance Act", "policy_status", "in force", when=("2025-07-02", "2025-07-02")), "contradiction/date"),
    ("in force since a year, and from its last day", say("A", "Provenance Act", "policy_status", "in force", when=("2025-01-01", None, "year")), say("B", "Provenance Act", "policy_status", "in force", when=("2025-12-31", "2025-12-31")), "compatible/precision"),
    ("in force since early in the year", say("A", "Provenance Act", "policy_status", "in force", when=("2026-01-01", None, "range")), say("B", "Provenance Act", "policy_status", "in force", when=("2026-02-10", "2026-02-10")), "compatible/precision"),
    ("letters to two", say("A", "Norvane", "sent", "letter", when=("2026-04-04", "2026-04-04"), qualifiers={"to": "Tarsil"}), say("B", "Norvane", "sent", "letter", when=("2026-04-05", "2026-04-05"), qualifiers={"to": "Quellmark"}), "cannot_compare/different_event"),
    ("letter in two languages", say("A", "Norvane", "sent", "letter", when=("2026-04-04", "2026-04-04"), qualifiers={"to": "Tarsil"}), say(text("B", language="zh"), "Norvane", "sent", "函", when=("2026-04-11", "2026-04-11"), qualifiers={"to": "Tarsil"}), "contradiction/date"),
    ("paper online", say("A", "Una Bex", "released", "paper", when=("2026-04-04", "2026-04-04")), say(text("B", language="fr"), "Una Bex", "released", "article", when=("2026-04-11", "2026-04-11"), evidence="Son article, paru le 11 avril, avance un score."), "contradiction/date"),
    ("paper and its model", say("A", "Una Bex", "released", "paper", when=("2026-04-04", "2026-04-04")), say("B", "Una Bex", "released", "dataset", when=("2026-04-11", "2026-04-11")), "nothing"),
    ("weights, and the app", say("A", "Tarsil", "released", "Mirel", when=("2026-03-03", "2026-03-03"), evidence="Tarsil opened the weights of Mirel."), say("B", "Tarsil", "released", "Mirel", when=("2026-03-10", "2026-03-10"), evidence="The Mirel app came out."), "cannot_compare/different_event"),
    ("fine dated twice", say("A", "Trade Ministry", "sanctioned", "Tarsil", when=("2026-04-02", "2026-04-02")), say("B", "Trade Ministry", "sanctioned", "Tarsil", when=("2026-04-09", "2026-04-09")), "contradiction/date"),
    ("two fines", say("A", "Trade Ministry", "sanctioned", "Tarsil", when=("2025-04-02", "2025-04-02")), say("B", "Trade Ministry", "sanctioned", "Tarsil", when=("2026-04-09", "2026-04-09")), "nothing"),
    ("inquiry opened", say("A", "Computation Office", "investigates", "Tarsil", when=("2026-02-01", "2026-02-28", "month")), say("B", "Computation Office", "investigates", "Tarsil", when=("2026-03-10", "2026-03-10")), "contradiction/date"),
    ("eastern time", say("A", "Norvane", "released", "report", when=("2026-04-10", "2026-04-10"), evidence="It came out at 8pm Eastern time."), say("B", "Norvane", "released", "report", when=("2026-04-11", "2026-04-11")), "compatible/time_zone"),
    ("if it is released", say("A", "Tarsil", "released", "Mirel", act="supposes", when=("2026-05-03", "2026-05-03")), say("B", "Tarsil", "released", "Mirel", act="predicts", when=("2026-06-10", "2026-06-10")), "cannot_compare/supposition"),
    ("start of a post", say("A", "Lene Mor", "holds_role", "Tarsil", when=("2024-01-01", None, "year")), say("B", "Lene Mor", "holds_role", "Tarsil", when=("2025-03-01", None, "month")), "contradiction/date"),
    (
        "one speaker, two windows",
        say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", when=("2025-11-01", "2026-01-31", "range"), incidents=frozenset({"i"})),
        say("B", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", when=("2026-02-15", "2026-03-31", "range"), incidents=frozenset({"i"})),
        "contradiction/date",
    ),
    ("one speaker's counts of two months", counted("A", 4.1e6, "2025-11-01", "2025-11-30", "month"), counted("B", 2.2e6, "2026-01-01", "2026-01-31", "month"), "compatible/scope"),
    ("one speaker's count, dated twice", counted("A", 4.1e6, "2025-11-01", "2025-11-30", "month"), counted("B", 4.1e6, "2026-01-01", "2026-01-31", "month"), "contradiction/date"),
]  # fmt: skip

ROWS = [*NUMERIC, *DATE]


@pytest.mark.parametrize(("a", "b", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_verdict_of_a_pair(topic: Topic, a: Statement, b: Statement, expected: str) -> None:
    found = verdict(topic, a, b)
    assert short(found) == expected, found and found.why
