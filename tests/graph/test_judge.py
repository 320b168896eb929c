"""Candidates and the order of verdicts: blocks instead of all against all, the same result from any order of input."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distillwatch.graph import candidates
from distillwatch.graph.judge import judge, rules
from distillwatch.graph.marks import Marks
from distillwatch.graph.statements import Statement
from distillwatch.graph.wording import number
from distillwatch.graph.world import World, facts, learned_owners
from distillwatch.records import Verdict
from distillwatch.topic import Topic
from tests.graph.sayings import PARTIES, party, say, text

KINDS = {
    *("denial", "polarity", "numeric", "date", "mechanism", "attribution", "entity", "modality", "legality"),
    *("definition", "anachronism", "status"),
}


def heard(topic: Topic, *statements: Statement) -> World:
    return World(PARTIES, topic.vocabulary, statements, learned_owners(facts(statements), PARTIES))


def many() -> list[Statement]:
    found = []
    for n in range(12):
        place = text(f"T{n}", published=f"2026-04-{10 + n}")
        found.append(say(place, "Tarsil", "trained_on_outputs_of", "Ostra", by="Norvane", act="alleges"))
        found.append(say(place, "Mirel", "has_parameters", figure=((70 + n) * 1e9,) * 2 + ("parameters", "exact")))
        if n % 3 == 0:
            found.append(
                say(place, "Tarsil", "trained_on_outputs_of", "Ostra", by="Ivo Lantz", act="denies", polarity="-")
            )
    return found


def test_every_kind_has_a_rule_that_says_what_it_is_for() -> None:
    known = rules()
    assert {rule.kind for rule in known} >= KINDS
    for rule in known:
        assert len(rule.purpose) > 40 and rule.version


def test_any_order_of_statements_gives_the_same_verdicts(topic: Topic) -> None:
    statements = many()
    expected = list(judge(statements, heard(topic, *statements)))
    assert any(found.verdict == "contradiction" for found in expected)
    shuffled = list(statements)
    for seed in range(3):
        random.Random(seed).shuffle(shuffled)
        assert list(judge(shuffled, heard(topic, *shuffled))) == expected


def test_a_pair_is_judged_once_and_the_earlier_text_comes_first(topic: Topic) -> None:
    statements = many()
    published = {s.id: s.text.published for s in statements}
    pairs = [(found.a, found.b) for found in judge(statements, heard(topic, *statements))]
    assert len(pairs) == len(set(pairs)) == len({frozenset(pair) for pair in pairs})
    assert all(published[a] <= published[b] for a, b in pairs)


def test_statements_about_other_parties_are_never_paired(topic: Topic) -> None:
    a = say("A", "Tarsil", "sued", "Norvane")
    b = say("B", "Quellmark", "sued", "Huaixu")
    assert list(candidates.pairs([a, b], heard(topic, a, b))) == []


def test_a_firm_and_its_model_share_a_block(topic: Topic) -> None:
    a = say("A", "Mirel", "trained_on_outputs_of", "Ostra 2")
    b = say("B", "Tarsil", "evaluated_with", "Ostra")
    assert len(list(candidates.pairs([a, b], heard(topic, a, b)))) == 1


def test_a_copy_of_a_sentence_counts_once(topic: Topic) -> None:
    a, copy = (
        say(text(key, origin="A"), "Tarsil", "trained_on_outputs_of", "Ostra", by="Norvane", act="alleges")
        for key in "AC"
    )
    denied = say("B", "Tarsil", "trained_on_outputs_of", "Ostra", by="Tarsil", act="denies", polarity="-")
    found = list(judge([a, copy, denied], heard(topic, a, copy, denied)))
    assert [(j.a, j.b) for j in found if j.verdict == "contradiction"] == [(a.id, denied.id)]


@given(st.integers(min_value=49, max_value=400), st.integers(min_value=1, max_value=40))
def test_a_crowded_block_has_a_bounded_number_of_representatives(size: int, different: int) -> None:
    block = [
        candidates.Entry("b", f"s{n}", f"t{n}", f"said{n % different}", f"o{n}", f"{n:04}", "one") for n in range(size)
    ]
    groups = candidates.representatives(block)
    chosen = [entry for group in groups for entry in group]
    assert len(groups) == 1 and len(chosen) <= min(2 * different, candidates.REPRESENTATIVES)
    assert {entry.signature for entry in chosen} == {entry.signature for entry in block}


def test_a_crowded_block_is_compared_incident_by_incident() -> None:
    block = [
        candidates.Entry("b", f"s{n}", f"t{n}", f"said{n % 5}", f"o{n}", f"{n:04}", f"incident{n % 2}")
        for n in range(200)
    ]
    for one, other in candidates.combined(candidates.representatives(block)):
        assert one.affairs == other.affairs and one.rank < other.rank


def test_owners_are_learned_where_texts_agree(topic: Topic) -> None:
    told = [
        say("A", "Huaixu", "released", "Norvane API"),
        say("A", "Huaixu", "owns", "Quellmark", figure=(26, 26, "percent", "exact")),
    ]
    learned = learned_owners(facts(told), PARTIES)
    assert learned == {}  # the product has a registered owner, and a quarter of the shares is no ownership
    told = [say("A", "Tarsil", "owns", "Quellmark"), say("B", "Huaixu", "owns", "Huaixu")]
    assert learned_owners(facts(told), PARTIES) == {"quellmark": "tarsil"}
    contested = [*told, say("B", "Huaixu", "owns", "Quellmark")]
    assert learned_owners(facts(contested), PARTIES) == {}


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("Norvane", "Mira Sorel", True),  # a firm and its spokeswoman
        ("Norvane", "Norvane Labs", True),
        ("Ivo Lantz", "Mira Sorel", False),
        ("Trade Ministry", "Computation Office", False),  # two agencies of one country are two voices
    ],
)
def test_who_speaks_for_whom(topic: Topic, a: str, b: str, one: bool) -> None:
    assert heard(topic).speak_for_one(party(a), party(b)) is one


@pytest.mark.parametrize(
    ("mark", "words", "stands"),
    [
        ("only", "Tarsil used it only as a yardstick.", True),
        ("only", "Tarsil wrote commonly used words.", False),  # inside another word
        ("only", "公司只把它用作评分工具", True),
        ("ever", "It never did.", True),
        ("ever", "However, it does.", False),
        ("former", "the former spokesman", True),
        ("certain", "there is no longer any doubt about that", True),
        ("certain", "I doubt it.", False),
        ("exception", "For safety evaluations the firm is let in.", True),
        ("exception", "The account was blocked.", False),
    ],
)
def test_marks(topic: Topic, mark: str, words: str, stands: bool) -> None:
    assert Marks(topic.vocabulary.lexicon("compare")).has(mark, words) is stands


def test_numbers_are_written_with_separators() -> None:
    assert [number(x) for x in (24000.0, 0.927, 5_576_000.0)] == ["24,000", "0.927", "5,576,000"]


def test_verdicts_are_the_three(topic: Topic) -> None:
    statements = many()
    allowed: set[Verdict] = {"contradiction", "compatible", "cannot_compare"}
    assert {found.verdict for found in judge(statements, heard(topic, *statements))} <= allowed
