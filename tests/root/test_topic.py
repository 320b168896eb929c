"""A topic folder is written by hand: what cannot be read is named with its file and the remedy."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from distillwatch.commands import review
from distillwatch.errors import TopicInvalid
from distillwatch.topic import DECISIONS, bundled, load_topic

HEAD = 'id = "quay"\ntitle = "Quay"\n'
SOURCES = "id\tname\tkind\turl\toptions\n"


def folder(place: Path, *, head: str = HEAD, sources: str = SOURCES, entities: str = "name\tkind\n") -> Path:
    """A topic folder with the shipped vocabulary."""
    words = bundled("vocabulary").as_posix()
    (place / "topic.toml").write_text(f'{head}vocabulary = "{words}"\n', encoding="utf-8")
    (place / "sources.tsv").write_text(sources, encoding="utf-8")
    (place / "entities.tsv").write_text(entities, encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("head", "sources", "said"),
    [
        ('title = "Quay"\n', SOURCES, r"topic\.toml has no id; add `id = "),
        ('id = "quay"\ntitle = " "\n', SOURCES, r"topic\.toml has no title"),
        ("", SOURCES, "has no id and no title"),
        (HEAD, f"{SOURCES}a\tA\tfeed\thttps://a.example/\t\na\tB\tfeed\thttps://b.example/\t\n", "'a' stands twice"),
        (HEAD, f"{SOURCES}a\tA\tfeed\thttps://a.example/\tkeep\n", r"sources\.tsv:2: the option 'keep' has no value"),
        (HEAD, f"{SOURCES}a\tA\tfeed\n", r"sources\.tsv:2: the row has not as many cells"),
        (f'{HEAD}sample = "false"\n', SOURCES, r"topic\.toml: Expected `bool`, got `str` - at `\$\.sample`"),
        (f"{HEAD}notice = 3\n", SOURCES, r"topic\.toml: .*\$\.notice"),
        (f'{HEAD}contakt = "me"\n', SOURCES, r"topic\.toml: .*unknown field `contakt`"),
        (f'{HEAD}address = "https://quay.example"\n', SOURCES, r"topic\.toml: the address .* with a slash at its end"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(head: str, sources: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(TopicInvalid, match=said):
        load_topic(folder(tmp_path, head=head, sources=sources))


@pytest.mark.parametrize("name", ["topic.toml", "sources.tsv", "entities.tsv"])
def test_a_file_in_another_encoding_is_named(name: str, tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / name).write_bytes(b'title = "caf\xe9"\n')
    with pytest.raises(TopicInvalid, match=name):
        load_topic(place)


def test_the_mark_that_spreadsheets_write_in_front_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    topic = load_topic(folder(tmp_path, entities="\ufeffname\tkind\nNorvane\tcompany\n"))
    assert [entity.name for entity in topic.entities] == ["Norvane"]


def test_options_are_pairs(tmp_path: Path) -> None:
    row = "a\tA\tfeed\thttps://a.example/\tkeep=all; match=x=y;\n"
    (source,) = load_topic(folder(tmp_path, sources=SOURCES + row)).sources
    assert source.options == {"keep": "all", "match": "x=y"}


HEADER = "target_table\ttarget_id\tdecision\tvalue\treason\tauthor\tdecided_at\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "contradictions\tf1\tdismis\t\tno\tada\t2026-05-01",
            "no decision 'dismis' on contradictions; there is confirm",
        ),
        ("flags\tf1\tdismiss\t\tno\tada\t2026-05-01", "no decisions are made on 'flags', only on contradictions"),
        ("contradictions\tf1\tdismiss\t\tno\tada\tin May", "decided_at is 'in May'; write a day or time"),
    ],
)
def test_a_decision_that_no_stage_would_apply_is_refused(row: str, said: str, tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "decisions.tsv").write_text(f"{HEADER}{row}\n", encoding="utf-8")
    with pytest.raises(TopicInvalid, match=rf"decisions\.tsv:2: {said}"):
        load_topic(place)


def test_what_is_decided_of_several_on_one_day_are_several_decisions(tmp_path: Path) -> None:
    place = folder(tmp_path)
    rows = "".join(f"entities\tx\tnot_same\t{other}\tno\tada\t2026-05-01\n" for other in "yz")
    (place / "decisions.tsv").write_text(HEADER + rows, encoding="utf-8")
    assert len({decision.id for decision in load_topic(place).decisions}) == 2


@pytest.mark.parametrize(("column", "day"), [("born", "2025"), ("died", "2026-02-30"), ("born", "20250301")])
def test_the_life_of_an_entity_is_told_in_days(column: str, day: str, tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "entities.tsv").write_text(f"name\tkind\t{column}\nOstra\tmodel\t{day}\n", encoding="utf-8")
    with pytest.raises(TopicInvalid, match=rf"entities\.tsv:2: {column} is '{day}'; write a day"):
        load_topic(place)


@pytest.mark.parametrize(("table", "decision"), [(t, d) for t, known in DECISIONS.items() for d in known])
def test_every_decision_is_read(table: str, decision: str, tmp_path: Path) -> None:
    place = folder(tmp_path)
    row = f"{table}\tx\t{decision}\t\twhy\tada\t2026-05-01T08:00:00Z\n"
    (place / "decisions.tsv").write_text(HEADER + row, encoding="utf-8")
    assert [(d.target_table, d.decision) for d in load_topic(place).decisions] == [(table, decision)]


def test_what_review_decides_is_what_the_table_knows() -> None:
    """Each sub-command of `review` writes a decision that the next run reads; "reopen" is written by hand."""
    calls = [c for c in ast.walk(ast.parse(Path(review.__file__).read_text("utf-8"))) if isinstance(c, ast.Call)]
    made = {
        (a[1].value, a[3].value)
        for a in ([*c.args] for c in calls if isinstance(c.func, ast.Name) and c.func.id == "decide")
        if isinstance(a[1], ast.Constant) and isinstance(a[3], ast.Constant)
    }
    known = {(table, decision) for table, decisions in DECISIONS.items() for decision in decisions}
    assert made == {(t, d) for t, d in known if t != "predictions"} - {("contradictions", "reopen")}


READS = 'reads = "{subject} met {object}"\nobject = "entity"\n'


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("", "it holds no predicate"),
        ("met = 3\n", r"\[met\]: is no table; write `\[met\]` on a line of its own"),
        (f"[met]\n{READS}functional = 2\n", r"\[met\]: .*functional"),
        (f"[met]\n{READS}mutabel = true\n", r"\[met\]: unknown column mutabel"),
        (f'[met]\n{READS}opposite = "left"\n', r"\[met\] names the unknown predicate 'left'"),
        (f'[met]\n{READS}title = "meeting of {{subjekt}}"\n', r"\[met\]: title is .* its slots are \{subject\}"),
        ('[met]\nreads = "{subject} met {object"\nobject = "entity"\n', r"\[met\]: reads is .* and no other brace"),
        (f"[met]\n{READS}met = \n", r"predicates\.toml: Invalid value"),
    ],
)
def test_a_predicate_that_cannot_be_used_is_named(entries: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "quay").mkdir()
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "quay" / "topic.toml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "vocabulary" / "predicates.toml").write_text(entries, encoding="utf-8")
    with pytest.raises(TopicInvalid, match=rf"predicates\.toml.*{said}" if said.startswith(r"\[") else said):
        load_topic(tmp_path / "quay")


def test_a_topic_that_names_no_vocabulary_speaks_the_shipped_one_or_the_one_beside_it(tmp_path: Path) -> None:
    (tmp_path / "quay").mkdir()
    (tmp_path / "quay" / "topic.toml").write_text(HEAD, encoding="utf-8")
    assert load_topic(tmp_path / "quay").vocabulary.folder == bundled("vocabulary").resolve()
    shutil.copytree(bundled("vocabulary"), tmp_path / "vocabulary")
    assert load_topic(tmp_path / "quay").vocabulary.folder == tmp_path / "vocabulary"


def test_a_vocabulary_that_is_named_and_not_there_is_told(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "topic.toml").write_text(f'{HEAD}vocabulary = "../words"\n', encoding="utf-8")
    with pytest.raises(TopicInvalid, match=r"words.predicates\.toml is missing"):
        load_topic(place)
