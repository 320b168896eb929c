"""The one Jinja environment: everything is escaped, and a name that a template does not know is an error."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from distillwatch.ids import text_hash
from distillwatch.site import html, paths
from distillwatch.site.claims import words
from distillwatch.site.figures import day_words, published_words, range_words

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
    env = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=_is_markup,
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
        plain=_plain,
        capital=_capital,
        json=_json,
    )
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
        plural=plural,
    )
    return env


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
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def plural(number: int, one: str, many: str = "") -> str:
    """ "1 document", "2,000 documents"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@cache
def code_version() -> str:
    """A hash of everything in this package that decides how a page looks: templates, styles, words and code."""
    files = sorted(p for p in FOLDER.rglob("*") if p.suffix in {".py", ".html", ".css", ".toml", ".xml", ".js", ".svg"})
    return text_hash("\n".join(f"{p.relative_to(FOLDER)}\n{p.read_text(encoding='utf-8')}" for p in files))
