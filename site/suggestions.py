"""What a reader may ask one of the questions for: shown where a question is opened without saying of whom or what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from datasette.database import QueryInterrupted
from msgspec import Struct

from distillwatch.site.brief import brief
from distillwatch.site.datasette_config import canned_queries

# Each gives (value, words for it). They look at few rows of large tables: a hint must not cost more than the answer.
_SPEAKERS = """SELECT e.name, e.name FROM (SELECT DISTINCT speaker_id FROM (
  SELECT speaker_id FROM claims WHERE current = 1 AND speaker_id IS NOT NULL {} LIMIT 300)) c
  JOIN entities e ON e.id = c.speaker_id ORDER BY e.name LIMIT 8"""
_NAMED = """SELECT e.name, e.name FROM (SELECT DISTINCT {0} id FROM (
  SELECT {0} FROM claims WHERE current = 1 AND {0} IS NOT NULL {1} LIMIT 300)) c
  JOIN entities e ON e.id = c.id ORDER BY e.name LIMIT 8"""
_DAYS = "SELECT DISTINCT substr(started_at, 1, 10) day, substr(started_at, 1, 10) FROM runs ORDER BY 1 DESC LIMIT 3"
_CONTRADICTED = """SELECT DISTINCT s.id, s.name FROM (SELECT comparison_id FROM contradictions LIMIT 100) k
  JOIN comparisons x ON x.id = k.comparison_id JOIN claims c ON c.id = x.claim_{}
  JOIN documents d ON d.id = c.document_id JOIN sources s ON s.id = d.source_id ORDER BY s.name LIMIT 8"""
BY_PARAMETER = {
    "name": _NAMED.format("subject_id", ""),
    "slug": "SELECT slug, title FROM incidents WHERE moved_to IS NULL ORDER BY id LIMIT 8",
    "dispute_id": """SELECT id, title FROM disputes WHERE moved_to IS NULL AND open_pairs > 0
  ORDER BY opened_at DESC LIMIT 8""",
    "id": """SELECT k.id, x.explanation FROM contradictions k JOIN comparisons x ON x.id = k.comparison_id
  ORDER BY k.opened_at DESC LIMIT 8""",
    "claim_id": "SELECT c.id, c.evidence FROM comparisons x JOIN claims c ON c.id = x.claim_a LIMIT 8",
    "source_id": _CONTRADICTED.format("a"),
    "other_source_id": _CONTRADICTED.format("b"),
    "document_id": """SELECT d.id, d.title FROM document_origins o JOIN documents d ON d.id = o.document_id
  WHERE o.relation = 'copy' LIMIT 8""",
    "since": _DAYS,
    "day": _DAYS,
}
BY_QUESTION = {
    (
        "disputes_of_a_document",
        "document_id",
    ): """SELECT DISTINCT d.id, d.title FROM (SELECT claim_id FROM dispute_claims
  LIMIT 100) x JOIN claims c ON c.id = x.claim_id JOIN documents d ON d.id = c.document_id LIMIT 8""",
    ("what_did_somebody_deny", "name"): _SPEAKERS.format("AND speech_act = 'denies'"),
    ("what_did_somebody_say", "name"): _SPEAKERS.format(""),
    ("who_is_said_to_have_learnt_from", "name"): _NAMED.format("object_id", "AND predicate = 'trained_on_outputs_of'"),
    ("terms_in_force_on_a_day", "name"): "SELECT name, name FROM entities WHERE kind = 'policy' ORDER BY name LIMIT 8",
}


class Suggestion(Struct, frozen=True):
    """A value that a parameter can have, in words, with the address that asks for it."""

    words: str
    address: str


@cache
def _parameters(question: str) -> tuple[str, ...]:
    query = canned_queries().get(question)
    return tuple(dict.fromkeys(re.findall(r":([a-z_]+)", query["sql"]))) if query else ()


async def missing(database: Any, question: str, given: Mapping[str, str]) -> dict[str, list[Suggestion]]:
    """Parameter → suggestions, for those of a question that the address leaves out or empty."""
    found = {}
    for parameter in _parameters(question):
        if given.get(parameter, "").strip():
            continue
        sql = BY_QUESTION.get((question, parameter)) or BY_PARAMETER.get(parameter)
        rows = await _rows(database, sql) if sql else []
        kept = {name: value for name, value in given.items() if value and name in _parameters(question)}
        found[parameter] = [
            Suggestion(brief(words), f"?{urlencode({**kept, parameter: value})}") for value, words in rows
        ]
    return found


async def _rows(database: Any, sql: str) -> list[tuple[str, str]]:
    try:
        answer = await database.execute(sql, custom_time_limit=200)
    except QueryInterrupted:  # a hint that takes long is left out: the question itself is still there
        return []
    return [(str(value), str(words)) for value, words in answer.rows]
