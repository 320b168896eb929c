"""A page becomes blocks with exact offsets; what is not the article stays out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.parse import parse
from distillwatch.records import Document, Source

Read = Callable[..., Document]
PROSE = (
    "<p>Norvane said on Tuesday that it had counted a long row of odd requests to its interface over the summer.</p>"
    "<p>The port city's chamber of commerce has asked both companies to explain what the requests were for.</p>"
)


def page(body: str, *, head: str = "", title: str = "Harbour lights and other things") -> str:
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | Quay Press</title>{head}</head><body>"
        f"<nav><a href=/>Quay Press</a> <a href=/world>World</a></nav><article><h1>{title}</h1>{PROSE}{body}</article>"
        "<footer>Quay Press, 1 Pier Road</footer></body></html>"
    )


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(s.kind, document.text[s.start : s.end]) for s in document.segments]


BLOCKS = [
    # inline tags neither glue nor split words
    (
        "<p>An <b>unbe</b>lievable <a href=/x>tale</a><em>.</em> Next one.</p>",
        [("paragraph", "An unbelievable tale. Next one.")],
    ),
    # entities, no-break spaces, soft hyphens and smart quotes, as a reader sees them
    (
        "<p>16&nbsp;million &ldquo;ex&shy;changes&rdquo; &amp;&#8239;more&#x200b;</p>",
        [("paragraph", "16 million “exchanges” & more")],
    ),
    # a line break inside a sentence is a space, after a sentence or a blank line a new block
    ("<p>1 Pier<br>Road</p>", [("paragraph", "1 Pier Road")]),
    ("<p>One ended.<br>Two began.</p>", [("paragraph", "One ended."), ("paragraph", "Two began.")]),
    ("<p>One went on<br><br>and Two began</p>", [("paragraph", "One went on"), ("paragraph", "and Two began")]),
    # bullets typed by hand
    (
        "<p>Three things:<br>&bull; one pear<br>&bull; one plum</p>",
        [("paragraph", "Three things:"), ("list_item", "one pear"), ("list_item", "one plum")],
    ),
    # lists, nested
    (
        "<ul><li>Pears<ul><li>Green ones</li></ul></li><li><p>Plums</p></li></ul>",
        [("list_item", "Pears"), ("list_item", "Green ones"), ("list_item", "Plums")],
    ),
    # a quotation with its speaker
    (
        "<blockquote><p>We never sailed.</p><p>&mdash; Ada Nwosu, skipper</p></blockquote>",
        [("quote", "We never sailed."), ("byline", "— Ada Nwosu, skipper")],
    ),
    # code keeps its lines
    ("<pre><code>if a:\n    b()</code></pre>", [("code", "if a:\n    b()")]),
    # a figure's caption, a heading, a note mark that is no part of the number before it
    ("<figure><img src=x><figcaption>The pier</figcaption></figure>", [("caption", "The pier")]),
    (
        "<h2>What now?</h2><p>It counted 12<sup><a href='#n1'>1</a></sup> boats in all, and no more.</p>",
        [("heading", "What now?"), ("paragraph", "It counted 12 boats in all, and no more.")],
    ),
    # struck words are taken back; hidden ones are not seen
    (
        "<p>It was <del>ten</del> <ins>twelve</ins> boats<span style='display:none'> secret</span>.</p>",
        [("paragraph", "It was twelve boats.")],
    ),
]


@pytest.mark.parametrize(("html", "expected"), BLOCKS, ids=[html[:40] for html, _ in BLOCKS])
def test_blocks(read: Read, html: str, expected: list[tuple[str, str]]) -> None:
    closing = "<p>The harbour master has written to both of them and expects an answer before the month is out.</p>"
    assert kinds(read(page(html + closing)))[3:-1] == expected


def test_speaker_of_a_quotation(read: Read) -> None:
    document = read(
        page("<blockquote><p>We never sailed.</p><p>&mdash; Ada Nwosu, skipper</p></blockquote><p>So she said.</p>")
    )
    assert [s.speaker for s in document.segments if s.kind == "quote"] == ["Ada Nwosu"]


@pytest.mark.parametrize(
    ("inside", "speaker"),
    [
        ('"We never sailed." <cite>Ada Nwosu</cite>', "Ada Nwosu"),
        ('"We never sailed." <cite>&mdash; Ada Nwosu, skipper</cite>', "Ada Nwosu"),
        ('"We never sailed." <cite>the log of a boat that sank</cite>', ""),  # a work
        ('<cite>Ada Nwosu</cite> "We never sailed," it says.', ""),
        ('"We never sailed."', ""),
    ],
)
def test_speaker_cited_in_a_quotation(read: Read, inside: str, speaker: str) -> None:
    document = read(page(f"<blockquote>{inside}</blockquote><p>So it was said in the port, and nobody objected.</p>"))
    assert [s.speaker for s in document.segments if s.kind == "quote"] == [speaker]


TABLE = """<table><caption>Boats by year</caption>
<thead><tr><th>Port</th><th colspan=2>Boats</th></tr><tr><th></th><th>2024</th><th>2025</th></tr></thead>
<tbody><tr><td rowspan=2>Ellery</td><td>12</td><td>14</td></tr><tr><td></td><td>9 <b>late</b></td></tr>
<tr><td>Kolm</td><td>3</td><td>&ndash;</td></tr></tbody></table>"""


def test_table_rows_with_heads_cells_and_caption(read: Read) -> None:
    document = read(page(TABLE + "<p>The figures are the port's own, and nobody has checked them so far.</p>"))
    rows = [s for s in document.segments if s.kind == "table_row"]
    assert [document.text[s.start : s.end] for s in rows] == [
        "Port Boats",
        "2024 2025",
        "Ellery 12 14",
        "Ellery 9 late",
        "Kolm 3 –",
    ]
    assert [s.head for s in rows] == ["", "", *["Port\tBoats 2024\tBoats 2025"] * 3]
    assert [document.text[a:b] for a, b in rows[3].cells] == ["Ellery", "", "9 late"]
    caption = next(s for s in document.segments if s.kind == "caption")
    assert {s.parent for s in rows} == {caption.position}


OUTSIDE = [
    "<aside class=newsletter><p>Get the morning letter. Sign up here today.</p></aside>",
    "<div class='related-stories'><h3>Read next</h3><a href=/a>Ferry strike enters third week</a></div>",
    "<section><h3>À lire aussi</h3><ul><li><a href=/a>Ferry strike enters third week</a></li></ul></section>",
    "<div id=comments><h3>2 comments</h3><p><b>gull</b>: Ferry strike, what a strike, and so on and on.</p></div>",
    "<div class=cookie-banner>We use cookies. <button>Accept</button></div>",
    "<p>Advertisement</p>",
    "<div class='social-share'><a href=#>Share</a><a href=#>Tweet</a></div>",
    "<h2>Most read</h2><ul><li><a href=/a>Ferry strike enters third week</a></li></ul>",
]


@pytest.mark.parametrize("box", OUTSIDE, ids=[box[:30] for box in OUTSIDE])
def test_what_is_not_the_article_stays_out(read: Read, box: str) -> None:
    middle, after = (
        read(page(box + PROSE.replace("Norvane", "Quellmark"))),
        read(page(PROSE.replace("Norvane", "Quellmark") + box)),
    )
    plain = read(page(PROSE.replace("Norvane", "Quellmark")))
    assert middle.text == plain.text
    assert after.text == plain.text
    assert "Pier Road" not in plain.text and "World" not in plain.text


# Builders, shops and paywalls name the article's own boxes by words that elsewhere mark what goes.
WRAPPED = [
    "<div class='elementor-widget elementor-widget-text-editor'>{}</div>",
    "<section class='o-section o-section--has-ads'>{}</section>",
    "<section class='report__section report__section--Ads'>{}</section>",
    "<section id='The-Toast-Test'>{}</section>",
    "<div class='tab-menu--story'>{}</div>",
    "<div class='paywall'>{}</div>",
    "<div class='share-wrapper'>{}</div>",
]


@pytest.mark.parametrize("box", WRAPPED)
def test_text_is_kept_whatever_its_box_is_called(read: Read, box: str) -> None:
    text = PROSE.replace("Norvane", "Quellmark") * 2 + "<p>The council declined to comment.</p>"
    other = (
        "<p>" + "What the harbour master thinks of it is told at length by those who were on the quay. " * 12 + "</p>"
    )
    assert read(page(text + other)).text == read(page(box.format(text) + other)).text


NOTES = [
    "<h2>Elsewhere</h2><ul><li>Norvane bought the ferry line in August, as was said in this letter.</li></ul>",
    "<h2>Also in this episode</h2><ul><li>27:15 Why the letter of 2 March went to the port authority</li></ul>",
]


@pytest.mark.parametrize("box", NOTES, ids=[box[4:20] for box in NOTES])
def test_notes_without_links_are_text_whatever_heads_them(read: Read, box: str) -> None:
    assert box.split("<li>")[1][:20] in read(page(PROSE + box + f"<p>{'And so on it went. ' * 6}</p>")).text


def test_a_summary_in_a_box_above_the_text(read: Read) -> None:
    banner = "<div><p>Your privacy, and what we do with it, at some length.</p><a href=#>Agree</a></div>"
    brief = "<section class=brief><h2>The short version</h2><ul><li>The ferry sails again in May.</li></ul></section>"
    html = page(f"{brief}<section class=long>{PROSE}</section>").replace("<body>", f"<body>{banner}")
    assert "The ferry sails again in May." in read(html).text


def test_paragraphs_behind_a_paywall_are_text_and_an_advertisement_is_none(read: Read) -> None:
    page_ = page(
        PROSE + "<p class=paywall>It declined to comment.</p><p class=ad>Kettles, ten percent off until May.</p>"
    )
    text = read(page_).text
    assert "It declined to comment." in text
    assert "Kettles" not in text


def test_an_old_page_of_layout_tables_without_h1(read: Read) -> None:
    html = (
        "<html><head><title>The pier is closed - The Quay</title></head><body><table width=700>"
        "<tr><td colspan=2><b>The Quay</b></td></tr><tr><td><a href=/>Front</a><br><a href=/b>Boats</a></td>"
        f"<td><h2>The pier is closed</h2><i>By Ada Nwosu</i><br>Friday, July 4, 2025{PROSE}</td></tr>"
        "<tr><td colspan=2>The Quay. Tide tables without warranty.</td></tr></table></body></html>"
    )
    document = read(html)
    assert kinds(document)[0] == ("headline", "The pier is closed")
    assert "Front" not in document.text and "warranty" not in document.text
    assert (document.title, document.byline, document.outlet, document.published_at) == (
        "The pier is closed",
        "Ada Nwosu",
        "The Quay",
        "2025-07-04",
    )


UNREADABLE = [
    (b"", "text/html", "empty"),
    (b"   \n", "text/html", "empty"),
    (b"%PDF-1.7 ...", "application/pdf", "the PDF cannot be read"),
    (b"<html><head><title>x</title></head><body><nav><a href=/>Home</a></nav></body></html>", "text/html", "no text"),
    (b"\x7fELF\x02\x00\x00\x00\x00\x00\x00\x00", "", "not text"),
]


@pytest.mark.parametrize(("body", "content_type", "reason"), UNREADABLE)
def test_unreadable_names_address_and_reason(body: bytes, content_type: str, reason: str, source: Source) -> None:
    with pytest.raises(Unreadable, match=reason) as caught:
        parse(body, url="https://quaypress.example/a", content_type=content_type, source=source, fetched_at="")
    assert "https://quaypress.example/a" in str(caught.value)


def holds(document: Document) -> None:
    """What every document promises about its offsets."""
    assert document.text == "\n".join(document.text[s.start : s.end] for s in document.segments)
    for position, segment in enumerate(document.segments):
        assert segment.position == position
        assert 0 <= segment.start < segment.end <= len(document.text)
        assert segment.parent is None or 0 <= segment.parent < len(document.segments)
        assert all(segment.start <= a <= b <= segment.end for a, b in segment.cells)
        text = document.text[segment.start : segment.end]
        assert text == text.strip() or segment.kind == "code"
        if segment.kind != "code":
            assert "\n" not in text and "  " not in text and "\xa0" not in text and "\x00" not in text
        if segment.kind == "table_row":
            assert " ".join(filter(None, (document.text[a:b] for a, b in segment.cells))) == text


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        "👩‍👩‍👧 family",
        "שלום עולם",
        "مرحبا",
        "a\r\nb",
        "nul\x00byte",
        "x\u202ey",
        "— Ada Nwosu",
        "> quoted words here",
        "16\u00a0million",
        "\u2028",
    ]
)
TEXT_TAGS = "p div span b i a ul ol li table tr td th blockquote pre h1 h2 br section article figure figcaption"
TAGS = st.sampled_from((TEXT_TAGS + " q sup caption dl dt dd script time").split())


@st.composite
def markup(draw: st.DrawFn, depth: int = 4) -> str:
    """Markup that is often broken, with attributes that mean something to us."""
    if depth == 0 or draw(st.booleans()):
        return draw(WORDS)
    tag = draw(TAGS)
    inside = "".join(draw(st.lists(markup(depth - 1), max_size=4)))
    marks = draw(
        st.sampled_from(["", " class=comment", " colspan=3", " rowspan=2", " hidden", " class='byline'", " id=content"])
    )
    return f"<{tag}{marks}>{inside}" + ("" if draw(st.integers(0, 9)) == 0 else f"</{tag}>")


@given(st.lists(markup(), max_size=6).map("".join))
def test_offsets_hold_for_any_markup(source: Source, html: str) -> None:
    raw = page(html).encode("utf-8", "surrogatepass")
    holds(parse(raw, url="https://quaypress.example/a", content_type="text/html", source=source, fetched_at=""))


@given(
    st.text(max_size=400) | st.lists(WORDS, max_size=20).map("\n".join) | st.lists(WORDS, max_size=20).map(" | ".join)
)
def test_offsets_hold_for_any_text(source: Source, text: str) -> None:
    raw = ("The first line is whole.\n" + text).encode("utf-8", "surrogatepass")
    holds(parse(raw, url="file:a.txt", content_type="text/plain", source=source, fetched_at=""))


@given(
    st.binary(max_size=300),
    st.sampled_from(["text/html", "text/html; charset=shift_jis", "text/plain", "text/html; charset=nonsense"]),
)
def test_any_bytes_are_read_or_refused_by_name(source: Source, body: bytes, content_type: str) -> None:
    try:
        document = parse(
            body, url="https://quaypress.example/a", content_type=content_type, source=source, fetched_at=""
        )
    except Unreadable:
        return
    holds(document)


def test_a_table_of_spans_costs_what_it_shows(source: Source) -> None:
    rows = "<tr><td colspan=50 rowspan=50>boats</td></tr>" * 4000
    raw = page(f"<table>{rows}</table>").encode()
    document = parse(raw, url="https://quaypress.example/a", content_type="text/html", source=source, fetched_at="")
    holds(document)
    assert max((len(s.cells) for s in document.segments), default=0) <= 100


def test_a_page_laid_out_in_tables_keeps_its_boxes_out(read: Callable[..., Document]) -> None:
    prose = [f"The harbour master counted the boats of pier {n} twice, and nobody could say why." for n in range(5)]
    html = (
        "<HTML><HEAD><TITLE>Boats are counted - Quay Press</TITLE></HEAD><BODY><TABLE width=100%>"
        "<TR><TD colspan=3>QUAY PRESS</TD></TR><TR><TD width=120><a href=/a>Front</a><BR><a href=/b>Boats</a></TD>"
        f"<TD valign=top><H2>Boats are counted</H2>{''.join(f'<P>{line}</P>' for line in prose)}<HR>"
        "<FONT size=1>Write to the editor: letters@quaypress.example</FONT></TD><TD width=150><TABLE border=1><TR><TD>"
        "<B>Most read</B></TD></TR><TR><TD><a href=/c>A wide dredger</a></TD></TR></TABLE></TD></TR><TR><TD colspan=3>"
        "<FONT size=1>Quay Press. Tides are given without warranty.</FONT></TD></TR></TABLE></BODY></HTML>"
    )
    assert read(html).text.split("\n") == ["Boats are counted", *prose]


@pytest.mark.parametrize(
    "html",
    [
        "<title>Boats</title><article><h1>Boats</h1><p>Norvane counted boats on Tuesday.</p></article>",
        "<html><head><title>Boats</title><x-bar>Menu</x-bar><main><p>Norvane counted boats on Tuesday.</p></main>",
    ],
)
def test_a_page_without_a_body_tag(read: Read, html: str) -> None:
    assert "Norvane counted boats on Tuesday." in read(html).text


CAPTIONED = (
    "<table><caption>Accounts by lab, in thousands</caption><tr><th>Lab</th><th>Accounts</th></tr>"
    "<tr><td>Tarsil</td><td>24</td></tr><tr><td>Quellmark</td><td>12</td></tr></table>"
)
LEFT_OUT = "<div><a href=/2>News one</a></div><div><a href=/3>World two</a></div>"


@pytest.mark.parametrize("before", ["", LEFT_OUT, f"{LEFT_OUT}<p>Advertisement</p>{LEFT_OUT}"])
def test_the_rows_of_a_table_belong_to_its_caption_whatever_was_left_out_before(read: Read, before: str) -> None:
    html = page(CAPTIONED + PROSE).replace("<article>", f"{before}<article>")
    assert parents(read(html), "table_row") == {"Accounts by lab, in thousands"}


def parents(document: Document, kind: str) -> set[str]:
    """The blocks that those of a kind belong to; a block never belongs to itself."""
    found = [document.segments[s.parent] for s in document.segments if s.kind == kind and s.parent is not None]
    assert found and all(s.position not in (t.position for t in found) for s in document.segments if s.kind == kind)
    return {document.text[s.start : s.end] for s in found}


def test_so_do_the_rows_of_a_table_in_plain_text(read: Read) -> None:
    prose = "Norvane said on Tuesday that it had counted a long row of odd requests.\n\n"
    rows = "Accounts by lab:\n| Lab | Accounts |\n|---|---|\n| Tarsil | 24 |\n| Quellmark | 12 |\n\n"
    text = f"Boats of the port\n\n{prose}Advertisement\n\nSubscribe to our newsletter\n\n{rows}{prose}"
    assert parents(read(text, content_type="text/plain"), "table_row") == {"Accounts by lab:"}
