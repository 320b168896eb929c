"""Identity in the store: canonical ids with their reasons, and which proposed entities two origins have named."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlite_utils import Database

from distillwatch.graph import identity
from distillwatch.graph.decided import in_time
from distillwatch.graph.entities import load_entities
from distillwatch.graph.names import legal_forms
from distillwatch.graph.rows import execute, replace_all, upsert
from distillwatch.records import Decision
from distillwatch.topic import Topic

ORIGINS_TO_ESTABLISH = 2
"""A name that only one report carries may be its typing error; two that are not copies are a thing."""


def save_decisions(db: Database, topic: Topic) -> None:
    """Copy the topic's decisions into the store; one that left the file stays, as history."""
    upsert(db, "decisions", [{"id": d.id, **msgspec.structs.asdict(d)} for d in topic.decisions])


def link_entities(db: Database, topic: Topic) -> int:
    """Bring `canonical_id` and the reasons up to date; returns how many rows that changed. Inside a transaction."""
    links = identity.resolve(list(load_entities(db)), topic.decisions, legal_forms(topic.vocabulary))
    rows = [msgspec.structs.asdict(link) for link in links]
    changed = replace_all(db, "entity_links", rows, ("entity_id",))
    changed += execute(
        db,
        """WITH want AS (SELECT e.id, coalesce(l.canonical_id, e.id) AS canonical FROM entities e
                         LEFT JOIN entity_links l ON l.entity_id = e.id)
           UPDATE entities SET canonical_id = want.canonical FROM want
           WHERE want.id = entities.id AND entities.canonical_id IS NOT want.canonical""",
    )
    return changed


def establish(db: Database, decisions: Iterable[Decision]) -> int:
    """Mark proposed entities that two origins name as established, and back; returns how many changed.

    Forum comments and podcasts repeat what they heard: they do not establish a name. What somebody decided last goes
    before what texts do.
    """
    made = [d for d in in_time(decisions, "entities") if d.decision in ("establish", "doubt")]
    return execute(
        db,
        """WITH named AS (
             SELECT e.canonical_id AS id, count(DISTINCT o.origin_id) AS origins FROM mentions m
             JOIN entities e ON e.id = m.entity_id
             JOIN documents d ON d.id = m.document_id AND d.kind NOT IN ('forum', 'podcast')
             JOIN document_origins o ON o.document_id = m.document_id AND o.relation != 'cites'
             GROUP BY e.canonical_id),
           decided AS (
             SELECT e.canonical_id AS id, d.value ->> 1 AS decision,
               row_number() OVER (PARTITION BY e.canonical_id ORDER BY d.key DESC) AS turn
             FROM json_each(?) d JOIN entities e ON e.id = d.value ->> 0),
           want AS (
             SELECT e.id, CASE WHEN coalesce(d.decision = 'establish', n.origins >= ?) THEN 'established'
                               ELSE 'proposed' END AS status
             FROM entities e LEFT JOIN named n ON n.id = e.canonical_id
             LEFT JOIN decided d ON d.id = e.canonical_id AND d.turn = 1 WHERE e.status != 'registered')
           UPDATE entities SET status = want.status FROM want
           WHERE want.id = entities.id AND entities.status != want.status""",
        (msgspec.json.encode([(d.target_id, d.decision) for d in made]).decode(), ORIGINS_TO_ESTABLISH),
    )
