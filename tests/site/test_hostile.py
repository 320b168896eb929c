"""Text from the web can do nothing on a page: in whatever field it comes, it is shown as text."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import html5lib
import pytest
from lxml import etree

from distillwatch.site.build import publish
from distillwatch.topic import Topic

PLAIN = {
    "html",
    "head",
    "meta",
    "title",
    "link",
    "body",
    "a",
    "aside",
    "header",
    "nav",
    "ul",
    "ol",
    "li",
    "main",
    "section",
    "article",
    "p",
    "h1",
    "h2",
    "h3",
    "div",
    "dl",
    "dt",
    "dd",
    "span",
    "time",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "blockquote",
    "mark",
    "sup",
    "cite",
    "code",
    "pre",
    "details",
    "summary",
    "ins",
    "del",
    "strong",
    "footer",
    "svg",
    "line",
    "text",
    "tspan",
    "circle",
    "rect",
    "path",
    "defs",
    "marker",
    "form",
    "label",
    "input",
    "button",
}
SCRIPTS = ("static/search.js", "static/graph.js")
EVENTS = ("on", "srcdoc", "style", "formaction")
Newsroom = dict[str, Any]


@pytest.mark.parametrize("number", range(10))
def test_hostile_text_stays_text(
    number: int, newsroom: Newsroom, build: Any, poison: Any, corpus: tuple[str, ...], tmp_path: Path, watch: Topic
) -> None:
    text = corpus[number]
    database = build(tmp_path / "knowledge.db", poison(newsroom, text))
    report = publish(database, tmp_path / "public", watch, "2026-06-03T07:00:00Z")
    assert report.dead_links == ()
    for feed in (tmp_path / "public" / "site").resolve().rglob("*.xml"):
        etree.fromstring(feed.read_bytes(), etree.XMLParser(resolve_entities=False))  # raises when it is not XML
    for feed in (tmp_path / "public" / "site").resolve().rglob("*.json"):
        assert json.loads(feed.read_text(encoding="utf-8"))
    shown = 0
    for file in (tmp_path / "public" / "site").resolve().rglob("*.html"):
        source = file.read_text(encoding="utf-8")
        page = html5lib.parse(source, namespaceHTMLElements=False)
        for element in page.iter():
            if not isinstance(element.tag, str):
                pytest.fail(f"{file.name}: a comment came in from outside")
            name = element.tag.rpartition("}")[2]
            ours = name == "script" and _is_ours(element)
            assert name in PLAIN or ours, (file.name, element.tag)
            for attribute, value in element.attrib.items():
                assert not str(attribute).lower().startswith(EVENTS), (file.name, attribute)
                if str(attribute).rpartition("}")[2] in ("href", "src"):
                    assert not value.strip().lower().startswith(("javascript", "data:", "//")), (file.name, value)
        shown += " ".join("".join(page.itertext()).split()).count(" ".join(text.replace("\x0b", " ").split()))
    assert shown > 50  # it is shown as what it is, not cut away


def _is_ours(script: Any) -> bool:
    """A script of the site, or data that nothing runs and that hold no tag."""
    if script.attrib.get("type") == "application/ld+json":
        return "<" not in script.text and bool(json.loads(script.text))
    return script.attrib["src"].removeprefix("../") in SCRIPTS and not script.text


def test_a_figure_of_speech_with_a_slot_in_it_fills_no_slot(
    newsroom: Newsroom, build: Any, tmp_path: Path, watch: Topic
) -> None:
    data = copy.deepcopy(newsroom)
    data["entities"][0]["name"] = "{object} {subject}"
    database = build(tmp_path / "knowledge.db", data)
    publish(database, tmp_path / "public", watch, "2026-06-03T07:00:00Z")
    page = (tmp_path / "public" / "site" / "claim" / "c13.html").read_text(encoding="utf-8")
    assert "{object} {subject}" in page
    assert "Halden Halden" not in page
