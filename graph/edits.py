"""What an edit of a page did to its claims: which appeared, vanished, were softened, hardened or turned round.

Told from the two texts: a claim counts as gone only where its words are gone, and as new only where they are new, so
that a change of the extractor is never taken for a change of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Literal

from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph.rows import replace_all
from distillwatch.ids import hash_id

Kind = Literal["appeared", "vanished", "softened", "hardened", "reversed", "changed"]
_ACTS = ("asks", "supposes", "predicts", "opines", "alleges", "reports", "asserts", "confirms")  # the firmer, the later
_HEDGES = ("strong", "weak", "none")
_COLUMNS = (
    *("id", "evidence", "subject_id", "subject_text", "predicate", "object_id", "object_text", "speaker_id"),
    *(
        "speaker_text",
        "speech_act",
        "polarity",
        "hedge",
        "quantity_low",
        "quantity_high",
        "unit",
        "when_start",
        "when_end",
    ),
)

_READ = f"""
SELECT {", ".join("c." + name for name in _COLUMNS)} FROM claims c JOIN revision_claims r ON r.claim_id = c.id
WHERE r.revision_id = ? ORDER BY c."start", c.id"""
_NEAR = """
SELECT r.id, r.text, CASE WHEN r.id = d.revision_id
  THEN EXISTS (SELECT 1 FROM work WHERE stage = 'extract' AND input_id = d.id AND input_hash = d.content_sha256)
  ELSE EXISTS (SELECT 1 FROM work WHERE stage = 'extract_earlier' AND input_id = r.id) END
FROM revisions r JOIN documents d ON d.id = r.document_id WHERE r.document_id = ? AND r.number BETWEEN ? AND ?
  AND r.superseded_by IS NULL
ORDER BY r.number"""


class Change(Struct, frozen=True):
    """One difference between the claims of two revisions; `before` and `after` are claims' ids or ""."""

    kind: Kind
    before: str
    after: str
    explanation: str


def changes_between(
    old: str, new: str, before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]
) -> list[Change]:
    """The changes from the claims `before` of the text `old` to the claims `after` of the text `new`, in order."""
    found: list[Change] = []
    gone = [claim for claim in before if claim["evidence"] not in new]
    come = [claim for claim in after if claim["evidence"] not in old]
    for claim in gone:
        partner = _partner(claim, come)
        if partner is None:
            found.append(
                Change("vanished", claim["id"], "", f"The passage “{claim['evidence']}” is not there any more.")
            )
            continue
        come.remove(partner)
        found.extend(_difference(claim, partner))
    found.extend(Change("appeared", "", c["id"], f"The passage “{c['evidence']}” was not there before.") for c in come)
    return found


def record_changes(db: Database, revision_id: str) -> None:
    """Write down what a revision changed against the one before it, and what the one after it changed against it."""
    document_id, number = db.conn.execute(
        "SELECT document_id, number FROM revisions WHERE id = ?", (revision_id,)
    ).fetchone()
    near = db.conn.execute(_NEAR, (document_id, number - 1, number + 1)).fetchall()
    for (old_id, old, was_read), (new_id, new, is_read) in pairwise(near):
        both_read = was_read and is_read
        changes = changes_between(old, new, _claims(db, old_id), _claims(db, new_id)) if both_read else []
        rows = [
            {
                "id": hash_id("claim_change", new_id, change.kind, change.before, change.after),
                "document_id": document_id,
                "revision_id": new_id,
                "change": change.kind,
                "claim_id": change.after or None,
                "earlier_id": change.before or None,
                "explanation": change.explanation,
            }
            for change in changes
        ]
        of_this = (document_id, new_id)
        replace_all(db, "claim_changes", rows, ("id",), "document_id = ? AND revision_id = ?", of_this)


def _claims(db: Database, revision_id: str) -> list[dict[str, Any]]:
    rows = db.conn.execute(_READ, (revision_id,))
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


def _partner(claim: dict[str, Any], others: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The claim that says of the same parties what this one said, by the same speaker if possible, in like words."""
    same = [other for other in others if _matter(other) == _matter(claim)]
    own = [other for other in same if _speaker(other) == _speaker(claim)]
    alike = sorted(
        own or same,
        key=lambda other: -SequenceMatcher(None, claim["evidence"], other["evidence"], autojunk=False).ratio(),
    )
    return alike[0] if alike else None


def _matter(claim: dict[str, Any]) -> tuple[str, str, str]:
    return (
        claim["subject_id"] or claim["subject_text"].casefold(),
        claim["predicate"],
        claim["object_id"] or claim["object_text"].casefold(),
    )


def _speaker(claim: dict[str, Any]) -> str:
    return str(claim["speaker_id"] or claim["speaker_text"].casefold())


def _difference(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    """The change of one claim; nothing where the sentence was only put in other words."""
    said = f"“{before['evidence']}” became “{after['evidence']}”."
    if before["polarity"] != after["polarity"]:
        yield Change(
            "reversed", before["id"], after["id"], f"What was affirmed is denied, or the other way round: {said}"
        )
        return
    steps = (_rank(_ACTS, before, after, "speech_act"), _rank(_HEDGES, before, after, "hedge"))
    told = "; ".join(
        f"{name.replace('_', ' ')} {before[name]} → {after[name]}"
        for name in ("speech_act", "hedge")
        if before[name] != after[name]
    )
    if any(steps):
        kind: Kind = "softened" if max(steps) <= 0 else "hardened" if min(steps) >= 0 else "changed"
        yield Change(kind, before["id"], after["id"], f"{told}: {said}")
    elif values := [
        f"{name} {value(before)} → {value(after)}"
        for name, value in (("figure", _figure), ("time", _time))
        if value(before) != value(after)
    ]:
        yield Change("changed", before["id"], after["id"], f"{'; '.join(values)}: {said}")


def _figure(claim: dict[str, Any]) -> str:
    ends = ["" if end is None else f"{end:,.15g}" for end in (claim["quantity_low"], claim["quantity_high"])]
    return f"{'–'.join(dict.fromkeys(ends))} {claim['unit'] or ''}".strip() or "none"


def _time(claim: dict[str, Any]) -> str:
    return " to ".join(dict.fromkeys(claim[name] or "" for name in ("when_start", "when_end"))) or "none"


def _rank(order: Sequence[str], before: dict[str, Any], after: dict[str, Any], name: str) -> int:
    """Below 0 when the later one is weaker; 0 also where a value has no place in the order (a denial)."""
    if before[name] not in order or after[name] not in order:
        return 0
    return order.index(after[name]) - order.index(before[name])
