"""Discussion pages in the markups that forums use."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distillwatch.records import Document

Read = Callable[..., Document]

LONG = "and that is the whole of what I know about it, so do not ask me more."


def shown(document: Document) -> list[tuple[str, str, str, int | None]]:
    return [(s.kind, s.speaker, document.text[s.start : s.end].split(",")[0], s.parent) for s in document.segments]


def test_indented_rows(read: Read) -> None:
    rows = "".join(
        f"<tr class=comtr><td class=ind indent={depth}></td><td><div class=comhead><a class=hnuser>{name}</a>"
        "<span class=age>2 hours ago</span> <a href=#>[–]</a></div>"
        f"<div class=commtext><p>{text}, {LONG}</p></div></td></tr>"
        for depth, name, text in [
            (0, "gull", "The pier will fall"),
            (1, "tern", "&gt; The pier will fall</p><p>It will not"),
            (0, "skua", "Boats"),
        ]
    )
    top = "<html><head><title>The pier | Quay Board</title></head><body><table><tr class=athing><td>The pier</td></tr>"
    html = f"{top}</table><table>{rows}</table></body></html>"
    document = read(html)
    assert document.kind == "forum"
    assert document.title == "The pier"
    assert shown(document) == [
        ("headline", "", "The pier", None),
        ("comment", "gull", "The pier will fall", None),
        ("quote", "gull", "The pier will fall", 1),
        ("comment", "tern", "It will not", 1),
        ("comment", "skua", "Boats", None),
    ]


def test_nested_list_items(read: Read) -> None:
    def comment(name: str, text: str, inside: str = "") -> str:
        return (
            f"<li class='comment depth-1'><div class=comment-meta><cite class=fn>{name}</cite> <time>May 2, 2026</time>"
            f"</div><div class=comment-content><p>{text}, {LONG}</p></div>"
            f"<div class=reply><a href=#>Reply</a></div>{inside}</li>"
        )

    html = (
        "<html><head><title>What of the pier?</title></head><body><h1>What of the pier?</h1><ol>"
        + comment(
            "Ada",
            "It is old",
            "<ol>" + comment("Bo", "Not so old", "<ol>" + comment("Cy", "Older") + "</ol>") + "</ol>",
        )
        + comment("Di", "Ask the port")
        + "</ol></body></html>"
    )
    assert shown(read(html, document_kind="forum"))[1:] == [
        ("comment", "Ada", "It is old", None),
        ("comment", "Bo", "Not so old", 1),
        ("comment", "Cy", "Older", 2),
        ("comment", "Di", "Ask the port", None),
    ]


def test_removed_comments_and_buttons_stay_out(read: Read) -> None:
    rows = "".join(
        f"<div class=comment style='margin-left:{indent}px'><div class=comhead>{name} on Aug 2, 2025 | next [–]</div>"
        f"<div class=commtext>{text}</div><div class=reply><u>reply</u></div></div>"
        for indent, name, text in [
            (0, "gull", f"One, {LONG}"),
            (40, "[flagged]", "[comment removed]"),
            (80, "tern", f"Two, {LONG}"),
            (0, "skua", f"Three, {LONG}"),
        ]
    )
    document = read(f"<html><head><title>The pier</title></head><body>{rows}</body></html>")
    assert shown(document)[1:] == [
        ("comment", "gull", "One", None),
        ("comment", "tern", "Two", 1),
        ("comment", "skua", "Three", None),
    ]
    assert "reply" not in document.text and "removed" not in document.text


def test_comments_under_an_article_do_not_make_it_a_thread(read: Read) -> None:
    article = "".join(
        f"<p>Paragraph {n} of a long report on the pier, with all that the port office has said of it.</p>"
        for n in range(8)
    )
    comments = "".join(f"<div class=comment><b class=author>gull{n}</b><p>Comment {n}.</p></div>" for n in range(5))
    document = read(
        "<html><head><title>The pier</title></head><body>"
        f"<article><h1>The pier</h1>{article}</article><div>{comments}</div></body></html>"
    )
    assert document.kind == "news"
    assert "Comment 3" not in document.text


SAID = "The port office has told us in a long letter how the pier was mended, by whom, and what it cost the town. " * 4
TALK = "I have seen the pier, and it is as it was. " * 9
ANSWERS = "".join(f"<li class=comment><b class=author>gull{n}</b><p>Answer {n}: {TALK}</p></li>" for n in range(6))
PARTS = "".join(
    f"<div class='post-part post'><span class=author>Mira Holt</span><p>Part {n}. {SAID}</p></div>" for n in range(4)
)
ARTICLES = [
    ("a short article under much talk", "", f"<h1>The pier</h1><div class=entry><p>{SAID}</p></div><ol>{ANSWERS}</ol>"),
    (
        "an article by its own word",
        '<meta property="og:type" content="article">',
        f"<h1>The pier</h1><p>{SAID}</p><ol>{ANSWERS}</ol>",
    ),
    (
        "an article by its data",
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The pier"}</script>',
        f"<h1>The pier</h1><p>{SAID}</p><ol>{ANSWERS}</ol>",
    ),
    ("parts named like the whole", "", f"<div class=post id=post-7><h1>The pier</h1>{PARTS}</div>"),
]


@pytest.mark.parametrize(("head", "body"), [row[1:] for row in ARTICLES], ids=[row[0] for row in ARTICLES])
def test_an_article_is_read_however_much_is_said_of_it(read: Read, head: str, body: str) -> None:
    document = read(f"<html><head><title>The pier</title>{head}</head><body>{body}</body></html>")
    assert document.kind != "forum"
    assert "The port office has told us" in document.text
    assert "Answer 3" not in document.text


def opened(post: str, comments: int = 4) -> str:
    """A discussion with an opening post above its comments."""
    said = "".join(
        f"<li class=comment><div class=meta><a class=author>reader{n}</a> <time>2 May 2026</time></div>"
        f"<div class=text><p>Comment {n}, {LONG}</p></div></li>"
        for n in range(comments)
    )
    return f"<html><head><title>The pier</title></head><body><main>{post}<ul>{said}</ul></main></body></html>"


def test_the_text_of_who_opened_the_discussion_is_its_first_comment(read: Read) -> None:
    own = "<div class=text><p>I walked along it on Sunday.</p><blockquote>Do not walk here</blockquote></div>"
    posts = [
        f"<div class=post><h1>The pier</h1><div class=sub>submitted by <a>gull</a> on 1 May 2026</div>{own}</div>",
        f"<shreddit-post author=gull><h1>The pier</h1>{own.replace('class=text', 'slot=text-body class=md')}"
        "</shreddit-post>",
        "<table class=fatitem><tr class=athing><td><h1>The pier</h1></td></tr><tr><td class=subtext>12 points by "
        f"<a class=hnuser>gull</a></td></tr><tr><td>{own.replace('class=text', 'class=toptext')}</td></tr></table>",
    ]
    for post in posts:
        document = read(opened(post))
        assert document.byline == "gull", post
        assert shown(document)[:4] == [
            ("headline", "", "The pier", None),
            ("comment", "gull", "I walked along it on Sunday.", None),
            ("quote", "", "Do not walk here", None),
            ("comment", "reader0", "Comment 0", None),
        ], post


def test_a_discussion_of_a_link_has_no_text_above_its_comments(read: Read) -> None:
    post = "<div class=post><h1>The pier</h1><div class=sub>submitted by <a>gull</a>, 207 points</div></div>"
    document = read(opened(post))
    assert document.byline == "gull"
    assert shown(document)[1][1] == "reader0"


@pytest.mark.parametrize(
    "when", [' <time datetime="2025-03-12T18:52:00Z">5 hours ago</time>', " &middot; Mar 12, 2025 18:52"]
)
def test_comments_that_no_class_name_tells(read: Read, when: str) -> None:
    rows = "".join(
        f'<div class="c"><div class="who">{name}{when}</div><p>{text}, {LONG}</p></div>'
        for name, text in [("gull", "The pier will fall"), ("tern_9", "It will not"), ("skua", "Boats")]
    )
    head = "<html><head><title>The pier | Quay Board</title></head>"
    html = f"{head}<body><h1>The pier</h1><div>{rows}</div></body></html>"
    document = read(html)
    assert document.kind == "forum"
    assert shown(document)[1:] == [
        ("comment", "gull", "The pier will fall", None),
        ("comment", "tern_9", "It will not", None),
        ("comment", "skua", "Boats", None),
    ]


def test_a_list_of_dated_headlines_is_no_discussion(read: Read) -> None:
    rows = "".join(
        f'<div class="c"><div class="who">Harbour news <time datetime="2025-03-12">12 March</time></div>'
        f"<p>{text}, {LONG}</p></div>"
        for text in ("The pier will fall", "It will not", "Boats")
    )
    html = f"<html><head><title>Quay Times</title></head><body><h1>Quay Times</h1><div>{rows}</div></body></html>"
    assert not [s for s in read(html).segments if s.kind == "comment"]


def signed(name: str, said: str) -> str:
    """A row whose only marks are the user's link and the time in a title."""
    return (
        f'<tr class="row"><td data-depth="0"></td><td><div class="w"><a class="user" href="/u/{name}">{name}</a> '
        f'<span class="age" title="2026-03-18T05:26:10">today</span></div>'
        f'<div class="say"><p>{said}</p></div></td></tr>'
    )


def test_comments_that_only_their_signatures_tell(read: Read) -> None:
    rows = "".join(
        signed(n, f"{t}, {LONG}") for n, t in [("gull", "It will fall"), ("tern_9", "Not"), ("skua", "Boats")]
    )
    head = "<html><head><title>The pier | Quay Board</title></head>"
    document = read(f"{head}<body><h1>The pier</h1><table>{rows}</table></body></html>")
    assert document.kind == "forum"
    assert shown(document)[1:] == [
        ("comment", "gull", "It will fall", None),
        ("comment", "tern_9", "Not", None),
        ("comment", "skua", "Boats", None),
    ]


def test_entries_with_headings_or_links_are_no_comments(read: Read) -> None:
    for said in (f"<h3>The pier</h3>{LONG}", f"<a href=/1>{LONG} {LONG}</a>"):
        rows = "".join(signed(name, said) for name in ("gull", "tern_9", "skua"))
        html = (
            f"<html><head><title>Quay Times</title></head><body><h1>Quay Times</h1><table>{rows}</table></body></html>"
        )
        assert not [s for s in read(html).segments if s.kind == "comment"], said


def led(name: str, said: str, when: str = '<span class="d">Mar 18, 2026</span>') -> str:
    """A row that begins with a name and a time, side by side, neither of them named by a class."""
    return f'<div class="row"><b class="u">{name}</b> {when}<div class="t"><p>{said}</p></div></div>'


@pytest.mark.parametrize(
    "when",
    [
        '<span class="d">Mar 18, 2026</span>',
        '<i title="2026-03-18 05:26">today</i>',
        "<time datetime=2026-03-18>1d</time>",
    ],
)
@pytest.mark.parametrize("around", ["{}", '<div class="post">{}</div>'])
def test_comments_that_begin_with_a_name_and_a_time(read: Read, when: str, around: str) -> None:
    said = [("gull", "It will fall"), ("tern_9", "Not"), ("skua", "Boats")]
    rows = around.format("".join(led(name, f"{text}, {LONG}", when) for name, text in said))
    head = "<html><head><title>The pier | Quay Board</title></head>"
    document = read(f"{head}<body><h1>The pier</h1><div>{rows}</div></body></html>")
    assert document.kind == "forum"
    assert shown(document)[1:] == [("comment", name, text, None) for name, text in said]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Update", "Update", "Update"), LONG),  # the label of a list
        (("gull", "tern_9", "skua"), f"<h3>The pier</h3>{LONG}"),
        (("gull", "tern_9", "skua"), f"<a href=/1>{LONG} {LONG}</a>"),
        (("Ada Nwosu", "Ines Roth", "Bo Lund"), LONG),  # signed reports
    ],
)
def test_dated_entries_of_a_list_are_no_comments(read: Read, names: tuple[str, ...], said: str) -> None:
    rows = "".join(led(name, said) for name in names)
    html = f"<html><head><title>Quay Times</title></head><body><h1>Quay Times</h1><div>{rows}</div></body></html>"
    assert not [s for s in read(html).segments if s.kind == "comment"]


LINKED = """<html lang="en"><body><h1>Who trained it?</h1><ul class="replies">
<li class="r"><div class="h"><a href="/u/mothlight">mothlight</a> 3 Oct 2026 &middot; 88 points</div>
<div class="md"><p>Tarsil trained Mirel 7B on the answers of Ostra 2, I think.</p></div>
<ul><li class="r"><div class="h"><a href="/u/lampwick_7">lampwick_7</a> 3 Oct 2026 &middot; 9 points</div>
<div class="md"><p>No. Tarsil released Mirel 7B before there was an Ostra 2 at all.</p></div></li></ul></li>
<li class="r"><div class="h"><a href="/u/{third}">{third}</a> 4 Oct 2026 &middot; 1 point</div>
<div class="md"><p>Nobody reads licences, and nobody has ever read this one.</p></div></li></ul></body></html>"""


def test_comments_that_begin_with_a_link_to_a_user(read: Read) -> None:
    document = read(LINKED.format(third="tin_ear"))
    said = [(s.speaker, document.text[s.start : s.end][:6], s.parent) for s in document.segments if s.kind == "comment"]
    assert document.kind == "forum"
    assert said == [("mothlight", "Tarsil", None), ("lampwick_7", "No. Ta", 0), ("tin_ear", "Nobody", None)]


def test_entries_of_one_author_are_no_comments(read: Read) -> None:
    page = LINKED.format(third="mothlight").replace("lampwick_7", "mothlight")
    assert not [s for s in read(page).segments if s.kind == "comment"]
