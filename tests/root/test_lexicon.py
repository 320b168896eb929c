"""Lexicons of a vocabulary of one's own: what is wrong in them is named by file and entry."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from distillwatch.errors import TopicInvalid
from distillwatch.lexicon import placed
from distillwatch.topic import Vocabulary, bundled, load_topic


@pytest.fixture
def own(tmp_path: Path) -> Vocabulary:
    """A copy of the shipped vocabulary beside a topic."""
    (tmp_path / "quay").mkdir()
    (tmp_path / "quay" / "topic.toml").write_text('id = "quay"\ntitle = "Quay"\n', encoding="utf-8")
    shutil.copytree(bundled("vocabulary"), tmp_path / "vocabulary")
    return load_topic(tmp_path / "quay").vocabulary


@pytest.mark.parametrize("name", sorted(f.stem for f in (bundled("vocabulary") / "lexicon").glob("*.toml")))
def test_a_copy_reads_as_what_ships(name: str, own: Vocabulary) -> None:
    assert own.lexicon(name) == Vocabulary(folder=bundled("vocabulary"), predicates={}).lexicon(name) != {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("= oops\n", "names.toml: Invalid"),
        ("tiers = 3\n", "names.toml: tiers is a number, and should be a text"),
        ("tires = ''\n", "names.toml: nothing reads the entry 'tires'; there are .*tiers"),
        ("[ambiguous]\nx = 1\n", None),
    ],
)
def test_an_entry_that_nobody_reads_or_of_another_kind_is_named(text: str, said: str | None, own: Vocabulary) -> None:
    (own.folder / "lexicon" / "names.toml").write_text(text, encoding="utf-8")
    if said is None:
        assert own.lexicon("names") == {"ambiguous": {"x": 1}}
        return
    with pytest.raises(TopicInvalid, match=said):
        own.lexicon("names")


def test_a_lexicon_that_is_not_there_is_named(own: Vocabulary) -> None:
    (own.folder / "lexicon" / "names.toml").unlink()
    with pytest.raises(TopicInvalid, match=r"names\.toml is missing"):
        own.lexicon("names")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda table: table["c"], "x.toml: the entry 'c' is missing"),
        (lambda table: table.pop("c"), "x.toml: the entry 'c' is missing"),
        (lambda table: table["a"]["c"], "x.toml: a: the entry 'c' is missing"),
        (lambda table: table["b"][1]["c"], r"x.toml: b\[1\]: the entry 'c' is missing"),
    ],
)
def test_an_entry_that_is_missing_is_named_with_its_place(ask: Callable[[Any], object], said: str) -> None:
    table = placed({"a": {"b": 1}, "b": [{"c": 1}, {"d": 1}]}, "x.toml")
    with pytest.raises(TopicInvalid, match=said):
        ask(table)
    assert table.pop("a") == {"b": 1} and table.pop("a", None) is None and table.get("c") is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dates", r"dates\.toml: dates and figures are read by the lexicon that ships.*take this file out"),
        ("quantities", r"quantities\.toml: dates and figures are read by"),
        ("claims_it", r"claims_it\.toml: nothing reads a lexicon of that name; there are claims_de\.toml, .*"),
        ("names", None),
    ],
)
def test_a_lexicon_that_nobody_would_read_is_refused(name: str, said: str | None, own: Vocabulary) -> None:
    with (own.folder / "lexicon" / f"{name}.toml").open("a", encoding="utf-8") as file:
        file.write("\n# one's own\n")
    if said is None:
        assert load_topic(own.folder.parent / "quay").id == "quay"
        return
    with pytest.raises(TopicInvalid, match=said):
        load_topic(own.folder.parent / "quay")
