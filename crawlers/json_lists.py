"""Answers of web APIs as lists of pages, read by paths that the source's row names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from distillwatch.crawlers.errors import Unreadable
from distillwatch.crawlers.hints import FeedHint
from distillwatch.crawlers.whitespace import squeeze

_FIELD = re.compile(r"\{([\w.]+)(\|lower)?\}")
LONGEST = 500  # entries of one answer that are followed


def read_json_list(body: bytes, url: str, options: Mapping[str, str]) -> tuple[list[FeedHint], list[str]]:
    """(pages, the next answer).

    The options are `items` (the dotted path of the list) and, for each entry, templates such as `{title}` or
    `https://forum.example/t/{slug}/{id}.json`: `link` (what is fetched), `title`, `published`, `byline`, and `page`
    (the address that readers use, where it differs from `link`); `{type|lower}` is a value in small letters. `match`
    is a pattern that the title must hold. `next` is the path of the next answer's address.

    Raises Unreadable, naming the address and what is missing.
    """
    try:
        answer = msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        raise Unreadable(url, f"the answer is no JSON: {error}") from error
    entries = at(answer, options["items"]) if options.get("items") else answer
    if entries is None:
        raise Unreadable(url, f"the answer has no list at {options['items']!r}")
    if not isinstance(entries, list):
        raise Unreadable(url, f"what stands at {options.get('items') or 'the top'!r} is no list")
    pages, wanted = [], re.compile(options.get("match", ""), re.I)
    for entry in entries[:LONGEST]:
        link = filled(options.get("link", "{url}"), entry)
        title = filled(options.get("title", "{title}"), entry)
        if link.startswith(("http://", "https://")) and wanted.search(title):
            pages.append(
                FeedHint(
                    url=link,
                    title=title,
                    published=filled(options.get("published", ""), entry),
                    byline=filled(options.get("byline", ""), entry),
                    page=filled(options.get("page", ""), entry),
                )
            )
    following = at(answer, options["next"]) if options.get("next") else None
    return pages, [following] if isinstance(following, str) and following.startswith("http") else []


def at(value: Any, path: str) -> Any:
    """What stands at a dotted path ("data.children"), None where the path ends early."""
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def filled(template: str, entry: Any) -> str:
    """A template with each `{dotted.path}` replaced by the entry's own value; "" when one of them is missing."""
    values = {path: at(entry, path) for path, _ in _FIELD.findall(template)}
    if any(value is None or isinstance(value, (dict, list)) for value in values.values()):
        return ""
    return squeeze(_FIELD.sub(lambda m: str(values[m[1]]).lower() if m[2] else str(values[m[1]]), template))
