"""Title, byline, outlet, date, language and kind, each from what pages really show."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from distillwatch.crawlers.bylines import author, bare_name, is_byline, joined
from distillwatch.crawlers.decode import decode
from distillwatch.crawlers.hints import FeedHint
from distillwatch.crawlers.language import language_of
from distillwatch.crawlers.parse import parse
from distillwatch.crawlers.published import in_address, in_name, iso, visible
from distillwatch.crawlers.titles import clean_title, outlet_in
from distillwatch.records import Document, Source

Read = Callable[..., Document]
PROSE = (
    "<p>Quellmark told its customers on Monday that it had counted many odd requests to its interface this summer.</p>"
    "<p>The port city's chamber of commerce has asked the company to explain what those requests were for.</p>"
)

LINES = [
    ("By Ada Nwosu", "Ada Nwosu"),
    ("by Ada Nwosu and B. Reyes, Quay Press", "Ada Nwosu and B. Reyes"),
    ("By A. One, B. Two and C. Three", "A. One, B. Two and C. Three"),
    ("Par Maëlle Dupont — Publié le 30 janvier 2025", "Maëlle Dupont"),
    ("Von Henrike Thoms", "Henrike Thoms"),
    ("Por Lucía Díaz y Luis Peña", "Lucía Díaz and Luis Peña"),
    ("记者 林望舒", "林望舒"),
    ("By the end of June the boats will sail again, the company says.", ""),
    ("By Tuesday", ""),
    ("Interview by Ada Nwosu", "Ada Nwosu"),
    ("记者就此询问云桥,对方没有回答。", ""),  # a reporter asks; nobody signs
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_author(line: str, expected: str) -> None:
    assert author(line) == expected


BYLINES = [
    ("Ada Nwosu | Friday, December 12, 2025 | 4 min read", True),
    ("Freitag, 31. März 2023, 14:05 Uhr · Lesezeit 3 Minuten", True),
    ("2023年4月3日 7時00分", True),
    ("(Reporting by Ada Nwosu; editing by B. Reyes)", True),
    ("Posted on 9 July 2024.", True),
    ("The boats sailed on 12 May 2025, and nobody waved.", False),
    ("Editing is done by hand at Quellmark.", False),
    ("Three boats", False),
]


@pytest.mark.parametrize(("line", "expected"), BYLINES)
def test_lines_that_only_say_who_and_when(line: str, expected: bool) -> None:
    assert is_byline(line) is expected


def test_names() -> None:
    assert bare_name("Ada Nwosu, senior analyst") == "Ada Nwosu"
    assert bare_name("Ada Nwosu · 9 min read") == "Ada Nwosu"
    assert bare_name("4 min read") == ""
    assert bare_name("Ada Nwosu, 22 April 2026") == "Ada Nwosu"
    assert bare_name("Published Friday, 12 December 2025") == ""
    assert joined(["A B", "C D", "A B"]) == "A B and C D"


SIGNED = [
    (["Boats held up", "Posted on 29 April 2026 by Ada Nwosu"], "Ada Nwosu"),
    (["Boats held up", "Ada Nwosu, 22 April 2026"], "Ada Nwosu"),
    (["Boats held up", "Quay Press记者 林望舒 2026年6月21日"], "林望舒"),
    (
        ["Boats held up", "Present", "In the chair: Bruno Reyes", "Ada Nwosu, head of boats at Quellmark"],
        "",
    ),
    (["Boats held up", "Quellmark Holdings, which owns the quay, declined to comment."], ""),
    (["Boats held up", "记者表示船还在。"], ""),
]


@pytest.mark.parametrize(("lines", "expected"), SIGNED)
def test_a_page_is_signed_near_its_headline_only(read: Read, lines: list[str], expected: str) -> None:
    title, *rest = lines
    body = "".join(f"<p>{line}</p>" for line in rest)
    page = (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}{PROSE}</article></body></html>"
    )
    assert read(page).byline == expected


DATES = [
    ("Publié le 30 janvier 2025 à 11 h 42", "2025-01-30T11:42:00", "time"),
    ("Freitag, 31. März 2023, 14:05 Uhr", "2023-03-31T14:05:00", "time"),
    ("Lunes, 4 de agosto de 2025", "2025-08-04", "day"),
    ("2023年12月17日 09:40", "2023-12-17T09:40:00", "time"),
    ("2023年4月3日(月) 7時00分", "2023-04-03T07:00:00", "time"),
    ("Tuesday, July 8, 2025, 6:15 a.m.", "2025-07-08T06:15:00", "time"),
    ("April 25, 2026 6:12 PM UTC", "2026-04-25T18:12:00Z", "time"),
    ("31.12.2025", "2025-12-31", "day"),
    ("Quay Board April 2026", "2026-04-01", "month"),
    ("Updated 3 May 2026", "", ""),  # a change is no publication
    ("Mis à jour le 3 mai 2026", "", ""),
    ("31 February 2025", "", ""),
    ("Room 2025, floor 12", "", ""),
]


@pytest.mark.parametrize(("line", "value", "precision"), DATES)
def test_printed_dates(line: str, value: str, precision: str) -> None:
    found = visible([line])
    assert (found.value, found.precision) == (value, precision)


ISO = [
    ("2025-07-08T17:45:12+00:00", "2025-07-08T17:45:12+00:00", "time"),
    ("2025-07-08T17:45:12.000Z", "2025-07-08T17:45:12Z", "time"),
    ("2025-07-08 17:45:12+0200", "2025-07-08T17:45:12+02:00", "time"),
    ("2025-07-08T00:00:00Z", "2025-07-08T00:00:00Z", "day"),
    ("2025-07-08", "2025-07-08", "day"),
    ("2025-07", "2025-07-01", "month"),
    ("2025", "2025-01-01", "year"),
    ("2025-02-31", "", ""),
    ("yesterday", "", ""),
]


@pytest.mark.parametrize(("value", "expected", "precision"), ISO)
def test_iso(value: str, expected: str, precision: str) -> None:
    assert (iso(value).value, iso(value).precision) == (expected, precision)


def test_dates_in_names_and_addresses() -> None:
    assert in_name("2026-02-24-boats.html").value == "2026-02-24"
    assert in_name("20260224T101010.txt").value == "2026-02-24"
    assert in_name("report-12345678.txt").value == ""
    assert in_address("https://q.example/world/2026/4/25/boats").value == "2026-04-25"
    assert in_address("https://q.example/2026/13/25/boats").value == ""


WHERE = [
    (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-02-01",'
        '"dateModified":"2026-03-01"}</script>'
        '<meta property="article:published_time" content="2026-02-02">',
        ("2026-02-01", "jsonld", "2026-03-01"),
    ),
    (
        '<script type="application/ld+json">{broken</script><meta name="date" content="2026-02-02">',
        ("2026-02-02", "meta", ""),
    ),
    (
        '<meta property="article:modified_time" content="2026-03-03T10:00:00Z">',
        ("2026-02-05", "feed", "2026-03-03T10:00:00Z"),
    ),
]


@pytest.mark.parametrize(("head", "expected"), WHERE)
def test_the_date_keeps_where_it_came_from(head: str, expected: tuple[str, str, str], source: Source) -> None:
    html = f"<html><head><title>Boats</title>{head}</head><body><h1>Boats</h1>{PROSE}</body></html>"
    hint = FeedHint(url="https://quaypress.example/a", published="2026-02-05")
    found = parse(
        html.encode(),
        url="https://quaypress.example/a",
        content_type="text/html",
        source=source,
        fetched_at="",
        hint=hint,
    )
    assert (found.published_at, found.published_from, found.modified_at) == expected


def test_the_day_beside_the_headline_wins_over_the_feed_in_utc(source: Source) -> None:
    html = f"<html><head><title>Boats</title></head><body><h1>Boats</h1><p>July 4, 2025</p>{PROSE}</body></html>"
    near = FeedHint(url="https://quaypress.example/a", published="2025-07-05T02:00:00+00:00")
    far = FeedHint(url="https://quaypress.example/a", published="2025-07-15T02:00:00+00:00")
    days = [
        parse(
            html.encode(),
            url="https://quaypress.example/a",
            content_type="text/html",
            source=source,
            fetched_at="",
            hint=h,
        ).published_at[:10]
        for h in (near, far)
    ]
    assert days == ["2025-07-04", "2025-07-15"]


TITLES = [
    ("Boats sail again | Quay Press", "", "", ["Quay Press"], "Boats sail again"),
    ("Quay Press - Boats sail again", "", "", ["Quay Press"], "Boats sail again"),
    ("Boats sail again - and sink | Quay Press", "Quay Press", "", [], "Boats sail again - and sink"),
    ("Boats sail again_镜潮网", "", "", ["镜潮网"], "Boats sail again"),
    ("Boats - sail - again", "", "", [], "Boats - sail - again"),
    ("Boats sail again | Quay Press", "", "Boats sail again", [], "Boats sail again"),
]


@pytest.mark.parametrize(("raw", "outlet", "headline", "names", "expected"), TITLES)
def test_titles(raw: str, outlet: str, headline: str, names: list[str], expected: str) -> None:
    assert clean_title(raw, outlet=outlet, headline=headline, names=names) == expected


def test_outlets() -> None:
    assert outlet_in("Boats sail | Quay Press", "Boats sail", []) == "Quay Press"
    assert outlet_in("Boats | Quay Press podcast", "Boats", ["Quay Press"]) == "Quay Press"
    assert outlet_in("Boats sail", "Boats sail", ["Quay Press"]) == ""
    assert outlet_in("关于船的声明-码头科技", "关于船的声明", []) == "码头科技"
    assert outlet_in("关于船-码头的声明", "关于船-码头的声明", []) == ""


LANGUAGES = [
    (
        [
            "Les bateaux partent, et personne ne salue le capitaine de ce port tranquille.",
            *["The boats sail, and nobody waves to the captain of this quiet port at all today."] * 6,
        ],
        "en",
    ),
    (["今天港口的船都没有出海，因为风太大，渔民们在茶馆里聊天。"], "zh"),
    (["今日は風が強いので、港の船は一隻も出なかった。漁師たちは茶屋で話している。"], "ja"),
    (["오늘은 바람이 너무 강해서 항구의 배가 한 척도 나가지 않았다. 어부들은 찻집에서 이야기했다."], "ko"),
    (["Heute fährt kein Schiff hinaus, weil der Wind zu stark ist und die Fischer lieber Tee trinken."], "de"),
    (["Hoy no sale ningún barco porque el viento es demasiado fuerte y los pescadores toman té."], "es"),
    (["Boats."], "fr"),  # too little to judge: the source's own language
]


@pytest.mark.parametrize(("texts", "expected"), LANGUAGES)
def test_language_is_that_of_most_of_the_body(texts: list[str], expected: str) -> None:
    assert language_of(texts, "fr") == expected


def said(words: str, name: str) -> str:
    return f"<blockquote><p>{words}</p><p>— {name}</p></blockquote>"


KINDS = [
    (
        "statement",
        "<p>Newsroom</p>",
        "<p>We have closed the pier. Our engineers found a crack in it on Sunday, and we will mend it.</p>"
        "<p>We thank our guests for their patience with us.</p>",
    ),
    (
        "blog",
        "",
        "<p>I have walked on the pier every day since I was nine years old, and my dog has, too.</p>"
        "<p>My own view is that it will not fall.</p>",
    ),
    ("news", '<script type="application/ld+json">{"@type":"NewsArticle"}</script>', PROSE),
    (
        "policy",
        "",
        "<h2>1. Purpose</h2><p>This notice sets out what boats shall do.</p><h2>2. Duties</h2>"
        "<p>(a) Boats shall carry a light.</p><p>(b) This notice enters into force on Monday.</p>",
    ),
    (
        "podcast",
        "",
        said("It will fall.", "Ada Nwosu") + said("It will not.", "Bo Reyes") + said("Who knows.", "Ada Nwosu") + PROSE,
    ),
]


@pytest.mark.parametrize(("kind", "head", "body"), KINDS, ids=[k for k, _, _ in KINDS])
def test_kind_from_the_page_where_the_source_does_not_say(read: Read, kind: str, head: str, body: str) -> None:
    marks, lead = (head, "") if head.startswith("<script") else ("", head)
    top = f"<html><head><title>The pier</title>{marks}</head><body><main>{lead}<h1>The pier</h1>"
    html = f"{top}{body}{PROSE if kind == 'news' else ''}</main></body></html>"
    assert read(html).kind == kind


@pytest.mark.parametrize(
    ("address", "kind"),
    [("https://quay.example/newsroom/pier", "statement"), ("https://quay.example/news/pier", "news")],
)
def test_the_kind_of_a_saved_page_from_the_address_that_it_gives(address: str, kind: str) -> None:
    head = f'<html><head><title>The pier</title><link rel="canonical" href="{address}"></head>'
    said = "<p>We have closed the pier. Our engineers found a crack in it on Sunday.</p>"
    html = f"{head}<body><main><h1>The pier</h1>{said}</main></body></html>"
    source = Source(id="s", name="s", kind="files", url="x")
    read = parse(
        html.encode(), url="file:a.html", content_type="text/html", source=source, fetched_at="2026-01-01T00:00:00Z"
    )
    assert read.kind == kind


def test_a_source_that_says_its_kind_is_believed(read: Read) -> None:
    top = "<html><head><title>The pier</title></head><body><h1>The pier</h1><p>I think so.</p><p>I do.</p>"
    html = f"{top}{PROSE}</body></html>"
    assert read(html, kind="feed", document_kind="statement").kind == "statement"


ENCODINGS = [
    ("日本語の本文".encode("shift_jis"), "text/html; charset=Shift_JIS", "日本語の本文"),
    ("日本語の本文".encode("euc_jp"), "text/html; charset=euc-jp", "日本語の本文"),
    (b"<meta charset=gb2312>" + "港口的船".encode("gb18030"), "text/html", "<meta charset=gb2312>港口的船"),
    ("café".encode("cp1252"), "text/html", "café"),
    ("café ☕".encode(), "text/html; charset=iso-8859-1", "café ☕"),  # the header is wrong
    ("café".encode("utf-16"), "text/html; charset=utf-8", "café"),
    (("é" * 60).encode() + b"\xc3", "text/html; charset=utf-8", "é" * 60 + "\ufffd"),  # cut in the middle of a letter
    ("日本語の本文です".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "日本語の本文です"),
]


@pytest.mark.parametrize(("body", "content_type", "expected"), ENCODINGS)
def test_encodings(body: bytes, content_type: str, expected: str) -> None:
    assert decode(body, content_type) == expected
