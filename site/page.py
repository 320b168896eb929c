"""What a page is before it is rendered, and the folder of page types that the registry finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from markupsafe import Markup
from msgspec import Struct

from distillwatch import registry
from distillwatch.site.reader import Reader

Context = Mapping[str, object]


class Page(Struct, frozen=True, kw_only=True):
    """One file of the site. `key` gives a fingerprint of everything of the database that it shows: a page whose key
    and templates are those of the last snapshot is taken over unrendered. A page without one is always rendered.
    """

    path: str  # under the site's root, "incident/some-slug.html"
    template: str
    title: str
    context: Callable[[], Context]
    section: str = ""  # the path of the navigation entry that it belongs to
    description: str = ""
    found_as: str = ""  # what the search index calls it; "" keeps it out of the index
    feed: str = "feed.xml"  # the path of the Atom feed that tells of changes to it
    key: Callable[[], str] | None = None

    @property
    def root(self) -> Markup:
        """From this page to the root of the site: "", "../"; absolute for the page that answers under any address."""
        return Markup("/" if self.path == "404.html" else "../" * self.path.count("/"))


class Sheaves(Struct, frozen=True, kw_only=True):
    """Pages by what they are of, the documents for instance: those of one show the same rows, so that one key tells of
    all of them, and where it is the last one's, none is thought of.
    """

    kind: str
    of: Iterable[str]  # ids
    key: Callable[[str], str]
    pages: Callable[[str], Iterable[Page]]


def nothing() -> Context:
    """The context of a page that needs none."""
    return {}


def fixed() -> str:
    """The key of a page that shows nothing of the database: it changes with code and topic only, as every page does."""
    return "fixed"


def all_parts(reader: Reader) -> list[Page | Sheaves]:
    """What the modules in `pages/` give, module by module."""
    found: list[Page | Sheaves] = []
    for module, pages in registry.load("distillwatch.site.pages", "pages").items():
        if not callable(pages):
            raise TypeError(f"distillwatch.site.pages.{module}.pages must be a function of a Reader")
        found += pages(reader)
    return found


def all_pages(reader: Reader) -> Iterator[Page]:
    """Every page, in that order."""
    for part in all_parts(reader):
        if isinstance(part, Sheaves):
            for identity in part.of:
                yield from part.pages(identity)
        else:
            yield part
