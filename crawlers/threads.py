"""Discussion pages: comments with author, nesting and quoted lines, from markup that repeats one element a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from distillwatch.crawlers.blocks import Block
from distillwatch.crawlers.calendar_words import printed_dates
from distillwatch.crawlers.dom import BLOCKS, Element, length, words
from distillwatch.crawlers.page_words import any_of, pattern, word_list
from distillwatch.crawlers.quotes import quoted_from, unmarked
from distillwatch.crawlers.walk import inline_text, walk

_COMMENT = frozenset(word_list("thread", "comment"))
_NOT_COMMENT = frozenset(word_list("thread", "not_comment"))
_AUTHOR = frozenset(word_list("thread", "author"))
_TEXT = frozenset(word_list("thread", "text"))
_POST_TEXT = frozenset(word_list("thread", "post_text"))
_HEAD = frozenset(word_list("thread", "head"))
_GONE = pattern("thread", "gone", before=r"^\[", after=r"[^\]]*\]$")
_INDENT = re.compile(r"(?:margin|padding)-left\s*:\s*([\d.]+)\s*(?:px|em|rem|%)", re.I)
_LEVEL = re.compile(r"(?:depth|level|indent|ind)[-_]?(\d{1,2})\b", re.I)
_BEFORE_DATE = re.compile(rf"^(?:by\s+)?(?P<name>[\w.@-]{{2,40}})(?=\s+{any_of('thread', 'behind_name')})")
_USER = re.compile(r"@?[\w.-]{2,40}$")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d")
_AGO = re.compile(rf"\s{any_of('thread', 'behind_name')}")
_POST = frozenset(word_list("thread", "post"))
_USER_PAGE = re.compile(
    r"(?:^|[/~])(?:u|users?|profiles?|members?|people|author)[/=?]|/[@~]\w|[?&](?:user|id|uid)=\w"  # in an address
)
_SUBMITTED = pattern("thread", "submitted", before=r"\b", after=r"\s+by\s+(?:u/)?(?P<name>[\w.@-]{2,40})")
_OPENING = 20  # letters: a shorter text above the comments is a label
_LEAST = 3  # comments that make a discussion
_ARTICLE = 250  # letters of prose outside the comments that are an article's
_ALSO_ARTICLE = frozenset(("post", "message", "answer"))
_DISCUSSIONS = ("DiscussionForumPosting", "QAPage")
_ARTICLES = ("Article", "BlogPosting", "Report")
_PROSE = 50  # letters: a shorter paragraph is a label


def comments_of(root: Element) -> list[Element]:
    """The elements of a page that hold one comment each, in reading order; empty where there are none.

    Of the kinds of element that are named like a comment, the kind that holds most text and occurs often is taken.
    """
    kinds: dict[tuple[str, frozenset[str]], list[Element]] = {}
    for element in root.iter("div", "li", "tr", "article", "section", "table", "details", "shreddit-comment"):
        named = words(element)
        if named & _COMMENT and not named & _NOT_COMMENT and _author(element):
            kinds.setdefault((element.tag, named & _COMMENT), []).append(element)
    for (_, named), found in kinds.items():
        if not named - _ALSO_ARTICLE:  # the parts of one article, each named after it, are no comments
            found[:] = _outermost(found)
    repeated = [k for k in kinds.values() if len(k) >= _LEAST]
    found = max(repeated, key=lambda k: (len(k), -length(k[0])), default=[])
    return found or _linked(root) or _timed(root) or _signed(root) or _led(root)


def _linked(root: Element) -> list[Element]:
    """Comments that their heads tell: alike elements, nested or not, that begin with a link to a user and a time."""
    kinds: dict[tuple[str, frozenset[str]], list[tuple[Element, str]]] = {}
    for element in root.iter("div", "li", "article", "section", "tr", "details"):
        user = _user_link(element)
        if user is not None and length(element) >= _PROSE and not words(element) & _NOT_COMMENT:
            kinds.setdefault((element.tag, words(element)), []).append((element, inline_text(user)))
    found = [k for k in kinds.values() if len(k) >= _LEAST and len({name for _, name in k}) > 1]
    return [element for element, _ in max(found, key=len, default=[])]


def _user_link(element: Element) -> Element | None:
    """The link to a user's page that opens the first child, where that holds a time too and is short."""
    head = next((c for c in element if isinstance(c.tag, str)), None)
    if head is None or head.tag == "a" or length(head) >= _PROSE + _PROSE:
        return None
    text = inline_text(head)
    user = next((a for a in head.iter("a") if _USER_PAGE.search(a.get("href") or "") and inline_text(a)), None)
    if user is None or not text.removeprefix("by ").startswith(inline_text(user)):
        return None
    stamped = any(e.tag == "time" or _STAMP.match(e.get("title") or "") for e in head.iter() if isinstance(e.tag, str))
    return user if stamped or next(printed_dates(text), None) is not None or _AGO.search(text) else None


def _timed(root: Element) -> list[Element]:
    """Comments that no class name tells: siblings that each begin with a name and a time and go on with prose."""
    siblings: dict[tuple[Element, str], list[Element]] = {}
    for element in root.iter("div", "li", "article", "section"):
        parent = element.getparent()
        if parent is not None and _timed_head(element) is not None and length(element) >= _PROSE:
            siblings.setdefault((parent, element.tag), []).append(element)
    return max((s for s in siblings.values() if len(s) >= _LEAST), key=len, default=[])


def _signed(root: Element) -> list[Element]:
    """Comments that only their signatures tell: siblings that each have a user's name and a time in a short head.

    What has a heading, or is mostly links, is an entry of a list.
    """
    siblings: dict[tuple[Element, str], list[Element]] = {}
    for element in root.iter("div", "li", "article", "section", "tr"):
        parent = element.getparent()
        if parent is not None and _signed_head(element) is not None and length(element) >= _OPENING:
            siblings.setdefault((parent, element.tag), []).append(element)
    return max((s for s in siblings.values() if len(s) >= _LEAST), key=len, default=[])


def _led(root: Element) -> list[Element]:
    """Comments that only their first line tells: siblings that each begin with a user's name and a time, side by side.

    One name all along is the label of a list ("Update"); what has a heading, or is mostly links, is an entry of one.
    """
    siblings: dict[tuple[Element, str], list[tuple[Element, str]]] = {}
    for element in root.iter("div", "li", "article", "section"):
        parent, lead = element.getparent(), _lead(element)
        if parent is not None and lead:
            siblings.setdefault((parent, element.tag), []).append((element, inline_text(lead[0])))
    found = [s for s in siblings.values() if len(s) >= _LEAST and len({name for _, name in s}) > 1]
    return [element for element, _ in max(found, key=len, default=[])]


def _is_entry(element: Element) -> bool:
    headed = any(True for _ in element.iterdescendants("h1", "h2", "h3", "h4"))
    return headed or 2 * sum(length(a) for a in element.iterdescendants("a")) > length(element)


def _lead(element: Element) -> list[Element]:
    """The elements in front of the first block where they are a user's name and a time, and no more."""
    lead: list[Element] = []
    for child in element:
        if child.tag in BLOCKS:
            break
        lead.append(child)
    else:
        return []
    lead = [child for child in lead if length(child)]
    if len(lead) < 2 or (element.text or "").strip() or not _USER.match(inline_text(lead[0])):
        return []
    behind = " ".join(inline_text(child) for child in lead[1:])
    stamps = (child.get("datetime") or child.get("title") or "" for child in lead[1:])
    dated = next(printed_dates(behind), None) is not None or any(_STAMP.match(stamp) for stamp in stamps)
    return lead if dated and len(behind) < _PROSE and not _is_entry(element) else []


def _signed_head(element: Element) -> Element | None:
    """The largest short element around a user's name that holds a time too."""
    user = next((e for e in element.iterdescendants("a", "span", "b", "strong") if words(e) & _AUTHOR), None)
    if user is None or any(True for _ in element.iterdescendants("h1", "h2", "h3", "h4")):
        return None
    head = user
    while (above := head.getparent()) is not None and above is not element and length(above) < _PROSE:
        head = above
    linked = sum(length(a) for a in element.iterdescendants("a") if a is not user)
    if head is user or 2 * linked > length(element) or length(element) - length(head) < _OPENING:
        return None
    stamps = (e.get("datetime") or e.get("title") or "" for e in head.iter() if isinstance(e.tag, str))
    return head if any(_STAMP.match(stamp) for stamp in stamps) else None


def _timed_head(element: Element) -> Element | None:
    """The first child, where it is no more than a user's name and the time."""
    head = next((c for c in element if isinstance(c.tag, str)), None)
    if head is None or length(head) >= _PROSE:
        return None
    text = inline_text(head)
    dated = head.find(".//time") is not None or next(printed_dates(text), None) is not None
    return head if dated and _BEFORE_DATE.match(text) else None


def is_thread(root: Element, comments: Sequence[Element], types: Sequence[str], og_type: str) -> bool:
    """Whether the page is a discussion and no article with comments under it.

    Its own word decides (`types` of its JSON-LD). Else there is little prose outside the comments, or more is said in
    them and the prose is that of who opened the discussion; what says of itself that it is an article is one.
    """
    if len(comments) < _LEAST:
        return False
    if any(name in _DISCUSSIONS for name in types):
        return True
    if any(name.endswith(_ARTICLES) for name in types) or (og_type == "article" and not _speaks(comments[0])):
        return False
    said = sum(length(c) for c in _outermost(comments))
    inside = frozenset(d for c in _outermost(comments) for d in c.iter())
    prose = sum(length(p) for p in root.iter("p", "blockquote") if p not in inside and length(p) >= _PROSE)
    opened = sum(len(block.text) for block in opening_post(root, comments, "")[1]) if prose >= _ARTICLE else 0
    return said > max(prose, opened) and (prose < _ARTICLE or (opened > 0 and og_type != "article"))


def _speaks(comment: Element) -> bool:
    """Whether an element is named like a comment, and not by a word that articles are named by, too."""
    return bool(words(comment) & _COMMENT - _ALSO_ARTICLE)


def opening_post(root: Element, comments: Sequence[Element], author: str) -> tuple[str, list[Block]]:
    """(who opened a discussion, what that person wrote above the comments), each empty where the page shows none.

    `author` is who the page's metadata says it was. A text counts when it stands before the first comment in an element
    that is named like a post or that holds the headline.
    """
    first, inside = comments[0], frozenset(d for c in _outermost(comments) for d in c.iter())
    texts: list[tuple[Element, Element]] = []
    heads: list[Element] = []
    for element in root.iter("div", "td", "tr", "table", "section", "article", "header", "shreddit-post"):
        if element is first:
            break
        if element in inside or any(c in inside for c in element.iter()):
            continue
        if words(element) & _POST or element.find(".//h1") is not None:
            heads.append(element)
        around = next((a for a in element.iterancestors() if a in heads), None)
        if around is not None and words(element) & (_TEXT | _POST_TEXT) and length(element) >= _OPENING:
            texts.append((around, element))
    who = author or next(filter(None, (_submitter(head) for head in heads)), "")
    if not texts:
        return who, []
    around, text = max(texts, key=lambda pair: length(pair[1]))
    said = [item.block for item in walk(text, skip=_heads(around))]
    return who, [
        block if block.kind in ("quote", "code", "table_row") else Block(kind="comment", text=block.text, speaker=who)
        for block in said
    ]


def _submitter(head: Element) -> str:
    if head.get("author"):
        return str(head.get("author"))
    named = _SUBMITTED.search(inline_text(head))
    return named["name"] if named else _author(head)


def thread_blocks(comments: Sequence[Element]) -> list[Block]:
    """Each comment's paragraphs as comment blocks (speaker, parent), lines quoted from others as quote blocks."""
    inner = frozenset(comments)
    nested = any(a in inner for c in comments for a in c.iterancestors())
    blocks: list[Block] = []
    open_at: list[
        tuple[float, int]
    ] = []  # (depth, index of the first block) of the comments that may still be answered
    for element in comments:
        depth = _around(element, inner) if nested else _indent(element)
        while open_at and open_at[-1][0] >= depth:
            open_at.pop()
        parent = open_at[-1][1] if open_at else None
        own = list(_said(element, inner, _author(element), parent, blocks))
        if own:
            first = len(blocks) + next((i for i, b in enumerate(own) if b.kind == "comment"), 0)
            open_at.append((depth, first))
            blocks.extend(own)
    return blocks


def _said(
    element: Element, inner: frozenset[Element], speaker: str, parent: int | None, earlier: list[Block]
) -> Iterator[Block]:
    for item in walk(_text_element(element, inner), skip=[*_heads(element), *(c for c in inner if c is not element)]):
        text, marked = unmarked(item.block.text)
        if _GONE.match(text) or text.startswith(("[–]", "[-]")):
            continue
        if marked or item.block.kind == "quote":
            source = quoted_from(text, earlier)
            quoted = earlier[source].speaker if source is not None else ""
            yield Block(kind="quote", text=text, speaker=quoted, parent=source if source is not None else parent)
        elif item.block.kind in ("code", "table_row"):
            yield replace(item.block, parent=None)  # its caption's place in this comment is none among all blocks
        else:
            yield Block(kind="comment", text=text, speaker=speaker, parent=parent)


def _text_element(element: Element, inner: frozenset[Element]) -> Element:
    """The part of a comment that holds its words: the fullest descendant named like a text, else the whole."""
    named = [
        e
        for e in _own(element, inner)
        if e is not element and words(e) & (_TEXT | {"comment"}) and not words(e) & {"head", "comhead", "meta"}
    ]
    return max(named, key=length, default=element)


def _heads(element: Element) -> list[Element]:
    linked = next(iter(element), None) if _user_link(element) is not None else None
    own = (linked, _timed_head(element), _signed_head(element), *_lead(element))
    return [
        e
        for e in element.iterdescendants()
        if isinstance(e.tag, str) and (e in own or (words(e) & _HEAD and not words(e) & _TEXT)) and length(e) < 120
    ]


def _own(element: Element, inner: frozenset[Element]) -> Iterator[Element]:
    """An element and its descendants, less those of comments nested in it."""
    yield element
    for child in element:
        if isinstance(child.tag, str) and child not in inner:
            yield from _own(child, inner)


def _author(element: Element) -> str:
    """The author of a comment from its head; "" where the head names none."""
    for attribute in ("author", "data-author", "data-username"):
        if element.get(attribute):
            return str(element.get(attribute))
    linked = _user_link(element)
    if linked is not None:
        return inline_text(linked).removeprefix("u/")
    lead = _lead(element)
    if lead:
        return inline_text(lead[0])
    timed = _timed_head(element)
    head = inline_text(timed) if timed is not None else ""
    for inner in element.iterdescendants():
        if not isinstance(inner.tag, str):
            continue
        named = words(inner)
        if inner.tag == "cite" or (
            named & _AUTHOR and inner.tag in ("a", "span", "b", "strong", "div", "p", "h4", "h5")
        ):
            name = inline_text(inner)
            if 0 < len(name) <= 60 and not _GONE.match(name):
                return name.removeprefix("by ").removeprefix("u/")
        if named & {"comhead", "head", "header", "meta", "tagline", "info"} and not head:
            head = inline_text(inner)
    match = _BEFORE_DATE.match(head)
    if match:
        return match["name"]
    date = next(printed_dates(head), None)
    name = head[: date.start].strip(" ,·|-—") if date and date.start else ""
    return name if 0 < len(name) <= 40 and not _GONE.match(name) else ""


def _around(element: Element, inner: frozenset[Element]) -> float:
    """How many comments a comment stands in."""
    return float(sum(1 for a in element.iterancestors() if a in inner))


def _indent(element: Element) -> float:
    """How deep a comment is nested, by the indent that its markup gives."""
    for inside in (element, *list(element.iterdescendants())[:6]):
        for name in ("indent", "depth", "data-depth", "data-level", "aria-level"):
            value = inside.get(name) or ""
            if value.isdecimal():
                return float(value)
        match = _INDENT.search(inside.get("style") or "") or _LEVEL.search(inside.get("class") or "")
        if match:
            return float(match[1])
        if inside.tag == "img" and (inside.get("width") or "").isdecimal():
            return float(inside.get("width"))
    return float(sum(1 for a in element.iterancestors() if a.tag in ("ul", "ol", "blockquote")))


def _outermost(comments: Sequence[Element]) -> list[Element]:
    inner = frozenset(comments)
    return [c for c in comments if not any(a in inner for a in c.iterancestors())]
