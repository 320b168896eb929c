"""The site as it would have been built on an earlier day: what was not yet known then is taken out of the copy.

"Known" is what this tracker had seen: a text counts from the day it was first collected, in the state that it had then;
a flag from the day it was opened; a decision from the day it was made; an incident has the title, beginning and address
that its statements of that day give it. Names keep what is known of them today.
"""

from __future__ import annotations

import sqlite3
from datetime import date

from distillwatch.errors import DistillwatchError
from distillwatch.site.as_named import CHANGED, named_as_then
from distillwatch.topic import Topic


class DayInvalid(DistillwatchError):
    """An as-of day that is no day."""


# in this order: what depends on a row goes with it
_CUTS = (
    # incidents of which more was told later
    """CREATE TEMP TABLE grown AS SELECT DISTINCT p.incident_id id FROM claims c
      JOIN propositions p ON p.id = c.proposition_id JOIN documents d ON d.id = c.document_id
      JOIN revisions r ON r.id = c.revision_id
    WHERE p.incident_id IS NOT NULL AND max(d.first_seen, r.seen_at) > :end""",
    "DELETE FROM decisions WHERE decided_at > :end",
    "DELETE FROM contradictions WHERE opened_at > :end",
    "DELETE FROM contradiction_events WHERE at > :end",
    "UPDATE contradictions SET status = 'open', closed_at = NULL, reason = NULL WHERE closed_at > :end",
    "DELETE FROM revisions WHERE seen_at > :end",
    "DELETE FROM documents WHERE first_seen > :end OR id NOT IN (SELECT document_id FROM revisions)",
    "UPDATE documents SET last_seen = :end WHERE last_seen > :end",
    "UPDATE documents SET gone_at = NULL WHERE gone_at > :end",
    "DELETE FROM hosts",  # how a server answers is no knowledge of the topic
    # a text that was changed later goes back to the state it had
    """UPDATE documents SET (text, title, text_sha256, revision, revision_id) =
      (SELECT r.text, r.title, r.text_sha256, r.number, r.id FROM revisions r WHERE r.document_id = documents.id
       AND r.superseded_by IS NULL
       ORDER BY r.number DESC LIMIT 1)
    WHERE revision_id NOT IN (SELECT id FROM revisions)""",
    "DELETE FROM segments WHERE revision_id NOT IN (SELECT id FROM revisions)",
    "DELETE FROM mentions WHERE revision_id NOT IN (SELECT id FROM revisions)",
    "DELETE FROM dates WHERE revision_id NOT IN (SELECT id FROM revisions)",
    "DELETE FROM claims WHERE revision_id NOT IN (SELECT id FROM revisions)",
    "UPDATE claims SET current = 1 WHERE revision_id IN (SELECT revision_id FROM documents)",
    "DELETE FROM document_links WHERE document_id NOT IN (SELECT id FROM documents)",
    "DELETE FROM document_origins WHERE document_id NOT IN (SELECT id FROM documents)",
    "DELETE FROM origins WHERE document_id NOT IN (SELECT id FROM documents)",
    "DELETE FROM document_origins WHERE origin_id NOT IN (SELECT id FROM origins)",
    "UPDATE claims SET origin_id = NULL WHERE origin_id NOT IN (SELECT id FROM origins)",
    """DELETE FROM comparisons WHERE claim_a NOT IN (SELECT id FROM claims) OR claim_b NOT IN (SELECT id FROM claims)
      OR verdict = 'contradiction' AND id NOT IN (SELECT comparison_id FROM contradictions)""",
    "DELETE FROM contradictions WHERE comparison_id NOT IN (SELECT id FROM comparisons)",
    "DELETE FROM dispute_pairs WHERE contradiction_id NOT IN (SELECT id FROM contradictions)",
    "DELETE FROM disputes WHERE id NOT IN (SELECT dispute_id FROM dispute_pairs)",
    "DELETE FROM dispute_claims WHERE claim_id NOT IN (SELECT id FROM claims)",
    """UPDATE disputes SET closed_at = NULL, (pairs, open_pairs, status) =
      (SELECT count(*), sum(k.status IN ('open', 'reopened', 'confirmed')), CASE WHEN max(k.status = 'confirmed')
         THEN 'confirmed' WHEN max(k.status IN ('open', 'reopened')) THEN 'open' ELSE min(k.status) END
       FROM dispute_pairs p JOIN contradictions k ON k.id = p.contradiction_id WHERE p.dispute_id = disputes.id)""",
    "DELETE FROM incident_documents WHERE document_id NOT IN (SELECT id FROM documents)",
    "DELETE FROM incident_claims WHERE claim_id NOT IN (SELECT id FROM claims)",
    "UPDATE incidents SET seed_claim_id = NULL WHERE seed_claim_id NOT IN (SELECT id FROM claims)",
    "UPDATE incidents SET summary = NULL",  # it tells of what came later
    "UPDATE incidents SET status = NULL WHERE id IN (SELECT id FROM grown)",
    "DELETE FROM stakes WHERE incident_id IN (SELECT id FROM grown)",
    # who acts, is acted on or speaks in no text that was there yet is not part of it yet
    """WITH RECURSIVE said(incident, entity) AS (
      SELECT p.incident_id, x.value FROM claims c JOIN propositions p ON p.id = c.proposition_id
        JOIN json_each(json_array(c.subject_id, c.object_id, c.speaker_id)) x WHERE x.value IS NOT NULL
      UNION SELECT s.incident, above.value FROM said s JOIN entities e ON e.id = s.entity
        JOIN json_each(json_array(e.owner_id, e.family_id, e.canonical_id)) above WHERE above.value IS NOT NULL)
    DELETE FROM incident_entities WHERE incident_id IN (SELECT id FROM grown) AND NOT EXISTS
      (SELECT 1 FROM said s WHERE s.incident = incident_id AND s.entity = entity_id)""",
    """UPDATE incidents SET moved_to = NULL WHERE moved_to NOT IN (SELECT incident_id FROM incident_documents)""",
    """UPDATE contradictions SET incident_id = NULL WHERE incident_id IN
      (SELECT id FROM incidents WHERE id NOT IN (SELECT incident_id FROM incident_documents) AND moved_to IS NULL)""",
    """UPDATE propositions SET incident_id = NULL WHERE incident_id IN
      (SELECT id FROM incidents WHERE id NOT IN (SELECT incident_id FROM incident_documents) AND moved_to IS NULL)""",
    "DELETE FROM propositions WHERE id NOT IN (SELECT proposition_id FROM claims WHERE proposition_id IS NOT NULL)",
    "DELETE FROM predictions WHERE claim_id NOT IN (SELECT id FROM claims)",
    """UPDATE predictions SET resolved_by = NULL, status = 'pending' WHERE resolved_by NOT IN (SELECT id FROM claims)
      OR status IN ('overdue', 'met', 'failed') AND COALESCE(due_end, '') > :day""",
    """DELETE FROM responses WHERE as_of > :day OR claim_id NOT IN (SELECT id FROM claims)
      OR incident_id NOT IN (SELECT incident_id FROM incident_documents)""",
    "DELETE FROM policy_events WHERE claim_id NOT IN (SELECT id FROM claims)",
    "DELETE FROM incident_entities WHERE incident_id NOT IN (SELECT incident_id FROM incident_documents)",
    "DELETE FROM incidents WHERE moved_to IS NULL AND id NOT IN (SELECT incident_id FROM incident_documents)",
    "DELETE FROM captures WHERE fetched_at > :end",
    "DELETE FROM issues WHERE run_id IN (SELECT id FROM runs WHERE started_at > :end)",
    "DELETE FROM run_changes WHERE run_id IN (SELECT id FROM runs WHERE started_at > :end)",
    "DELETE FROM source_runs WHERE run_id IN (SELECT id FROM runs WHERE started_at > :end)",
    "DELETE FROM runs WHERE started_at > :end",
    "DELETE FROM search WHERE table_name = 'documents' AND row_id NOT IN (SELECT id FROM documents)",
    "DELETE FROM search WHERE table_name = 'claims' AND row_id NOT IN (SELECT id FROM claims)",
    "DELETE FROM search WHERE table_name = 'incidents' AND row_id NOT IN (SELECT id FROM incidents)",
)


def cut(copy: sqlite3.Connection, day: str, topic: Topic) -> None:
    """Take out of a copy of the database all that was not known at the end of `day` (UTC). Raises DayInvalid."""
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise DayInvalid(f"{day!r} is no day; give one such as 2026-05-01") from error
    known = {"day": day, "end": f"{day}T23:59:59.999Z"}
    copy.execute("PRAGMA foreign_keys = OFF")  # rows go in the order above, the rest with what it points at
    with copy:
        changed = [row[0] for row in copy.execute(CHANGED, known)]
        for statement in _CUTS:
            copy.execute(statement, {name: value for name, value in known.items() if f":{name}" in statement})
        while broken := {(row[0], row[3]) for row in copy.execute("PRAGMA foreign_key_check")}:
            for table, key in sorted(broken):  # what else points at something that was taken out
                _, _, parent, column, target, *_ = copy.execute(
                    "SELECT * FROM pragma_foreign_key_list(?) WHERE id = ?", (table, key)
                ).fetchone()
                copy.execute(f'DELETE FROM "{table}" WHERE "{column}" NOT IN (SELECT "{target}" FROM "{parent}")')
        named_as_then(copy, changed, topic, known["end"])
