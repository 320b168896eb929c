"""A page as a tree, and the small questions that are asked of its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html

from distillwatch.crawlers.page_words import word_list

Element = Any  # lxml ships no types: an lxml.html.HtmlElement

BLOCKS = frozenset(word_list("html", "blocks"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SILENT = frozenset(word_list("html", "silent"))
_HEAD = frozenset(("title", "meta", "link", "script", "style", "base", "noscript", "template"))
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+(?![a-z])")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def page_tree(html: str) -> Element | None:
    """The root element of a page, comments and processing instructions left out; None where there is no element."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    raw = _ILLEGAL.sub("", html).encode("utf-8", "replace")
    if not raw.strip():
        return None
    try:
        root = lxml.html.document_fromstring(raw, parser=parser, ensure_head_body=True)
    except lxml.etree.ParserError:
        return None
    _settle(root)
    return root


def _settle(root: Element) -> None:
    """Put what cannot stand in a head into the body, as browsers do; the parser knows the elements of HTML 4."""
    head, body = root.find("head"), root.find("body")
    strays = [child for child in head if child.tag not in _HEAD] if head is not None and body is not None else []
    if strays:
        for place, child in enumerate(list(head)[head.index(strays[0]) :]):
            body.insert(place, child)


def body_of(root: Element) -> Element:
    """The page's `<body>`, or the root where it has none."""
    body = root.find("body")
    return root if body is None else body


def words(element: Element) -> frozenset[str]:
    """The lower-case words in an element's class and id ("relatedStories-box" → related, stories, box)."""
    return named_by_class(element) | _words(element.get("id") or "")


def named_by_class(element: Element) -> frozenset[str]:
    """The lower-case words in an element's class alone."""
    return _words(element.get("class") or "")


def _words(marked: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(marked)) if marked else frozenset()


def is_hidden(element: Element) -> bool:
    """Whether the page says that a reader does not see this element."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    marked = (element.get("class") or "").lower()
    return any(
        name in marked for name in ("visually-hidden", "visuallyhidden", "sr-only", "screen-reader", "screenreader")
    )


def length(element: Element) -> int:
    """Letters in an element, without white space and without script and style."""
    return sum(len("".join(text.split())) for text in _texts(element))


def _texts(element: Element) -> Iterator[str]:
    for node in element.iter():
        if node.tag not in ("script", "style", "noscript", "template") and node.text:
            yield node.text
        if node is not element and node.tail:
            yield node.tail


def drop(element: Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()
