"""An incident that can be checked without this site: each statement with its words, place and archive hash."""

from __future__ import annotations

import msgspec

from distillwatch.site.page import Context
from distillwatch.site.queries import contradictions, incidents
from distillwatch.site.queries.contradictions import FlagRow
from distillwatch.site.queries.incidents import EvidenceRow, IncidentRow
from distillwatch.site.reader import Reader


def pack(reader: Reader, row: IncidentRow) -> Context:
    """The context of the JSON file."""
    return {
        "feed": {
            "incident": {"id": row.id, "title": row.title, "began": row.started_on, "precision": row.precision},
            "notice": reader.topic.notice,
            "offsets": "code points into the text whose SHA-256 is text_sha256; evidence is that slice",
            "claims": [msgspec.to_builtins(e) for e in reader.rows(EvidenceRow, incidents.EVIDENCE, id=row.id)],
            "contradictions": [
                {
                    "id": flag.id,
                    "kind": flag.kind,
                    "status": flag.status,
                    "claims": [flag.claim_a, flag.claim_b],
                    "rule": flag.rule,
                    "version": flag.rule_version,
                    "explanation": flag.explanation,
                }
                for flag in reader.rows(FlagRow, contradictions.OF_INCIDENT, id=row.id)
            ],
        }
    }
