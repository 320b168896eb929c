"""`jsonld`: entities, documents, claims and flags as JSON-LD in the terms of schema.org.

A claim is a schema.org `Claim` with its `appearance`. A flag says that two claims cannot both be true and takes no
side, so it is no `ClaimReview`; only a flag that a named person has confirmed becomes one, with that person as its
author and without a rating. The context stands in the file: nothing has to be fetched to read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlite_utils import Database

from distillwatch.graph.exports import Export

Node = dict[str, Any]

CONTEXT: Node = {
    "@vocab": "https://schema.org/",
    "dw": "urn:distillwatch:terms:",
    "appearance": {"@type": "@id"},
    "about": {"@type": "@id"},
    "author": {"@type": "@id"},
    "itemReviewed": {"@type": "@id"},
    "isBasedOn": {"@type": "@id"},
    "citation": {"@type": "@id"},
    "translationOfWork": {"@type": "@id"},
    "parentOrganization": {"@type": "@id"},
    "isVariantOf": {"@type": "@id"},
    "sameAs": {"@type": "@id"},
    "isPartOf": {"@type": "@id"},
    "url": {"@type": "@id"},
}
TYPES = {
    "company": "Organization",
    "model": "SoftwareApplication",
    "person": "Person",
    "agency": "GovernmentOrganization",
    "policy": "Legislation",
    "product": "Product",
    "outlet": "NewsMediaOrganization",
    "group": "Organization",
    "country": "Country",
}
WORKS = {"news": "NewsArticle", "blog": "BlogPosting", "forum": "DiscussionForumPosting", "podcast": "PodcastEpisode",
          "statement": "Article", "policy": "Legislation"}  # fmt: skip
_RELATIONS = {"copy": "isBasedOn", "translation": "translationOfWork", "cites": "citation"}


def write(db: Database, output: Path) -> int:
    """The file `output`; returns the number of things described."""
    graph = [*_entities(db), *_documents(db), *_claims(db), *_disputes(db), *_flags(db)]
    output.write_bytes(
        msgspec.json.format(msgspec.json.encode({"@context": CONTEXT, "@graph": graph}), indent=1) + b"\n"
    )
    return len(graph)


def _urn(kind: str, key: str) -> str:
    return f"urn:distillwatch:{kind}:{key}"


def _entities(db: Database) -> Iterator[Node]:
    names: dict[str, list[str]] = {}
    for key, alias in db.conn.execute("SELECT entity_id, alias FROM entity_aliases ORDER BY entity_id, alias"):
        names.setdefault(key, []).append(alias)
    for row in db.query("SELECT * FROM entities ORDER BY id"):
        owner = _urn("entity", row["owner_id"]) if row["owner_id"] else None
        same = [f"http://www.wikidata.org/entity/{row['wikidata']}"] if row["wikidata"] else []
        if row["canonical_id"] != row["id"]:
            same.append(_urn("entity", row["canonical_id"]))
        yield _filled(
            {
                "@id": _urn("entity", row["id"]),
                "@type": TYPES[row["kind"]],
                "name": row["name"],
                "alternateName": names.get(row["id"]),
                "description": row["description"],
                "parentOrganization": owner if row["kind"] in ("company", "agency", "group", "outlet") else None,
                "dw:owner": {"@id": owner} if owner and row["kind"] in ("model", "product", "policy") else None,
                "isVariantOf": _urn("entity", row["family_id"]) if row["family_id"] else None,
                "sameAs": same,
            }
        )


def _documents(db: Database) -> Iterator[Node]:
    rests: dict[str, dict[str, list[str]]] = {}
    for document, original, relation in db.conn.execute(
        """SELECT r.document_id, o.document_id, r.relation FROM document_origins r JOIN origins o ON o.id = r.origin_id
           WHERE r.relation != 'original' ORDER BY 1, 2"""
    ):
        rests.setdefault(document, {}).setdefault(_RELATIONS[relation], []).append(_urn("document", original))
    for row in db.query(
        """SELECT d.*, coalesce(nullif(d.outlet, ''), s.name) AS publisher FROM documents d
           JOIN sources s ON s.id = d.source_id ORDER BY d.id"""
    ):
        yield _filled(
            {
                "@id": _urn("document", row["id"]),
                "@type": WORKS[row["kind"]],
                "url": row["url"] if row["url"].startswith(("http://", "https://")) else None,
                "headline": row["title"],
                "inLanguage": row["language"],
                "datePublished": row["published_at"],
                "publisher": {"@type": "Organization", "name": row["publisher"]},
                **rests.get(row["id"], {}),
            }
        )


def _claims(db: Database) -> Iterator[Node]:
    for row in db.query(
        """SELECT c.*, s.canonical_id AS subject, o.canonical_id AS object, p.canonical_id AS speaker FROM claims c
           LEFT JOIN entities s ON s.id = c.subject_id LEFT JOIN entities o ON o.id = c.object_id
           LEFT JOIN entities p ON p.id = c.speaker_id WHERE c.current ORDER BY c.id"""
    ):
        yield _filled(
            {
                "@id": _urn("claim", row["id"]),
                "@type": "Claim",
                "text": row["evidence"],
                "about": [_urn("entity", key) for key in (row["subject"], row["object"]) if key],
                "author": _urn("entity", row["speaker"]) if row["speaker"] else None,
                "appearance": _urn("document", row["document_id"]),
                "dw:predicate": row["predicate"],
                "dw:speechAct": row["speech_act"],
                "dw:polarity": row["polarity"],
                "dw:hedge": row["hedge"],
            }
        )


def _disputes(db: Database) -> Iterator[Node]:
    for row in db.query("SELECT * FROM disputes WHERE moved_to IS NULL AND status != 'dismissed' ORDER BY id"):
        yield {
            "@id": _urn("dispute", row["id"]),
            "@type": "dw:Dispute",
            "name": row["title"],
            "dw:kind": row["kind"],
            "dw:status": row["status"],
            "dw:pairs": row["pairs"],
        }


def _flags(db: Database) -> Iterator[Node]:
    for row in db.query(
        """SELECT x.id, x.kind, x.status, m.claim_a, m.claim_b, m.explanation, d.author,
                  max(d.decided_at) AS decided_at, p.dispute_id  -- of several decisions the last, with its author
           FROM contradictions x JOIN comparisons m ON m.id = x.comparison_id
           LEFT JOIN dispute_pairs p ON p.contradiction_id = x.id
           LEFT JOIN decisions d ON d.target_table = 'contradictions' AND d.target_id = x.id AND d.decision = 'confirm'
           WHERE x.status != 'dismissed' GROUP BY x.id ORDER BY x.id"""
    ):
        claims = [_urn("claim", row["claim_a"]), _urn("claim", row["claim_b"])]
        confirmed = row["status"] == "confirmed" and row["author"]
        yield _filled(
            {
                "@id": _urn("contradiction", row["id"]),
                "@type": "ClaimReview" if confirmed else "dw:Contradiction",
                "itemReviewed": claims if confirmed else None,
                "author": {"@type": "Person", "name": row["author"]} if confirmed else None,
                "datePublished": row["decided_at"] if confirmed else None,
                "reviewBody": row["explanation"] if confirmed else None,
                "dw:between": [{"@id": claim} for claim in claims],
                "isPartOf": _urn("dispute", row["dispute_id"]) if row["dispute_id"] else None,
                "dw:kind": row["kind"],
                "dw:status": row["status"],
                "dw:explanation": row["explanation"],
            }
        )


def _filled(node: Node) -> Node:
    """A node without its empty properties."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}


EXPORT = Export("jsonld", "entities, documents, claims and flags as JSON-LD (schema.org)", write)
