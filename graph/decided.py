"""What people decided, in the order in which it counts: a later decision goes before an earlier one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from distillwatch.records import Decision


def in_time(decisions: Iterable[Decision], table: str) -> list[Decision]:
    """The decisions about the rows of a table, oldest first; those of one moment as they stand in the file."""
    return sorted((d for d in decisions if d.target_table == table), key=_moment)


def _moment(decision: Decision) -> datetime:
    """When it was made; a day counts from its beginning, a time without a zone is UTC."""
    at = datetime.fromisoformat(decision.decided_at)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def last(decisions: Iterable[Decision], table: str) -> dict[str, Decision]:
    """Row of a table → the last decision about it."""
    return {d.target_id: d for d in in_time(decisions, table)}
