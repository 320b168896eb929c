"""The published newsroom in a real Chromium: accessible, calm on a phone, usable by keyboard, deaf to hostile text."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from distillwatch.ids import hash_id
from distillwatch.site.build import publish
from distillwatch.site.serve import Application
from distillwatch.topic import Topic

# pytest-base-url, which pytest-playwright brings, declares a fixture in a form that pytest 9.2 warns about
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance")]

PAGES = (
    "index.html",
    "incidents.html",
    "incident/norvane-tarsil-2026.html",
    "contradictions.html",
    "contradictions/denial.html",
    f"dispute/{hash_id('dispute', 'k-x1')}.html",
    "contradiction/k-x1.html",
    "contradiction/k-x3.html",
    "entities.html",
    "company/norvane.html",
    "model/ostra-2.html",
    "policy/output-use-rule.html",
    "sources.html",
    "source/ledger.html",
    "document/d4ledger.html",
    "document/d5gorge.html",
    "claim/c02.html",
    "coverage.html",
    "predictions.html",
    "responses.html",
    "glossary.html",
    "methodology.html",
    "about.html",
    "search.html?q=accounts",
    "downloads.html",
    "archive.html",
    "briefing/2026-w19.html",
    "changes.html",
    "corrections.html",
    "lineage.html",
    "speakers.html",
    "agreement.html",
    "policies.html",
    "404.html",
)

DATABASE_PAGES = (
    "db/",
    "db/knowledge",
    "db/knowledge/claims",
    "db/knowledge/claims?speech_act=denies&_facet=hedge",
    "db/knowledge/claims/c02",
    "db/knowledge/search_everything?words=accounts",
    "db/knowledge/what_did_somebody_deny?name=nobody",
    "db/knowledge/matrix_of_an_incident",
    "db/knowledge?sql=select+evidence+from+claims",
    "db/knowledge?sql=select+nothing",
    "db/knowledge/claims?_sort=nonsense",
)

# colours are all that differs in the dark
LOOKS: tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...] = (
    ("light", {}),
    ("dark", {"runOnly": ["color-contrast", "link-in-text-block"]}),
)


def serving(public: Path) -> Iterator[str]:
    """The address of a server over `public`, until the caller is done with it."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(Application(public), log_level="critical", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    thread.join(timeout=10)
    listener.close()


@pytest.fixture(scope="module")
def address(public: Path) -> Iterator[str]:
    """Where the newsroom is served."""
    yield from serving(public)


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A page that fails the test when it asks another host or breaks its own policy."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []
    assert [text for text in said if not re.search("status of 40[04]", text)] == []


@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_and_fits(path: str, watched: Page, address: str) -> None:
    watched.goto(address + path)
    watched.wait_for_load_state("networkidle")
    for folded in watched.query_selector_all("details:not([open]) > summary"):
        folded.click()  # what is folded away is read, too
    for scheme, rules in LOOKS:
        watched.emulate_media(color_scheme=scheme)
        results = Axe().run(watched, options=rules)
        assert results.violations_count == 0, results.generate_report()
    for width in (1280, 768, 390, 360):
        watched.set_viewport_size({"width": width, "height": 800})
        assert watched.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", DATABASE_PAGES)
def test_the_database_is_accessible_in_the_look_of_the_site(path: str, watched: Page, address: str) -> None:
    watched.goto(address + path)
    watched.wait_for_load_state("networkidle")
    expect(watched.get_by_role("complementary", name="Notice")).to_contain_text("invented sample")
    for scheme, rules in LOOKS:
        watched.emulate_media(color_scheme=scheme)
        results = Axe().run(watched, options=rules)
        assert results.violations_count == 0, results.generate_report()
    watched.set_viewport_size({"width": 390, "height": 800})
    assert watched.evaluate("document.documentElement.scrollWidth") <= 390


def test_reader_sees_who_says_what_without_scrolling_on_a_desktop(watched: Page, address: str) -> None:
    watched.set_viewport_size({"width": 1280, "height": 800})
    watched.goto(address + "incident/norvane-tarsil-2026.html")
    for text in ("In dispute", "alleges", "denies"):
        box = watched.locator(".glance").get_by_text(text, exact=True).last.bounding_box()
        assert box is not None
        assert box["y"] < 800


def test_both_texts_stand_side_by_side_and_below_each_other_on_a_phone(watched: Page, address: str) -> None:
    def tops() -> list[float]:
        return [side.bounding_box()["y"] for side in watched.locator(".side").all()]  # type: ignore[index] # it is on the page

    watched.set_viewport_size({"width": 1280, "height": 800})
    watched.goto(address + "contradiction/k-x1.html")
    assert len(set(tops())) == 1
    watched.set_viewport_size({"width": 390, "height": 800})
    assert tops()[1] > tops()[0]


def test_keyboard_alone(watched: Page, address: str) -> None:
    watched.goto(address)
    watched.keyboard.press("Tab")
    assert watched.evaluate("document.activeElement.className") == "skip"
    watched.keyboard.press("Enter")
    assert watched.evaluate("document.activeElement.id") == "main"
    watched.keyboard.press("Shift+Tab")
    watched.keyboard.press("Enter")
    watched.wait_for_url("**/about.html")
    watched.goto(address + "incident/norvane-tarsil-2026.html")
    watched.locator("summary").first.focus()
    watched.keyboard.press("Enter")
    assert watched.locator("details").first.get_attribute("open") is not None


def test_from_a_flag_to_the_sentence_in_the_stored_text(watched: Page, address: str) -> None:
    watched.goto(address)
    watched.get_by_role("link", name=re.compile("^Whether Ostra 2 was trained")).first.click()
    watched.get_by_role("link", name="side by side").first.click()
    watched.get_by_role("link", name="Tarsil accuses Norvane of learning from its model", exact=True).click()
    assert watched.url.endswith("#c-c12")
    mark = watched.locator("mark", has_text="denied that").first
    assert mark.is_visible()
    box = mark.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 720


def test_search_finds_narrows_and_keeps_its_address(watched: Page, address: str) -> None:
    watched.goto(address + "search.html")
    watched.get_by_label("Words in texts").fill("accounts")
    results = watched.locator("#results > li")
    expect(results.first).to_be_visible()
    everything = results.count()
    watched.get_by_role("checkbox", name=re.compile("^document ")).check()
    expect(results).not_to_have_count(everything)
    assert all("document" in text for text in results.locator(".where").all_inner_texts())
    assert "q=accounts" in watched.url
    assert "type=document" in watched.url
    watched.reload()
    expect(results.first).to_contain_text("Tarsil newsroom")
    results.locator("a").first.click()
    expect(watched.locator("article.stored")).to_be_visible()


def test_incidents_are_narrowed_down_by_a_facet(watched: Page, address: str) -> None:
    watched.goto(address + "incidents.html")
    facet = watched.get_by_role("navigation", name="By kind").get_by_role("link").first
    words, number = facet.inner_text().rsplit(" ", 1)
    facet.click()
    expect(watched.locator("#results > li")).to_have_count(int(number))
    expect(watched.get_by_role("checkbox", name=re.compile(f"^{re.escape(words)}"))).to_be_checked()


def test_a_cell_of_the_matrix_leads_to_its_claim(watched: Page, address: str) -> None:
    watched.set_viewport_size({"width": 390, "height": 800})
    watched.goto(address + "incident/norvane-tarsil-2026.html")
    cell = watched.locator("table.matrix tr.disputed td a.cell", has_text="denies").first
    speaker = cell.locator(".who").inner_text()
    cell.scroll_into_view_if_needed()
    cell.click()
    expect(watched.locator("h1.claim-title")).to_contain_text(f"{speaker} denies that")
    expect(watched.locator("blockquote.context mark")).to_be_visible()


def test_search_without_script_asks_the_database(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "search.html")
    page.get_by_label("Words, all of which occur").fill("accounts")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("What we saw on our interface this spring")).to_be_visible()
    context.close()


def test_drawing_answers_to_the_keyboard(watched: Page, address: str) -> None:
    watched.goto(address + "incident/norvane-tarsil-2026.html")
    picture = watched.locator("svg.picture")
    picture.locator("a", has_text="Norvane").focus()
    lit = watched.locator("#picture-table tr.lit")
    expect(lit.first).to_be_visible()
    assert all("Norvane" in row for row in lit.all_inner_texts())
    expect(picture.locator("path.edge.dim").first).to_be_attached()
    watched.get_by_role("checkbox", name=re.compile("as a judge")).uncheck()
    expect(watched.locator("#picture-table tr", has_text="as a judge")).to_be_hidden()
    watched.keyboard.press("Tab")
    expect(watched.locator("#picture-table tr.lit")).to_have_count(0)


def test_dark_is_dark(watched: Page, address: str) -> None:
    watched.emulate_media(color_scheme="dark")
    watched.goto(address)
    red, green, blue = watched.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert max(red, green, blue) < 60


def test_on_paper_nothing_is_dark_folded_or_cut(watched: Page, address: str) -> None:
    watched.set_viewport_size({"width": 718, "height": 1000})
    watched.emulate_media(media="print", color_scheme="dark")
    watched.goto(address + "incident/norvane-tarsil-2026.html")
    assert watched.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert watched.evaluate("getComputedStyle(document.querySelector('a.name')).color") == "rgb(28, 79, 130)"
    assert not watched.locator(".masthead nav").is_visible()
    assert watched.locator("details li").first.is_visible()
    assert watched.evaluate("document.documentElement.scrollWidth") <= 718
    watched.goto(address + "contradiction/k-x1.html")
    tops = [side.bounding_box()["y"] for side in watched.locator(".side").all()]  # type: ignore[index] # it is there
    assert len(set(tops)) == 1
    assert watched.evaluate("document.documentElement.scrollWidth") <= 718


def test_round_trip_through_datasette(watched: Page, address: str) -> None:
    watched.goto(address + "contradiction/k-x1.html")
    watched.get_by_role("link", name="Run this query on the database").click()
    expect(watched.get_by_text("We believe that Norvane trained Ostra 2 on outputs of Halden.")).to_be_visible()
    watched.goto(address + "db/knowledge/claims")
    watched.locator("a.page").first.click()
    expect(watched.locator("h1.claim-title")).to_be_visible()


def test_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "incident/norvane-tarsil-2026.html")
    assert page.get_by_role("heading", name="Who says what").is_visible()
    assert page.locator("svg.picture").is_visible()
    context.close()


def test_hostile_text_executes_nothing(
    newsroom: dict[str, Any], build: Any, watch: Topic, tmp_path: Path, page: Page, poison: Any
) -> None:
    database = build(tmp_path / "knowledge.db", poison(newsroom))
    publish(database, tmp_path / "public", watch, "2026-06-03T07:00:00Z")
    server = serving(tmp_path / "public")
    address = next(server)
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    site = (tmp_path / "public" / "site").resolve()
    types = {f.parent.name or f.name: f.relative_to(site).as_posix() for f in sorted(site.rglob("*.html"))}
    top = [f.name for f in site.glob("*.html")]
    for path in [
        *types.values(),
        *top,
        "search.html?q=script",
        "search.html?q=window&flag=%3Cimg%20src%3Dx%3E",
        "db/knowledge/claims",
        "db/knowledge/documents",
        "db/knowledge/entities",
        "db/knowledge/what_did_somebody_say",
        "db/knowledge/matrix_of_an_incident",
        "db/knowledge/search_everything?words=script",
    ]:
        page.goto(address + path)
        assert page.evaluate("window.hit === undefined"), path
    assert dialogs == []
    assert [url for url in asked if not url.startswith(address)] == []
    next(server, None)
