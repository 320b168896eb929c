"""Text from the web can do nothing on a page: in whatever field it comes, it is shown as text."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import html5lib
import pytest

from distillwatch.site.build import publish
from distillwatch.topic import Topic

# each breaks out of another context: element, attribute, comment, script, address, template, CSS, SVG
CORPUS = (
    "<script>window.hit=1</script>",
    "\"><img src=x onerror='window.hit=1'>",
    "' onmouseover='window.hit=1' x='",
    "</title></textarea></style></script><svg onload=window.hit=1>",
    "--><iframe srcdoc='<script>parent.hit=1</script>'></iframe><!--",
    "javascript:window.hit=1//",
    "{{ ''.__class__.__mro__ }}{% for x in ().__class__.__bases__ %}{% endfor %}",
    "<style>@import '//evil.example/x.css'</style>",
    "<a href='javascript:window.hit=1'>click</a><form action=//evil.example><input autofocus onfocus=window.hit=1>",
    "\u202e<math><mi xlink:href='javascript:window.hit=1'>\u2028</mi></math>\x0b\ud7ff&lt;script&gt;",
)
PLAIN = frozenset(
    """
    html head meta title link body a aside header nav ul ol li main section article p h1 h2 h3 div dl dt dd
    span time table thead tbody tr th td figure figcaption blockquote mark sup cite code pre details summary
    ins del strong footer svg line text circle rect path defs marker
    """.split()
)
EVENTS = ("on", "srcdoc", "style", "formaction")
Newsroom = dict[str, Any]


def poisoned(newsroom: Newsroom, text: str) -> Newsroom:
    """The newsroom with `text` put into every field that comes from the web or from a curator."""
    data = copy.deepcopy(newsroom)
    for entity in data["entities"]:
        entity |= {"name": f"{entity['name']} {text}", "description": text, "aliases": [f"{text} {entity['id']}"]}
    for source in data["sources"]:
        source |= {"name": f"{source['name']} {text}", "owner": text, "homepage": text, "country": text}
    for document in data["documents"]:
        document |= {"title": f"{document['title']} {text}", "byline": text, "reason": text}
        document["url"] = f"{text} {document['id']}"
        for block in document["blocks"][1:]:
            block[1] = f"{block[1]} {text}"
            if len(block) > 2:
                block[2] = f"{block[2]} {text}"
        for claim in document["claims"]:
            claim["qualifiers"] = {text: text}
            claim["class"] = text
            if "speaker" not in claim:
                claim["speaker_text"] = text
            if "object" not in claim and "text" not in claim:
                claim["text"] = text
    for incident in data["incidents"]:
        incident |= {"title": f"{incident['title']} {text}", "summary": text, "slug": f"{incident['slug']} {text}"}
        incident["entities"] = [[entity, text] for entity, _ in incident.get("entities", [])]
    for pair in data["comparisons"]:
        pair |= {"explanation": text, "reason": text}
    return data


@pytest.mark.parametrize("number", range(len(CORPUS)))
def test_hostile_text_stays_text(number: int, newsroom: Newsroom, build: Any, tmp_path: Path, watch: Topic) -> None:
    text = CORPUS[number]
    database = build(tmp_path / "knowledge.db", poisoned(newsroom, text))
    report = publish(database, tmp_path / "public", watch, "2026-06-03T07:00:00Z")
    assert report.dead_links == ()
    shown = 0
    for file in (tmp_path / "public" / "site").resolve().rglob("*.html"):
        source = file.read_text(encoding="utf-8")
        page = html5lib.parse(source, namespaceHTMLElements=False)
        for element in page.iter():
            if not isinstance(element.tag, str):
                pytest.fail(f"{file.name}: a comment came in from outside")
            name = element.tag.rpartition("}")[2]
            assert name in PLAIN, (file.name, element.tag)
            for attribute, value in element.attrib.items():
                assert not str(attribute).lower().startswith(EVENTS), (file.name, attribute)
                if str(attribute).rpartition("}")[2] in ("href", "src"):
                    assert not value.strip().lower().startswith(("javascript", "data:", "//")), (file.name, value)
        shown += " ".join("".join(page.itertext()).split()).count(" ".join(text.replace("\x0b", " ").split()))
    assert shown > 50  # it is shown as what it is, not cut away


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
