"""Plain text files: titles, headings, lists, tables, quotations and threads, by their layout."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distillwatch.records import Document

Read = Callable[..., Document]


def read_text(read: Read, text: str) -> Document:
    return read(text, url="file:note.txt", content_type="text/plain")


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(s.kind, document.text[s.start : s.end]) for s in document.segments]


LAYOUTS = [
    (
        "Boats sail again\nHarbour desk April 2026\nThe boats of Ellery sailed again on Monday, the port said.\n"
        "- ● one pear\n2) two plums",
        [
            ("headline", "Boats sail again"),
            ("byline", "Harbour desk April 2026"),
            ("paragraph", "The boats of Ellery sailed again on Monday, the port said."),
            ("list_item", "one pear"),
            ("list_item", "two plums"),
        ],
    ),
    (
        "Key points #\n- Boats sail.\nWe never sailed at all.\n— Ada Nwosu\nThey say so.",
        [
            ("headline", "Key points"),
            ("list_item", "Boats sail."),
            ("quote", "We never sailed at all."),
            ("byline", "— Ada Nwosu"),
            ("paragraph", "They say so."),
        ],
    ),
    (
        "# Boats\n\nThey sail.\n\n## Why\n\n```\na\n  b\n```\n> quoted words of others\n\nAn end.",
        [
            ("headline", "Boats"),
            ("paragraph", "They sail."),
            ("heading", "Why"),
            ("code", "a\n  b"),
            ("quote", "quoted words of others"),
            ("paragraph", "An end."),
        ],
    ),
    (
        "Boats sail again\nThe boats of Ellery sailed again on Monday, and all of them came home, the port said.\n"
        "More from Quay Press\nEel prices fall\nGet the next letter in your inbox.",
        [
            ("headline", "Boats sail again"),
            (
                "paragraph",
                "The boats of Ellery sailed again on Monday, and all of them came home, the port said.",
            ),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LAYOUTS)
def test_layouts(read: Read, text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(read_text(read, text)) == expected


def test_a_month_in_the_head_of_the_text_is_its_date(read: Read) -> None:
    document = read_text(
        read, "Boats sail again\nHarbour desk April 2026\nThe boats sailed on 3 March 2020, the port said."
    )
    assert (document.published_at, document.published_precision, document.published_from) == (
        "2026-04-01",
        "month",
        "visible",
    )


@pytest.mark.parametrize("mark", ["|", "\t"])
def test_tables(read: Read, mark: str) -> None:
    rows = [["Port", "Boats"], ["Ellery", "12"], ["Kolm", "3"]]
    lines = [mark.join(cells) if mark == "\t" else f"| {' | '.join(cells)} |" for cells in rows]
    if mark == "|":
        lines.insert(1, "|---|---|")
    caption = "Boats by port (hypothetical):\n" if mark == "|" else ""
    document = read_text(read, "Boats sail again\n\nThe port counts its boats.\n\n" + caption + "\n".join(lines))
    found = [s for s in document.segments if s.kind == "table_row"]
    assert [document.text[s.start : s.end] for s in found] == ["Port Boats", "Ellery 12", "Kolm 3"]
    assert [s.head for s in found] == ["", "Port\tBoats", "Port\tBoats"]
    if mark == "|":
        assert {document.segments[s.parent].kind for s in found if s.parent is not None} == {"caption"}
        assert all(s.parent is not None for s in found)


THREAD = """Comment by gull_7

2 days ago

The pier will fall, and everybody in town knows it.

Nobody at the port office has looked at it for years.

I think it's more than that. The port office has no money.

  • Only the Norvane boats still use it, I hear

    • > Only the Norvane boats still use it

      They do not. They moved to the north mole in May.

      2 replies →"""


def test_a_thread_names_only_speakers_that_its_layout_shows(read: Read) -> None:
    document = read_text(read, THREAD)
    assert document.kind == "forum"
    shown = [(s.kind, s.speaker, document.text[s.start : s.end][:22], s.parent) for s in document.segments]
    assert shown == [
        ("comment", "gull_7", "The pier will fall, an", None),
        ("comment", "gull_7", "Nobody at the port off", None),
        ("comment", "", "I think it's more than", None),
        ("comment", "", "Only the Norvane boats", None),
        ("quote", "", "Only the Norvane boats", 3),
        ("comment", "", "They do not. They move", 3),
    ]


def test_a_first_line_that_is_a_sentence_is_the_title_but_no_headline(read: Read) -> None:
    document = read_text(read, "The boats of Ellery sailed again on Monday. Nobody waved.\nThe port said so.")
    assert document.title == "The boats of Ellery sailed again on Monday."
    assert document.segments[0].kind == "paragraph"


TIMED = [
    """WEBVTT

NOTE made by hand

1
00:01.000 --> 00:03.000
<v Ada Nwosu>The pier will fall,

00:03.000 --> 00:04.000
and soon.

00:05.000 --> 00:06.000
<v Bo Reyes><i>It will not.</i>
""",
    """1
00:00:01,000 --> 00:00:03,000
ADA NWOSU: The pier will fall,

2
00:00:03,000 --> 00:00:04,000
and soon.

3
00:00:05,000 --> 00:00:06,000
BO REYES: It will not.
""",
]


@pytest.mark.parametrize("text", TIMED, ids=["vtt", "srt"])
def test_transcripts(read: Read, text: str) -> None:
    document = read(text, url="file:a.vtt", content_type="text/plain")
    assert document.kind == "podcast"
    assert [(s.kind, s.speaker.title(), document.text[s.start : s.end]) for s in document.segments] == [
        ("quote", "Ada Nwosu", "The pier will fall, and soon."),
        ("quote", "Bo Reyes", "It will not."),
    ]
    assert [s.at for s in document.segments] == [1.0, 5.0]


TALKS = [
    "Episode 12\n\nAna Reyes (00:12): We closed them.\n\n[00:01:20] Tom Lau: How many?\n\nAna Reyes (01:25): Nine.\n",
    "Episode 12\n\nAna Reyes 0:12\n\nWe closed them.\n\nTom Lau 1:20\n\nHow many?\n\nAna Reyes 1:25\n\nNine.\n",
]


@pytest.mark.parametrize("text", TALKS)
def test_a_written_transcript_with_times(read: Read, text: str) -> None:
    document = read(text, content_type="text/plain", url="file:talk.txt")
    said = [(s.speaker, document.text[s.start : s.end]) for s in document.segments if s.kind == "quote"]
    assert said == [("Ana Reyes", "We closed them."), ("Tom Lau", "How many?"), ("Ana Reyes", "Nine.")]
    assert [s.at for s in document.segments if s.kind == "quote"] == [12.0, 80.0, 85.0]


def test_two_times_in_a_text_make_no_transcript(read: Read) -> None:
    document = read("A day\n\nMonday 10:30\n\nThe harbour opened late.\n\nFerries 11:15: one sailed.\n")
    assert all(s.kind != "quote" for s in document.segments)
