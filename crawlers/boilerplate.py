"""What on a page is not its article: marks in the markup and, in six languages, the words that head such boxes."""

from __future__ import annotations

import re

from distillwatch.crawlers.dom import BLOCKS, HEADINGS, Element, drop, is_hidden, length, named_by_class, words
from distillwatch.crawlers.page_words import pattern, word_list

_BOX = frozenset(word_list("markup", "boxes"))
_DOUBTFUL = frozenset(word_list("markup", "doubtful"))
_REACTIONS = frozenset(word_list("markup", "reactions"))
_ROLES = frozenset(word_list("markup", "roles"))
_MOST = 0.4  # a box with more of the page's letters than this is the page itself
_SPEAKS = frozenset(("html", "body", "article", "main"))  # their own class names describe the page, not a box
_TAIL_HEADING = pattern("lines", "tails", before="^")
_REACTIONS_HEADING = pattern("lines", "reactions", before="^")
_SITE_LINE = pattern("lines", "site")
_HAS = re.compile(r"(?:^|[^a-z])(?:has|with|no|without)[-_]+([a-z]+)")  # what a box is said to hold is not what it is
_ID_WORD = re.compile(r"[^\W_]+")
_ID_WORDS = 2
_HEADING_LIMIT = 90  # characters
_PARAGRAPH = 80  # letters: a part of a sentence that long is text, whatever it is called
_TEXT = 250  # letters outside links that are an article's
_LINKED = 0.4  # the part of an article's letters that may be links
_LINE_LIMIT = 220  # characters: a longer line is text that happens to hold such words


def is_site_line(text: str) -> bool:
    """Whether a whole block only serves the site: an invitation, a button, an advertisement mark."""
    return len(text) <= _LINE_LIMIT and _SITE_LINE.search(text) is not None


def is_tail_heading(text: str) -> bool:
    """Whether a heading opens what is not the article: related stories, comments, an archive list."""
    return is_reactions_heading(text) or (len(text) <= _HEADING_LIMIT and _TAIL_HEADING.match(text) is not None)


def is_reactions_heading(text: str) -> bool:
    """Whether a heading opens the readers' comments."""
    return len(text) <= _HEADING_LIMIT and _REACTIONS_HEADING.match(text) is not None


def prune(root: Element) -> None:
    """Take out of a page, in place, what is surely not its article."""
    whole = max(1, length(root))
    waiting = [root]
    while waiting:
        for element in list(waiting.pop()):
            if not isinstance(element.tag, str):
                continue
            if element.tag not in _SPEAKS and _is_box(element, whole):
                drop(element)
            else:
                waiting.append(element)
    for heading in list(root.iter(*HEADINGS)):
        _prune_section(heading, whole)


def _is_box(element: Element, whole: int) -> bool:
    named = words(element) - frozenset(_HAS.findall((element.get("class") or "").lower()))
    reacts = bool(named & _REACTIONS)
    tag = element.tag
    site_footer = tag == "footer" and not any(a.tag == "blockquote" for a in element.iterancestors())
    boxed = (
        reacts
        or _is_named_box(element, named)
        or tag == "nav"
        or site_footer
        or (element.get("role") or "") in _ROLES
        or is_hidden(element)
    )
    if not boxed:
        return False
    if element.find(".//h1") is not None or (tag == "header" and not reacts):
        return False
    return reacts or length(element) < _MOST * whole


def _is_named_box(element: Element, named: frozenset[str]) -> bool:
    """Whether class or id call an element a box: surely, or doubtfully while it holds little but links.

    Of a part of a sentence, and by an id of many words, which is the heading's own, any word is doubtful.
    """
    if not named & (_BOX | _DOUBTFUL):
        return False
    if element.tag == "p":
        return bool(named & _BOX)
    slug = len(_ID_WORD.findall(element.get("id") or "")) > _ID_WORDS and not named_by_class(element) & _BOX
    sure = named & _BOX - _DOUBTFUL and element.tag in BLOCKS and not slug
    return bool(sure) or not _is_text(element)


def _is_text(element: Element) -> bool:
    """Whether an element holds text rather than links."""
    whole, linked = length(element), sum(length(link) for link in element.iter("a"))
    least = _TEXT if element.tag in BLOCKS else _PARAGRAPH
    return whole - linked >= least and linked < _LINKED * whole


def _prune_section(heading: Element, whole: int) -> None:
    """A heading such as "Read next" takes its own box along when the box holds nothing else."""
    if heading.tag == "h1" or not is_tail_heading(" ".join(heading.text_content().split())):
        return
    box = heading.getparent()
    while box is not None and box.tag == "header":
        box = box.getparent()
    if box is None or box.tag in _SPEAKS or box.find(".//h1") is not None or length(box) >= _MOST * whole:
        return
    before = heading.getprevious()
    if before is None or all(
        sibling.tag not in ("p", "div", "section") for sibling in heading.itersiblings(preceding=True)
    ):
        drop(box)
