"""Views across incidents: who is said to have learnt from whom, who is quoted, and where sources meet and part."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from distillwatch.site import paths, picture
from distillwatch.site.claims import Claim, Name, load, name
from distillwatch.site.page import Context, Page
from distillwatch.site.policies import tracked
from distillwatch.site.queries import archive, runs
from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.queries.archive import AgreementRow, LineRow, SpeakerRow
from distillwatch.site.queries.runs import SourceRow
from distillwatch.site.reader import Reader

LINES, SPEAKERS, QUOTES, OUTLETS = 40, 60, 3, 14


class Meeting(Struct, frozen=True):
    """What two outlets have in common: statements that both speak of, open flags between them."""

    shared: int
    flags: int


def pages(reader: Reader) -> Iterator[Page]:
    """The four overviews."""
    yield Page(
        path="lineage.html",
        template="lineage.html",
        title="Who is said to have learnt from whom",
        context=lambda: _lineage(reader),
        key=reader.fingerprints.statements,
    )
    yield Page(
        path="speakers.html",
        template="speakers.html",
        title="Quotes by speaker",
        context=lambda: _speakers(reader),
        key=reader.fingerprints.statements,
    )
    yield Page(
        path="policies.html",
        template="policies.html",
        title="Laws and rules",
        context=lambda: {"policies": tracked(reader)},
    )
    yield Page(
        path="agreement.html",
        template="agreement.html",
        title="Where sources meet and part",
        context=lambda: _agreement(reader),
    )


def _lineage(reader: Reader) -> Context:
    """The lines of which most is said; only their claims are read."""
    predicates = json.dumps(
        [p.name for p in reader.topic.vocabulary.predicates.values() if p.group == "use" and p.accusation]
    )
    lines = reader.rows(LineRow, archive.LINES, predicates=predicates)
    chosen = json.dumps([f"{line.subject} {line.predicate} {line.object}" for line in lines[:LINES]])
    drawn = picture.draw(load(reader, archive.LINEAGE, predicates=predicates, lines=chosen), LINES)
    return {"picture": msgspec.structs.replace(drawn, left_out=max(0, len(lines) - LINES)) if drawn else None}


def _speakers(reader: Reader) -> Context:
    found: list[tuple[Name, SpeakerRow, list[Claim]]] = []
    for row in reader.rows(SpeakerRow, archive.SPEAKERS, limit=SPEAKERS):
        ids = json.dumps(reader.merged_ids(row.entity_id))
        said = load(reader, claim_queries.BY_SPEAKER, ids=ids, limit=QUOTES * 4)
        passages = {claim.row.evidence: claim for claim in reversed(said)}  # several claims in it, or copies of it
        found.append((name(reader, row.entity_id, ""), row, list(passages.values())[::-1][:QUOTES]))
    return {"speakers": found}


def _agreement(reader: Reader) -> Context:
    """A symmetric table of the outlets that have most in common with others."""
    rows = reader.rows(AgreementRow, archive.AGREEMENT)
    weight: dict[str, int] = {}
    meetings: dict[tuple[str, str], Meeting] = {}
    for row in rows:
        for mine, other in ((row.source_a, row.source_b), (row.source_b, row.source_a)):
            weight[mine] = weight.get(mine, 0) + row.shared + row.flags
            meetings[(mine, other)] = Meeting(row.shared, row.flags)
    names = {s.id: Name(s.name, paths.source(s.id)) for s in reader.rows(SourceRow, runs.SOURCES)}
    chosen = sorted(sorted(weight), key=lambda source: -weight[source])[:OUTLETS]
    table = [(names[mine], [meetings.get((mine, other)) for other in chosen]) for mine in chosen]
    return {"outlets": [names[source] for source in chosen], "table": table, "left_out": max(0, len(weight) - OUTLETS)}
