"""One page made: its text out of its template, its file, and what the rest of the build must know of it.

This runs in the process that publishes and, where there are many pages, in others beside it.
"""

from __future__ import annotations

from hashlib import sha256

from msgspec import Struct

from distillwatch.ids import text_hash
from distillwatch.site import env
from distillwatch.site.ground import Ground
from distillwatch.site.linkcheck import Links, anchors
from distillwatch.site.page import Page
from distillwatch.site.reader import Reader
from distillwatch.site.searchable import searchable


class Task(Struct, frozen=True, array_like=True):
    """A page to be made, with the hashes of the files of its path: where the site is built, and as readers see it."""

    path: str
    lying: str
    seen: str
    part: int  # its place among the parts of the site
    of: str  # what the page is of, where that part is of many
    found: bool  # whether it is to be found by the search


class Made(Struct, frozen=True, array_like=True):
    """A page that was made and stands in its place."""

    path: str
    sha256: str
    places: tuple[str, ...]  # that others may point at
    found: str = ""  # a hash of what the search index reads of it, "" for what is not to be found
    part: str = ""  # what the search index reads of it


def text_of(page: Page, reader: Reader) -> str:
    """The page as it will be read."""
    template = env.environment().get_template(page.template)
    return template.render(**page.context(), page=page, root=page.root, topic=reader.topic)


def make(page: Page, task: Task, reader: Reader, ground: Ground, links: Links) -> Made:
    """Make a page and put it in its place; `links` notes where it points."""
    text = text_of(page, reader)
    if page.path.endswith(".html"):
        links.add(page.path, text)
    body = text.encode("utf-8")
    digest = sha256(body).hexdigest()
    ground.put(page.path, body, digest, task.lying, task.seen)
    part = searchable(text) if page.found_as else ""
    return Made(page.path, digest, anchors(text), text_hash(part)[:32] if page.found_as else "", part)
