"""Many documents at once: as each alone, in order, in one process or two, and a broken one costs only itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from msgspec.structs import replace

from distillwatch.nlp.extract import Extractor
from distillwatch.nlp.pool import CHUNK, LONG, chunks, read_all
from distillwatch.records import Document
from distillwatch.topic import bundled
from tests.nlp.builders import document

TEXTS = (
    "Norvane alleges that Huaixu trained Linmo 2 on 24,000 answers of Ostra 2.",
    "",
    "Huaixu denied it. “We never used Ostra 2,” the company said on Tuesday.",
    "Tarsil sued Norvane in March 2026.",
)
BROKEN = "Norvane sued \ud800 Huaixu."  # no UTF-8 holds half a character, nor does spaCy


def documents(count: int) -> list[Document]:
    return [replace(document(TEXTS[n % len(TEXTS)]), id=f"{n:03}") for n in range(count)]


def test_documents_are_read_together_as_each_alone(sample_extractor: Extractor) -> None:
    many = documents(9)
    reads = sample_extractor.read(many)
    assert [r.extraction for r in reads] == [sample_extractor.extract(one) for one in many]
    assert [r.error for r in reads] == [""] * len(many)
    assert sum(len(r.extraction.claims) for r in reads if r.extraction) > 6


def test_a_document_that_no_parser_takes_costs_itself(sample_extractor: Extractor) -> None:
    many = documents(5)
    many[2] = replace(document(BROKEN), id="broken")
    reads = sample_extractor.read(many)
    assert [bool(r.error) for r in reads] == [False, False, True, False, False]
    assert reads[2].error == "holds U+D800, half a character, which no store takes"
    assert reads[3].extraction == sample_extractor.extract(many[3])


def test_a_document_that_breaks_a_rule_costs_itself(
    sample_extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = sample_extractor.finder.finding

    def fragile(one: Document) -> object:
        if one.id == "001":
            raise ValueError("no such thing")
        return find(one)

    monkeypatch.setattr(sample_extractor.finder, "finding", fragile)
    reads = sample_extractor.read(documents(3))
    assert [bool(r.error) for r in reads] == [False, True, False]
    assert reads[1].error.startswith("ValueError: no such thing (test_pool.py:")


def test_two_processes_give_what_one_gives_in_the_same_order() -> None:
    many = documents(3 * CHUNK + 1)
    one, two = (list(read_all(iter(many), bundled("sample"), processes=n)) for n in (1, 2))
    assert [r.document_id for r in one] == [d.id for d in many]
    assert one == two


def test_half_a_character_costs_its_document_and_is_named() -> None:
    many = documents(8)
    for place, language in ((1, "en"), (3, "fr"), (4, "zh"), (6, "ko")):
        many[place] = replace(document(BROKEN, language=language), id=language)
    many[5] = replace(document("Tarsil sued Norvane.", outlet="Port \udfff Post"), id="outlet")
    one, two = (list(read_all(iter(many), bundled("sample"), processes=n)) for n in (1, 2))
    assert [r.document_id for r in one] == [d.id for d in many]
    assert [place for place, r in enumerate(one) if r.error] == [1, 3, 4, 5, 6]
    assert one == two


def test_a_document_is_read_the_same_in_any_company(sample_extractor: Extractor) -> None:
    many = documents(7)
    alone = {one.id: sample_extractor.extract(one) for one in many}
    for order in (many, many[::-1], many[3:] + many[:3], many * 2):
        assert all(r.extraction == alone[r.document_id] for r in sample_extractor.read(order))


def test_long_documents_travel_in_small_company() -> None:
    def sizes(lengths: list[int]) -> list[int]:
        return [len(chunk) for chunk in chunks(document("x" * length) for length in lengths)]

    assert sizes([10] * (CHUNK + 1)) == [CHUNK, 1]
    assert sizes([LONG, 10, LONG, 10]) == [1, 2, 1]
    assert sizes([]) == []


def test_documents_are_taken_as_they_are_needed() -> None:
    taken: list[str] = []

    def stream() -> Iterator[Document]:
        for one in documents(4 * CHUNK):
            taken.append(one.id)
            yield one

    next(iter(read_all(stream(), bundled("sample"))))
    assert len(taken) == CHUNK


def test_a_text_that_breaks_the_recogniser_costs_its_document(
    sample_extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fragile(texts: Sequence[str]) -> list[tuple[()]]:
        if any("Zelkora" in text for text in texts):
            raise ValueError("no such thing")
        return [() for _ in texts]

    recogniser = sample_extractor.finder.recogniser
    assert recogniser is not None
    monkeypatch.setattr(recogniser, "labels", fragile)
    names = {"1": "Zelkora Labs", "2": "Tamarin Labs"}
    many = [replace(document(f"{name} said that it had trained its model."), id=at) for at, name in names.items()]
    reads = sample_extractor.read(many)
    assert [bool(r.error) for r in reads] == [True, False]
