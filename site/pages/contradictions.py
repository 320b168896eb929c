"""A page for each flag, with both evidence spans side by side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlencode

from msgspec import Struct

from distillwatch.graph import reproduce
from distillwatch.site import paths
from distillwatch.site.claims import Claim
from distillwatch.site.flags import kind_words, load_flags, values
from distillwatch.site.marking import Piece, Span, cut
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.queries import contradictions, disputes
from distillwatch.site.queries.claims import Passage
from distillwatch.site.queries.contradictions import DecisionRow
from distillwatch.site.queries.disputes import DisputeRow, FlagName
from distillwatch.site.reader import Reader


class Side(Struct, frozen=True):
    """One side of a flag: the claim, its words inside their surroundings, and its archive entry."""

    claim: Claim
    passage: Passage
    context: tuple[Piece, ...]


def pages(reader: Reader) -> Iterator[Page]:
    """One page a flag."""
    for flag in reader.rows(FlagName, disputes.FLAG_NAMES):
        outlets = " and ".join(dict.fromkeys((flag.outlet_a, flag.outlet_b)))
        yield Page(
            path=paths.contradiction(flag.id),
            template="contradiction.html",
            title=f"{kind_words(flag.kind)[0]}: {outlets}",
            section="contradictions.html",
            context=partial(_flag, reader, flag.id),
            found_as="pair",
            key=partial(reader.fingerprints.flag, flag.id),
        )


def _flag(reader: Reader, identity: str) -> Context:
    (flag,) = load_flags(reader, contradictions.BY_ID, id=identity)
    outlets = dict.fromkeys((flag.a.outlet.text, flag.b.outlet.text))
    return {
        "facets": [("flag", flag.title), ("status", flag.row.status), *(("outlet", name) for name in outlets)],
        "flag": flag,
        "disputes": reader.rows(DisputeRow, disputes.OF_FLAG, id=flag.row.id),
        "sides": [side(reader, flag.a)] if flag.one_sided else [side(reader, flag.a), side(reader, flag.b)],
        "values": values(flag),
        "decisions": reader.rows(
            DecisionRow, contradictions.DECISIONS, target_table="contradictions", target_id=flag.row.id
        ),
        "sql": reproduce.statement(),
        "query": "db/knowledge?" + urlencode({"sql": reproduce.statement(), "id": flag.row.id}),
    }


def side(reader: Reader, claim: Claim) -> Side:
    """A claim inside its surroundings: the block that holds it, the one before and the one after."""
    passage = reader.rows(Passage, claim_queries.PASSAGE, id=claim.row.id)[0]
    mark = Span(claim.row.start, claim.row.end, "claim", claim.row.id)
    return Side(claim, passage, tuple(cut(passage.text, passage.before_start, passage.after_end, [mark])))
