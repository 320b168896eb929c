# ruff: noqa: E501 -- a pair is a row of a table; broken into lines it cannot be read as one
"""Two statements that differ by how exactly, for what use, of what time or of whom they speak."""

from __future__ import annotations

import pytest

from distillwatch.graph import gates
from distillwatch.graph.statements import Party, Statement
from distillwatch.graph.world import World
from distillwatch.topic import Topic
from tests.graph.sayings import PARTIES, say, short, verdict

USED, JUDGE, BASE, WAY = "trained_on_outputs_of", "evaluated_with", "built_on", "accessed"
BREAKS, KEEPS, TERMS = "violates", "complies_with", "Norvane Terms"
Row = tuple[str, Statement, Statement, str]

NAMES = [
    ("Orrin 14B", "Orrin-14B-Instruct", True),
    ("Orrin 14B", "Orrin 14B Chat", True),
    ("Orrin 3", "Orrin 3 Preview", True),
    ("Orrin 3", "Orrin 3 70B", True),
    ("Orrin 14B", "Orrin-14B-v0.1", True),
    ("Orrin 14B", "Orrin-14B-GGUF", True),
    ("Orrin-V2", "Orrin V2 Base", True),
    ("Orrin 3", "Orrin 3 Sage", True),
    ("Orrin 14B", "Tarsil Orrin 14B", True),
    ("Orrin 3", "Orrin 3 Mini", False),
    ("Orrin 3", "Orrin 3 nano preview", False),
    ("Orrin 3", "Orrin 3.5", False),
    ("Orrin 3", "Orrin 4", False),
    ("Orrin 14B", "Orrin 70B", False),
    ("Orrin-14B-Instruct", "Orrin-14B-Base", False),
    ("Orrin 3", "Mirel 3", False),
    ("Orrin 3", "Orrin 3 ミニ", False),
]


@pytest.mark.parametrize(("one", "other", "expected"), NAMES)
def test_one_name_told_less_exactly(topic: Topic, one: str, other: str, expected: bool) -> None:
    world = World(PARTIES, topic.vocabulary)
    a, b = (Party(name, name, "model") for name in (one, other))
    assert gates.less_exact(a, b, world) is gates.less_exact(b, a, world) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Orrin 14B", "Orrin-14B-Instruct", True),
        ("Orrin 3", "Orrin 3 Preview", True),
        ("Orrin 14B", "Orrin-14B-Chat-GGUF", True),
        ("Orrin 3", "Orrin 3 Sage", False),
        ("Orrin 3", "Orrin 3 70B", False),
        ("Orrin 3", "Orrin 3 Mini", False),
        ("Orrin-14B-Chat", "Orrin-14B-Base", False),
        ("Orrin 3", "Orrin 3", False),
    ],
)
def test_one_model_in_another_form(topic: Topic, one: str, other: str, expected: bool) -> None:
    world = World(PARTIES, topic.vocabulary)
    a, b = (Party(name, name, "model") for name in (one, other))
    assert gates.one_make(a, b, world) is gates.one_make(b, a, world) is expected


def count(subject: str, target: str, figure: float, unit: str, by: str, where: str = "A") -> Statement:
    return say(where, subject, WAY, target, by=by, act="alleges", figure=(figure, figure, unit, "exact"))


PAIRS: list[Row] = [
    ("a version and its form for chats", say("A", "Pellan", USED, "Kolm 2-24B", by="Una Bex", act="confirms"), say("B", "Pellan", USED, "Kolm 2-24B-Instruct", by="Una Bex", act="confirms"), "nothing"),
    ("a version and its smaller sibling", say("A", "Pellan", USED, "Kolm 2-24B", by="Una Bex", act="confirms"), say("B", "Pellan", USED, "Kolm 2-24B Mini", by="Una Bex", act="confirms"), "contradiction/entity"),
    ("the base of one model, more and less exactly", say("A", "Pellan", BASE, "Kolm 2-24B"), say("B", "Pellan", BASE, "Kolm 2-24B-Instruct"), "nothing"),
    ("one count, two versions", count("Quellmark", "Kolm 7B", 5200, "accounts", "Tarsil"), count("Quellmark", "Kolm 2-24B", 5200, "accounts", "Tarsil", "B"), "contradiction/entity"),
    ("two counts, two versions", count("Quellmark", "Kolm 7B", 5200, "accounts", "Tarsil"), count("Quellmark", "Kolm 2-24B", 900, "accounts", "Tarsil", "B"), "nothing"),
    ("accounts with one, exchanges with another", count("Quellmark", "Kolm 7B", 5200, "accounts", "Tarsil"), count("Quellmark", "Kolm 2-24B", 5200, "exchanges", "Tarsil", "B"), "nothing"),
    ("its weights, or answers of what is called more exactly", say("A", "Pellan", BASE, "Kolm 2-24B", by="Tarsil", act="alleges"), say("B", "Pellan", USED, "Kolm 2-24B-Instruct", by="Quellmark"), "contradiction/mechanism"),
    ("one chief executive, a name with an accent", say("A", "Ida Kühn", "holds_role", "Tarsil", evidence="said Ida Kühn, chief executive of Tarsil."), say("B", "Milo Resan", "holds_role", "Tarsil", evidence="says Milo Resan, Tarsil's chief executive."), "contradiction/entity"),
    ("two scripts may be one person", say("A", "Ida Kühn", "holds_role", "Tarsil", evidence="said Ida Kühn, chief executive of Tarsil."), say("B", "井田 光", "holds_role", "Tarsil", evidence="Tarsil首席执行官井田光说。"), "nothing"),
    ("both broke it, one denies", say("A", "Quellmark and Tarsil", BREAKS, TERMS, by="Norvane", act="alleges"), say("B", "Tarsil", BREAKS, TERMS, by="Ivo Lantz", act="denies", polarity="-"), "contradiction/denial"),
    ("both broke it, one kept it", say("A", "Quellmark and Tarsil", BREAKS, TERMS, by="Norvane", act="alleges"), say("B", "Tarsil", KEEPS, TERMS, by="Tarsil"), "contradiction/legality"),
    ("one broke it, both kept it", say("A", "Tarsil", BREAKS, TERMS, by="Norvane", act="alleges"), say("B", "Quellmark and Tarsil", KEEPS, TERMS, act="reports"), "contradiction/legality"),
    ("both broke it, a view of one", say("A", "Quellmark and Tarsil", BREAKS, TERMS, by="Norvane", act="alleges"), say("B", "Tarsil", KEEPS, TERMS, by="Una Bex", act="opines"), "nothing"),
    ("both broke it, read as the charge of one of them", say("A", "Quellmark and Tarsil", BREAKS, TERMS, by="Quellmark", act="alleges"), say("B", "Tarsil", KEEPS, TERMS, by="Tarsil"), "cannot_compare/attribution"),
    ("both broke it, a third kept it", say("A", "Quellmark and Tarsil", BREAKS, TERMS, by="Norvane", act="alleges"), say("B", "Huaixu", KEEPS, TERMS, by="Huaixu"), "nothing"),
    ("both trained on it, one denies", say("A", "Quellmark and Tarsil", USED, "Ostra", by="Norvane", act="alleges"), say("B", "Tarsil", USED, "Ostra", by="Tarsil", act="denies", polarity="-"), "contradiction/denial"),
    ("a figure of both, one denies", count("Quellmark and Tarsil", "Ostra", 6100, "accounts", "Norvane"), say("B", "Tarsil", WAY, "Ostra", by="Tarsil", act="denies", polarity="-"), "nothing"),
    ("a reserve about whom a measure hit", say("A", "Norvane", "restricted", "Tarsil", by="Norvane", evidence="We closed all accounts that we could trace to Tarsil."), say("B", "Norvane", "restricted", "Tarsil", by="Norvane", hedge="weak", evidence="Norvane closed accounts that it believes were Tarsil's."), "nothing"),
    ("a reserve about who did it", say("A", "Tarsil", WAY, "Ostra", by="Norvane", act="alleges", evidence="Tarsil opened them."), say("B", "Tarsil", WAY, "Ostra", by="Norvane", act="alleges", hedge="weak", evidence="Likely it was Tarsil."), "contradiction/modality"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "expected"), [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS])
def test_verdict_of_a_pair(topic: Topic, a: Statement, b: Statement, expected: str) -> None:
    assert short(verdict(topic, a, b)) == short(verdict(topic, b, a)) == expected


MATTER = frozenset({"affair"})
CHARGE = say("A", "Tarsil", WAY, "Ostra", by="Norvane", act="alleges", figure=(6e6, 6e6, "exchanges", "exact"), incidents=MATTER, evidence="Norvane counts 6 million exchanges.")  # fmt: skip
HALF = ("2025-07-01", "2025-12-31")


def own(evidence: str, when: tuple[str, str] | None = None) -> Statement:
    figure = (9e4, 9e4, "exchanges", "about")
    return say("B", "Tarsil", WAY, "Ostra", by="Tarsil", figure=figure, incidents=MATTER, evidence=evidence, when=when)


def test_a_party_s_own_count_stands_against_the_count_that_it_is_charged_with(topic: Topic) -> None:
    assert short(verdict(topic, CHARGE, own("We sent 90,000 in that half.", HALF))) == "contradiction/numeric"


@pytest.mark.parametrize(
    "evidence",
    [
        "Between July and December we put 90,000 prompts to Ostra to mark our drafts.",
        "In the second half of 2025 Ostra graded 90,000 answers for us.",
        "Im zweiten Halbjahr haben wir Ostra nur zur Bewertung benutzt, mit 90.000 Abfragen.",
        "Au second semestre, Ostra a noté 90 000 réponses.",
        "7月至12月,我们仅将Ostra用于评测,累计约9万次。",
    ],
)
def test_a_count_for_one_use_in_one_time_is_not_the_whole(topic: Topic, evidence: str) -> None:
    use = say("B", "Tarsil", JUDGE, "Ostra", by="Tarsil", evidence=evidence)
    assert short(verdict(topic, CHARGE, own(evidence, HALF), use)) == "cannot_compare/scope"


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ("We put 90,000 prompts to Ostra to mark our drafts.", "cannot_compare/scope"),
        ("We put only 90,000 prompts to Ostra, to mark our drafts.", "contradiction/numeric"),
    ],
)
def test_a_count_for_one_use_without_a_time(topic: Topic, evidence: str, expected: str) -> None:
    use = say("B", "Tarsil", JUDGE, "Ostra", by="Tarsil", evidence=evidence)
    assert short(verdict(topic, CHARGE, own(evidence), use)) == expected


@pytest.mark.parametrize(
    ("charged", "expected"),
    [(("2025-06-01", "2026-02-28"), "cannot_compare/scope"), (("2026-01-01", "2026-02-28"), "contradiction/numeric")],
)
def test_the_time_of_the_charge_may_stand_in_another_sentence(
    topic: Topic, charged: tuple[str, str], expected: str
) -> None:
    longer = say("A", "Tarsil", USED, "Ostra", by="Norvane", act="alleges", when=charged)
    assert short(verdict(topic, CHARGE, own("We sent 90,000 in that half.", HALF), longer)) == expected


@pytest.mark.parametrize(
    ("figure", "when", "expected"),
    [
        (9e5, ("2025-11-01", "2025-11-30"), "compatible/scope"),  # begins before the whole time does
        (9e5, ("2026-02-01", "2026-02-28"), "compatible/scope"),  # ends after it
        (9e5, ("2025-12-01", "2025-12-31"), "compatible/scope"),
        (9e6, ("2025-12-01", "2025-12-31"), "contradiction/numeric"),  # more in a month than in all
        (9e5, ("2025-11-01", "2026-02-28"), "contradiction/numeric"),  # nearly the same time
    ],
)
def test_a_month_at_the_edge_of_the_time_is_a_part_of_it(
    topic: Topic, figure: float, when: tuple[str, str], expected: str
) -> None:
    def counted(exchanges: float, over: tuple[str, str]) -> Statement:
        given = (exchanges, exchanges, "exchanges", "exact")
        said = f"{exchanges} over {over}"
        return say("A", "Tarsil", WAY, "Ostra", by="Norvane", act="alleges", figure=given, when=over, evidence=said)

    assert short(verdict(topic, counted(6e6, ("2025-11-04", "2026-02-21")), counted(figure, when))) == expected


NOTICES = [
    ("Correction: An earlier version of this article said that Norvane had sued Tarsil on April 5.", True),
    ("A previous version of this story gave the day of the suit as April 5.", True),
    ("Clarification: this post originally said that Norvane sued Tarsil on April 5.", True),
    ("This article previously stated that Norvane sued Tarsil on April 5.", True),
    ("In einer früheren Version dieses Artikels hieß es, Norvane habe Tarsil am 5. April verklagt.", True),
    ("Dans une version précédente de cet article, Norvane avait assigné Tarsil le 5 avril.", True),
    ("En una versión anterior de esta noticia se decía que Norvane demandó a Tarsil el 5 de abril.", True),
    ("本文此前版本称,诺万于4月5日起诉塔西尔。", True),
    ("記事の初出時、提訴の日を4月5日としていました。", True),
    ("Norvane sued Tarsil on April 5, over an earlier version of Mirel.", False),
    ("A previous version of Mirel was at issue when Norvane sued Tarsil on April 5.", False),
    ("An early version of the complaint is dated April 5.", False),
    ("Die frühere Version von Mirel ist Gegenstand der Klage vom 5. April.", False),
]


@pytest.mark.parametrize(("evidence", "notice"), NOTICES)
def test_what_an_earlier_version_of_a_text_said_contradicts_nobody(topic: Topic, evidence: str, notice: bool) -> None:
    said = say("A", "Norvane", "sued", "Tarsil", when=("2026-04-05", "2026-04-05"), evidence=evidence)
    day = say("B", "Norvane", "sued", "Tarsil", when=("2026-04-02", "2026-04-02"))
    assert short(verdict(topic, said, day)) == ("compatible/correction" if notice else "contradiction/date")


@pytest.mark.parametrize(("about", "expected"), [("Mirel", "nothing"), ("Huaixu", "contradiction/mechanism")])
def test_what_is_granted_beside_a_denial_of_the_other_excludes_nothing(topic: Topic, about: str, expected: str) -> None:
    charge = say("A", "Mirel", BASE, "Ostra 2", by="Norvane", act="alleges")
    grants = say("B", "Mirel", USED, "Ostra 2", by="Ivo Lantz", act="confirms", evidence="Lantz granted the answers.")
    other = say("B", about, BASE, "Ostra 2", by="Ivo Lantz", act="denies", polarity="-")
    assert short(verdict(topic, charge, grants, other)) == expected


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("distillation", "contradiction/definition"),
        ("model distillation", "contradiction/definition"),
        ("unauthorized distillation", "nothing"),
        ("unlicensed distillation", "nothing"),
        ("covert distillation", "nothing"),
        ("unbefugte distillation", "nothing"),
    ],
)
def test_a_term_of_law_for_the_forbidden_act_does_not_define_the_act(topic: Topic, term: str, expected: str) -> None:
    gist = "the training of a model on outputs obtained against the rules"
    of_law = say("A", "Norvane", "defines", gist, qualifiers={"term": term})
    plain = say("B", "gullwing", "defines", "copying the weights across", qualifiers={"term": "distillation"})
    assert short(verdict(topic, of_law, plain)) == expected


@pytest.mark.parametrize(
    "evidence",
    [
        "Ostra marked Tarsil's drafts, and that is all it ever did there, says the auditor.",
        "It graded drafts, and that's all they used it for, the auditor says.",
        "Ostra hat Entwürfe benotet, und das war alles, sagt die Prüferin.",
        "Ostra a noté des brouillons, et c’était tout, dit l’auditrice.",
        "Ostra corrigió borradores, y eso fue todo, dice la auditora.",
    ],
)
def test_that_is_all_is_only(topic: Topic, evidence: str) -> None:
    used = say("A", "Tarsil", USED, "Ostra", by="Norvane", act="alleges")
    judged = say("B", "Tarsil", JUDGE, "Ostra", by="Una Bex", act="reports", evidence=evidence)
    assert short(verdict(topic, used, judged)) == "contradiction/mechanism"
