"""`jsonl`: one claim a line with names, document and incidents, for programs that want no joins."""

from __future__ import annotations

from pathlib import Path

import msgspec
from sqlite_utils import Database

from distillwatch.graph.exports import Export

_SQL = """
SELECT c.id, c.predicate, sc.name AS subject, c.subject_text, oc.name AS object, c.object_text, pc.name AS speaker,
       c.speech_act, c.polarity, c.hedge, c.quantity_low, c.quantity_high, c.unit, c.approx, c.when_start, c.when_end,
       c.when_precision, c.qualifiers, c.evidence, c."start", c."end", c.evidence_class, c.confidence, c.extractor,
       c.proposition_id, c.origin_id, d.id AS document_id, d.url, d.outlet, d.kind AS document_kind, d.language,
       d.published_at, (SELECT json_group_array(incident_id) FROM incident_claims WHERE claim_id = c.id) AS incidents
FROM claims c JOIN documents d ON d.id = c.document_id
LEFT JOIN entities s ON s.id = c.subject_id LEFT JOIN entities sc ON sc.id = s.canonical_id
LEFT JOIN entities o ON o.id = c.object_id LEFT JOIN entities oc ON oc.id = o.canonical_id
LEFT JOIN entities p ON p.id = c.speaker_id LEFT JOIN entities pc ON pc.id = p.canonical_id
WHERE c.current ORDER BY c.id
"""


def write(db: Database, output: Path) -> int:
    """The file `output`; returns the number of lines."""
    count = 0
    with output.open("wb") as handle:
        for row in db.query(_SQL):
            row["qualifiers"] = msgspec.json.decode(row["qualifiers"])
            row["incidents"] = msgspec.json.decode(row["incidents"])
            handle.write(msgspec.json.encode(row) + b"\n")
            count += 1
    return count


EXPORT = Export("jsonl", "claims with names, document and incidents, one JSON object a line", write)
