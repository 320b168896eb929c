"""What a run changed, as rows: the site's "what changed" and the feeds are views of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlite_utils import Database


class State(NamedTuple):
    """The rows whose coming and changing readers follow."""

    documents: dict[str, int]  # id → revision number
    incidents: dict[str, str | None]  # id → id of the incident it moved to
    contradictions: dict[str, str]  # id → status


def state(db: Database) -> State:
    """How things stand now."""
    return State(
        documents=dict(db.conn.execute("SELECT id, revision FROM documents")),
        incidents=dict(db.conn.execute("SELECT id, moved_to FROM incidents")),
        contradictions=dict(db.conn.execute("SELECT id, status FROM contradictions")),
    )


def changes(before: State, after: State) -> Iterator[tuple[str, str, str]]:
    """(table, row id, change) for everything that came or changed between two states."""
    for document, revision in after.documents.items():
        if document not in before.documents:
            yield "documents", document, "new"
        if revision != before.documents.get(document, 1):
            yield "documents", document, "revised"
    for incident, moved in after.incidents.items():
        if incident not in before.incidents:
            yield "incidents", incident, "new"
        if moved and moved != before.incidents.get(incident):
            yield "incidents", incident, "moved"
    for flag, status in after.contradictions.items():
        if flag not in before.contradictions:
            yield "contradictions", flag, "opened"
        elif status != before.contradictions[flag]:
            yield "contradictions", flag, "reopened" if status == "reopened" else "closed"
