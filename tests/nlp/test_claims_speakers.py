"""Whose words a sentence is: comments, quotes, statements, podcasts, headlines, references across sentences."""

from __future__ import annotations

import pytest

from distillwatch.nlp.extract import Extractor
from distillwatch.records import DocumentKind, SegmentKind
from tests.nlp.claims_desk import Desk, fits


@pytest.fixture(scope="module")
def desk(sample_extractor: Extractor) -> Desk:
    return Desk(sample_extractor)


def one(desk: Desk, expected: str, found: list[str]) -> None:
    assert [f for f in found if fits(expected, f)], found


COMMENT = "Huaixu trained Linmo 2 on Ostra 2."


def test_commenter_speaks(desk: Desk) -> None:
    found = desk.told(desk.read(("comment", COMMENT, "mothlight"), kind="forum").claims)
    assert found == ["Huaixu Technology|trained_on_outputs_of|Ostra 2|asserts+@mothlight"]


def test_commenter_who_is_nobody_known_is_proposed_as_a_person(desk: Desk) -> None:
    extraction = desk.read(("comment", COMMENT, "mothlight"), kind="forum")
    assert [(e.kind, e.name, e.status) for e in extraction.entities if e.kind == "person"] == [
        ("person", "mothlight", "proposed")
    ]


def test_quoted_line_of_a_thread_is_not_the_commenters(desk: Desk) -> None:
    found = desk.told(desk.read(("quote", COMMENT), ("comment", "I doubt that.", "mothlight"), kind="forum").claims)
    assert found == ["Huaixu Technology|trained_on_outputs_of|Ostra 2|asserts+"]


def test_podcast_guest_speaks(desk: Desk) -> None:
    found = desk.told(
        desk.read(("quote", "Yuanxi 4 is built on Yuanxi 3.", "Odile Frankenthal"), kind="podcast").claims
    )
    assert found == ["Yuanxi 4|built_on|Yuanxi 3|asserts+@Odile Frankenthal"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We have identified accounts through which Huaixu sent 3 million prompts to Ostra 2.",
         "Huaixu Technology|accessed|Ostra 2|alleges+@Norvane#3000000"),
        ("We suspended Passarelle Cloud on 3 March.", "Norvane|restricted|Passarelle Cloud|asserts+@Norvane"),
        ("Huaixu violated our terms of use.", "Huaixu Technology|violates|Norvane Terms of Use|alleges+@Norvane"),
        ("We have not sued Huaixu.", "Norvane|sued|Huaixu Technology|asserts-@Norvane"),
        ("By distillation we mean the training of one model on the answers of another.",
         "Norvane|defines|the training of one model|asserts+@Norvane"),
    ],
)  # fmt: skip
def test_statement_page_speaks_for_its_issuer(desk: Desk, sentence: str, expected: str) -> None:
    one(desk, expected, desk.told(desk.read(sentence, kind="statement", outlet="Norvane Newsroom").claims))


def test_policy_page_is_the_rule_it_speaks_of(desk: Desk) -> None:
    extraction = desk.read(
        "This directive prohibits the sale of unregistered models.",
        "This Office is examining the training data of Yuanxi 3.",
        kind="policy",
        outlet="Federal Office for Computation",
        title="Directive 9",
    )
    found = desk.told(extraction.claims)
    one(desk, "Directive 9|prohibits|sale of unregistered models|asserts+", found)
    one(desk, "Federal Office for Computation|investigates|Yuanxi 3|asserts+", found)


INTERVIEW = (
    "Léonie Castagnet is chief executive of Tarsil. We met her in Port Ellery.",
    "Castellan Wire: Was Mirel 7B built on Kolm 1?",
    "Castagnet: No. We never trained Mirel 7B on Kolm 1.",
    "Castellan Wire: Have you sued Rautenfels?",
    "Castagnet: We have sued Rautenfels.",
)


def test_interview_gives_each_turn_to_who_speaks_it(desk: Desk) -> None:
    found = desk.told(desk.read(*INTERVIEW).claims)
    one(desk, "Mirel 7B|built_on|Kolm 1|asks+@Castellan Wire", found)
    one(desk, "Tarsil|trained_on_outputs_of|Kolm 1|denies-@Léonie Castagnet", found)
    one(desk, "Tarsil|sued|Rautenfels|asserts+@Léonie Castagnet", found)


SITTING: tuple[str | tuple[SegmentKind, str], ...] = (
    "Members present: Imke Sondervall (Chair) and eleven others.",
    ("list_item", "Léonie Castagnet, Head of Research, Tarsil"),
    ("list_item", "Tomas Breckwith, Director of Policy, Norvane"),
    "The Chair: Good morning. Norvane sued Huaixu in May.",
    "Mr Breckwith: Tarsil trained Mirel 7B on the answers of Ostra 2.",
    "The Chair: Ms Castagnet, what do you say to that?",
    "Ms Castagnet: Tarsil has not trained any model on the answers of Ostra 2.",
)


def test_sitting_gives_each_turn_to_who_speaks_it(desk: Desk) -> None:
    found = desk.told(desk.read(*SITTING).claims)
    one(desk, "Norvane|sued|Huaixu Technology|asserts+@Imke Sondervall", found)
    one(desk, "Tarsil|trained_on_outputs_of|Ostra 2|alleges+@Tomas Breckwith", found)
    one(desk, "Tarsil|trained_on_outputs_of|Ostra 2|denies-@Léonie Castagnet", found)


def test_colons_of_a_list_make_no_interview(desk: Desk) -> None:
    found = desk.told(desk.read(*(f"Update {n}: Norvane sued Huaixu." for n in "ABCDE")).claims)
    assert found and all("@" not in f for f in found), found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norvane said Huaixu ran 300 accounts. Huaixu trained Linmo 2 on Ostra 2, it said.",
         "Huaixu Technology|trained_on_outputs_of|Ostra 2|alleges+@Norvane"),
        ("Norvane sued Huaixu. The complaint alleges that Huaixu trained Linmo 2 on Ostra 2.",
         "Huaixu Technology|trained_on_outputs_of|Ostra 2|alleges+@Norvane"),
        ("Ravensmoor University published a preprint. Kolm 1 was built on Mirel 7B, the authors write.",
         "Kolm 1|built_on|Mirel 7B|+@Ravensmoor University"),
        ("Rautenfels is silent. “Kolm 1 was built on Mirel 7B,” said Jonas Ferber, its founder.",
         "Jonas Ferber|holds_role|Rautenfels|asserts+"),
    ],
)  # fmt: skip
def test_who_is_meant_is_told_by_the_sentence_before(desk: Desk, text: str, expected: str) -> None:
    assert any(fits(expected, f) for f in desk.told(desk.read(text).claims)), desk.told(desk.read(text).claims)


def test_rule_without_its_name_is_the_one_that_the_page_has_named(desk: Desk) -> None:
    text = "Rautenfels broke the Tarsil Community Licence. The licence forbids the removal of credits."
    one(desk, "Tarsil Community Licence|prohibits|removal of credits|asserts+", desk.told(desk.read(text).claims))
    both = "Directive 9 and Directive 8 were adopted. The directive forbids resale."
    assert not [f for f in desk.told(desk.read(both).claims) if "|prohibits|" in f]


def test_long_quotation_has_one_speaker(desk: Desk) -> None:
    text = (
        "“Kolm 1 was built on Mirel 7B. Rautenfels violated the Tarsil Community Licence,” "
        "said Léonie Castagnet, a co-founder of Tarsil."
    )
    found = desk.told(desk.read(text).claims)
    one(desk, "Kolm 1|built_on|Mirel 7B|alleges+@Léonie Castagnet", found)
    one(desk, "Rautenfels|violates|Tarsil Community Licence|alleges+@Léonie Castagnet", found)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Huaixu distilled Ostra 2, says a report by Castellan Wire.", "Castellan Wire"),
        ("Norvane sent a letter to Huaixu. Linmo 2 was trained on Ostra 2, the letter says.", "Norvane"),
        ("Linmo 2 was trained on Ostra 2, according to Imke Sondervall, who speaks for Norvane.", "Imke Sondervall"),
        ("Linmo 2, Norvane alleges, was trained on Ostra 2.", "Norvane"),
        ("Linmo 2 was trained on Ostra 2, or so Norvane said.", "Norvane"),
        ("Quellmark believes that Linmo 2 was trained on Ostra 2, Adaeze Lindholt, its spokeswoman, said.",
         "Adaeze Lindholt"),
        ("Several people familiar with the matter told the Ellery Courier that Linmo 2 was trained on Ostra 2.",
         "The Ellery Courier"),
        # what nobody with a name told the page's own outlet is the page's report
        ("Several people familiar with the matter told Castellan Wire that Linmo 2 was trained on Ostra 2.", ""),
    ],
)  # fmt: skip
def test_speaker(desk: Desk, text: str, speaker: str) -> None:
    found = [f for f in desk.told(desk.read(text).claims) if f.split("|")[1] in {"trained_on_outputs_of", "built_on"}]
    assert found and all(f.partition("@")[2].partition("#")[0] == speaker for f in found), found


def test_chain_of_speakers_is_kept_from_the_inside_outwards(desk: Desk) -> None:
    text = "Castellan Wire reported that Norvane had told lawmakers that Linmo 2 was trained on Ostra 2."
    claim = next(c for c in desk.read(text).claims if c.predicate == "trained_on_outputs_of")
    assert claim.speaker_text == "Norvane"
    assert claim.speaker_chain == ("Norvane", "Castellan Wire")


def test_anonymous_source_has_no_speaker(desk: Desk) -> None:
    text = "Two people familiar with the matter said that Linmo 2 was trained on Ostra 2."
    claim = next(c for c in desk.read(text).claims)
    assert (claim.speaker_id, claim.speech_act, claim.evidence_class) == (None, "reports", "anonymous_source")


HEADLINES: list[tuple[str, str, DocumentKind]] = [
    ("Norvane suspends Passarelle Cloud", "Norvane|restricted|Passarelle Cloud|asserts+", "news"),
    ("Huaixu Trained Its Newest Model on Ostra 2", "Huaixu Technology|trained_on_outputs_of|Ostra 2|asserts+", "blog"),
    ("Norvane: Linmo 2 was trained on Ostra 2", "Linmo 2|trained_on_outputs_of|Ostra 2|alleges+@Norvane", "news"),
    ("Huaixu rejects claim that Linmo 2 was copied from Ostra 2", "Linmo 2|built_on|Ostra 2|denies-", "news"),
]


@pytest.mark.parametrize(("headline", "expected", "kind"), HEADLINES)
def test_headline(desk: Desk, headline: str, expected: str, kind: DocumentKind) -> None:
    one(desk, expected, desk.told(desk.read(("headline", headline), kind=kind).claims))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yuanxi 4 was released by Bolan in September. It has 512 billion parameters.",
         "Yuanxi 4|has_parameters||asserts+#512000000000"),
        ("Bolan said that it was reviewing the report.", "Bolan Intelligence|commented|reviewing|asserts+"),
        ("The Model Provenance Act was adopted in July. It takes effect on 1 September.",
         "Model Provenance Act|policy_status|in force|asserts+"),
        ("Mirel 7B is free; it was released by Tarsil in 2024.", "Tarsil|released|Mirel 7B|asserts+"),
        ("Bolan, Huaixu and Rautenfels were named. Together the three companies sent 9 million prompts to Pellan 3.",
         "Bolan Intelligence, Huaixu Technology and Rautenfels|accessed|Pellan 3|asserts+#9000000"),
        ("Mirembe Oakhurst is a guest. Mirembe says that Yuanxi 4 is built on Yuanxi 3.",
         "Yuanxi 4|built_on|Yuanxi 3|@Mirembe Oakhurst"),
    ],
)  # fmt: skip
def test_reference_across_clauses(desk: Desk, text: str, expected: str) -> None:
    one(desk, expected, desk.told(desk.read(text).claims))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norvane said Huaixu sent two million prompts to Ostra 2.", "telemetry"),
        ("Linmo 2 was trained on Ostra 2, Norvane said, for the answers resemble each other.", "output_similarity"),
        ("Linmo 2 was trained on Ostra 2, according to a memo seen by Castellan Wire.", "document"),
        ("Linmo 2 was trained on Ostra 2, court papers filed by Norvane say.", "filing"),
        ("Linmo 2 was trained on Ostra 2, said Imke Sondervall of Norvane.", "named_official"),
        ("Imke Sondervall posted that Linmo 2 was trained on Ostra 2.", "named_official"),
        ("Linmo 2, which had to report its data, was trained on Ostra 2.", "none_given"),
    ],
)
def test_evidence_class_is_told_by_whole_words(desk: Desk, text: str, expected: str) -> None:
    classes = {c.evidence_class for c in desk.read(text).claims if c.predicate in {"trained_on_outputs_of", "accessed"}}
    assert classes == {expected}


def test_commenter_is_no_official(desk: Desk) -> None:
    (claim,) = desk.read(("comment", "Norvane sued Huaixu.", "lampwick_7"), kind="forum").claims
    assert (claim.speaker_text, claim.evidence_class) == ("lampwick_7", "none_given")


TALK: tuple[str | tuple[SegmentKind, str], ...] = (
    ("headline", "“Ask the logs”: a conversation with Tarsil's head of research"),
    "Léonie Castagnet is head of research at Tarsil. We spoke by telephone in May.",
    "Was Mirel 7B trained on the answers of Ostra 2?",
    "No, we have never trained Mirel 7B on the answers of Ostra 2.",
    "And the accounts?",
    "Mirel 7B has seven billion parameters. I counted them.",
    "How did it end?",
    "Norvane has sued Huaixu.",
    "Rautenfels declined to comment.",
)


def test_answers_without_a_name_are_the_guest_s(desk: Desk) -> None:
    found = desk.told(desk.read(*TALK).claims)
    one(desk, "Mirel 7B|trained_on_outputs_of|Ostra 2|asks+@Castellan Wire", found)
    one(desk, "Tarsil|trained_on_outputs_of|Ostra 2|denies-@Léonie Castagnet", found)
    one(desk, "Mirel 7B|has_parameters||asserts+@Léonie Castagnet", found)
    one(desk, "Norvane|sued|Huaixu Technology|asserts+@Léonie Castagnet", found)
    assert not any("Rautenfels" in f and "@" in f for f in found), found  # behind the last answer the page speaks


@pytest.mark.parametrize(
    "changed",
    [
        {0: "Ask the logs", 1: "Léonie Castagnet is head of research at Tarsil."},  # an essay that asks
        {1: "Léonie Castagnet of Tarsil and Tomas Breckwith of Norvane answered our questions."},  # two guests
        {3: "Nobody did.", 5: "Mirel 7B has seven billion parameters.", 7: "Norvane sued Huaixu."},
        {4: "The accounts are another matter."},  # two questions
    ],
)  # fmt: skip
def test_questions_alone_make_no_interview(desk: Desk, changed: dict[int, str]) -> None:
    blocks = [changed.get(i, block) for i, block in enumerate(TALK)]
    found = desk.told(desk.read(*blocks).claims)
    assert found and not any("@Léonie Castagnet" in f for f in found if "holds_role" not in f), found


@pytest.mark.parametrize(
    ("outlet", "kind", "second", "own"),
    [
        ("Norvane Blog", "blog", "We closed the accounts.", True),
        ("Norvane", "blog", "Our engineers looked into it.", True),
        ("Norvane Watch", "blog", "We closed the accounts.", False),  # somebody who watches Norvane
        ("Norvane Newsroom", "news", "We closed the accounts.", True),  # no mark of its kind on the page
        ("Norvane Newsroom", "news", "“We closed the accounts,” it said.", False),  # the house is quoted
        ("Norvane Watch", "news", "We closed the accounts.", False),
        ("Norvane Blog", "forum", "We closed the accounts.", False),
        ("Norvane Blog", "blog", "Nobody knows.", False),
        ("Loose Gradients", "blog", "We looked at it.", False),
    ],
)
def test_a_company_s_own_page_speaks_for_it(
    desk: Desk, outlet: str, kind: DocumentKind, second: str, own: bool
) -> None:
    found = desk.told(desk.read("Huaixu broke the Norvane Terms.", second, outlet=outlet, kind=kind).claims)
    assert any("@Norvane" in f for f in found) is own, found
