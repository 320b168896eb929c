"""The whole reading of a document: offsets, determinism, depth, repeats, and text that no page should hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from distillwatch.crawlers.parse import parse
from distillwatch.errors import TopicInvalid
from distillwatch.nlp.claims.lexicon import load_lexicon, parse_trigger
from distillwatch.nlp.extract import Extractor
from distillwatch.records import Document, Extraction, Segment, Source
from distillwatch.topic import Topic, bundled
from tests.nlp.claims_desk import Desk

NEWSROOM = bundled("sample") / "newsroom"
HUAIXU = "Huaixu trained Linmo 2 on the outputs of Ostra 2."


@pytest.fixture(scope="module")
def desk(sample_extractor: Extractor) -> Desk:
    return Desk(sample_extractor)


def pages(folder: Path) -> Iterator[Document]:
    source = Source(id="s", name="s", kind="files", url="file:")
    for file in sorted(folder.rglob("*.html"))[:12]:
        yield parse(
            file.read_bytes(), url=f"file:{file.name}", content_type="text/html", source=source,
            fetched_at="2026-01-01T00:00:00Z", file=file.name,
        )  # fmt: skip


def sound(extraction: Extraction, document: Document, known: set[str]) -> None:
    """Every claim slices to its evidence, lies in its segment, and points at entities that exist."""
    ids = known | {e.id for e in extraction.entities}
    for claim in extraction.claims:
        segment = document.segments[claim.segment]
        assert document.text[claim.start : claim.end] == claim.evidence
        assert segment.start <= claim.start < claim.end <= segment.end
        assert claim.subject_id in ids
        assert claim.object_id is None or claim.object_id in ids
        assert claim.speaker_id is None or claim.speaker_id in ids
        assert claim.subject_id != claim.object_id
        predicate = claim.predicate
        assert claim.object_id or claim.object_text or predicate in {"has_parameters", "scored"}


def test_sample_pages_are_read_soundly_and_the_same_each_time(sample_extractor: Extractor) -> None:
    known = {e.id for e in sample_extractor.topic.entities}
    told = 0
    for document in pages(NEWSROOM):
        extraction = sample_extractor.extract(document)
        sound(extraction, document, known)
        assert sample_extractor.extract(document) == extraction
        told += len(extraction.claims)
    assert told > 50


def test_extraction_names_its_revision_and_version(desk: Desk) -> None:
    extraction = desk.read(HUAIXU)
    assert (extraction.document_id, extraction.extractor, extraction.depth) == ("d", desk.extractor.version, "full")
    assert len(extraction.text_sha256) == 64


@pytest.mark.parametrize(("language", "depth"), [("en", "full"), ("fr", "partial"), ("ko", "names only")])
def test_depth_by_language(desk: Desk, language: str, depth: str) -> None:
    extraction = desk.read("Norvane Huaixu.", language=language)
    assert extraction.depth == depth
    assert {m.entity_id for m in extraction.mentions} == {"company-norvane", "company-huaixu-technology"}


def test_statement_made_twice_is_kept_once_where_it_is_fullest(desk: Desk) -> None:
    found = desk.read(
        ("headline", "Huaixu trained Linmo 2 on Ostra 2"),
        ("paragraph", "Norvane alleges that Huaixu trained Linmo 2 on Ostra 2."),
        ("paragraph", "Norvane alleges that Huaixu trained Linmo 2 on Ostra 2 in March 2025."),
    ).claims
    assert [(c.segment, c.when is not None) for c in found] == [(2, True)]


def test_repeat_with_another_figure_is_another_statement(desk: Desk) -> None:
    found = desk.read("Huaixu sent 3 million prompts to Ostra 2.", "Huaixu sent 4 million prompts to Ostra 2.").claims
    assert [c.quantity.low for c in found if c.quantity] == [3e6, 4e6]


AWKWARD = (
    "\r\n", "\x00", "🙂", "e\u0301", "\u202e", "\u200b", "，", "“", "”", '"', "(", ";", "1.", "- ", "?", "\t", "\u00a0",
    " Norvane ", " Huaixu ", " Ostra 2 ", " trained ", " on the outputs of ", " sued ", " it ", " said ", "By 2026 ",
    "$5 million ", "40,000 prompts ", ", she says, ", " the three companies ",
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.sampled_from(AWKWARD), max_size=30))
def test_any_text_is_read_soundly(sample_extractor: Extractor, parts: list[str]) -> None:
    text = "".join(parts)
    segment = Segment(position=0, kind="paragraph", start=0, end=len(text))
    document = Document(
        id="d", source_id="s", url="u", kind="news", language="en", title="", text=text, segments=(segment,)
    )
    sound(sample_extractor.extract(document), document, {e.id for e in sample_extractor.topic.entities})


def test_document_without_text(desk: Desk) -> None:
    assert desk.read("").claims == ()


def test_trigger_notation() -> None:
    trigger = parse_trigger("take =access|key +away from:court|judge")
    assert (trigger.lemma, trigger.particle) == ("take", "away")
    assert trigger.objects == {"access", "key"}
    assert trigger.prepositions == {"from"}
    assert trigger.governed == {"court", "judge"}
    assert parse_trigger("send =@mail|note", {"mail": frozenset({"letter"})}).objects == {"letter", "note"}


def test_unknown_word_class_is_named(topic: Topic, nlp: Language) -> None:
    with pytest.raises(TopicInvalid, match="no word class 'nonsense'"):
        load_lexicon(topic.vocabulary).words("nonsense")


def test_frames_name_word_classes_that_exist(topic: Topic) -> None:
    lexicon = load_lexicon(topic.vocabulary)
    frames = [frame for rows in (*lexicon.verbs.values(), *lexicon.nouns.values()) for _, frame in rows]
    for frame in frames:
        for path in (*frame.subject, *frame.object):
            for name in filter(None, path.partition("/")[2].lstrip("/").split("+")):
                assert lexicon.words(name), path
