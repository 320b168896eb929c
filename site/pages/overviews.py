"""Views across incidents: who is said to have learnt from whom, who is quoted, and where sources meet and part."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from distillwatch.ids import hash_id
from distillwatch.site import paths, picture
from distillwatch.site.brief import NAME, brief
from distillwatch.site.claims import Claim, Name, load, name
from distillwatch.site.page import Context, Page
from distillwatch.site.policies import tracked
from distillwatch.site.queries import archive, runs
from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.queries.archive import AgreementRow, BetweenRow, LineRow, SpeakerRow
from distillwatch.site.queries.runs import SourceRow
from distillwatch.site.reader import Reader

LINES, SPEAKERS, QUOTES, OUTLETS = 40, 60, 3, 14


class Meeting(Struct, frozen=True):
    """What two outlets have in common: statements that both speak of, open flags between them."""

    shared: int
    flags: int
    ids: tuple[str, str]

    @property
    def place(self) -> str:
        """Where the page lists the flags of the two."""
        return f"pair-{hash_id(*sorted(self.ids))[:8]}"

    @property
    def question(self) -> str:
        """The part of an address that names the two to the database."""
        return urlencode({"source_id": self.ids[0], "other_source_id": self.ids[1]})


class Between(Struct, frozen=True):
    """The open flags between the texts of two outlets."""

    outlets: tuple[Name, Name]
    meeting: Meeting
    flags: tuple[BetweenRow, ...]


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
    return {"speakers": found, "more": max(0, reader.count(archive.COUNT_SPEAKERS) - len(found))}


def _agreement(reader: Reader) -> Context:
    """A symmetric table of the outlets that have most in common with others, and the flags between each two."""
    rows = reader.rows(AgreementRow, archive.AGREEMENT)
    weight: dict[str, int] = {}
    meetings: dict[tuple[str, str], Meeting] = {}
    for row in rows:
        for mine, other in ((row.source_a, row.source_b), (row.source_b, row.source_a)):
            weight[mine] = weight.get(mine, 0) + row.shared + row.flags
            meetings[(mine, other)] = Meeting(row.shared, row.flags, (mine, other))
    names = {s.id: Name(brief(s.name, s.id, NAME), paths.source(s.id)) for s in reader.rows(SourceRow, runs.SOURCES)}
    chosen = sorted(sorted(weight), key=lambda source: -weight[source])[:OUTLETS]
    table = [(names[mine], [(names[other], meetings.get((mine, other))) for other in chosen]) for mine in chosen]
    flags: dict[tuple[str, str], list[BetweenRow]] = {}
    for flag in reader.rows(BetweenRow, archive.BETWEEN, sources=json.dumps(chosen)):
        flags.setdefault((flag.source_a, flag.source_b), []).append(flag)
    most = sorted(flags.items(), key=lambda item: (-len(item[1]), item[0]))
    return {
        "outlets": [names[source] for source in chosen],
        "table": table,
        "between": [Between((names[a], names[b]), meetings[(a, b)], tuple(found)) for (a, b), found in most],
        "left_out": max(0, len(weight) - OUTLETS),
    }
