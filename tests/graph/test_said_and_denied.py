# ruff: noqa: E501 -- a pair is a row of a table; broken into lines it cannot be read as one
"""The ordinary ways in which two sources say and deny, or tell an act differently; and those in which they only seem to."""

from __future__ import annotations

import pytest

from distillwatch.graph.statements import Statement
from distillwatch.topic import Topic
from tests.graph.sayings import say, short, text, verdict

USED, JUDGE, BASE = "trained_on_outputs_of", "evaluated_with", "built_on"
LATER = text("B", published="2026-04-22")
WEEKS_LATER = text("B", published="2026-05-20")
ONE = frozenset({"i"})
MONTHS_LATER = text("B", published="2026-09-22")
Row = tuple[str, Statement, Statement, str]


DENIAL: list[Row] = [
    (
        "model named by the maker",
        say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges", qualifiers={"student": "Mirel"}, evidence="Tarsil trained its Mirel on Ostra 2."),
        say("B", "Mirel", USED, "Ostra 2", by="Ivo Lantz", evidence="“Mirel was not trained on Ostra 2,” Lantz said.", act="denies", polarity="-"),
        "contradiction/denial",
    ),
    ("the plain no of the accused is a denial", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges"), say("B", "Mirel", USED, "Ostra 2", by="Ivo Lantz", polarity="-", evidence="“We never did.”"), "contradiction/denial"),
    ("two of one house, yes and no", say("A", "Mirel", USED, "Ostra 2", by="Tarsil", act="confirms"), say("B", "Mirel", USED, "Ostra 2", by="Ivo Lantz", polarity="-", evidence="Not so."), "contradiction/polarity"),
    ("model named in the maker's sentence", say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Tarsil trained its Mirel and hid it; Kolm 7B, too."), say("B", "Mirel", USED, "Ostra 2", by="Ivo Lantz", act="denies", polarity="-"), "contradiction/denial"),
    ("a narrator who supposes beside a denial", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges"), say("B", "Mirel", USED, "Ostra 2", by="Ivo Lantz", act="denies", polarity="-", evidence="Lantz denied it, and I suppose that somebody had to."), "contradiction/denial"),
    ("other model of the maker", say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges", qualifiers={"student": "Mirel"}, evidence="Tarsil trained its Mirel on Ostra 2."), say("B", "Kolm 7B", USED, "Ostra 2", by="Ivo Lantz", evidence="Kolm 7B was not.", act="denies", polarity="-"), "nothing"),
    ("denied by a third who could know", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges"), say("B", "Tarsil", "accessed", "Ostra", by="Trade Ministry", act="denies", polarity="-"), "contradiction/denial"),
    ("suit denied", say("A", "Norvane", "sued", "Tarsil", act="reports"), say("B", "Norvane", "sued", "Tarsil", by="Mira Sorel", act="denies", polarity="-"), "contradiction/denial"),
    ("ownership denied", say("A", "Quellmark", "owns", "Tarsil", act="reports"), say("B", "Quellmark", "owns", "Tarsil", by="Ivo Lantz", evidence="Lantz denied that Quellmark owns any of Tarsil.", act="denies", polarity="-"), "contradiction/denial"),
    ("breach denied", say("A", "Tarsil", "violates", "Norvane Terms", by="Norvane", act="alleges"), say("B", "Tarsil", "violates", "Norvane Terms", by="Tarsil", act="denies", polarity="-"), "contradiction/denial"),
    ("a block denied", say("A", "Norvane", "restricted", "Tarsil", act="reports", evidence="Norvane cut Tarsil off."), say("B", "Norvane", "restricted", "Tarsil", by="Norvane", evidence="Norvane said it had not cut Tarsil off.", act="denies", polarity="-"), "contradiction/denial"),
    ("a possibility with a name behind it", say("A", "Mirel", BASE, "Ostra 2", by="Una Bex", act="reports", hedge="strong", evidence="Mirel may rest on Ostra 2, Bex writes."), say("B", "Mirel", BASE, "Ostra 2", by="Tarsil", act="denies", polarity="-"), "contradiction/denial"),
    ("weakly put", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", hedge="weak"), say("B", "Mirel", USED, "Ostra 2", by="Tarsil", act="denies", polarity="-"), "contradiction/denial"),
    (
        "a count denied",
        say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(24000, 24000, "accounts", "about")),
        say("B", "Tarsil", "accessed", "Ostra", by="Tarsil", figure=(24000, 24000, "accounts", "exact"), evidence="Tarsil denied having opened 24,000 accounts.", act="denies", polarity="-"),
        "contradiction/denial",
    ),
    (
        "another count denied",
        say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(9000, 9000, "accounts", "about")),
        say("B", "Tarsil", "accessed", "Ostra", by="Tarsil", figure=(24000, 24000, "accounts", "exact"), evidence="Tarsil denied having opened 24,000 accounts.", act="denies", polarity="-"),
        "cannot_compare/scope",
    ),
    ("a route denied", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges"), say("B", "Tarsil", "accessed", "Ostra", by="Tarsil", qualifiers={"route": "proxy"}, evidence="Tarsil denied having used a proxy.", act="denies", polarity="-"), "cannot_compare/scope"),
    ("a denial without a route denies each", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", qualifiers={"route": "proxy"}), say("B", "Tarsil", "accessed", "Ostra", by="Tarsil", act="denies", polarity="-"), "contradiction/denial"),
    ("a personal belief", say(text("A", kind="podcast"), "Tarsil", USED, "Ostra", by="Ada Wynn", evidence="I think Tarsil trained on Ostra, but I can't prove it."), say("B", "Tarsil", USED, "Ostra", by="Tarsil", act="denies", polarity="-"), "compatible/opinion"),
    ("a later denial of an old story", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges"), say(MONTHS_LATER, "Mirel", USED, "Ostra 2", by="Tarsil", act="denies", polarity="-"), "contradiction/denial"),
    ("knowingly", say("A", "Tarsil", USED, "Ostra", by="Norvane", act="alleges"), say("B", "Tarsil", USED, "Ostra", by="Tarsil", evidence="Tarsil said it had never knowingly trained on Ostra.", act="denies", polarity="-"), "cannot_compare/scope"),
    ("one denies access, the other alleges training", say("A", "Tarsil", USED, "Ostra", by="Norvane", act="alleges"), say("B", "Tarsil", "accessed", "Ostra", by="Tarsil", act="denies", polarity="-"), "nothing"),
    ("both told by the same speaker", say("A", "Tarsil", USED, "Ostra", by="Ivo Lantz", act="reports"), say("A", "Tarsil", USED, "Ostra", by="Ivo Lantz", act="denies", polarity="-"), "compatible/scope"),
    ("another firm denies", say("A", "Tarsil", USED, "Ostra", by="Norvane", act="alleges"), say("B", "Quellmark", USED, "Ostra", by="Quellmark", act="denies", polarity="-"), "nothing"),
    ("a forecast denied", say("A", "Tarsil", "released", "Mirel", act="predicts"), say("B", "Tarsil", "released", "Mirel", by="Tarsil", act="denies", polarity="-"), "nothing"),
    ("a hedged denial", say("A", "Tarsil", USED, "Ostra", by="Norvane", act="alleges"), say("B", "Tarsil", USED, "Ostra", by="Tarsil", act="denies", polarity="-", hedge="weak", evidence="As far as it knew Tarsil had not."), "cannot_compare/modality"),
    ("today's practice after it ended", say("A", "Tarsil", "accessed", "Ostra", act="reports", evidence="Tarsil stopped using Ostra in March."), say("B", "Tarsil", "accessed", "Ostra", by="Tarsil", evidence="“We do not use Ostra.”", act="denies", polarity="-"), "compatible/scope"),
]  # fmt: skip

POLARITY: list[Row] = [
    ("listed and not listed", say("A", "Trade Ministry", "sanctioned", "Tarsil", evidence="The ministry put Tarsil on its list."), say("B", "Trade Ministry", "sanctioned", "Tarsil", polarity="-", evidence="Tarsil is not on the ministry's list."), "contradiction/polarity"),
    ("forbids and does not forbid", say("A", "Norvane Terms", "prohibits", "training rival models on outputs"), say("B", "Norvane Terms", "prohibits", "training models on outputs", polarity="-"), "contradiction/polarity"),
    ("forbids another thing", say("A", "Export Order 7", "prohibits", "use of Mirel by government offices"), say("B", "Export Order 7", "prohibits", "use of Mirel by private companies", polarity="-"), "cannot_compare/scope"),
    ("owns and does not own", say("A", "Quellmark", "owns", "Tarsil"), say("B", "Quellmark", "owns", "Tarsil", polarity="-"), "contradiction/polarity"),
    ("a finding of another firm", say("A", "Mirel", BASE, "Ostra 2", by="Una Bex", act="alleges"), say("B", "Mirel", BASE, "Ostra 2", by="Norvane", act="reports", polarity="-", evidence="Mirel did not come from Ostra 2, Norvane found."), "contradiction/polarity"),
    ("hearsay that it is not", say("A", "Mirel", BASE, "Ostra 2", by="Una Bex", act="alleges"), say("B", "Mirel", BASE, "Ostra 2", act="reports", polarity="-", evidence="Mirel reportedly did not come from Ostra 2."), "cannot_compare/modality"),
    ("probably not", say("A", "Norvane", "sued", "Tarsil"), say("B", "Norvane", "sued", "Tarsil", polarity="-", hedge="weak"), "cannot_compare/modality"),
    ("inquiry and none", say("A", "Computation Office", "investigates", "Tarsil"), say("B", "Computation Office", "investigates", "Tarsil", polarity="-"), "contradiction/polarity"),
    ("inquiry later", say("A", "Computation Office", "investigates", "Tarsil", polarity="-"), say(WEEKS_LATER, "Computation Office", "investigates", "Tarsil"), "compatible/update"),
    ("none so far, and days later one", say("A", "Computation Office", "investigates", "Tarsil", polarity="-", evidence="As of press time the office had opened no inquiry into Tarsil."), say(LATER, "Computation Office", "investigates", "Tarsil"), "compatible/update"),
    ("none so far, and later one of the month before", say("A", "Computation Office", "investigates", "Tarsil", polarity="-", evidence="So far the office has opened no inquiry into Tarsil."), say(LATER, "Computation Office", "investigates", "Tarsil", when=("2026-03-01", "2026-03-31", "month")), "contradiction/polarity"),
    ("one, and days later none so far", say("A", "Computation Office", "investigates", "Tarsil"), say(LATER, "Computation Office", "investigates", "Tarsil", polarity="-", evidence="So far the office has opened no inquiry into Tarsil."), "contradiction/polarity"),
    ("none, and days later one", say("A", "Computation Office", "investigates", "Tarsil", polarity="-", evidence="The office has opened no inquiry into Tarsil."), say(LATER, "Computation Office", "investigates", "Tarsil"), "contradiction/polarity"),
    ("inquiry, and later never one", say("A", "Computation Office", "investigates", "Tarsil"), say(WEEKS_LATER, "Computation Office", "investigates", "Tarsil", polarity="-", evidence="At no time has it investigated Tarsil."), "contradiction/polarity"),
    ("inquiry, and later none", say("A", "Computation Office", "investigates", "Tarsil"), say(WEEKS_LATER, "Computation Office", "investigates", "Tarsil", polarity="-", evidence="It does not investigate Tarsil."), "compatible/update"),
    ("never one, and later an inquiry", say("A", "Computation Office", "investigates", "Tarsil", polarity="-", evidence="It never investigated Tarsil."), say(WEEKS_LATER, "Computation Office", "investigates", "Tarsil"), "compatible/update"),
    ("has not responded to anyone", say("A", "Tarsil", "commented", "denied", when=("2026-04-18", "2026-04-18")), say(LATER, "Tarsil", "commented", "no_response", evidence="I checked again: Tarsil has not responded to anyone."), "contradiction/polarity"),
    ("silent to that day in other words", say("A", "Tarsil", "commented", "denied", when=("2026-04-18", "2026-04-18")), say(LATER, "Tarsil", "commented", "no_response", evidence="Nobody at Tarsil has said a single word about it."), "contradiction/polarity"),
    ("answered, and said not to have", say("A", "Tarsil", "commented", "denied", incidents=ONE), say(LATER, "Tarsil", "commented", "denied", polarity="-", incidents=ONE), "contradiction/polarity"),
    ("answered on the day of the text without an answer", say("A", "Tarsil", "commented", "denied", when=("2026-04-22", "2026-04-22"), incidents=ONE), say(LATER, "Tarsil", "commented", "denied", polarity="-", incidents=ONE), "compatible/update"),
    ("answered in another affair", say("A", "Tarsil", "commented", "denied"), say(LATER, "Tarsil", "commented", "denied", polarity="-", incidents=ONE), "nothing"),
    ("has it denied it?", say("A", "Tarsil", "commented", "denied", incidents=ONE), say(LATER, "Tarsil", "commented", "denied", polarity="-", incidents=ONE, evidence="Has Tarsil denied it or not?"), "nothing"),
    ("released, not released", say("A", "Tarsil", "released", "Mirel"), say("B", "Tarsil", "released", "Mirel", polarity="-"), "contradiction/polarity"),
    ("not yet, then", say("A", "Tarsil", "released", "Mirel", polarity="-", evidence="Mirel is not out yet."), say(LATER, "Tarsil", "released", "Mirel", when=("2026-04-21", "2026-04-21")), "compatible/update"),
    ("in force and not", say("A", "Provenance Act", "policy_status", "in force"), say("B", "Provenance Act", "policy_status", "in force", polarity="-"), "contradiction/polarity"),
    ("a reader's belief", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges"), say(text("B", kind="forum"), "Mirel", USED, "Ostra 2", by="gullwing", polarity="-", evidence="I think Mirel was not trained on Ostra 2."), "compatible/opinion"),
    ("if", say("A", "Norvane", "sued", "Tarsil"), say("B", "Norvane", "sued", "Tarsil", act="supposes", polarity="-"), "cannot_compare/supposition"),
    ("except for tests", say("A", "Norvane Terms", "prohibits", "training on outputs"), say("B", "Norvane Terms", "prohibits", "training on outputs", polarity="-", evidence="Training on outputs for academic research is not forbidden."), "compatible/scope"),
    ("another agency", say("A", "Computation Office", "investigates", "Tarsil"), say("B", "Trade Ministry", "investigates", "Tarsil", polarity="-"), "nothing"),
    ("two periods", say("A", "Tarsil", "accessed", "Ostra", when=("2025-01-01", "2025-01-31")), say("B", "Tarsil", "accessed", "Ostra", polarity="-", when=("2026-01-01", "2026-01-31")), "compatible/scope"),
    ("role held and not", say("A", "Lene Mor", "holds_role", "Tarsil", evidence="Lene Mor works for Tarsil."), say("B", "Lene Mor", "holds_role", "Tarsil", polarity="-", evidence="Lene Mor does not work for Tarsil."), "contradiction/polarity"),
    ("used one version, not the other", say("A", "Mirel", USED, "Ostra 2"), say("B", "Mirel", USED, "Ostra 3", polarity="-"), "nothing"),
    ("one voice, two days later", say("A", "Norvane", "sued", "Tarsil", by="Mira Sorel", polarity="-"), say(LATER, "Norvane", "sued", "Tarsil", by="Mira Sorel", when=("2026-04-21", "2026-04-21")), "compatible/update"),
    ("letter and none, same receiver", say("A", "Norvane", "sent", "letter", qualifiers={"to": "Trade Ministry"}), say("B", "Norvane", "sent", "letter", polarity="-", qualifiers={"to": "Trade Ministry"}), "contradiction/polarity"),
    ("letter and none, other receiver", say("A", "Norvane", "sent", "letter", qualifiers={"to": "Trade Ministry"}), say("B", "Norvane", "sent", "letter", polarity="-", qualifiers={"to": "Computation Office"}), "cannot_compare/different_event"),
]  # fmt: skip

MECHANISM: list[Row] = [
    ("only for grading", say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges"), say("B", "Tarsil", JUDGE, "Ostra 2", by="Ivo Lantz", evidence="We used Ostra 2 for nothing but grading."), "contradiction/mechanism"),
    ("also said that it was only a judge", say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges"), say(text("B", language="zh"), "Tarsil", JUDGE, "Ostra 2", by="Ivo Lantz", evidence="她还说，Ostra 2只是用来打分。"), "contradiction/mechanism"),
    ("also said, in English", say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges"), say("B", "Tarsil", JUDGE, "Ostra 2", by="Ivo Lantz", evidence="Lantz also said that Ostra 2 was used only for grading."), "contradiction/mechanism"),
    ("a grader and nothing else", say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges"), say(text("B", kind="forum"), "Tarsil", JUDGE, "Ostra 2", by="gullwing", evidence="Tarsil used Ostra 2 as a grader and for nothing else."), "contradiction/mechanism"),
    ("solely for tests, third party", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges"), say("B", "Mirel", JUDGE, "Ostra 2", by="Una Bex", act="reports", evidence="Ostra 2 served solely as a yardstick, according to Bex."), "contradiction/mechanism"),
    ("weights or outputs", say("A", "Mirel", BASE, "Ostra 2", by="Una Bex", act="reports", hedge="strong"), say("B", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges"), "contradiction/mechanism"),
    ("weights of the model, outputs told of the firm", say("A", "Mirel", BASE, "Ostra 2", by="Una Bex", act="alleges"), say("B", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges", qualifiers={"student": "Mirel"}), "contradiction/mechanism"),
    ("weights of one model, outputs for another", say("A", "Kolm 7B", BASE, "Ostra 2", by="Una Bex", act="alleges"), say("B", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges", qualifiers={"student": "Mirel"}), "nothing"),
    ("a judge, and also the data", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Tarsil also trained Mirel on Ostra 2."), say("B", "Mirel", JUDGE, "Ostra 2", act="reports"), "nothing"),
    ("in German, only", say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges"), say(text("B", language="de"), "Tarsil", JUDGE, "Ostra 2", by="Ivo Lantz", evidence="Man habe Ostra 2 lediglich zum Vergleich benutzt."), "contradiction/mechanism"),
    ("in Chinese, only", say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges"), say(text("B", language="zh"), "Tarsil", JUDGE, "Ostra 2", by="Tarsil", evidence="公司只把Ostra 2当作评分工具。"), "contradiction/mechanism"),
    ("another teacher judged", say("A", "Tarsil", USED, "Pellan", by="Norvane", act="alleges"), say("B", "Tarsil", JUDGE, "Ostra 2", by="Tarsil"), "nothing"),
    ("another period", say("A", "Tarsil", USED, "Ostra 2", act="alleges", when=("2024-01-01", "2024-12-31")), say("B", "Tarsil", JUDGE, "Ostra 2", by="Tarsil", when=("2026-01-01", "2026-03-31")), "nothing"),
    ("may have been a judge", say("A", "Tarsil", USED, "Ostra 2"), say("B", "Tarsil", JUDGE, "Ostra 2", hedge="strong", act="reports"), "nothing"),
    ("an old comparison in a paper", say("A", "Mirel", USED, "Ostra 2", act="alleges", by="Norvane"), say("B", "Kolm 7B", JUDGE, "Ostra 2", evidence="Kolm 7B was compared with Ostra 2."), "nothing"),
    ("denied is not another account", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges"), say("B", "Mirel", BASE, "Ostra 2", by="Tarsil", act="denies", polarity="-"), "nothing"),
    ("a question", say("A", "Mirel", USED, "Ostra 2", act="asks"), say("B", "Mirel", BASE, "Ostra 2"), "nothing"),
    ("an opinion", say("A", "Mirel", USED, "Ostra 2", act="opines"), say("B", "Mirel", BASE, "Ostra 2"), "nothing"),
]  # fmt: skip

ROWS = [*DENIAL, *POLARITY, *MECHANISM]


@pytest.mark.parametrize(("a", "b", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_verdict_of_a_pair(topic: Topic, a: Statement, b: Statement, expected: str) -> None:
    found = verdict(topic, a, b)
    assert short(found) == expected, found and found.why
