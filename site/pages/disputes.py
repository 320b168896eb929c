"""All disputes, those of each kind, and a page for each with its answers side by side and its pairs below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from distillwatch.ids import hash_id
from distillwatch.site import linked, paths
from distillwatch.site.brief import brief
from distillwatch.site.disputes import kinds, load_disputes
from distillwatch.site.flags import kind_words, load_flags
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import contradictions, disputes
from distillwatch.site.queries.contradictions import FlagRow
from distillwatch.site.queries.disputes import DisputeRow, PairRow
from distillwatch.site.reader import Reader

LISTED, OF_KIND = 30, 60  # cards on a list; the database has them all
TOLD, FACETS = 8, 40  # sides that programs are told of; outlets and names by which the search finds a dispute
SHOWN, MOST = 5, 60  # statements of a side that are open, and that are there at all


def pages(reader: Reader) -> Iterator[Page]:
    """The index, one page a kind that occurs, one page a dispute; one that was joined with another leads there."""
    rows = reader.rows(DisputeRow, disputes.LISTED)
    alone = reader.rows(FlagRow, contradictions.ALONE)
    overview = [(kind, kind_words(kind)[0], number) for kind, number in kinds([*rows, *alone]).items()]
    yield Page(
        path="contradictions.html",
        template="contradictions.html",
        title="Contradictions",
        section="contradictions.html",
        context=lambda: {
            "disputes": _loaded(reader, rows[:LISTED]),
            "more": max(0, len(rows) - LISTED),
            "kinds": overview,
            "pairs": sum(row.pairs for row in rows),
        },
        key=partial(_key, reader, rows, LISTED),
    )
    for kind, title, _ in overview:
        of_kind = [row for row in rows if row.kind == kind]
        yield Page(
            path=paths.contradiction_kind(kind),
            template="contradiction_kind.html",
            title=title,
            section="contradictions.html",
            context=partial(_kind, reader, kind, of_kind, [flag.id for flag in alone if flag.kind == kind]),
            key=partial(_key, reader, of_kind, OF_KIND) if not alone else None,
        )
    for row in reader.rows(DisputeRow, disputes.ALL):
        yield Page(
            path=paths.dispute(row.id),
            template="moved.html" if row.moved_to else "dispute.html",
            title=row.title,
            section="contradictions.html",
            context=partial(_moved, reader, row) if row.moved_to else partial(_dispute, reader, row),
            found_as="" if row.moved_to else "dispute",
            key=partial(reader.fingerprints.dispute, row.id),
        )


def _key(reader: Reader, rows: Sequence[DisputeRow], shown: int) -> str:
    """Of a list of which the first few are shown."""
    return hash_id(rows, *(reader.fingerprints.dispute(row.id) for row in rows[:shown]))


def _loaded(reader: Reader, rows: Sequence[DisputeRow]) -> list[object]:
    return [dispute for row in rows for dispute in load_disputes(reader, disputes.BY_ID, id=row.id)]


def _kind(reader: Reader, kind: str, rows: Sequence[DisputeRow], alone: Sequence[str]) -> Context:
    title, meaning = kind_words(kind)
    return {
        "kind": kind,
        "title": title,
        "meaning": meaning,
        "disputes": _loaded(reader, rows[:OF_KIND]),
        "more": max(0, len(rows) - OF_KIND),
        "more_alone": max(0, len(alone) - OF_KIND),
        "alone": [flag for i in alone[:OF_KIND] for flag in load_flags(reader, contradictions.BY_ID, id=i)],
    }


def _moved(reader: Reader, row: DisputeRow) -> Context:
    target = reader.rows(DisputeRow, disputes.BY_ID, id=row.moved_to)[0]
    return {"what": "dispute", "name": row.title, "path": paths.dispute(target.id), "target": target.title}


def _dispute(reader: Reader, row: DisputeRow) -> Context:
    (dispute,) = load_disputes(reader, disputes.BY_ID, id=row.id)
    outlets = dict.fromkeys(claim.outlet.text for side in dispute.sides for claim in side.claims)
    named = dict.fromkeys(
        name for side in dispute.sides for claim in side.claims for name in (claim.subject, claim.object)
    )
    told = {claim.row.id: claim for side in dispute.sides for claim in side.claims}
    found = reader.rows(PairRow, disputes.PAIRS, id=row.id)
    pairs = [pair for pair in found if pair.claim_a in told and pair.claim_b in told]
    place = {claim.row.id: number for number, side in enumerate(dispute.sides) for claim in side.claims}
    return {
        "linked": linked.node(
            reader, "WebPage", name=row.title, mentions=[linked.claim(side.first) for side in dispute.sides[:TOLD]]
        ),
        "facets": [
            ("flag", dispute.kind),
            ("status", row.status),
            *(("outlet", brief(name)) for name in list(outlets)[:FACETS]),
            *[(name.kind, name.text) for name in named if name.kind in ("company", "model")][:FACETS],
        ],
        "dispute": dispute,
        "pairs": [
            (pair, *sorted((told[pair.claim_a], told[pair.claim_b]), key=lambda claim: place[claim.row.id]))
            for pair in pairs
        ],
        "own_date": all(pair.claim_a == pair.claim_b for pair in pairs),
        "shown": SHOWN,
        "most": MOST,
    }
