"""What a page is about in the terms of schema.org, for programs that read pages; never more than the page says.

A claim is a `Claim` with its author and where it appears. Nothing here says that a claim is true: there is no rating
and no review, and what is invented says so.
"""

from __future__ import annotations

from typing import Any

from distillwatch.graph.exports.linked_data import TYPES, WORKS
from distillwatch.site import paths
from distillwatch.site.brief import brief
from distillwatch.site.claims import Claim, Name
from distillwatch.site.reader import EntityRow, Reader

ALIASES = 12  # of a name
Node = dict[str, Any]


def node(reader: Reader, kind: str, **properties: Any) -> Node:
    """A node of its own: with the vocabulary, without empty properties, and with the notice of a sample."""
    notice = {"disambiguatingDescription": reader.topic.notice} if reader.topic.notice else {}
    found = {"@context": "https://schema.org", "@type": kind, **properties, **notice}
    return {key: value for key, value in found.items() if value not in ("", None, [], {})}


def address(reader: Reader, path: str) -> str:
    """The whole address of a page, "" where the site has none yet."""
    return f"{reader.topic.address}{path}" if reader.topic.address else ""


def claim(shown: Claim) -> Node:
    """A claim with who makes it and where."""
    return {
        "@type": "Claim",
        "text": brief(shown.row.evidence),
        "author": party(shown.who),
        "appearance": work(
            brief(shown.row.document_title),
            "Article",
            shown.row.document_url,
            shown.row.published_at,
            shown.outlet.text,
        ),
    }


def party(name: Name) -> Node:
    """Somebody who is named."""
    return {"@type": TYPES.get(name.kind, "Thing"), "name": name.text}


def work(title: str, kind: str, url: str, published: str, outlet: str, language: str = "") -> Node:
    """A text that somebody published."""
    found = {
        "@type": WORKS.get(kind, "Article"),
        "headline": title,
        "url": paths.outside(url),
        "datePublished": published,
        "inLanguage": language,
        "publisher": {"@type": "Organization", "name": outlet},
    }
    return {key: value for key, value in found.items() if value}


def entity(reader: Reader, row: EntityRow, aliases: list[str], owner: Name | None) -> Node:
    """A name with what is known of it."""
    wikidata = f"http://www.wikidata.org/entity/{row.wikidata}" if row.wikidata else ""
    above = party(owner) if owner else None
    return node(
        reader,
        TYPES.get(row.kind, "Thing"),
        name=row.name,
        url=address(reader, paths.entity(row.kind, row.id)),
        alternateName=[brief(alias) for alias in aliases[:ALIASES]],
        description=brief(row.description) if row.description else "",
        sameAs=wikidata,
        **({"parentOrganization": above} if row.kind in ("company", "agency", "group", "outlet") else {}),
        **({"creator": above} if row.kind in ("model", "product") else {}),
    )
