"""A knowledge base of an invented newsroom, published once, and the same with hostile text in every field."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from lxml import html

from distillwatch.site.build import publish
from distillwatch.topic import Topic
from tests.site.affairs import DAY, Newsroom
from tests.site.asking import Get, asked
from tests.site.rows import build_database

Builder = Callable[[Path, Newsroom], Path]
Pages = dict[str, html.HtmlElement]

NEWSROOM = Path(__file__).parent / "newsroom.toml"
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


@pytest.fixture(scope="session")
def newsroom() -> Newsroom:
    """The invented newsroom as a value; copy it before changing it."""
    return tomllib.loads(NEWSROOM.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def build() -> Builder:
    """Makes a database out of a newsroom."""
    return build_database


@pytest.fixture(scope="session")
def watch(topic: Topic) -> Topic:
    """The real vocabulary with the notice of a sample."""
    return msgspec.structs.replace(topic, title="Watch", sample=True, notice="An invented sample: nobody here exists.")


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory, newsroom: Newsroom) -> Path:
    """The newsroom's database."""
    return build_database(tmp_path_factory.mktemp("newsroom") / "knowledge.db", newsroom)


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory, database: Path, watch: Topic) -> Path:
    """The published newsroom; nobody changes it."""
    folder = tmp_path_factory.mktemp("published") / "public"
    report = publish(database, folder, watch, DAY)
    assert report.dead_links == ()
    return folder


@pytest.fixture(scope="module")
def get(public: Path) -> Iterator[Get]:
    """Asks the application over the published newsroom."""
    with asked(public) as get:
        yield get


@pytest.fixture(scope="session")
def pages(public: Path) -> Pages:
    """Path → parsed page of the published newsroom."""
    site = (public / "site").resolve()
    files = sorted(site.rglob("*.html"))
    return {f.relative_to(site).as_posix(): html.document_fromstring(f.read_text(encoding="utf-8")) for f in files}


@pytest.fixture(scope="session")
def corpus() -> tuple[str, ...]:
    """Hostile texts."""
    return CORPUS


@pytest.fixture(scope="session")
def poison() -> Callable[..., Newsroom]:
    """Puts a hostile text, or all of them, into every field of a newsroom."""
    return poisoned


def poisoned(newsroom: Newsroom, text: str = "".join(CORPUS)) -> Newsroom:
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
