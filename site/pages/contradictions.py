"""All contradictions, those of each kind, and a page for each with both evidence spans side by side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlencode

from msgspec import Struct

from distillwatch.site import paths
from distillwatch.site.claims import Claim
from distillwatch.site.disputes import Dispute, load_disputes
from distillwatch.site.flags import Flag, kind_words, load_flags, values
from distillwatch.site.marking import Piece, Span, cut
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.queries import contradictions, disputes
from distillwatch.site.queries.claims import Passage
from distillwatch.site.queries.contradictions import DecisionRow
from distillwatch.site.queries.disputes import Counts
from distillwatch.site.reader import Reader


class Side(Struct, frozen=True):
    """One side of a flag: the claim, its words inside their surroundings, and its archive entry."""

    claim: Claim
    passage: Passage
    context: tuple[Piece, ...]


LISTED, OF_KIND = 40, 80  # cards on a list; the database has them all


def pages(reader: Reader) -> Iterator[Page]:
    """The index, one page a kind that occurs, one page a flag."""
    flags = load_flags(reader, contradictions.ALL)
    kinds: dict[str, list[Flag]] = {}
    for flag in flags:
        kinds.setdefault(flag.row.kind, []).append(flag)
    questions = load_disputes(reader, disputes.STANDING)
    overview = [(kind, *kind_words(kind), found) for kind, found in sorted(kinds.items())]
    yield Page(
        path="contradictions.html",
        template="contradictions.html",
        title="Contradictions",
        section="contradictions.html",
        context=lambda: {
            "disputes": questions[:LISTED],
            "more": max(0, len(questions) - LISTED),
            "kinds": overview,
            "counts": reader.rows(Counts, disputes.COUNTS)[0],
        },
    )
    for kind, title, meaning, found in overview:
        yield Page(
            path=paths.contradiction_kind(kind),
            template="contradiction_kind.html",
            title=title,
            section="contradictions.html",
            context=partial(_kind, kind, title, meaning, [d for d in questions if d.row.kind == kind], found),
        )
    for flag in flags:
        yield Page(
            path=flag.path,
            template="contradiction.html",
            title=f"{flag.title}: {flag.a.outlet.text} and {flag.b.outlet.text}",
            section="contradictions.html",
            context=partial(_flag, reader, flag),
            found_as="contradiction",
            key=partial(reader.fingerprints.flag, flag.row.id),
        )


def _kind(kind: str, title: str, meaning: str, questions: list[Dispute], flags: list[Flag]) -> Context:
    return {
        "kind": kind,
        "title": title,
        "meaning": meaning,
        "disputes": questions[:OF_KIND],
        "more": max(0, len(questions) - OF_KIND),
        "pairs": len(flags),
    }


def _flag(reader: Reader, flag: Flag) -> Context:
    outlets = dict.fromkeys((flag.a.outlet.text, flag.b.outlet.text))
    return {
        "facets": [("flag", flag.title), ("status", flag.row.status), *(("outlet", name) for name in outlets)],
        "flag": flag,
        "sides": [side(reader, flag.a)] if flag.one_sided else [side(reader, flag.a), side(reader, flag.b)],
        "values": values(flag),
        "dispute": next(iter(load_disputes(reader, disputes.OF_FLAG, id=flag.row.id)), None),
        "decisions": reader.rows(
            DecisionRow, contradictions.DECISIONS, target_table="contradictions", target_id=flag.row.id
        ),
        "sql": contradictions.REPRODUCE.strip(),
        "query": "db/knowledge?" + urlencode({"sql": contradictions.REPRODUCE.strip(), "id": flag.row.id}),
    }


def side(reader: Reader, claim: Claim) -> Side:
    """A claim inside its surroundings: the block that holds it, the one before and the one after."""
    passage = reader.rows(Passage, claim_queries.PASSAGE, id=claim.row.id)[0]
    mark = Span(claim.row.start, claim.row.end, "claim", claim.row.id)
    return Side(claim, passage, tuple(cut(passage.text, passage.before_start, passage.after_end, [mark])))
