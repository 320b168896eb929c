"""Predictions and responses: what was foreseen, and who answered what."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from distillwatch.site import paths
from distillwatch.site.brief import brief
from distillwatch.site.claims import Claim, Name, show, words
from distillwatch.site.figures import range_words
from distillwatch.site.page import Context, Page
from distillwatch.site.parties import response
from distillwatch.site.queries import claims, entities, incidents
from distillwatch.site.queries.claims import ClaimRow
from distillwatch.site.queries.entities import PredictionRow
from distillwatch.site.queries.incidents import ResponseRow
from distillwatch.site.reader import Reader


class Prediction(Struct, frozen=True):
    """A prediction with its due date and what settled it."""

    claim: Claim
    due: str
    status: str
    words: str
    outcome: Claim | None


def pages(reader: Reader) -> Iterator[Page]:
    """The two lists."""
    yield Page(
        path="predictions.html", template="predictions.html", title="Predictions", context=lambda: _predictions(reader)
    )
    yield Page(path="responses.html", template="responses.html", title="Responses", context=lambda: _responses(reader))


def _predictions(reader: Reader) -> Context:
    found = []
    for row in reader.rows(PredictionRow, entities.PREDICTIONS):
        claim = _claim(reader, row.claim_id)
        if claim is not None:
            due = range_words(row.due_start, row.due_end, claim.row.when_precision or "range")
            meaning = words()["prediction"].get(row.status, row.status)
            found.append(Prediction(claim, due, row.status, meaning, _claim(reader, row.resolved_by)))
    return {"predictions": found}


def _responses(reader: Reader) -> Context:
    return {
        "responses": [
            response(reader, row, Name(brief(row.incident_title), paths.incident(row.incident_slug)))
            for row in reader.rows(ResponseRow, incidents.ALL_RESPONSES)
        ]
    }


def _claim(reader: Reader, identity: str | None) -> Claim | None:
    rows = reader.rows(ClaimRow, claims.BY_ID, id=identity) if identity else []
    return show(reader, rows[0]) if rows else None
