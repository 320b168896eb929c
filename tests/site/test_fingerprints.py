"""A page that would read differently never keeps its fingerprint, whichever row of whichever table changed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from distillwatch.site import downloads
from distillwatch.site.page import Sheaves, all_parts
from distillwatch.site.reader import open_reader
from distillwatch.site.render import text_of
from distillwatch.topic import Topic

# what the pages of things are made of; the index pages have no fingerprint and are always rendered
TABLES = (
    "captures",
    "claims",
    "comparisons",
    "contradictions",
    "decisions",
    "dispute_claims",
    "disputes",
    "document_origins",
    "documents",
    "entities",
    "entity_aliases",
    "incident_documents",
    "incident_entities",
    "incidents",
    "mentions",
    "origins",
    "policies",
    "policy_events",
    "propositions",
    "responses",
    "revisions",
    "segments",
    "sources",
    "stakes",
)
# columns that decide what belongs to what: a made-up value would break the rows' ties instead of changing a page
TIES = ("current", "id", "url", "path", "slug", "text", "start", "end", "number", "position", "predicate", "speech_act")


def state(database: Path, topic: Topic) -> dict[str, tuple[str, object]]:
    """Path or sheaf → (fingerprint, what is shown), and that of every download that has a fingerprint."""
    found: dict[str, tuple[str, object]] = {}
    with open_reader(database, topic) as reader:
        for part in all_parts(reader):
            if isinstance(part, Sheaves):
                for identity in part.of:
                    shown = {page.path: text_of(page, reader) for page in part.pages(identity)}
                    found[f"{part.kind} {identity}"] = (part.key(identity), shown)
            elif part.key is not None:
                found[part.path] = (part.key(), text_of(part, reader))
        for name, key, body in downloads.files(reader):
            found[f"downloads/{name}"] = (key, body())
    return found


@pytest.fixture(scope="module")
def before(database: Path, watch: Topic) -> dict[str, tuple[str, object]]:
    """The newsroom as it is."""
    return state(database, watch)


@pytest.mark.parametrize("table", TABLES)
def test_fingerprints_cover_what_is_shown(
    table: str, database: Path, before: dict[str, tuple[str, object]], watch: Topic, tmp_path: Path
) -> None:
    """One column at a time: another that changed with it would hide that it is missing."""
    connection = sqlite3.connect(database)
    columns = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})") if not row[5]}
    connection.close()
    changes = [
        f"UPDATE {table} SET {name} = {_other(name, kind)}"
        for name, kind in columns.items()
        if name not in TIES and not name.endswith(("_id", "_by", "_to", "_text", "claim_a", "claim_b"))
    ]
    if table == "mentions":
        changes.append("DELETE FROM mentions WHERE rowid = (SELECT MAX(rowid) FROM mentions)")
    for change in changes:
        copy = tmp_path / "knowledge.db"
        copy.write_bytes(database.read_bytes())
        connection = sqlite3.connect(copy)
        connection.execute(change)
        connection.commit()
        connection.close()
        after = state(copy, watch)
        stale = [path for path in after if path in before and after[path][1] != before[path][1]]
        assert [path for path in stale if after[path][0] == before[path][0]] == [], change


def _other(name: str, kind: str) -> str:
    """SQL for another value of a column."""
    return {
        "TEXT": f"CASE WHEN json_valid({name}) THEN {name} ELSE COALESCE({name}, '') || ' 9' END",
        "REAL": f"COALESCE({name}, 0) / 2 + 0.01",
        "INTEGER": f"COALESCE({name}, 0) + 7",
    }[kind]


def test_an_unrelated_change_leaves_the_rest_alone(
    database: Path, before: dict[str, tuple[str, object]], watch: Topic, tmp_path: Path
) -> None:
    copy = tmp_path / "knowledge.db"
    copy.write_bytes(database.read_bytes())
    connection = sqlite3.connect(copy)
    connection.execute("UPDATE documents SET title = 'Another headline' WHERE id = 'd5gorge'")
    connection.commit()
    connection.close()
    after = state(copy, watch)
    changed = {path for path in after if after[path][0] != before[path][0]}
    assert "document d5gorge" in changed
    assert "claims d5gorge" in changed
    assert "document d1ledger" not in changed
    assert "company/quellmark.html" not in changed
