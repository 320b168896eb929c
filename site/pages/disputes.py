"""A page for each dispute: the question, its sides, and all pairs of texts that show it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from distillwatch.site import paths
from distillwatch.site.disputes import Dispute, load_disputes
from distillwatch.site.flags import load_flags
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import disputes
from distillwatch.site.reader import Reader

PAIRS = 40  # cards on a page; the database has them all


def pages(reader: Reader) -> Iterator[Page]:
    """One page a dispute; one that was joined with another says where it went."""
    found = load_disputes(reader, disputes.ALL)
    by_id = {dispute.row.id: dispute for dispute in found}
    for dispute in found:
        target = by_id.get(dispute.row.moved_to)
        yield Page(
            path=dispute.path,
            template="moved.html" if target else "dispute.html",
            title=f"{dispute.kind}: {dispute.row.title}",
            section="contradictions.html",
            context=partial(_moved, dispute, target) if target else partial(_dispute, reader, dispute),
            found_as="" if target else "dispute",
            key=partial(reader.fingerprints.dispute, dispute.row.id),
        )


def _moved(dispute: Dispute, target: Dispute) -> Context:
    return {
        "what": "dispute",
        "name": dispute.row.title,
        "path": paths.dispute(target.row.id),
        "target": target.row.title,
    }


def _dispute(reader: Reader, dispute: Dispute) -> Context:
    flags = load_flags(reader, disputes.FLAGS_OF_DISPUTE, id=dispute.row.id)
    return {
        "facets": [("flag", dispute.kind), ("status", dispute.row.status)],
        "dispute": dispute,
        "flags": flags[:PAIRS],
        "more": max(0, len(flags) - PAIRS),
    }
