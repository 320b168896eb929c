"""Terms of office: a sitting holder who is called a former one."""

from __future__ import annotations

from pathlib import Path

import pytest

from distillwatch.errors import TopicInvalid
from distillwatch.graph.marks import Marks
from distillwatch.graph.terms import Term, Terms, load_terms
from distillwatch.topic import Topic, bundled, load_topic

LORN = Term("Ada Lorn", "head_of_state", "Vantry", "2025-01-20", "2029-01-20")
NAMES = {"Ada Lorn": ("Ada Lorn", "阿达洛恩")}


@pytest.mark.parametrize(
    ("words", "day", "called"),
    [
        ("It began under former President Ada Lorn.", "2026-03-01", True),
        ("It began under former Vantry president Lorn.", "2026-03-01", True),
        ("du temps de l’ex-président Ada Lorn", "2026-03-01", True),
        ("con la expresidenta Lorn", "2026-03-01", True),
        ("前总统阿达洛恩", "2026-03-01", True),
        (
            "It began under former President Ada Lorn.",
            "2024-03-01",
            False,
        ),  # before the term: she may have held one then
        ("It began under former President Ada Lorn.", "2030-03-01", False),
        ("a former adviser to President Ada Lorn", "2026-03-01", False),
        ("President Ada Lorn and a former minister", "2026-03-01", False),
        ("former President Ivo Mor", "2026-03-01", False),
    ],
)
def test_who_is_called_former(topic: Topic, words: str, day: str, called: bool) -> None:
    terms = Terms([LORN], NAMES, Marks(topic.vocabulary.lexicon("compare")))
    assert (terms.holder_called_former(words, day) is not None) is called


def test_the_table_of_a_topic_is_read_and_every_person_is_registered() -> None:
    topic = load_topic(bundled("distillation"))
    people = {e.name for e in topic.entities if e.kind == "person"}
    terms = load_terms(topic.folder)
    assert terms and {term.person for term in terms} - people <= {"Joe Biden"}
    assert all(term.start < term.until for term in terms)


def test_a_topic_without_the_table_has_no_terms(tmp_path: Path) -> None:
    assert load_terms(tmp_path) == []


def test_a_bad_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "terms.tsv").write_text("person\trole\nAda Lorn\thead_of_state\n", encoding="utf-8")
    with pytest.raises(TopicInvalid, match=r"terms.tsv"):
        load_terms(tmp_path)
