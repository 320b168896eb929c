"""However much the database holds, a page stays light; what it leaves out is counted and linked."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from distillwatch.site.build import publish
from distillwatch.site.escaping import escaped
from distillwatch.site.marking import AROUND, PASSAGE, Span, around
from distillwatch.site.parts import CLAIM_BYTES, LINE_BYTES, PAGE_BYTES, STEP, part_of, starts
from distillwatch.site.serve import open_datasette
from distillwatch.topic import Topic
from tests.site.affairs import DAY, Newsroom
from tests.site.crowd import STATEMENTS, crowded, fill
from tests.site.rows import build_database

PAGE = 150_000  # bytes, without the drawing
DRAWING = re.compile(r'<svg class="picture".*?</svg>', re.DOTALL)


@pytest.fixture(scope="module")
def heavy(tmp_path_factory: pytest.TempPathFactory, newsroom: Newsroom, watch: Topic) -> Path:
    """A snapshot with too much of everything, none of whose links is dead."""
    folder = tmp_path_factory.mktemp("heavy")
    database = build_database(folder / "knowledge.db", crowded(newsroom))
    connection = sqlite3.connect(database)
    fill(connection)
    connection.close()
    assert publish(database, folder / "public", watch, DAY).dead_links == ()
    return (folder / "public" / "current").resolve()


def parsed(heavy: Path, path: str) -> html.HtmlElement:
    return html.document_fromstring((heavy / "site" / path).read_text(encoding="utf-8"))


def left_out(page: html.HtmlElement, words: str) -> int:
    """The number of a line such as "1,700 more documents in the database", which is a link."""
    (line,) = (a for a in page.xpath("//main//a[contains(@href, 'db/knowledge/')]") if words in a.text_content())
    return int(line.text_content().split()[0].replace(",", ""))


def test_no_page_is_heavy_whatever_there_is(heavy: Path) -> None:
    heaviest: dict[str, tuple[int, str]] = {}
    for file in (heavy / "site").rglob("*.html"):
        path = file.relative_to(heavy / "site").as_posix()
        size = len(DRAWING.sub("", file.read_text(encoding="utf-8")).encode())
        kind = path.rpartition("/")[0] or path
        heaviest[kind] = max(heaviest.get(kind, (0, "")), (size, path))
    types = {"archive", "briefing", "claim", "company", "contradiction", "contradictions", "dispute", "document"}
    assert heaviest.keys() >= types | {"incident", "model", "policy", "source", "changes.html", "index.html"}
    assert [path for size, path in heaviest.values() if size > PAGE] == []


def test_every_statement_of_a_long_text_is_where_its_link_leads(heavy: Path) -> None:
    pages: set[Path] = set()
    for n in range(0, STATEMENTS, 7):
        claim = heavy / "site" / "claim" / f"many-{n}.html"
        (address,) = {
            a for a in re.findall(r'href="([^"]+)"', claim.read_text(encoding="utf-8")) if f"#c-many-{n}" in a
        }
        path, _, place = address.partition("#")
        file = (claim.parent / path).resolve()
        (anchor,) = html.document_fromstring(file.read_text(encoding="utf-8")).xpath(f"//*[@id='{place}']")
        marked = "".join(mark.text_content() for mark in anchor.getparent().xpath(".//mark"))
        assert marked == f"In week {n} Norvane opened {n + 10} accounts at Halden."
        (number,) = set(anchor.getparent().xpath(".//sup/a/@href"))
        listed = anchor.xpath(f"//*[@id='{number[1:]}']//a[@class='more']/@href")
        assert [Path(link).name for link in listed] == [f"many-{n}.html"]
        pages.add(file)
    assert len(pages) > 5


@pytest.mark.parametrize("name", ["many", "long", "endless"])
def test_the_pages_of_a_long_text_are_all_of_it(name: str, heavy: Path) -> None:
    connection = sqlite3.connect(heavy / "knowledge.db")
    (stored,) = connection.execute("SELECT text FROM documents WHERE id = ?", (name,)).fetchone()
    connection.close()
    shown, path, number = "", f"document/{name}.html", 1
    while path:
        page = parsed(heavy, path)
        (article,) = page.xpath("//article[contains(@class, 'stored')]")
        for added in article.xpath(".//sup"):
            added.drop_tree()
        shown += article.text_content()
        following = page.xpath("//nav[@class='parts']//a[@rel='next']/@href")
        number += 1
        path = f"document/{name}/{number}.html" if following else ""
        assert not following or str(following[0]).endswith(path)
    assert "".join(shown.split()) == "".join(stored.split())


def test_what_is_left_out_is_counted(heavy: Path) -> None:
    connection = sqlite3.connect(heavy / "knowledge.db")

    def count(sql: str) -> int:
        return int(connection.execute(f"SELECT COUNT(*) FROM {sql}").fetchone()[0])

    month = parsed(heavy, "archive/2026-05.html")
    listed = len(month.xpath("//main/ul/li"))
    assert listed + left_out(month, "more documents") == count("documents WHERE published_at LIKE '2026-05%'")
    source = parsed(heavy, "source/ledger.html")
    listed = len(source.xpath("//section[@aria-labelledby='documents']//li"))
    assert listed + left_out(source, "more documents") == count("documents WHERE source_id = 'ledger'")
    incidents = parsed(heavy, "incidents.html")
    listed = len(incidents.xpath("//main//tbody/tr"))
    assert listed + left_out(incidents, "more incidents") == count("incidents WHERE moved_to IS NULL")
    sources = parsed(heavy, "sources.html")
    assert len(sources.xpath("//main//tbody/tr")) + left_out(sources, "more sources") == count("sources")
    names = parsed(heavy, "entities.html")
    (companies,) = names.xpath("//section[@aria-labelledby='company']")
    (chip,) = names.xpath("//a[@href='#company']/span")
    assert len(companies.xpath(".//li")) + left_out(companies, "more names") == int(chip.text_content())
    changes = parsed(heavy, "changes.html").text_content()
    assert "3,000 documents added" in changes
    assert "and 2,995 more" in changes
    connection.close()


def test_the_way_to_what_is_left_out_is_open(heavy: Path) -> None:
    """One address of each kind that a page of the crowd has into the database."""
    found: dict[tuple[str, ...], str] = {}
    for file in (f for f in (heavy / "site").rglob("*.html") if f.stat().st_size > 30_000):
        for address in re.findall(r'href="(?:\.\./)*(db/knowledge/[^"]+)"', file.read_text(encoding="utf-8")):
            path, _, query = unescape(address).partition("?")
            found.setdefault((path.partition("/")[2], *re.findall(r"(?:^|&)([^=]+)=", query)), unescape(address))

    async def ask() -> dict[str, int]:
        datasette = open_datasette(heavy)
        await datasette.invoke_startup()
        return {a: (await datasette.client.get("/" + a.removeprefix("db/"))).status_code for a in found.values()}

    with ThreadPoolExecutor(1) as thread:  # a loop of its own: Playwright keeps one running in the main thread
        answers = thread.submit(asyncio.run, ask()).result()
    assert len(answers) > 30
    assert {address: status for address, status in answers.items() if status != 200} == {}


def cost(text: str, claims: list[int], start: int, end: int) -> int:
    told = sum(start <= place < end for place in claims)
    return len(escaped(text[start:end]).encode()) + LINE_BYTES * text.count("\n", start, end) + CLAIM_BYTES * told


@given(st.lists(st.sampled_from(["a\n", "豆" * 700, "“&” " * 400, "x" * 5000, "\n", "Who? "]), max_size=60), st.data())
def test_a_text_is_cut_into_pages_of_a_size(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    claims = data.draw(st.lists(st.integers(0, max(0, len(text) - 1)), max_size=80))
    begins = starts(text, claims)
    assert begins[0] == 0
    assert list(begins) == sorted(set(begins))
    for number, (start, end) in enumerate(zip(begins, [*begins[1:], len(text)], strict=True), start=1):
        alone = max((claims.count(c) for c in claims), default=0) * CLAIM_BYTES
        assert cost(text, claims, start, end) <= PAGE_BYTES + alone + STEP * LINE_BYTES + CLAIM_BYTES * len(claims)
        assert all(part_of(begins, place) == number for place in (start, max(start, end - 1)))


@pytest.mark.parametrize(
    ("start", "end", "mark", "shown", "marked"),
    [
        (0, 30, (10, 20), 30, 10),  # short: all of it
        (0, 9000, (4000, 4010), 2 * AROUND + 10 + 4, 10),  # in the middle of a long block: an ellipsis on either side
        (0, 9000, (0, 9000), PASSAGE + 2, PASSAGE),  # itself too long
        (100, 200, (100, 200), 100, 100),
    ],
)
def test_a_passage_is_shown_in_its_surroundings(
    start: int, end: int, mark: tuple[int, int], shown: int, marked: int
) -> None:
    text = "abcdefghij" * 900
    pieces = around(text, start, end, Span(*mark, "claim", "c"))
    assert sum(len(piece.text) for piece in pieces) == shown
    found = "".join(piece.text for piece in pieces if piece.claims)
    assert found == text[mark[0] : mark[0] + marked]
