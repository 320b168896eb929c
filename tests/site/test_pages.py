"""What every page must hold: valid HTML, a policy, a notice, a way in for keyboards, and who says it."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import sqlite3
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from distillwatch.site.claims import Claim, load, show
from distillwatch.site.pages.archive import week_words
from distillwatch.site.pages.entities import pages as entity_pages
from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.queries.archive import WEEK
from distillwatch.site.queries.claims import ClaimRow
from distillwatch.site.reader import open_reader
from distillwatch.site.render import text_of
from distillwatch.topic import Topic

Pages = dict[str, html.HtmlElement]
EXPECTED = (
    "index.html",
    "incidents.html",
    "incident/norvane-tarsil-2026.html",
    "contradictions.html",
    "contradictions/denial.html",
    "contradiction/k-x1.html",
    "entities.html",
    "company/norvane.html",
    "model/ostra-2.html",
    "person/mira-solvang.html",
    "agency/harbour-trade-office.html",
    "policy/output-use-rule.html",
    "product/gradebench.html",
    "sources.html",
    "source/ledger.html",
    "document/d1ledger.html",
    "claim/c12.html",
    "coverage.html",
    "predictions.html",
    "responses.html",
    "glossary.html",
    "methodology.html",
    "about.html",
    "search.html",
    "downloads.html",
    "archive.html",
    "archive/2026-05.html",
    "briefing/2026-w19.html",
    "changes.html",
    "corrections.html",
    "lineage.html",
    "speakers.html",
    "agreement.html",
    "policies.html",
    "404.html",
)


def text(element: html.HtmlElement) -> str:
    """The words of an element with single spaces."""
    return re.sub(r"\s+", " ", element.text_content()).strip()


@pytest.fixture(scope="module")
def claims(database: Path, watch: Topic) -> list[Claim]:
    """Every claim, ready to be shown."""
    with open_reader(database, watch) as reader:
        ids = [i for document in reader.documents for (i,) in reader.bare(claim_queries.IDS_OF_DOCUMENT, id=document)]
        return [show(reader, reader.rows(ClaimRow, claim_queries.BY_ID, id=i)[0]) for i in ids]


def test_every_page_type_is_there(pages: Pages) -> None:
    assert [path for path in EXPECTED if path not in pages] == []


def test_pages_are_valid_html(public: Path, pages: Pages) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for path in pages:
        parser.parse((public / "site" / path).read_text(encoding="utf-8"))  # raises on the first error


def test_frame_of_every_page(pages: Pages) -> None:
    for path, page in pages.items():
        assert page.get("lang") == "en", path
        assert len(page.xpath("/html/head/title[normalize-space()]")) == 1, path
        assert len(page.xpath("//h1")) == 1, path
        assert len(page.xpath("//main[@id='main']")) == 1, path
        assert page.xpath("//body/a[1]/@href") == ["#main"], path
        levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4")]
        assert all(b - a <= 1 for a, b in pairwise(levels)), (path, levels)
        assert [i for i, n in Counter(page.xpath("//@id")).items() if n > 1] == [], path
        assert page.xpath("//table[not(.//th)]") == [], path
        assert page.xpath("//th[not(@scope)]") == [], path


def test_notice_of_a_sample_is_on_every_page(pages: Pages, watch: Topic) -> None:
    for path, page in pages.items():
        assert [text(n) for n in page.xpath("//*[@class='notice']")] == [watch.notice], path


def test_policy_and_nothing_from_elsewhere(pages: Pages) -> None:
    for path, page in pages.items():
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'"), path
        scripts = page.xpath("//script/@src")
        searched = path == "search.html"  # its index is read by WebAssembly
        assert ("unsafe" in policy.replace("wasm-unsafe-eval", "")) is False, path
        assert ("wasm-unsafe-eval" in policy) is searched, path
        assert "script-src" in policy or not scripts, path
        assert (
            page.xpath("//style|//iframe|//object|//embed|//@style|//script[not(@type='application/ld+json')]/text()")
            == []
        ), path
        assert {s.rpartition("static/")[2] for s in scripts} <= {"search.js" if searched else "graph.js"}, path
        loaded = page.xpath("//link/@href|//img/@src|//source/@srcset|//form/@action")
        assert [a for a in loaded if ":" in a or a.startswith("//")] == [], path


def test_programs_are_told_what_a_page_is_about_and_that_it_is_invented(pages: Pages, watch: Topic) -> None:
    kinds = {"index.html": "WebSite", "document/d1ledger.html": "WebPage", "claim/c12.html": "WebPage",
             "company/norvane.html": "Organization", "source/ledger.html": "NewsMediaOrganization",
             "downloads.html": "Dataset", "model/ostra-2.html": "SoftwareApplication"}  # fmt: skip
    for path, kind in kinds.items():
        (data,) = pages[path].xpath("//script[@type='application/ld+json']/text()")
        node = json.loads(data)
        assert node["@type"] == kind, path
        assert node["@context"] == "https://schema.org"
        assert node["disambiguatingDescription"] == watch.notice
    claim = json.loads(pages["claim/c12.html"].xpath("//script[@type='application/ld+json']/text()")[0])["mainEntity"]
    assert claim["@type"] == "Claim"
    assert claim["author"]["name"] == "Norvane"
    assert claim["appearance"]["publisher"]["name"] == "The Harbour Ledger"
    assert "ClaimReview" not in json.dumps([p.xpath("//script/text()") for p in pages.values()])


def test_policies_are_tracked_with_who_says_so(pages: Pages) -> None:
    for path in ("policies.html", "policy/output-use-rule.html"):
        (row,) = pages[path].xpath("//table[@class='stages']/tbody/tr")
        assert text(row).startswith("1 June 2026in force"), path
        assert row.xpath(".//a[@class='who']"), path


def test_clauses_stand_with_the_days_of_their_texts(pages: Pages) -> None:
    (row,) = pages["policies.html"].xpath("//h3[.='Clauses, as archived']/following-sibling::div[1]//tbody/tr")
    assert text(row) == (
        "The Tarsil Terms of Use forbid the building of a rival from what Halden writes."
        "1 April 2026 (day archived)no end known3 June 2026"
    )
    assert row.xpath(".//a/@href") == ["claim/c61.html"]


def test_no_page_is_heavy(public: Path, pages: Pages) -> None:
    assert [p for p in pages if (public / "site" / p).stat().st_size > 150_000] == []


def test_contradiction_shows_both_spans_and_their_origin(pages: Pages) -> None:
    page = pages["contradiction/k-x1.html"]
    sides = page.xpath("//article[contains(@class, 'side')]")
    assert [[text(m) for m in s.xpath(".//mark")] for s in sides] == [
        ["We believe that Norvane trained Ostra 2 on outputs of Halden."],
        ["Norvane denied that Ostra 2 was trained on outputs of Halden."],
    ]
    assert "The traffic came from more than 24,000 accounts" in text(sides[0])  # the sentence after it
    assert "“We used Halden only to grade answers,”" in text(sides[1])
    for side, words in zip(sides, (["Tarsil", "alleges"], ["Norvane", "denies"]), strict=True):
        assert all(word in text(side.xpath(".//header")[0]) for word in words)
        assert side.xpath(".//a[starts-with(@href, 'https://')]")
        assert "SHA-256" in text(side)
    assert "Tarsil alleges that Ostra 2 was trained on outputs of Halden; Norvane denies it." in text(page)
    assert page.xpath("//a[contains(@href, 'db/knowledge?sql=')]")


def test_life_of_a_dismissed_flag(pages: Pages) -> None:
    life = text(pages["contradiction/k-x4.html"].xpath("//ol[@class='life']")[0])
    assert "opened by the rule" in life
    assert "dismissed by an editor: The spokesperson speaks of an earlier model." in life


def test_matrix_names_the_silent(pages: Pages) -> None:
    (matrix,) = pages["incident/norvane-tarsil-2026.html"].xpath("//table[@class='matrix']")
    columns = [text(th) for th in matrix.xpath(".//thead//th")]
    assert columns[0] == "Statement"
    assert columns[1].startswith("Tarsil newsroom")
    assert "and 1 copy" in columns[2]
    first = [text(td) for td in matrix.xpath(".//tbody/tr[1]/td")]
    assert "alleges" in first[0]
    assert "denies" in first[1]
    assert first[-1] == "·"


def test_incident_says_who_has_a_stake(pages: Pages) -> None:
    (section,) = pages["incident/norvane-tarsil-2026.html"].xpath("//section[@aria-labelledby='stakes']")
    assert [text(li) for li in section.xpath(".//li")] == ["Tarsil: makes the accusation"]
    assert "nothing of who is right" in text(section)


def test_incident_says_what_is_disputed_first(pages: Pages) -> None:
    glance = pages["incident/norvane-tarsil-2026.html"].xpath("//section[@aria-labelledby='glance']")[0]
    assert text(glance.xpath(".//h3")[0]) == "In dispute"
    first = text(glance.xpath(".//li[@data-attributed]")[0])
    assert first.startswith("Whether Ostra 2 was trained")
    assert "Tarsil alleges" in first
    assert "Norvane denies" in first


def test_document_marks_names_and_claims(pages: Pages) -> None:
    stored = pages["document/d4ledger.html"].xpath("//article[@class='stored']")[0]
    assert [text(m) for m in stored.xpath(".//mark")][:2]
    assert stored.xpath(".//a[contains(@class, 'mention company') and contains(@href, 'company/norvane.html')]")
    assert "84.3 [4]" in text(stored)  # a bare 4 would read as one more digit
    assert "Norvane released Ostra 2 on 11 May 2026. [1] The model has 240 billion parameters. [2]" in text(stored)
    removed = [text(d) for d in pages["document/d4ledger.html"].xpath("//del")]
    assert removed == ["Norvane released Ostra 2 on 12 May 2026. The model has 120 billion parameters."]


def test_a_language_that_is_read_in_part_says_so(pages: Pages) -> None:
    meta = {
        name: text(pages[f"document/{name}.html"].xpath("//p[@class='meta']")[0]) for name in ("d3quai", "d4ledger")
    }
    assert "in French (read in part: names, dates, figures" in meta["d3quai"]
    assert "read in part" not in meta["d4ledger"]


def test_thread_is_nested(pages: Pages) -> None:
    comments = pages["document/d5gorge.html"].xpath("//blockquote")
    assert [c.get("class") for c in comments] == ["comment depth-0", "comment depth-1", "comment depth-2"]
    assert [text(c.xpath("./cite")[0]) for c in comments] == ["birch", "quillfish", "birch"]


def test_merged_things_say_where_they_went(pages: Pages) -> None:
    assert pages["company/norvane-ai.html"].xpath("//main//a/@href") == ["../company/norvane.html"]
    assert pages["incident/old-name.html"].xpath("//main//a/@href") == ["../incident/norvane-tarsil-2026.html"]


def test_quantities_and_dates_read_as_the_text_said(pages: Pages) -> None:
    words = text(pages["claim/c02.html"])
    assert "more than 24,000 accounts" in words
    assert "spring 2026" in words
    assert "24000" not in words
    assert "about 180 billion parameters" in text(pages["model/ostra-2.html"])


def test_lead_says_it_in_one_sentence(pages: Pages) -> None:
    lead = pages["incident/norvane-tarsil-2026.html"].xpath("//p[@class='standfirst']")[0]
    assert text(lead) == (
        "Tarsil alleges that Ostra 2 was trained, fine-tuned or distilled on what Halden produced; Norvane denies it."
    )


def test_week_of_a_briefing(pages: Pages) -> None:
    page = pages["briefing/2026-w19.html"]
    assert text(page.xpath("//h1")[0]) == "4 to 10 May 2026"
    assert "Norvane denies Tarsil accusation" in text(page)
    assert "Thread: is it teaching or copying?" not in text(page)
    assert "Alleged and denied" in text(page)  # its later text is of that week


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_weeks_of_the_database_are_iso_weeks(day: date) -> None:
    connection = sqlite3.connect(":memory:")
    (week,) = connection.execute(f"SELECT {WEEK.format('?1')}", (day.isoformat(),)).fetchone()
    connection.close()
    assert week == f"{day.isocalendar().year}-W{day.isocalendar().week:02}"
    assert week_words(week)


def test_lineage_and_agreement(pages: Pages) -> None:
    (line,) = pages["lineage.html"].xpath("//tbody/tr")
    assert "Tarsil alleges" in text(line)
    assert "Norvane denies" in text(line)
    cells = {text(th): tr for tr in pages["agreement.html"].xpath("//tbody/tr") for th in tr.xpath("./th")}
    assert "2 / 1" in text(cells["Quai du Calcul"])  # the question of training, and the size, on which they part


def test_log_of_corrections(pages: Pages) -> None:
    rows = [[text(cell) for cell in tr] for tr in pages["corrections.html"].xpath("//tbody/tr")]
    reason = "The spokesperson speaks of an earlier model."
    assert ["2 June 2026", "contradictions k-x4", "dismiss", reason, "an editor"] in rows


def test_evidence_pack_can_be_checked(public: Path, database: Path) -> None:
    pack = json.loads((public / "site/incident/norvane-tarsil-2026.evidence.json").read_text(encoding="utf-8"))
    connection = sqlite3.connect(database)
    texts = {hashlib.sha256(t.encode()).hexdigest(): t for (t,) in connection.execute("SELECT text FROM revisions")}
    connection.close()
    assert len(pack["claims"]) == 14
    for claim in pack["claims"]:
        assert texts[claim["text_sha256"]][claim["start"] : claim["end"]] == claim["evidence"]
        assert claim["said_by"]
        assert claim["archived_sha256"]
    assert {c["id"] for c in pack["contradictions"]} == {"k-x1", "k-x2", "k-x4"}


def test_silent_source_is_said_to_be_silent(pages: Pages) -> None:
    assert "silent it answered and gave nothing" in text(pages["source/silent.html"])
    assert "the feed answered and held nothing" in text(pages["coverage.html"])


def holders(page: html.HtmlElement, words: str) -> list[html.HtmlElement]:
    """The innermost elements of a page's body that hold all of `words`."""
    found = [e for e in page.xpath("//body//*") if isinstance(e.tag, str) and words in text(e)]
    return [e for e in found if not any(words in text(child) for child in e if isinstance(child.tag, str))]


def test_no_accusation_without_attribution(pages: Pages, claims: list[Claim]) -> None:
    """On every page, wherever an accusation or its evidence stands, who says it stands beside it."""
    accusations = [c for c in claims if c.accusation]
    assert len(accusations) >= 6
    seen = 0
    for path, page in pages.items():
        for claim in accusations:
            for words in {claim.statement, claim.row.evidence}:
                for holder in holders(page, words):
                    seen += 1
                    boxes = [e for e in (holder, *holder.iterancestors()) if e.get("data-attributed") is not None]
                    assert boxes, f"{path}: {words!r} stands outside any attributed part"
                    named = [text(w) for w in boxes[0].xpath(".//*[contains(concat(' ', @class, ' '), ' who ')]")]
                    assert any(named), f"{path}: {words!r} stands without who says it"
    assert seen > 40


def test_headlines_are_shown_with_their_outlet(pages: Pages) -> None:
    headline = "Tarsil accuses Norvane of learning from its model"
    shown = 0
    for path, page in pages.items():
        for link in page.xpath(f"//main//a[normalize-space() = {headline!r}]"):
            shown += 1
            block = next(e for e in link.iterancestors() if e.tag in ("li", "tr", "article", "main"))
            around = text(block if block.tag != "main" else page.xpath("//main")[0])
            assert "The Harbour Ledger" in around, path
    assert shown > 3


def test_words_are_neutral(pages: Pages, claims: list[Claim]) -> None:
    """The site's own wording never takes an accusation for a fact."""
    forbidden = re.compile(r"\b(stole|stolen|theft|thief|cheat\w*|guilty|culprit|admits?|liar?s?|lied|caught)\b", re.I)
    ours = [c.sentence for c in claims] + [text(pages[p]) for p in ("glossary.html", "methodology.html", "about.html")]
    assert [w for w in ours if forbidden.search(w)] == []
    for claim in claims:
        assert claim.sentence.startswith(claim.who.text)
        assert claim.verb in claim.sentence


def test_claims_about_merged_names_are_on_the_page_that_is_left(database: Path, watch: Topic) -> None:
    with open_reader(database, watch) as reader:
        assert reader.merged_ids("company-norvane") == ("company-norvane", "company-norvane-ai")
        by_name = load(reader, claim_queries.ABOUT, ids='["company-norvane"]', limit=99)
        assert {c.row.id for c in by_name} >= {"c02", "c13", "c41", "c46"}


def test_a_file_without_an_outlet_goes_by_its_title(newsroom: Any, build: Any, watch: Topic, tmp_path: Path) -> None:
    database = build(tmp_path / "knowledge.db", newsroom)
    connection = sqlite3.connect(database)
    connection.execute("UPDATE sources SET kind = 'files', name = 'Files from this machine' WHERE id = 'ledger'")
    connection.commit()
    connection.close()
    with open_reader(database, watch) as reader:
        claim = load(reader, claim_queries.BY_ID, id="c14")[0]
    assert claim.who.text == "“Tarsil accuses Norvane of learning from its model”"
    assert claim.sentence.startswith(f"{claim.who.text} alleges that Norvane")


def test_a_name_that_no_text_uses_has_no_page(newsroom: Any, build: Any, watch: Topic, tmp_path: Path) -> None:
    data = copy.deepcopy(newsroom)
    data["entities"].append({"id": "company-unnamed", "kind": "company", "name": "Unnamed"})
    database = build(tmp_path / "knowledge.db", data)
    with open_reader(database, watch) as reader:
        assert "company-unnamed" not in reader.entities
        assert "company-norvane-ai" in reader.entities  # merged into one that is used
        assert "model-ostra" in reader.entities  # the family of one that is used


@pytest.mark.parametrize(("status", "shown"), [("proposed", [("its name", 1)]), ("registered", [])])
def test_a_name_that_nobody_checked_says_what_speaks_for_it(
    newsroom: Any, build: Any, watch: Topic, tmp_path: Path, status: str, shown: list[tuple[str, int]]
) -> None:
    data = copy.deepcopy(newsroom)
    next(e for e in data["entities"] if e["id"] == "product-gradebench")["status"] = status
    with open_reader(build(tmp_path / "knowledge.db", data), watch) as reader:
        page = next(p for p in entity_pages(reader) if p.path == "product/gradebench.html")
        evidence: Any = page.context()["evidence"]
        assert [(e.reason, e.documents) for e in evidence] == shown
        assert ("Why it is taken for this" in text_of(page, reader)) == bool(shown)
