"""Discussions as web APIs give them: item trees (children in children), Discourse topics, Reddit listings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from distillwatch.crawlers.blocks import Block
from distillwatch.crawlers.dom import body_of, page_tree
from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.quotes import quoted_from, unmarked
from distillwatch.crawlers.walk import walk
from distillwatch.crawlers.whitespace import squeeze

_DEEPEST = 60  # replies to replies


class Post(Struct, frozen=True, kw_only=True):
    """One post of a discussion: its author, its text as HTML or markdown, and the post that it answers."""

    identity: str
    author: str
    text: str
    answers: str = ""


class Thread(Struct, frozen=True, kw_only=True):
    """A discussion: the posts in reading order, an answer after what it answers."""

    title: str
    posts: list[Post]
    author: str = ""
    started: str = ""  # ISO time
    link: str = ""  # what is discussed


def read_thread(body: bytes, url: str) -> Thread:
    """The discussion in an API's answer. Raises Unreadable for any other JSON."""
    try:
        answer = msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        raise Unreadable(url, f"the answer is no JSON: {error}") from error
    if isinstance(answer, dict) and isinstance(answer.get("children"), list) and "author" in answer:
        return _item_tree(answer)
    if isinstance(answer, dict) and isinstance(answer.get("post_stream"), dict):
        return _discourse(answer)
    if (
        isinstance(answer, list)
        and len(answer) == 2
        and all(isinstance(a, dict) and a.get("kind") == "Listing" for a in answer)
    ):
        return _reddit(answer)
    raise Unreadable(url, "the JSON is no discussion of a known form")


def thread_json_blocks(thread: Thread) -> list[Block]:
    """Headline, then each post's paragraphs as comments (speaker, parent), repeated lines as quotes."""
    blocks = [Block(kind="headline", text=squeeze(thread.title))] if thread.title.strip() else []
    first: dict[str, int] = {}
    for post in thread.posts:
        parent = first.get(post.answers)
        start = len(blocks)
        for kind, text in _paragraphs(post.text):
            words, marked = unmarked(text)
            if marked or kind == "quote":
                source = quoted_from(words, blocks)
                speaker = blocks[source].speaker if source is not None else ""
                blocks.append(
                    Block(kind="quote", text=words, speaker=speaker, parent=parent if source is None else source)
                )
            elif kind == "code":
                blocks.append(Block(kind="code", text=text))
            else:
                blocks.append(Block(kind="comment", text=words, speaker=post.author, parent=parent))
        said = next((i for i in range(start, len(blocks)) if blocks[i].kind == "comment"), None)
        if said is not None:
            first[post.identity] = said
    return blocks


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of the blocks of a post; plain text counts each blank line as a border."""
    html = text if "<" in text else "".join(f"<p>{part}</p>" for part in text.replace("\n>", "\n\n>").split("\n\n"))
    root = page_tree(html.replace("\n\n", "<br><br>"))
    for item in walk(body_of(root)) if root is not None else ():
        yield item.block.kind, item.block.text


def _item_tree(answer: dict[str, Any]) -> Thread:
    posts: list[Post] = []

    def visit(item: dict[str, Any], answers: str, depth: int) -> None:
        identity = str(item.get("id") or len(posts))
        if item.get("text") and item.get("author"):
            posts.append(Post(identity=identity, author=str(item["author"]), text=str(item["text"]), answers=answers))
        for child in item.get("children") or []:
            if isinstance(child, dict) and depth < _DEEPEST:
                visit(child, identity, depth + 1)

    visit(answer, "", 0)
    return Thread(
        title=str(answer.get("title") or ""),
        posts=posts,
        author=str(answer.get("author") or ""),
        started=str(answer.get("created_at") or ""),
        link=str(answer.get("url") or ""),
    )


def _discourse(answer: dict[str, Any]) -> Thread:
    posts = [
        Post(
            identity=str(post.get("post_number")),
            author=str(post.get("username") or ""),
            text=str(post.get("cooked") or ""),
            answers=str(post.get("reply_to_post_number") or ""),
        )
        for post in answer["post_stream"].get("posts") or []
        if isinstance(post, dict)
    ]
    return Thread(
        title=str(answer.get("title") or ""),
        posts=posts,
        author=posts[0].author if posts else "",
        started=str(answer.get("created_at") or ""),
    )


def _reddit(answer: list[dict[str, Any]]) -> Thread:
    head = next((_data(child) for child in _children(answer[0])), {})
    posts: list[Post] = []
    if head.get("selftext"):
        posts.append(Post(identity=str(head.get("name")), author=str(head.get("author")), text=str(head["selftext"])))

    def visit(listing: Any, depth: int) -> None:
        for child in _children(listing):
            data = _data(child)
            if data.get("body") and data["body"] not in ("[deleted]", "[removed]"):
                posts.append(
                    Post(
                        identity=str(data.get("name")),
                        author=str(data.get("author") or ""),
                        text=str(data["body"]),
                        answers=str(data.get("parent_id") or ""),
                    )
                )
            if depth < _DEEPEST:
                visit(data.get("replies"), depth + 1)

    visit(answer[1], 0)
    seconds = head.get("created_utc")
    return Thread(
        title=str(head.get("title") or ""),
        posts=posts,
        author=str(head.get("author") or ""),
        started=_utc(float(seconds)) if isinstance(seconds, (int, float)) else "",
        link=str(head.get("url") or ""),
    )


def _children(listing: Any) -> list[Any]:
    children = _data(listing).get("children") if isinstance(listing, dict) else None
    return children if isinstance(children, list) else []


def _data(thing: Any) -> dict[str, Any]:
    data = thing.get("data") if isinstance(thing, dict) else None
    return data if isinstance(data, dict) else {}


def _utc(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
