"""Whatever a page is made of, each mention, date, amount and claim slices to its words, and the reading is the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from spacy.language import Language

import distillwatch
from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.parse import parse
from distillwatch.nlp.extract import Extractor, document_amounts
from distillwatch.records import Document, Extraction, Source
from distillwatch.topic import Topic, bundled, load_topic
from tests.nlp.builders import document

ROOT = Path(distillwatch.__path__[0]).resolve().parents[1]
SOURCE = Source(id="s", name="s", kind="files", url="file:")
SETS = sorted(path.parent for path in (ROOT / "tests" / "gold").glob("*/topic.toml"))
SENTENCES = (
    "Norvane alleges that Huaixu trained Linmo 2 on 24,000 answers of Ostra 2 in March 2025.",
    "“We never used Ostra 2,” said Ina Faro, a spokeswoman for Huaixu, on Tuesday.",
    "Tarsil sued Norvane on 3 March 2026, and paid $5 million.",
    "The Ministry of Trade of Sundmark is investigating Huaixu.",
)
NOISE = (
    "🙂 👩‍👩‍👧", "e\u0301 a\u0308\u0323 Z\u0351\u036b", "مرحبا بالعالم", "\u202eקצת רעש\u202c", "\r\n", "\r", "\x00",
    "\u200b\ufeff", "\u00ad", "𝔊𝔬𝔱𝔥𝔦𝔠", "ﬁﬂ", "𠮷野家", "İıſ", "½ ⅓ ², ①", "\t\v\f\u2028\u2029\x85", "#" * 300,
    "a" * 5_000, "(((((", "“““", "<b>&amp;</b>",
)  # fmt: skip


def sound(extraction: Extraction, made: Document) -> None:
    """Each thing that was read stands in the text where it says, letter for letter."""
    text = made.text
    end = 0
    for mention in extraction.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert end <= mention.start < mention.end
        end = mention.end
    for date in extraction.dates:
        assert text[date.start : date.end] == date.text
        assert date.start < date.end
    for amount in document_amounts(made):
        assert text[amount.start : amount.end] == amount.text
    for claim in extraction.claims:
        segment = made.segments[claim.segment]
        assert text[claim.start : claim.end] == claim.evidence
        assert segment.start <= claim.start < claim.end <= segment.end


def pages(folder: Path) -> Iterator[Document]:
    for file in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")]):
        kind = "text/html" if file.suffix == ".html" else "text/plain"
        try:
            yield parse(
                file.read_bytes(), url=f"file:{file.name}", content_type=kind, source=SOURCE,
                fetched_at="2026-01-01T00:00:00Z", file=file.name,
            )  # fmt: skip
        except Unreadable:
            continue


def read_soundly(folder: Path, extractor: Extractor) -> int:
    """The number of pages, each read twice, the second time in reverse order among the others."""
    made = [replace(one, id=f"{number:03}") for number, one in enumerate(pages(folder))]
    first = {read.document_id: read.extraction for read in extractor.read(made)}
    for one in made:
        extraction = first[one.id]
        assert extraction is not None
        sound(extraction, one)
    for again in extractor.read(made[::-1]):
        assert again.extraction == first[again.document_id]
    return len(made)


def test_every_page_of_the_sample(sample_extractor: Extractor) -> None:
    assert read_soundly(bundled("sample") / "newsroom", sample_extractor) > 30


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: str(folder.name))
def test_every_page_of_the_labelled_sets(folder: Path, nlp: Language) -> None:
    assert read_soundly(folder / "pages", Extractor(load_topic(folder), nlp)) > 5


def test_the_labelled_sets_are_found() -> None:
    assert len(SETS) > 2


@pytest.mark.parametrize("folder", ["dev1/pages", "dev2/pages", "../seeds"])
def test_every_page_beside_the_checkout(shared_gold: Path, folder: str, topic: Topic, nlp: Language) -> None:
    place = shared_gold / folder
    if not place.is_dir():
        pytest.skip(f"no {folder} beside this checkout")
    assert read_soundly(place, Extractor(topic, nlp)) > 3


@settings(max_examples=60)
@given(
    st.lists(st.one_of(st.sampled_from(SENTENCES), st.sampled_from(NOISE), st.text(max_size=20)), max_size=8),
    st.sampled_from(["en", "fr", "de", "es", "zh", "ja", "ko"]),
)
def test_any_text_in_any_language(sample_extractor: Extractor, parts: list[str], language: str) -> None:
    made = document(" ".join(parts), "".join(parts), language=language)
    (once,) = sample_extractor.read([made])
    if any("\ud800" <= character <= "\udfff" for character in made.text):
        assert "half a character" in once.error
        return
    assert once.extraction is not None, once.error
    sound(once.extraction, made)
    assert sample_extractor.extract(made) == once.extraction


def told(extraction: Extraction) -> set[tuple[object, ...]]:
    return {(c.subject_id, c.predicate, c.object_id or c.object_text) for c in extraction.claims}


@pytest.mark.parametrize("noise", [*NOISE[:14], NOISE[15], NOISE[16]])
def test_noise_between_sentences_takes_no_claim_away(sample_extractor: Extractor, noise: str) -> None:
    clean = document(*SENTENCES)
    noisy = document(*(part for sentence in SENTENCES for part in (sentence, noise)))
    extraction = sample_extractor.extract(noisy)
    sound(extraction, noisy)
    assert told(extraction) == told(sample_extractor.extract(clean))
    assert len(told(extraction)) > 3


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Norvane sued Huaixu and " * 42_000),  # no full stop in a megabyte
        ("en", "x" * 1_000_000),
        ("en", "Norvane sued Huaixu. " * 1_000),
        ("de", "Norvane sued Huaixu. " * 1_000),
        ("zh", "诺凡起诉槐序科技" * 10_000),
        ("zh", "1,2.3-" * 10_000),
    ],
    ids=["one sentence", "one word", "sentences", "foreign sentences", "ideographs", "figures"],
)
def test_lines_of_a_megabyte(sample_extractor: Extractor, line: str, language: str) -> None:
    made = document(line, "Tarsil sued Norvane in March 2026.", language=language)
    (read,) = sample_extractor.read([made])
    assert read.extraction is not None, read.error
    sound(read.extraction, made)
    if language == "en":
        assert ("company-tarsil", "sued", "company-norvane") in told(read.extraction)
