"""What Datasette is told: titles, descriptions, labels, facets, canned queries and limits, all from data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from distillwatch.graph import dictionary
from distillwatch.topic import Topic

DATABASE = "knowledge"  # the name in addresses: /db/knowledge/claims
BASE = "/db/"

# The column that stands for a row where another table points at it.
LABELS = {
    "sources": "name",
    "documents": "title",
    "entities": "name",
    "incidents": "title",
    "claims": "evidence",
    "comparisons": "explanation",
    "revisions": "title",
    "disputes": "title",
}
FACETS = {
    "documents": ["source_id", "kind", "language"],
    "entities": ["kind", "status"],
    "claims": ["predicate", "speech_act", "polarity", "hedge", "evidence_class"],
    "comparisons": ["verdict", "kind", "rule"],
    "contradictions": ["kind", "status", "incident_id"],
    "disputes": ["kind", "status", "incident_id"],
    "incidents": ["kind", "status"],
    "mentions": ["kind"],
    "sources": ["tier", "language", "country"],
    "issues": ["stage", "level", "code"],
    "predictions": ["status"],
    "responses": ["status"],
    "document_origins": ["relation"],
}
NEWEST_FIRST = {
    "documents": "published_at",
    "contradictions": "opened_at",
    "disputes": "opened_at",
    "runs": "started_at",
    "captures": "fetched_at",
    "decisions": "decided_at",
    "responses": "as_of",
}
# what the stages keep for themselves; it can still be asked for
HIDDEN = (
    "_sqlite_migrations",
    "agreed_names",
    "claim_blocks",
    "compare_queue",
    "crowded_blocks",
    "told",
    "dates",
    "document_links",
    "hosts",
    "metadata",
    "overlaps",
    "search",
    "segments",
    "signatures",
    "work",
)

# Suggested facets cost twenty to seventy times the page itself; a query may take a second, and a page a thousand rows.
SETTINGS: dict[str, int | bool | str] = {
    "base_url": BASE,
    "suggest_facets": False,
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 1000,
    "facet_time_limit_ms": 200,
    "allow_facet": True,
    "allow_download": True,
    "default_allow_sql": True,
    "allow_csv_stream": True,
    "max_csv_mb": 50,
    "truncate_cells_html": 300,
    "num_sql_threads": 3,
    "default_cache_ttl": 60,
}


@cache
def canned_queries() -> dict[str, dict[str, str]]:
    """Name → title, description and SQL of each question that the database answers."""
    text = (resources.files("distillwatch.site") / "canned.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def kept_tables() -> dict[str, dict[str, Any]]:
    """Name → description, columns and SQL of each table that only a snapshot has."""
    return tomllib.loads((resources.files("distillwatch.site") / "kept.toml").read_text(encoding="utf-8"))


def metadata(topic: Topic) -> dict[str, Any]:
    """Datasette's metadata for a snapshot of `topic`; a plain value that can be written as JSON."""
    return {
        "title": topic.title,
        "description": " ".join(part for part in (topic.description, topic.notice) if part),
        "notice": topic.notice,
        "about": "How it works",
        "about_url": "/methodology.html",
        "extra_css_urls": ["/site-static/datasette.css"],
        "extra_js_urls": ["/site-static/datasette.js"],
        "databases": {
            DATABASE: {
                "title": topic.title,
                "description": "Every page, name, statement and contradiction that the site shows; read only.",
                "tables": {name: _table(name, table) for name, table in dictionary.load().items()}
                | {name: {"hidden": True} for name in HIDDEN if name not in dictionary.load()}
                | {
                    name: {key: kept[key] for key in ("description", "columns")} for name, kept in kept_tables().items()
                },
                "queries": {
                    name: {key: value.strip() for key, value in query.items()} | {"hide_sql": True}
                    for name, query in canned_queries().items()
                },
            }
        },
    }


def _table(name: str, table: dictionary.Table) -> dict[str, Any]:
    entry: dict[str, Any] = {"description": table.description, "columns": table.columns}
    if name in LABELS:
        entry["label_column"] = LABELS[name]
    if name in FACETS:
        entry["facets"] = FACETS[name]
    if name in NEWEST_FIRST:
        entry["sort_desc"] = NEWEST_FIRST[name]
    if name in HIDDEN:
        entry["hidden"] = True
    return entry
