"""The one Jinja environment: everything is escaped, and a name that a template does not know is an error."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from distillwatch.ids import text_hash
from distillwatch.site import html, paths
from distillwatch.site.brief import brief
from distillwatch.site.claims import words
from distillwatch.site.escaping import Templates
from distillwatch.site.figures import day_words, published_words, range_words
from distillwatch.site.page import Page
from distillwatch.site.room import Room
from distillwatch.topic import Topic

_UNPRINTABLE = re.compile(r"[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

FOLDER = Path(str(resources.files("distillwatch.site")))

# style and pictures from here only, no script, no form elsewhere, no frame; headers repeat it where the site is served
CSP = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
# the drawings answer to the pointer by a script from here; they are whole without it
DRAWN = f"{CSP}; script-src 'self'"
# the search has a script of its own, and its index is read by WebAssembly in a worker, which goes by its own policy
SEARCH = f"{CSP}; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'"

NAVIGATION = (
    ("index.html", "Home"),
    ("incidents.html", "Incidents"),
    ("contradictions.html", "Contradictions"),
    ("entities.html", "Names"),
    ("sources.html", "Sources"),
    ("search.html", "Search"),
    ("about.html", "About"),
)


@cache
def environment() -> Environment:
    """The environment with the site's filters; templates are looked up in `templates/`."""
    env = Templates(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=_is_markup,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters.update(
        day=day_words,
        published=published_words,
        spaced=_spaced,
        outside=paths.outside,
        brief=brief,
        plain=_plain,
        capital=_capital,
        json=_json,
    )
    env.policies["json.dumps_function"] = _dumps
    env.globals.update(
        paths=paths,
        words=words(),
        navigation=NAVIGATION,
        policy=policy,
        period=range_words,
        named=html.named,
        stated=html.stated,
        where=html.where,
        said=html.said,
        who=html.who,
        stance=html.stance,
        state=html.state,
        marked=html.marked,
        plural=plural,
        frame=frame,
        Room=Room,
    )
    return env


def prepared() -> None:
    """Have every template of a page read now: it takes as long as to make some hundred pages."""
    for name in environment().list_templates(filter_func=lambda name: "/" not in name):  # folders are for others
        environment().get_template(name)


def frame(name: str, page: Page, root: Markup, topic: Topic) -> Markup:
    """The part of the frame that is the same on all pages of a folder and section: rendered once, not on each page."""
    return _frame(name, str(root), page.section, page.section == page.path, topic.title, topic.notice)


@lru_cache(maxsize=256)
def _frame(name: str, root: str, section: str, exact: bool, title: str, notice: str) -> Markup:
    template = environment().get_template(name)
    text = template.render(root=Markup(root), section=section, exact=exact, title=title, notice=notice)
    return Markup(text.removesuffix("\n"))


def policy(path: str) -> str:
    """The content security policy of a page, or of a script that runs as a worker."""
    if path == "search.html" or path.startswith("pagefind"):
        return SEARCH
    return DRAWN if path == "lineage.html" or path.startswith("incident/") else CSP


def _is_markup(template: str | None) -> bool:
    """Everything but plain text is escaped."""
    return not (template or "").endswith(".txt")


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _plain(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return _UNPRINTABLE.sub("", text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _dumps(value: object, indent: int | None = None, sort_keys: bool = True) -> str:
    """What `tojson` writes. Python's own encoder takes ten times as long."""
    text = msgspec.json.encode(value, order="sorted" if sort_keys else None)
    return (msgspec.json.format(text, indent=indent) if indent else text).decode("utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def plural(number: int, one: str, many: str = "") -> str:
    """ "1 document", "2,000 documents"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@cache
def code_version() -> str:
    """A hash of what decides how a page or download looks: templates, styles, words, and code from the records on."""
    made_of = {".py", ".html", ".css", ".toml", ".xml", ".js", ".svg"}
    files = sorted(p for p in FOLDER.rglob("*") if p.suffix in made_of)
    for package in ("distillwatch", "distillwatch.graph", "distillwatch.graph.exports"):
        files += sorted(Path(str(resources.files(package))).glob("*.py"))
    return text_hash("\n".join(f"{p.name}\n{p.read_text(encoding='utf-8')}" for p in files))
