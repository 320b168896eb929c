"""Claims from tables, lists, captions and dates: where the words around a figure give it its meaning."""

from __future__ import annotations

import pytest

from distillwatch.nlp.extract import Extractor
from distillwatch.records import Claim, Document, DocumentKind, Segment
from tests.nlp.claims_desk import Desk, fits


@pytest.fixture(scope="module")
def desk(sample_extractor: Extractor) -> Desk:
    return Desk(sample_extractor)


def table(desk: Desk, caption: str, head: tuple[str, ...], *rows: tuple[str, ...]) -> list[str]:
    """What the rows of a table under a caption say."""
    text = caption
    segments = [Segment(position=0, kind="caption", start=0, end=len(caption))]
    for number, row in enumerate(rows, start=1):
        start = len(text) + 1
        text += "\n" + " ".join(row)
        cells, at = [], start
        for cell in row:
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        segments.append(
            Segment(
                position=number, kind="table_row", start=start, end=len(text), head="\t".join(head), cells=tuple(cells)
            )
        )
    document = Document(
        id="t", source_id="s", url="u", kind="blog", language="en", title="", text=text, segments=tuple(segments)
    )
    extraction = desk.extractor.extract(document)
    desk.names.update((e.id, e.name) for e in extraction.entities)
    for claim in extraction.claims:
        assert text[claim.start : claim.end] == claim.evidence
    return desk.told(extraction.claims)


def test_sizes_builds_and_scores(desk: Desk) -> None:
    found = table(
        desk,
        "Models and scores",
        ("Model", "Maker", "Architecture", "Parameters", "Active parameters", "PlankBench (percent)"),
        ("Pellan 3", "Quellmark", "Mixture of experts", "180 billion", "22 billion", "61.3"),
        ("Kolm 1", "Rautenfels", "Dense", "34B", "34B", "44.0"),
    )
    assert found == [
        "Pellan 3|has_architecture|mixture of experts|asserts+",
        "Pellan 3|has_parameters||asserts+#180000000000",
        "Pellan 3|has_parameters||asserts+#22000000000",
        "Pellan 3|scored|PlankBench|asserts+#61.3",
        "Kolm 1|has_architecture|dense|asserts+",
        "Kolm 1|has_parameters||asserts+#34000000000",
        "Kolm 1|has_parameters||asserts+#34000000000",
        "Kolm 1|scored|PlankBench|asserts+#44",
    ]


def test_figures_of_a_source_with_their_total(desk: Desk) -> None:
    found = table(
        desk,
        "Access by company (source: Quellmark)",
        ("Company", "Accounts on the Quellmark Platform", "Prompts to Pellan 3"),
        ("Bolan Intelligence", "3,150", "6.1m"),
        ("Huaixu Technology", "1,900", "3.2m"),
        ("Rautenfels", "420", "0.3m"),
        ("All three companies", "5,470", "9.6m"),
    )
    assert "Huaixu Technology|accessed|Pellan 3|alleges+@Quellmark#3200000" in found
    assert "Rautenfels|accessed|Quellmark Platform|alleges+@Quellmark#420" in found
    group = "Bolan Intelligence, Huaixu Technology and Rautenfels"
    assert f"{group}|accessed|Pellan 3|alleges+@Quellmark#9600000" in found
    assert len(found) == 8


@pytest.mark.parametrize("word", ["hypothetical", "illustrative", "invented"])
def test_unreal_figures_are_supposed(desk: Desk, word: str) -> None:
    found = table(desk, f"Table A ({word})", ("Model", "PlankBench"), ("Yuanxi 4", "81.0"))
    assert found == ["Yuanxi 4|scored|PlankBench|supposes+#81"]


def test_models_across_and_benchmarks_down(desk: Desk) -> None:
    found = table(
        desk,
        "Comparison (hypothetical)",
        ("Benchmark", "Ostra 2", "Linmo 2 (before tuning)", "Gain"),
        ("PlankBench", "88.7", "72.1", "+16.6 pts"),
    )
    assert sorted(found) == ["Linmo 2|scored|PlankBench|supposes+#72.1", "Ostra 2|scored|PlankBench|supposes+#88.7"]


@pytest.mark.parametrize("head", ["PlankBench, %", "PlankBench, percent", "PlankBench (%)"])
def test_the_unit_behind_a_benchmark_in_a_head_is_no_part_of_its_name(desk: Desk, head: str) -> None:
    found = table(desk, "Scores", ("Model", "Rank, %", head), ("Yuanxi 4", "1", "81.0"))
    assert found == ["Yuanxi 4|scored|PlankBench|asserts+#81"]


def test_text_about_companies_in_a_table_says_nothing(desk: Desk) -> None:
    assert table(desk, "Defences", ("Company", "Method"), ("Norvane", "Rate limits"), ("Tarsil", "Low")) == []


def test_list_items_say_what_the_line_above_says(desk: Desk) -> None:
    found = desk.told(
        desk.read(
            ("list_item", "Huaixu generated over 150,000 exchanges with Ostra 2."),
            ("list_item", "Bolan: over 3.4 million exchanges, aimed at coding."),
            ("list_item", "Rautenfels: over 13 million exchanges."),
        ).claims
    )
    assert found == [
        "Huaixu Technology|accessed|Ostra 2|asserts+#150000",
        "Bolan Intelligence|accessed|Ostra 2|asserts+#3400000",
        "Rautenfels|accessed|Ostra 2|asserts+#13000000",
    ]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("23:40 Lian Shuo: Norvane has not sued Huaixu", "Norvane|sued|Huaixu Technology|asserts-@Lian Shuo"),
        (
            "[1:02:15] Lian Shuo's prediction: Norvane will sue Huaixu",
            "Norvane|sued|Huaixu Technology|predicts+@Lian Shuo",
        ),
        ("Section 3 Lian Shuo: Norvane has not sued Huaixu", "Norvane|sued|Huaixu Technology|asserts-"),
        ("Lian Shuo's house: Norvane has not sued Huaixu", "Norvane|sued|Huaixu Technology|asserts-"),
    ],
)
def test_who_says_an_entry_of_the_notes_on_a_recording(desk: Desk, item: str, expected: str) -> None:
    assert expected in desk.told(desk.read(("list_item", item)).claims)


def test_list_item_without_a_line_above_says_nothing(desk: Desk) -> None:
    assert desk.read(("list_item", "Bolan: over 3.4 million exchanges, aimed at coding.")).claims == ()


def test_figures_without_a_verb(desk: Desk) -> None:
    text = "Bolan held 3,150 of the accounts on the Quellmark Platform, Huaixu 1,900 and Rautenfels, a start-up, 420."
    found = desk.told(desk.read(text).claims)
    assert [f.rpartition("#")[2] for f in found] == ["3150", "1900", "420"]


WHEN = [
    ("Norvane cut off Huaixu in March 2025.", "restricted", ("2025-03-01", "2025-03-31")),
    ("On Monday Norvane said that it had cut off Huaixu in March 2025.", "restricted", ("2025-03-01", "2025-03-31")),
    ("Norvane said on Monday that it had cut off Huaixu.", "restricted", None),
    ("Norvane has blocked Huaixu since May 2025.", "restricted", ("2025-05-01", None)),
    ("Norvane declined to comment on 2 September 2025.", "commented", ("2025-09-02", "2025-09-02")),
    ("In a statement on 2 September 2025, Norvane denied the claims.", "commented", ("2025-09-02", "2025-09-02")),
    ("Norvane sent a letter, dated 3 May 2025, to Huaixu.", "sent", ("2025-05-03", "2025-05-03")),
    ("Directive 9 has been in force since 1 June 2025 and is popular.", "policy_status", ("2025-06-01", "2025-06-01")),
    ("Directive 9 comes into force on 1 June 2026.", "policy_status", ("2026-06-01", "2026-06-01")),
    ("By 30 June 2026 Norvane will have released Ostra 3.", "released", (None, "2026-06-30")),
]


@pytest.mark.parametrize(("text", "predicate", "span"), WHEN)
def test_date_belongs_to_its_event(
    desk: Desk, text: str, predicate: str, span: tuple[str | None, str | None] | None
) -> None:
    claims: list[Claim] = [c for c in desk.read(text).claims if c.predicate == predicate]
    spans = [c.when and (c.when.start, c.when.end) for c in claims]
    assert spans == [span]


def test_deadline_holds_for_the_forecasts_behind_it(desk: Desk) -> None:
    text = "By the end of 2026, a suit will be filed. Norvane will sue Huaixu."
    claim = next(c for c in desk.read(("list_item", text)).claims if c.predicate == "sued")
    assert claim.speech_act == "predicts" and claim.when is not None and claim.when.end == "2026-12-31"


def test_collective_with_a_deadline_becomes_a_group(desk: Desk) -> None:
    extraction = desk.read("By Q3 2025, at least two major AI companies will deploy output watermarking.")
    found = desk.told(extraction.claims)
    assert [f for f in found if fits("major AI companies|released|watermarking|predicts+", f)]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("policy", ["Sundmark Trade Ministry|sanctioned|Tarsil|asserts+"]), ("news", [])],
)
def test_who_is_entered_by_a_notice_is_entered_by_its_office(
    desk: Desk, kind: DocumentKind, expected: list[str]
) -> None:
    line = "Tarsil is hereby entered in the Register of Listed Entities with effect from 1 July 2026."
    found = desk.read(("paragraph", line), outlet="Sundmark Trade Ministry", kind=kind)
    assert [c for c in desk.told(found.claims) if "|sanctioned|" in c] == expected


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (
            "Correction, June 24, 2 p.m.: Norvane closed the accounts of Huaixu on May 28, not on the day above.",
            "05-28",
        ),
        ("Corrected on 24 June: Norvane sued Huaixu on 3 June.", "06-03"),
        ("Update, June 24: Norvane sued Huaixu.", None),
    ],
)
def test_the_day_of_a_correction_is_not_that_of_what_it_tells(desk: Desk, line: str, day: str | None) -> None:
    found = [c for c in desk.read(line, published="2025-06-24").claims if c.predicate in ("restricted", "sued")]
    assert [c.when and c.when.start for c in found] == [day and f"2025-{day}"]
