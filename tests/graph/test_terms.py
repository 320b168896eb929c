"""Terms of office: a sitting holder who is called a former one."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

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


HEADER = "person\trole\tat\tstart\tuntil\tnote\n"
ROW = "Ada Lorn\thead_of_state\tVantry\t2025-01-20\t2029-01-20\t\n"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("person\trole\nAda Lorn\thead_of_state\n", "2: .*missing required field `at`"),
        (HEADER + ROW.replace("2029", "2021"), "2: the range 2025-01-20..2021-01-20 ends before it starts"),
        (HEADER + ROW + ROW.replace("2025-01-20", "spring"), "3: 'spring' is not a day"),
        (HEADER + "Ada Lorn\thead_of_state\n", "2: the row has not as many cells as the header"),
        (HEADER.replace("note", "notes") + ROW.replace("\t\n", "\tfirst\n"), "2: unknown column notes"),
    ],
)
def test_a_bad_table_is_named(table: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "terms.tsv").write_text(table, encoding="utf-8")
    with pytest.raises(TopicInvalid, match=rf"terms\.tsv:{said}"):
        load_terms(tmp_path)


def test_a_table_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    (tmp_path / "terms.tsv").write_text(f"\ufeff{HEADER}{ROW}", encoding="utf-8")
    assert load_terms(tmp_path) == [LORN]


def test_a_post_without_words_is_named(topic: Topic) -> None:
    with pytest.raises(TopicInvalid, match=r"terms\.tsv: Ada Lorn is 'presidnt', which is no class of \[roles\]"):
        Terms([replace(LORN, role="presidnt")], NAMES, Marks(topic.vocabulary.lexicon("compare")))
