"""PDF statements: text in order, pages kept, running heads out, and what cannot be read said so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.run import Job, collect
from distillwatch.records import Document, Source

Read = Callable[..., Document]
MemorySink = Any  # the class of the fixture `sink`, which lies in a conftest and cannot be imported from here

PAGES = [
    [
        "Quay Board - Statement 7",
        "Boats of the northern pier",
        "",
        "3 March 2026",
        "",
        "The board counted the boats of the northern pier on Monday and found that the har-",
        "bour master had been right about every one of them.",
        "",
        "Nobody asked for a second count of the boats, although the board had offered one and",
        "1",
    ],
    [
        "Quay Board - Statement 7",
        "had even hired a clerk for it.",
        "",
        "The pier stays open.",
        "2",
    ],
    ["Quay Board - Statement 7", "The lock is closed until further notice, said the board.", "3"],
]


def pdf(pages: list[list[str]], title: str = "") -> bytes:
    """A PDF of pages of lines in one font (ISO 32000-1, 7.5); an empty line is a wider gap."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        text = "".join(f"({line}) Tj T* " if line else "( ) Tj T* " for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {text}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< /Title ({title}) /CreationDate (D:20260304090000Z) >>")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode() + tail.encode()


def test_paragraphs_run_over_pages_and_pages_are_kept(read: Read) -> None:
    document = read(pdf(PAGES), url="https://board.example/statement-7.pdf", content_type="application/pdf")
    assert [(s.kind, document.text[s.start : s.end]) for s in document.segments] == [
        ("headline", "Boats of the northern pier"),
        ("byline", "3 March 2026"),
        (
            "paragraph",
            "The board counted the boats of the northern pier on Monday and found that the harbour master had been "
            "right about every one of them.",
        ),
        (
            "paragraph",
            "Nobody asked for a second count of the boats, although the board had offered one and had even hired a "
            "clerk for it.",
        ),
        ("heading", "Page 2"),
        ("paragraph", "The pier stays open."),
        ("heading", "Page 3"),
        ("paragraph", "The lock is closed until further notice, said the board."),
    ]
    assert (document.title, document.published_at, document.published_from) == (
        "Boats of the northern pier",
        "2026-03-03",
        "visible",
    )


@pytest.mark.parametrize("content_type", ["application/pdf", "application/octet-stream", ""])
def test_a_pdf_is_known_by_its_bytes(read: Read, content_type: str) -> None:
    one = [["Norvane counted the boats of the pier on Monday, said the board of the quay."]]
    assert "Norvane counted" in read(pdf(one), content_type=content_type).text
    assert read(pdf(one)).published_from == "meta"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"%PDF-1.4\nnothing of the kind", "cannot be read"),
        (pdf([[""], [""]]), "only pictures"),
        (pdf([["A line."]] * 301), "301 pages"),
        (pdf([["A line of it."]])[:400], "cannot be read"),
    ],
)
def test_what_cannot_be_read_says_why(read: Read, body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(body, content_type="application/pdf")


def test_a_folder_and_a_feed_may_hold_pdfs(
    sink: MemorySink, tmp_path: Path, clock: Callable[[], str], httpserver: HTTPServer
) -> None:
    httpserver.no_handler_status_code = 404
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "statement.pdf").write_bytes(pdf(PAGES))
    httpserver.expect_request("/feed.xml").respond_with_data(
        '<rss version="2.0"><channel><item><title>Boats</title><link>/s.pdf</link></item></channel></rss>'
    )
    httpserver.expect_request("/s.pdf").respond_with_data(pdf(PAGES), content_type="application/pdf")
    jobs = [
        Job(source=Source(id="files", name="Files", kind="files", url=""), paths=(tmp_path / "in",)),
        Job(
            source=Source(
                id="board",
                name="Board",
                kind="feed",
                url=httpserver.url_for("/feed.xml"),
                options={"allow_private": "1"},
            )
        ),
    ]
    settings = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}
    report = collect(jobs, sink, archive=tmp_path / "archive", clock=clock, settings=settings)
    assert report.total("new") == 2, report.lost
    assert {d.title for d in sink.documents.values()} == {"Boats of the northern pier"}
