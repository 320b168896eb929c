# ruff: noqa: E501 -- a pair is a row of a table; broken into lines it cannot be read as one
"""How firmly, by whom and as what a thing is said; and the reasons for which two sources only seem to differ."""

from __future__ import annotations

import pytest

from distillwatch.graph.statements import Statement
from distillwatch.topic import Topic
from tests.graph.sayings import say, short, text, verdict

USED, JUDGE, BASE = "trained_on_outputs_of", "evaluated_with", "built_on"
LATER = text("B", published="2026-04-22")
WEEKS_LATER = text("B", published="2026-05-20")
MONTHS_LATER = text("B", published="2026-09-22")
Row = tuple[str, Statement, Statement, str]


MODALITY: list[Row] = [
    ("suspects, and states", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", hedge="weak", evidence="Norvane suspects it."), say("B", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Norvane says Mirel was trained on Ostra 2."), "contradiction/modality"),
    ("believes, and accuses", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", hedge="weak", evidence="We believe that it was."), say("B", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Norvane accuses Tarsil of training Mirel on Ostra 2."), "nothing"),
    (
        "accused in the original, a fact in the copy",
        say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges", evidence="The report accuses Tarsil, a start-up in Linwei, of training its Mirel models on what Ostra 2 wrote."),
        say(text("B", origin="A"), "Tarsil", USED, "Ostra 2", evidence="Tarsil, a start-up in Linwei, trained its Mirel models on what Ostra 2 wrote."),
        "contradiction/modality",
    ),
    (
        "accused in one text, stated by another that is no copy",
        say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges", evidence="The report accuses Tarsil, a start-up in Linwei, of training its Mirel models on what Ostra 2 wrote."),
        say("B", "Tarsil", USED, "Ostra 2", evidence="Tarsil, a start-up in Linwei, trained its Mirel models on what Ostra 2 wrote."),
        "nothing",
    ),
    (
        "accused in a copy too, in its own words",
        say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges", evidence="The report accuses Tarsil of training its Mirel models on what Ostra 2 wrote."),
        say(text("B", origin="A"), "Tarsil", USED, "Ostra 2", evidence="Tarsil trained its Mirel models on what Ostra 2 wrote, or so the report says."),
        "nothing",
    ),
    (
        "may, and proves",
        say("A", "Mirel", BASE, "Ostra 2", by="Bex Institute", act="reports", hedge="strong", evidence="Mirel may rest on Ostra 2, the Bex Institute writes."),
        say(text("B", kind="forum"), "Mirel", BASE, "Ostra 2", by="gullwing", evidence="Mirel rests on Ostra 2, the Bex paper proves it."),
        "contradiction/modality",
    ),
    ("alleged, and beyond doubt", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges"), say("B", "Mirel", USED, "Ostra 2", evidence="Norvane has shown beyond doubt that Mirel was trained on Ostra 2."), "contradiction/modality"),
    ("alleged of the firm, and beyond doubt", say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges", qualifiers={"student": "Mirel"}), say("B", "Mirel", USED, "Ostra 2", evidence="Norvane has proved that Mirel was trained on Ostra 2."), "contradiction/modality"),
    ("confirmed months later", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", hedge="weak"), say(MONTHS_LATER, "Mirel", USED, "Ostra 2", by="Norvane", act="confirms"), "compatible/update"),
    ("keeps the reserve", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", hedge="weak"), say("B", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Norvane believes Mirel was trained on it."), "nothing"),
    ("a third party's own finding", say("A", "Mirel", BASE, "Ostra 2", by="Bex Institute", act="reports", hedge="strong"), say("B", "Mirel", BASE, "Ostra 2", by="Ferro Audit", evidence="Ferro Audit has proved that Mirel rests on Ostra 2."), "nothing"),
    ("headline", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", hedge="weak"), say("B", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", segment="headline"), "cannot_compare/modality"),
    ("alleged, and confirmed in the copy", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Mirel was taught with answers of Ostra 2, Norvane has alleged."), say(text("B", origin="A"), "Mirel", USED, "Ostra 2", by="Norvane", act="confirms", evidence="Mirel was taught with answers of Ostra 2, Norvane has confirmed."), "contradiction/modality"),
    ("alleged by one, and confirmed by another in the copy", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Mirel was taught with answers of Ostra 2, Norvane has alleged."), say(text("B", origin="A"), "Mirel", USED, "Ostra 2", by="Harbour Post", act="confirms", evidence="Mirel was taught with answers of Ostra 2, Norvane has confirmed."), "contradiction/attribution"),
    ("a ministry's report, and another ministry's proof", say("A", "Mirel", USED, "Ostra 2", by="Trade Ministry", act="reports"), say("B", "Mirel", USED, "Ostra 2", evidence="The Trade Board has proved that Mirel was trained on Ostra 2."), "nothing"),
    ("a ministry's report, told as its proof", say("A", "Mirel", USED, "Ostra 2", by="Trade Ministry", act="reports"), say("B", "Mirel", USED, "Ostra 2", evidence="The Trade Ministry has proved that Mirel was trained on Ostra 2."), "contradiction/modality"),
    ("alleged, and confirmed in a text of its own", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Mirel was taught with answers of Ostra 2, Norvane has alleged."), say("B", "Mirel", USED, "Ostra 2", by="Norvane", act="confirms", evidence="Mirel was taught with answers of Ostra 2, Norvane has confirmed."), "nothing"),
    ("the accused admits it", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", hedge="weak"), say("B", "Mirel", USED, "Ostra 2", by="Tarsil", act="confirms"), "nothing"),
    ("another model", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", hedge="weak"), say("B", "Kolm 7B", USED, "Ostra 2", by="Norvane", act="alleges"), "nothing"),
    ("told in own words", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges"), say("B", "Mirel", USED, "Ostra 2", act="reports", evidence="Mirel was reportedly trained on Ostra 2."), "nothing"),
    ("French reserve lost", say(text("A", language="fr"), "Mirel", USED, "Ostra 2", by="Mira Sorel", act="alleges", hedge="weak", evidence="Norvane soupçonne Tarsil."), say("B", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Norvane says Mirel was trained on Ostra 2."), "contradiction/modality"),
]  # fmt: skip

ATTRIBUTION: list[Row] = [
    ("one quotation", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Norvane said Mirel “repeats our answers word for word”."), say("B", "Mirel", USED, "Ostra 2", by="Una Bex", act="alleges", evidence="Mirel “repeats our answers word for word”, Una Bex said."), "contradiction/attribution"),
    ("two quotations", say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Norvane said Mirel “repeats our answers word for word”."), say("B", "Mirel", USED, "Ostra 2", by="Una Bex", act="alleges", evidence="“It is a copy of a copy of a thing”, Una Bex said."), "nothing"),
    (
        "firm and its woman",
        say("A", "Mirel", USED, "Ostra 2", by="Norvane", act="alleges", evidence="Norvane said Mirel “repeats our answers word for word”."),
        say("B", "Mirel", USED, "Ostra 2", by="Mira Sorel", act="alleges", evidence="Mirel “repeats our answers word for word”, Sorel said."),
        "compatible/quoted_allegation",
    ),
    ("letter, two receivers", say("A", "Norvane", "sent", "letter", when=("2026-04-02", "2026-04-02"), qualifiers={"to": "Computation Office"}), say("B", "Norvane", "sent", "open letter", when=("2026-04-02", "2026-04-02"), qualifiers={"to": "Trade Ministry"}), "contradiction/attribution"),
    ("letter, two senders", say("A", "Norvane", "sent", "letter", when=("2026-04-02", "2026-04-02"), qualifiers={"to": "Trade Ministry"}), say("B", "Quellmark", "sent", "letter", when=("2026-04-02", "2026-04-02"), qualifiers={"to": "Trade Ministry"}), "contradiction/attribution"),
    ("letter of the firm and its woman", say("A", "Norvane", "sent", "letter", when=("2026-04-02", "2026-04-02"), qualifiers={"to": "Trade Ministry"}), say("B", "Mira Sorel", "sent", "letter", when=("2026-04-02", "2026-04-02"), qualifiers={"to": "Trade Ministry"}), "nothing"),
    ("letter and memo", say("A", "Norvane", "sent", "letter", when=("2026-04-02", "2026-04-02"), qualifiers={"to": "Trade Ministry"}), say("B", "Quellmark", "sent", "memo", when=("2026-04-02", "2026-04-02"), qualifiers={"to": "Trade Ministry"}), "nothing"),
    ("one count, two counters", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(16543, 16543, "accounts", "exact")), say("B", "Tarsil", "accessed", "Ostra", by="Trade Ministry", act="reports", figure=(16543, 16543, "accounts", "exact")), "contradiction/attribution"),
    ("versions of one text, a figure in the first only", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(900, 900, "accounts", "exact"), evidence="Tarsil opened accounts to reach Ostra, said Norvane."), say(text("B", outlet="A"), "Tarsil", "accessed", "Ostra", by="Trade Ministry", act="alleges", evidence="Tarsil opened accounts to reach Ostra, said the ministry."), "nothing"),
    ("versions of one text, a figure in the second only", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", evidence="Tarsil opened accounts to reach Ostra, said Norvane."), say(text("B", outlet="A"), "Tarsil", "accessed", "Ostra", by="Trade Ministry", act="alleges", figure=(900, 900, "accounts", "exact"), evidence="Tarsil opened accounts to reach Ostra, said the ministry."), "nothing"),
    ("a round count", say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(10000, 10000, "accounts", "exact")), say("B", "Tarsil", "accessed", "Ostra", by="Trade Ministry", act="reports", figure=(10000, 10000, "accounts", "exact")), "nothing"),
    ("two accusers in own words", say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges"), say("B", "Tarsil", USED, "Ostra 2", by="Una Bex", act="alleges"), "nothing"),
    (
        "one outlet credits twice",
        say(text("A", outlet="Post", origin="A"), "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", evidence="Tarsil opened accounts by night through a reseller, Norvane said."),
        say(text("B", outlet="Post", origin="A"), "Tarsil", "accessed", "Ostra", by="Una Bex", act="alleges", evidence="Tarsil opened accounts by night through a reseller, Bex said."),
        "contradiction/attribution",
    ),
]  # fmt: skip

STATUS: list[Row] = [
    (
        "example as fact",
        say("A", "Mirel", "scored", "Lodestone Exam", act="supposes", figure=(0.97, 0.97, "score", "exact"), evidence="A clone would score 0.97, to give an example."),
        say("B", "Mirel", "scored", "Lodestone Exam", figure=(0.97, 0.97, "score", "exact"), evidence="Mirel scored 0.97."),
        "contradiction/status",
    ),
    (
        "fact first, called an example later",
        say("A", "Mirel", "scored", "Lodestone Exam", figure=(0.97, 0.97, "score", "exact"), evidence="Mirel scored 0.97."),
        say(LATER, "Mirel", "scored", "Lodestone Exam", act="supposes", figure=(0.97, 0.97, "score", "exact"), evidence="The 0.97 is an invented example in the appendix."),
        "contradiction/status",
    ),
    ("another figure", say("A", "Mirel", "scored", "Lodestone Exam", act="supposes", figure=(0.97, 0.97, "score", "exact"), evidence="Say it scored 0.97."), say("B", "Mirel", "scored", "Lodestone Exam", figure=(0.41, 0.41, "score", "exact")), "cannot_compare/supposition"),
    ("cost supposed", say("A", "Mirel", "costs", "training", act="supposes", figure=(5e6, 5e6, "USD", "exact"), evidence="Suppose training cost $5 million."), say("B", "Mirel", "costs", "training", figure=(5e6, 5e6, "USD", "exact"), evidence="Training Mirel cost $5 million."), "contradiction/status"),
    ("mark kept", say("A", "Mirel", "costs", "training", act="supposes", figure=(5e6, 5e6, "USD", "exact"), evidence="Suppose training cost $5 million."), say("B", "Mirel", "costs", "training", figure=(5e6, 5e6, "USD", "exact"), evidence="In the illustrative case training cost $5 million."), "nothing"),
    ("hedged use", say("A", "Mirel", "costs", "training", act="supposes", figure=(5e6, 5e6, "USD", "exact")), say("B", "Mirel", "costs", "training", hedge="weak", figure=(5e6, 5e6, "USD", "exact")), "nothing"),
    ("another model", say("A", "Mirel", "costs", "training", act="supposes", figure=(5e6, 5e6, "USD", "exact")), say("B", "Pellan", "costs", "training", figure=(5e6, 5e6, "USD", "exact")), "nothing"),
    ("size supposed", say("A", "Mirel", "has_parameters", act="supposes", figure=(70e9, 70e9, "parameters", "exact"), evidence="If Mirel had 70 billion parameters"), say("B", "Mirel", "has_parameters", figure=(70e9, 70e9, "parameters", "exact"), evidence="Mirel has 70 billion parameters."), "contradiction/status"),
]  # fmt: skip

COMPAT: list[Row] = [
    ("same accusation twice", say("A", "Tarsil", USED, "Ostra 2", by="Norvane", act="alleges"), say("B", "Tarsil", USED, "Ostra 2", by="Norvane", act="reports"), "compatible/quoted_allegation"),
    ("a list and one", say("A", "Tarsil and Quellmark", "accessed", "Ostra"), say("B", "Tarsil", "accessed", "Ostra"), "compatible/partial"),
    ("a list and one, with only", say("A", "Tarsil and Quellmark", "accessed", "Ostra"), say("B", "Tarsil", "accessed", "Ostra", evidence="Only Tarsil did."), "nothing"),
    ("stages", say("A", "Provenance Act", "policy_status", "proposed"), say(LATER, "Provenance Act", "policy_status", "introduced"), "compatible/update"),
    ("lifted", say("A", "Provenance Act", "policy_status", "in force"), say(MONTHS_LATER, "Provenance Act", "policy_status", "lifted"), "compatible/update"),
    ("two words for prompts", say("A", "Tarsil", "accessed", "Ostra", figure=(16e6, 16e6, "exchanges", "exact")), say("B", "Tarsil", "accessed", "Ostra", figure=(16e6, 16e6, "queries", "exact")), "compatible/alias"),
    ("judged better", say("A", "Mirel", "outperforms", "Ostra 2", act="opines"), say("B", "Mirel", "outperforms", "Ostra 2", polarity="-"), "compatible/opinion"),
    ("a block in one region", say("A", "Norvane", "restricted", "Tarsil", qualifiers={"region": "Europe"}), say("B", "Norvane", "restricted", "Tarsil", polarity="-", qualifiers={"region": "Asia"}), "compatible/scope"),
    ("active parameters", say("A", "Mirel", "has_parameters", figure=(600e9, 600e9, "parameters", "exact")), say("B", "Mirel", "has_parameters", figure=(37e9, 37e9, "active parameters", "exact")), "compatible/scope"),
    ("forecast and outcome", say("A", "Norvane", "restricted", "Tarsil", act="predicts"), say(WEEKS_LATER, "Norvane", "restricted", "Tarsil", polarity="-"), "compatible/update"),
    ("sum of a group and a member", say("A", "Tarsil and Quellmark", "accessed", "Ostra", figure=(16e6, None, "exchanges", "over")), say("B", "Tarsil", "accessed", "Ostra", figure=(150e3, 150e3, "exchanges", "exact")), "compatible/scope"),
    ("a member with the total", say("A", "Tarsil, Quellmark and Huaixu", "accessed", "Ostra", figure=(16e6, None, "exchanges", "over")), say("B", "Quellmark", "accessed", "Ostra", figure=(16e6, None, "exchanges", "over")), "contradiction/numeric"),
    ("a month and a day", say("A", "Norvane", "sued", "Tarsil", when=("2026-04-01", "2026-04-30", "month")), say("B", "Norvane", "sued", "Tarsil", when=("2026-04-13", "2026-04-13")), "compatible/precision"),
    ("corrected", say(text("A", outlet="Post"), "Norvane", "sued", "Tarsil", when=("2026-04-10", "2026-04-10")), say(text("B", outlet="Post", published="2026-04-21"), "Norvane", "sued", "Tarsil", when=("2026-04-13", "2026-04-13"), evidence="Correction: Norvane sued on 13 April."), "compatible/correction"),
    ("a page sets right what its guest said", say("A", "Mirel", "costs", "training", by="Ivo Lantz", figure=(3.4e6, 3.4e6, "EUR", "exact"), evidence="The training cost 3.4 million euros."), say("A", "Mirel", "costs", "training", by="A", act="reports", figure=(4.3e6, 4.3e6, "EUR", "exact"), evidence="Correction: an earlier version of this page gave the price as 4.3 million euros."), "compatible/correction"),
    ("looked into, and no longer", say("A", "Trade Ministry", "investigates", "Tarsil", when=("2026-04-18", "2026-04-18")), say(WEEKS_LATER, "Trade Ministry", "investigates", "Tarsil", by="Ivo Lantz", polarity="-", evidence="The Trade Ministry is no longer looking into Tarsil."), "compatible/update"),
    ("set right in passing", say("A", "Norvane", "sued", "Tarsil", when=("2026-04-13", "2026-04-13"), evidence="It sued on 13 April, not on 10 April."), say("A", "Norvane", "sued", "Tarsil", when=("2026-04-10", "2026-04-10"), evidence="Norvane sued on 10 April."), "compatible/correction"),
    ("one text, two days", say("A", "Norvane", "sued", "Tarsil", when=("2026-04-13", "2026-04-13"), evidence="It sued on 13 April."), say("A", "Norvane", "sued", "Tarsil", when=("2026-04-10", "2026-04-10"), evidence="Norvane sued on 10 April."), "contradiction/date"),
    (
        "headline and body figures",
        say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(24000, 24000, "accounts", "exact"), segment="headline", evidence="24,000 accounts"),
        say("A", "Tarsil", "accessed", "Ostra", by="Norvane", act="alleges", figure=(2400, 2400, "accounts", "exact"), evidence="some 2,400 accounts"),
        "contradiction/numeric",
    ),
    (
        "one outlet on two days",
        say(text("A", outlet="Post"), "Mirel", "has_parameters", figure=(70e9, 70e9, "parameters", "exact"), evidence="Mirel has 70 billion."),
        say(text("B", outlet="Post", published="2026-04-22"), "Mirel", "has_parameters", figure=(34e9, 34e9, "parameters", "exact"), evidence="Mirel has 34 billion."),
        "contradiction/numeric",
    ),
    ("a firm against its own words", say("A", "Tarsil", USED, "Ostra 2", by="Tarsil", act="denies", polarity="-"), say(MONTHS_LATER, "Tarsil", USED, "Ostra 2", by="Ivo Lantz", act="confirms"), "contradiction/denial"),
]  # fmt: skip

ROWS = [*MODALITY, *ATTRIBUTION, *STATUS, *COMPAT]


@pytest.mark.parametrize(("a", "b", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_verdict_of_a_pair(topic: Topic, a: Statement, b: Statement, expected: str) -> None:
    found = verdict(topic, a, b)
    assert short(found) == expected, found and found.why
