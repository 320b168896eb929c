"""The documents say what the program does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from typer.main import get_command

from distillwatch import registry
from distillwatch.cli import app
from distillwatch.topic import Topic

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
VOCABULARY = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")


def test_the_dictionary_page_is_the_dictionary() -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (ROOT / "docs" / "dictionary.md").read_text(encoding="utf-8")
    assert written == module.dictionary_page(), "run: python docs/generate.py dictionary"


@pytest.mark.parametrize("command", sorted(getattr(get_command(app), "commands", {})))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"`{command}`", README)


def test_the_readme_names_no_command_that_is_not_there() -> None:
    known = set(getattr(get_command(app), "commands", {}))
    assert set(re.findall(r"bin/distillwatch ([a-z]+)", README)) <= known


@pytest.mark.parametrize("kind", sorted(registry.load("distillwatch.graph.rules", "KIND").values(), key=str))
def test_every_kind_of_contradiction_is_explained(kind: object) -> None:
    assert f"`{kind}`" in VOCABULARY


def test_links_between_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} points at {target}"


def test_every_predicate_reads_as_a_sentence(topic: Topic) -> None:
    for predicate in topic.vocabulary.predicates.values():
        assert "{subject}" in predicate.reads
        assert ("{object}" in predicate.reads) == (predicate.object != "none")
