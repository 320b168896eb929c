"""An HTML page → its blocks and what it says about itself."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from urllib.parse import urljoin, urlsplit

import msgspec
from msgspec import Struct

from distillwatch.crawlers.address import own_address
from distillwatch.crawlers.blocks import Block, without
from distillwatch.crawlers.body import article, is_title
from distillwatch.crawlers.boilerplate import prune
from distillwatch.crawlers.bylines import author, bare_name, is_byline, joined, signed
from distillwatch.crawlers.dom import Element, body_of, page_tree, words
from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.hints import FeedHint
from distillwatch.crawlers.kinds import Marks
from distillwatch.crawlers.page_words import word_list
from distillwatch.crawlers.published import Published, modified, published
from distillwatch.crawlers.quotes import cited, with_speakers
from distillwatch.crawlers.structured import Statement, json_ld, meta
from distillwatch.crawlers.talk import spoken
from distillwatch.crawlers.threads import comments_of, is_thread, opening_post, thread_blocks
from distillwatch.crawlers.titles import clean_title, headline_in, outlet_in
from distillwatch.crawlers.walk import Found, inline_text, walk
from distillwatch.crawlers.whitespace import squeeze
from distillwatch.records import Source

_SIGNED = frozenset(word_list("markup", "signed"))
_AUTHOR_TAGS = word_list("meta", "authors")
_HEAD_LINES = 14  # short lines around a headline that may name author and date
_SIGNED_LINES = 2  # lines below the headline in which a name with a comma behind it may be the author
_SHORT = 160  # characters of such a line
_TITLE = 12  # characters: a shorter heading below `<h1>` that the page's title repeats is the outlet's name
_LINKS = 200  # links of one article that are kept


class Page(Struct, frozen=True, kw_only=True):
    """What was read out of a page or file, before it has an address and a place in the record."""

    blocks: list[Block]
    title: str = ""
    byline: str = ""
    outlet: str = ""
    published: Published = Published()
    modified: str = ""
    marks: Marks = Marks()
    addresses: list[str] = []
    links: tuple[str, ...] = ()


def read_html(html: str, *, url: str, source: Source, hint: FeedHint | None) -> Page:
    """Blocks and metadata of a page. Raises `Unreadable` where there is no element or no text."""
    root = page_tree(html)
    if root is None:
        raise Unreadable(url, "there is no markup to read")
    stated, tags = json_ld(root), meta(root)
    comments = comments_of(root)
    thread = is_thread(root, comments, stated.types, tags.get("og:type", "")) or (
        source.document_kind == "forum" and bool(comments)
    )
    raw_title = squeeze(root.findtext(".//title") or "")
    shown = _shown_names(root)
    headline = _headline(root, stated, tags, raw_title, shown)
    outlet = tags.get("og:site_name") or stated.publisher or outlet_in(raw_title, headline, shown)
    title = clean_title(
        tags.get("og:title") or stated.headline or raw_title, outlet=outlet, headline=headline, names=shown
    )
    head = _head_lines(root, title, thread)
    date = published(root, stated=stated, tags=tags, hint=hint.published if hint else "", head=head, url=url)
    claimed = _addresses(root, tags, stated)
    submitter = ""
    if thread:
        submitter, said = opening_post(root, comments, next(iter(stated.authors), ""))
        blocks = [Block(kind="headline", text=title), *_moved(said, 1), *_moved(thread_blocks(comments), 1 + len(said))]
        links: tuple[str, ...] = ()
    else:
        pruned = deepcopy(root)
        prune(pruned)
        found = walk(body_of(pruned))
        taken = article(pruned, found, title)
        blocks = spoken(with_speakers(_classed(_renumbered(found, taken), title)))
        links = _links(taken, url)
    return Page(
        blocks=blocks,
        title=title,
        byline=submitter if thread else _byline(stated, tags, head, root),
        outlet=outlet,
        published=date,
        modified=modified(stated, tags),
        marks=Marks(
            types=stated.types,
            names=[
                urlsplit(own_address(url, claimed)).path.replace("-", " "),
                raw_title,
                outlet,
                *_class_names(root),
                *(line for line in head[:6] if len(line) <= _SHORT),  # a paragraph's words are no name of the page
                tags.get("generator", ""),
            ],
            has_byline=any(author(line) for line in head),
            is_thread=thread,
            site=outlet,
        ),
        addresses=claimed,
        links=links,
    )


def _headline(root: Element, stated: Statement, tags: dict[str, str], raw_title: str, shown_names: list[str]) -> str:
    """The text of the `<h1>` that the page's title repeats, or the only `<h1>`; else of such an `<h2>` or `<h3>`."""
    stated_titles = [_plain(title) for title in (raw_title, tags.get("og:title", ""), stated.headline) if title]
    titles = [squeeze(inline_text(h)) for h in root.iter("h1")]
    lower = [squeeze(inline_text(h)) for h in root.iter("h2", "h3")]
    for shown in [t for t in titles if t] + sorted((t for t in lower if len(t) >= _TITLE), key=len, reverse=True):
        if any(_plain(shown) in title for title in stated_titles):
            return shown
    return titles[0] if len(titles) == 1 else headline_in(raw_title, shown_names)


def _classed(taken: list[Found], title: str) -> list[Block]:
    """The blocks with the headline marked and put first, and lines that only say who and when marked as bylines."""
    blocks: list[Block] = []
    first = next(
        (
            n
            for n, item in enumerate(taken)
            if _plain(item.block.text) == _plain(title) and item.block.kind == "heading"
        ),
        None,
    )
    for number, item in enumerate(taken):
        block = item.block
        if number == first:
            blocks.append(msgspec.structs.replace(block, kind="headline"))
        elif block.kind == "paragraph" and (
            is_byline(block.text) or (words(item.element) & _SIGNED and len(block.text) <= _SHORT)
        ):
            blocks.append(msgspec.structs.replace(block, kind="byline"))
        elif block.kind == "quote" and not block.speaker:
            blocks.append(msgspec.structs.replace(block, speaker=cited(item.element, block.text)))
        else:
            blocks.append(block)
    if first is None and title and blocks:
        return [Block(kind="headline", text=title), *_moved(blocks, 1)]
    return blocks


def _renumbered(found: Sequence[Found], taken: Sequence[Found]) -> list[Found]:
    """What was taken of a walk, each block with the place that its parent has now."""
    places = {id(item) for item in taken}
    kept = without([item.block for item in found], {n for n, item in enumerate(found) if id(item) not in places})
    return [msgspec.structs.replace(item, block=block) for item, block in zip(taken, kept, strict=True)]


def _moved(blocks: Sequence[Block], by: int) -> list[Block]:
    return [msgspec.structs.replace(b, parent=None if b.parent is None else b.parent + by) for b in blocks]


def _head_lines(root: Element, title: str, thread: bool) -> list[str]:
    """Short lines around the headline, where author and date stand."""
    found = walk(body_of(root))
    at = next((n for n, item in enumerate(found) if is_title(item, title)), 0)
    near = [*found[at : at + _HEAD_LINES], *reversed(found[max(0, at - 4) : at])]
    lines = [item.block.text for item in near if len(item.block.text) <= _SHORT]
    return [*(str(e.get("title")) for e in root.iter("span") if thread and e.get("title")), *lines][:30]


def _byline(stated: Statement, tags: dict[str, str], head: list[str], root: Element) -> str:
    if stated.authors:
        return joined([squeeze(a) for a in stated.authors if not a.startswith("http")])
    for name in _AUTHOR_TAGS:
        value = tags.get(name, "")
        if value and not value.startswith(("http", "@")):
            return author(value) or value
    named = signed(head)
    if named:
        return named
    marked = (inline_text(e) for e in root.iter("p", "div", "span", "address") if words(e) & _SIGNED)
    return next(
        filter(
            None,
            (bare_name(line) for line in [*marked, *head[1:]] if len(line) <= _SHORT and _names_somebody(line, head)),
        ),
        "",
    )


def _names_somebody(line: str, head: list[str]) -> bool:
    """Whether a line near the headline is laid out as a byline; further down, "Ada Nwosu, head of …" opens a list."""
    if line not in head or line.endswith((".", "!", "?", ":")):
        return False
    return is_byline(line) or (line in head[: 1 + _SIGNED_LINES] and any(mark in line for mark in ("·", "|", ",")))


def _shown_names(root: Element) -> list[str]:
    """Short texts at the top of the page: logo and masthead."""
    texts: list[str] = []
    for element in root.iter("a", "span", "div", "h2", "p", "b", "td"):
        text = squeeze(element.text_content()) if len(texts) < 40 else ""
        if 1 < len(text) <= 60:
            texts.append(text)
    return texts


def _class_names(root: Element) -> list[str]:
    body = root.find("body")
    named = [body] if body is not None else []
    named += list(root.iter("article"))[:1] + list(root.iter("h1"))[:1]
    return [f"{e.get('class') or ''} {e.get('id') or ''}" for e in named] + [
        squeeze(e.text_content())[:80] for e in root.iter("p", "div") if "eyebrow" in words(e)
    ]


def _addresses(root: Element, tags: dict[str, str], stated: Statement) -> list[str]:
    links = [
        str(link.get("href"))
        for link in root.iter("link")
        if (link.get("rel") or "").lower() == "canonical" and link.get("href")
    ]
    return [address for address in (*links, tags.get("og:url", ""), stated.address) if address]


def _links(taken: list[Found], url: str) -> tuple[str, ...]:
    """The addresses that the article's own text links to, in order, each once."""
    seen: dict[str, None] = {}
    for item in taken:
        for anchor in item.element.iter("a"):
            href = (anchor.get("href") or "").strip()
            try:
                address = urljoin(url, href) if url.startswith("http") else href
            except ValueError:
                continue
            if address.startswith(("http://", "https://")) and len(seen) < _LINKS:
                seen.setdefault(address)
    return tuple(seen)


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
