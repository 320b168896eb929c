"""How journalists introduce names that nobody knows: a sentence a row, with all that it names, by kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from distillwatch.nlp.names import NameFinder
from tests.nlp.builders import document, kinds


def abroad() -> list[tuple[str, str, dict[str, str]]]:
    """(language, sentence, kind by name)."""
    cut = [(text.partition("|"), named) for text, named in rows("introductions_abroad.tsv")]
    return [(language, text, named) for (language, _, text), named in cut]


def rows(file: str) -> list[tuple[str, dict[str, str]]]:
    """(sentence, kind by name) of a table whose second column reads "company:A,B;model:C"."""
    table = []
    for line in Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines():
        text, _, named = line.partition("\t")
        groups = [group.partition(":") for group in named.split(";") if group]
        table.append((text, {name: kind for kind, _, names in groups for name in names.split(",")}))
    return table


@pytest.mark.parametrize(("text", "expected"), rows("introductions.tsv"))
def test_introductions(ignorant: NameFinder, text: str, expected: dict[str, str]) -> None:
    assert kinds(ignorant.find(document(text))) == expected


@pytest.mark.parametrize(("language", "text", "expected"), abroad())
def test_introductions_in_other_languages(
    ignorant: NameFinder, language: str, text: str, expected: dict[str, str]
) -> None:
    assert kinds(ignorant.find(document(text, language=language))) == expected
