"""The reader by kinds and order: alone, on sentences of slots.txt, and behind the readers of paths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

from distillwatch.errors import TopicInvalid
from distillwatch.nlp.claims.english import EnglishReader
from distillwatch.nlp.claims.lexicon import load_lexicon
from distillwatch.nlp.claims.slots import load_rules
from distillwatch.nlp.extract import Extractor
from distillwatch.records import Claim
from distillwatch.topic import Topic, Vocabulary
from tests.nlp.claims_desk import Desk, cases


class Pathless(EnglishReader):
    """The English reader without its readers of paths."""

    def _claims(self, *_: object) -> Iterator[Claim]:
        yield from ()


CASES = cases([Path(__file__).parent / "slots.txt"])


@pytest.fixture(scope="module")
def alone(sample_topic: Topic, nlp: Language) -> Desk:
    """A reader whose path readers find nothing."""
    extractor = Extractor(sample_topic, nlp)
    extractor.english.__class__ = Pathless
    return Desk(extractor)


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[s[:60] for s, _ in CASES])
def test_slots_are_filled_in_one_way_or_not_at_all(alone: Desk, sentence: str, expected: tuple[str, ...]) -> None:
    assert sorted(alone.told(alone.read(sentence).claims)) == sorted(expected)


def test_more_sentences_say_nothing_than_something() -> None:
    silent = [s for s, claims in CASES if not claims]
    assert len(silent) >= len(CASES) / 2


def test_what_the_parse_has_told_is_not_told_again(sample_extractor: Extractor) -> None:
    desk = Desk(sample_extractor)
    told = desk.told(desk.read("Huaixu trained Linmo 2 on answers of Ostra 2.").claims)
    assert told == ["Huaixu Technology|trained_on_outputs_of|Ostra 2|asserts+"]


def test_a_claim_by_kinds_is_trusted_less(sample_extractor: Extractor) -> None:
    desk = Desk(sample_extractor)
    (parsed,) = desk.read("Linmo 2 was trained on answers of Ostra 2.").claims
    (typed,) = desk.read("What Ostra 2 wrote became the syllabus of Linmo 2.").claims
    assert (typed.predicate, typed.subject_id, typed.object_id) == (
        parsed.predicate,
        parsed.subject_id,
        parsed.object_id,
    )
    assert typed.confidence < parsed.confidence


GOOD = """[words]
conditions = []
doubts = []
[[rules]]
predicate = "owns"
evidence = ["own"]
subject = { kinds = ["company"] }
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"owns"', '"possesses"', "unknown predicate 'possesses'"),
        ('["own"]', '["@owning"]', "no word list 'owning'"),
        ('["company"]', '["company"], side = "left"', "side 'left'"),
        ('["own"]', '["own"]\nvoice = "middle"', "voice 'middle'"),
    ],
)
def test_a_faulty_rule_is_named(sample_topic: Topic, tmp_path: Path, old: str, new: str, message: str) -> None:
    lexicon = load_lexicon(sample_topic.vocabulary)
    (tmp_path / "lexicon").mkdir()
    file = tmp_path / "lexicon" / "slots_en.toml"
    vocabulary = Vocabulary(folder=tmp_path, predicates=sample_topic.vocabulary.predicates)
    file.write_text(GOOD, encoding="utf-8")
    assert [rule.predicate for rule in load_rules(vocabulary, lexicon).rules] == ["owns"]
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(TopicInvalid, match=message):
        load_rules(vocabulary, lexicon)
