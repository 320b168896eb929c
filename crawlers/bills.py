"""Bills and what happened to them, as legislatures' interfaces give it: each event a dated line of its own.

Two forms are read: the answer of Congress.gov for a bill's actions (`{"actions": [{"actionDate": …, "text": …}]}`, API
version 3) and GovInfo's bill status files (`<billStatus><bill>…<actions><item>…`, schema 3).
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from msgspec import Struct

from distillwatch.crawlers.blocks import Block
from distillwatch.crawlers.whitespace import squeeze


class Bill(Struct, frozen=True, kw_only=True):
    """A bill: its name, its number, and its events as (ISO day, what happened), the oldest first."""

    title: str
    number: str
    events: tuple[tuple[str, str], ...]
    introduced: str = ""


def bill_in_json(answer: Any, title: str) -> Bill | None:
    """The bill of an answer that lists actions; `title` is what its list called it. None for any other answer."""
    actions = answer.get("actions") if isinstance(answer, dict) else None
    if not isinstance(actions, list) or not actions or not all(isinstance(a, dict) for a in actions):
        return None
    request = answer.get("request") if isinstance(answer.get("request"), dict) else {}
    parts = [str(request.get(name) or "") for name in ("billType", "billNumber")]
    events = [(str(a.get("actionDate") or ""), str(a.get("text") or "")) for a in actions]
    return _bill(title, squeeze(" ".join(parts)).upper(), events)


def bill_in_xml(text: str) -> Bill | None:
    """The bill of a bill status file, None for any other text."""
    if "<billStatus" not in text[:2000] or "<!ENTITY" in text[:5000]:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(text.encode("utf-8"), parser=parser)
    bill = root.find("bill") if root is not None else None
    if bill is None:
        return None
    number = squeeze(f"{_text(bill, 'type')} {_text(bill, 'number') or _text(bill, 'billNumber')}")
    events = [(_text(item, "actionDate"), _text(item, "text")) for item in bill.findall("actions/item")]
    return _bill(_text(bill, "title"), number, events, introduced=_text(bill, "introducedDate"))


def bill_blocks(bill: Bill) -> list[Block]:
    """The bill's name as headline, and a list item for each event: "2026-03-04: Referred to the Committee on …"."""
    name = f"{bill.number}: {bill.title}" if bill.number else bill.title
    head = [Block(kind="headline", text=squeeze(name))] if name else []
    return head + [Block(kind="list_item", text=f"{day}: {text}") for day, text in bill.events]


def _bill(title: str, number: str, events: list[tuple[str, str]], introduced: str = "") -> Bill | None:
    told = {(day, squeeze(text)): None for day, text in events if day and text.strip()}  # both chambers list some twice
    if not told:
        return None
    ordered = sorted(told, key=lambda event: event[0])
    return Bill(title=squeeze(title), number=number, events=tuple(ordered), introduced=introduced or ordered[0][0])


def _text(element: Any, name: str) -> str:
    return squeeze(element.findtext(name) or "")
