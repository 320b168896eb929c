"""What a page states about itself for machines: JSON-LD, OpenGraph and other meta tags."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from extruct.jsonld import JsonLdExtractor
from msgspec import Struct

from distillwatch.crawlers.dom import Element
from distillwatch.crawlers.whitespace import squeeze

_WORKS = ("Article", "Posting", "BlogPost", "Report", "PodcastEpisode", "QAPage", "Legislation", "GovernmentService")
_DEEPEST = 12  # nested JSON-LD objects that are looked into


class Statement(Struct, frozen=True, kw_only=True):
    """The page's own account of itself; empty where it gives none."""

    types: tuple[str, ...] = ()
    headline: str = ""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    address: str = ""


def json_ld(root: Element) -> Statement:
    """The first article-like object of the page's JSON-LD; broken JSON counts as none."""
    try:
        items = JsonLdExtractor().extract_items(root)
    except (ValueError, RecursionError):  # extruct lets the JSON error of the first broken script through
        items = _readable_scripts(root)
    objects = [o for item in items for o in _objects(item, 0)]
    work = next((o for o in objects if any(t.endswith(_WORKS) for t in _types(o))), None)
    site = next((o for o in objects if {"WebSite", "Organization", "NewsMediaOrganization"} & set(_types(o))), None)
    publisher = _name(work.get("publisher")) if work else ""
    if work is None:
        return Statement(publisher=_name(site) if site else "")
    return Statement(
        types=tuple(_types(work)),
        headline=_text(work.get("headline") or work.get("name")),
        published=_text(work.get("datePublished") or work.get("dateCreated")),
        modified=_text(work.get("dateModified")),
        authors=tuple(filter(None, (_name(a) for a in _listed(work.get("author"))))),
        publisher=publisher or (_name(site) if site else ""),
        address=_text(_identity(work.get("mainEntityOfPage")) or work.get("url")),
    )


def meta(root: Element) -> dict[str, str]:
    """Lower-case property or name → content of the page's meta tags; the first one wins."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        content = squeeze(tag.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    return found


def _readable_scripts(root: Element) -> list[Any]:
    items = []
    for script in root.xpath('descendant::script[@type="application/ld+json"]'):
        try:
            items.append(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue
    return items


def _objects(item: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(item, list):
        for part in item:
            yield from _objects(part, depth + 1)
    elif isinstance(item, dict):
        yield item
        for key in ("@graph", "mainEntity", "itemListElement"):
            yield from _objects(item.get(key), depth + 1)


def _types(item: dict[str, Any]) -> list[str]:
    return [str(t).rsplit("/", 1)[-1] for t in _listed(item.get("@type"))]


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _name(value: Any) -> str:
    first = next(iter(_listed(value)), None)
    return _text(first.get("name") if isinstance(first, dict) else first)


def _identity(value: Any) -> Any:
    return value.get("@id") if isinstance(value, dict) else value


def _text(value: Any) -> str:
    value = next(iter(_listed(value)), "")
    return squeeze(value) if isinstance(value, str) else ""
