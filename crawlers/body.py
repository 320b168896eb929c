"""Which blocks of a page are its article.

trafilatura (Barbaresi 2021, doi:10.18653/v1/2021.acl-demo.15) says WHAT is main content; the walk over the page says
HOW it is built. A block is taken when trafilatura took its words, or when it stands between such blocks in the same
container and is no link list: so tables, lists and short headings that any extractor flattens or loses come back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from itertools import takewhile

import trafilatura

from distillwatch.crawlers.boilerplate import is_reactions_heading, is_site_line, is_tail_heading
from distillwatch.crawlers.dom import Element
from distillwatch.crawlers.walk import Found

_NOT_LETTERS = re.compile(r"[\W_]+")
_SURE = 12  # letters: a shorter block can stand in any text by chance
_HELD = 0.8  # the container holds this part of the main text
_LINKY = 0.6  # a block of which so much is link text is a list of links
_SENTENCE = 80  # characters: what stands above the headline and is shorter is a logo, a section or a kicker
_PARAGRAPH = 200  # characters: less, behind the container and outside `<article>`, is a footer
_ENDS = '.!?…。\uff01\uff1f"”’»」)'  # the last character of a whole sentence
_LINE = 40  # characters of a list's line that tells something
_PLAIN = 0.1  # of such a line may be link text
_STANDFIRST = 600  # characters between headline and container that may be its summary


def article(root: Element, found: list[Found], headline: str) -> list[Found]:
    """The blocks of `found` (a walk over `root`) that make the article under `headline`, in reading order."""
    if not found:
        return []
    main = _main_letters(root)
    matched = [_is_in(item, main) for item in found]
    if not any(matched):
        matched = [item.link_share < _LINKY and len(item.block.text) >= 40 for item in found]
    if not any(matched):
        return [item for item in found if item.link_share < _LINKY]
    titles = frozenset(item.element for item in found if is_title(item, headline))
    container = _container(
        found, [hit and item.element not in titles for item, hit in zip(found, matched, strict=True)]
    )
    container = container if container is not None else found[matched.index(True)].element
    inside = frozenset(container.iter())  # the elements themselves: lxml may give the id of a forgotten one to another
    around = next((a for a in container.iterancestors() if a.tag in ("article", "main")), container)
    article_element = frozenset(around.iter())
    end = max((n for n, item in enumerate(found) if item.element in inside), default=len(found))
    hits = [n for n, hit in enumerate(matched) if hit]
    first = next((n for n in hits if found[n].element in inside), hits[0])  # above it may stand a summary in a box
    last = hits[-1]
    title = next((n for n, item in enumerate(found) if item.element in titles), None)
    lead = first if title is None or title > last else title
    families = {_family(item) for item, hit in zip(found, matched, strict=True) if hit and item.element not in titles}
    following = _lengths_until(found, first)
    taken = []
    for number, item in enumerate(found):
        near = item.element in inside or (number < first and following[number] <= _STANDFIRST)
        if number > end and item.element not in inside:
            keep = matched[number] and (item.element in article_element or len(item.block.text) >= _PARAGRAPH)
        elif number > last:
            keep = _family(item) in families and item.link_share < _LINKY
        elif number < lead:
            keep = matched[number] and len(item.block.text) >= _SENTENCE
        else:
            keep = matched[number] or (near and item.link_share < _LINKY and _fits(item, families))
        if keep and not is_site_line(item.block.text):
            taken.append(item)
    return _cut_tails(taken, titles)


def _fits(item: Found, families: set[Element]) -> bool:
    """Whether a block that trafilatura passed over looks like part of the text: beside its blocks, or a whole sentence.

    A short paragraph in a box of its own is a teaser, a label or a button.
    """
    if item.block.kind != "paragraph" or _family(item) in families:
        return True
    return len(item.block.text) >= _SENTENCE and item.block.text[-1] in _ENDS


def _main_letters(root: Element) -> str:
    """The letters of what trafilatura takes for main content, "" where it finds none."""
    copy = deepcopy(root)
    for cell in copy.iter("td", "th"):  # it fills spans in, which lets a small page cost all memory
        cell.attrib.pop("rowspan", None)
        cell.attrib.pop("colspan", None)
    document = trafilatura.bare_extraction(copy, include_comments=False, include_tables=True, fast=True)
    return _letters(document.text) if document is not None and not isinstance(document, dict) and document.text else ""


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.casefold())


def _is_in(item: Found, main: str) -> bool:
    letters = _letters(item.block.text)
    wide = bool(letters) and ord(letters[0]) >= 0x3040  # an ideograph says as much as three letters
    return len(letters) * (3 if wide else 1) >= _SURE and letters in main


def _container(found: list[Found], matched: list[bool]) -> Element | None:
    """The deepest element that holds nearly all of the main text, None where there is none."""
    held: dict[Element, int] = {}
    depth: dict[Element, int] = {}
    whole = 0
    for item, hit in zip(found, matched, strict=True):
        if not hit:
            continue
        size = len(item.block.text)
        whole += size
        for level, element in enumerate(reversed([item.element, *item.element.iterancestors()])):
            held[element] = held.get(element, 0) + size
            depth[element] = level
    if not whole:
        return None
    return max((e for e, size in held.items() if size >= _HELD * whole), key=lambda e: depth[e])


def is_title(item: Found, headline: str) -> bool:
    """Whether a block is the page's headline: the `<h1>`, or a block of the same letters on a page without one."""
    if item.element.tag == "h1" or any(a.tag == "h1" for a in item.element.iterancestors()):
        return True
    short = len(item.block.text) <= 2 * len(headline)
    return short and _letters(item.block.text) == _letters(headline) != ""


def _family(item: Found) -> Element:
    """The element whose children stand beside this block: for a list item the list's parent, for a row the table's."""
    element = item.element
    while element.tag in (
        "li",
        "dd",
        "dt",
        "ul",
        "ol",
        "dl",
        "p",
        "table",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
    ):
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def _lengths_until(found: list[Found], first: int) -> list[int]:
    """For each block before `first`, the characters from it up to there: a headline's summary is short."""
    sums = [0] * (first + 1)
    for number in range(first - 1, -1, -1):
        sums[number] = sums[number + 1] + len(found[number].block.text)
    return sums


def _tells(behind: Sequence[Found]) -> bool:
    """Whether what stands under a heading is a list of whole lines without links: notes, not addresses."""
    section = list(takewhile(lambda item: item.block.kind == "list_item", behind))
    told = [item for item in section if item.link_share < _PLAIN and len(item.block.text) >= _LINE]
    return bool(section) and len(told) > len(section) / 2 and all(item.link_share < _PLAIN for item in section)


def _cut_tails(taken: list[Found], titles: frozenset[Element]) -> list[Found]:
    """Without the parts that a heading announces as something else, each up to the next heading or the next prose.

    Behind the heading of readers' comments prose is no longer the article's.
    """
    kept = []
    dropping = final = False
    for number, item in enumerate(taken):
        text = item.block.text
        if item.block.kind == "heading":
            announced = item.element not in titles and is_tail_heading(text)
            dropping = final or (announced and not _tells(taken[number + 1 :]))
            final = final or (dropping and is_reactions_heading(text))
        elif not final and len(text) >= _SENTENCE and item.link_share < _LINKY / 2 and item.block.kind == "paragraph":
            dropping = False
        if not dropping:
            kept.append(item)
    return kept
