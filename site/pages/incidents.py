"""The list of incidents and a page for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from textwrap import shorten

import msgspec
from msgspec import Struct

from distillwatch.ids import hash_id
from distillwatch.site import linked, matrix, paths, picture, timeline
from distillwatch.site.acts import affair
from distillwatch.site.claims import Claim, Name, load, name, words
from distillwatch.site.coverage import sparklines
from distillwatch.site.disputes import load_disputes
from distillwatch.site.feeds import Entry, feed_pages, of_dispute, of_document
from distillwatch.site.figures import published_words, range_words
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import archive, contradictions, disputes, documents, incidents
from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.queries.claims import Identity
from distillwatch.site.queries.contradictions import FlagRow, PairRow
from distillwatch.site.queries.documents import ListedRow
from distillwatch.site.queries.incidents import (
    CoverageRow,
    EvidenceRow,
    IncidentRow,
    MemberRow,
    RelatedIncident,
    ResponseRow,
    StakeRow,
)
from distillwatch.site.reader import Reader

# What a page of a large incident shows at most; the database has it all.
ROWS, COLUMNS, DISPUTES, NOTES, LISTED, GLANCE = 40, 20, 20, 12, 300, 6

LABEL = 95  # characters that fit a bar of the timeline


class Origin(Struct, frozen=True):
    """An origin and the documents that go back to it, the original first."""

    id: str
    first: CoverageRow
    others: tuple[CoverageRow, ...]


class Response(Struct, frozen=True):
    """How a party answered, in words, with the claim that says so."""

    who: Name
    words: str
    as_of: str
    claim: Claim | None


def pages(reader: Reader) -> Iterator[Page]:
    """The index, then one page an incident; a merged one says where it went."""
    rows = reader.rows(IncidentRow, incidents.BY_ACTIVITY)
    yield Page(
        path="incidents.html",
        template="incidents.html",
        title="Incidents",
        section="incidents.html",
        context=partial(_index, reader, [r for r in rows if not r.moved_to][:LISTED]),
        key=lambda: hash_id(rows, reader.digest(archive.COVERAGE)),
    )
    for row in rows:
        yield Page(
            path=paths.incident(row.slug),
            template="incident.html" if not row.moved_to else "moved.html",
            title=row.title,
            section="incidents.html",
            context=partial(_moved, rows, row) if row.moved_to else partial(_incident, reader, row),
            found_as="" if row.moved_to else "incident",
            key=partial(reader.fingerprints.incident, row.id),
            feed="feed.xml" if row.moved_to else _feed(row),
        )
        if not row.moved_to:
            yield Page(
                path=_pack_path(row),
                template="feed.json",
                title=row.title,
                context=partial(_pack, reader, row),
                key=partial(reader.fingerprints.evidence, row.id),
            )
            yield from feed_pages(
                reader,
                _feed(row),
                f"{reader.topic.title}: {row.title}",
                paths.incident(row.slug),
                partial(_news, reader, row),
                key=partial(reader.fingerprints.incident, row.id),
            )


def _index(reader: Reader, listed: list[IncidentRow]) -> Context:
    affairs = {row.kind: affair(reader.topic, row.kind) for row in listed}
    facets = {
        "kind": Counter(affairs[row.kind] for row in listed),
        "status": Counter(row.status.replace("_", " ") for row in listed if row.status),
        "year": Counter(row.started_on[:4] for row in listed if row.started_on),
    }
    return {
        "incidents": listed,
        "sparks": sparklines(reader, [row.id for row in listed]),
        "affairs": affairs,
        "narrowed": [(facet, sorted(found.items(), key=_most)) for facet, found in facets.items() if found],
    }


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return (-item[1], item[0])


def _pack(reader: Reader, row: IncidentRow) -> Context:
    """The incident as a value that can be checked without this site."""
    flags = reader.rows(FlagRow, contradictions.OF_INCIDENT, id=row.id)
    return {
        "feed": {
            "incident": {"id": row.id, "title": row.title, "began": row.started_on, "precision": row.precision},
            "notice": reader.topic.notice,
            "offsets": "code points into the text whose SHA-256 is text_sha256; evidence is that slice",
            "claims": [msgspec.to_builtins(e) for e in reader.rows(EvidenceRow, incidents.EVIDENCE, id=row.id)],
            "contradictions": [
                {
                    "id": flag.id,
                    "kind": flag.kind,
                    "status": flag.status,
                    "claims": [flag.claim_a, flag.claim_b],
                    "rule": flag.rule,
                    "version": flag.rule_version,
                    "explanation": flag.explanation,
                }
                for flag in flags
            ],
        }
    }


def _pack_path(row: IncidentRow) -> str:
    return paths.incident(row.slug).removesuffix(".html") + ".evidence.json"


def _feed(row: IncidentRow) -> str:
    return paths.incident(row.slug).removesuffix(".html") + ".xml"


def _news(reader: Reader, row: IncidentRow) -> list[Entry]:
    return [
        *(of_dispute(dispute) for dispute in load_disputes(reader, disputes.OF_INCIDENT, id=row.id)),
        *(of_document(listed) for listed in reader.rows(ListedRow, documents.OF_INCIDENT, id=row.id)),
    ]


def _moved(rows: Sequence[IncidentRow], row: IncidentRow) -> Context:
    target = next(r for r in rows if r.id == row.moved_to)
    return {"what": "incident", "name": row.title, "path": paths.incident(target.slug), "target": target.title}


def _incident(reader: Reader, row: IncidentRow) -> Context:
    claims = load(reader, claim_queries.OF_INCIDENT, id=row.id)
    found = load_disputes(reader, disputes.OF_INCIDENT, id=row.id)
    origins = _origins(reader.rows(CoverageRow, incidents.COVERAGE, id=row.id))
    flagged = frozenset(claim.id for claim in reader.rows(Identity, contradictions.FLAGGED, id=row.id))
    table = matrix.rows(claims, [o.id for o in origins], flagged)
    by_id = {c.row.id: c for c in claims}
    wide = matrix.narrowed(table, [o.id for o in origins], ROWS, COLUMNS)
    members = _members(reader, row)
    return {
        "linked": linked.node(
            reader,
            "WebPage",
            name=row.title,
            about=[linked.party(name) for name, _ in members],
            mentions=[linked.claim(side.first) for dispute in found[:DISPUTES] for side in dispute.sides],
        ),
        "facets": [
            ("kind", affair(reader.topic, row.kind)),
            *([("status", row.status.replace("_", " "))] if row.status else []),
            *([("year", row.started_on[:4])] if row.started_on else []),
            *((name.kind, name.text) for name, _ in members if name.kind in ("company", "model")),
            *(("flag", kind) for kind in dict.fromkeys(dispute.kind for dispute in found)),
        ],
        "incident": row,
        "pack": _pack_path(row),
        "lead": next((matrix.lead(r) for r in table if r.two_sided), ""),
        "related": reader.rows(RelatedIncident, incidents.RELATED, id=row.id),
        "started": range_words(row.started_on, row.started_on, "day")
        if row.precision == "day"
        else published_words(row.started_on, row.precision)
        if row.started_on
        else "",
        "origins": origins,
        "matrix": wide,
        "columns": [o for o in origins if o.id in wide.origins],
        "rows": table,
        "glance": GLANCE,
        "disputed": [r for r in table if r.disputed],
        "agreed": [r for r in table if not r.disputed and r.origins > 1 and _firm(r)],
        "single": [r for r in table if not r.disputed and not (r.origins > 1 and _firm(r))],
        "disputes": found[:DISPUTES],
        "more_disputes": max(0, len(found) - DISPUTES),
        "notes": _notes(reader, row, by_id)[:NOTES],
        "timeline": timeline.draw(_published(origins), _happened(claims)),
        "picture": picture.draw(claims),
        "responses": _responses(reader, row, by_id),
        "stakes": _stakes(reader, row),
        "members": members,
    }


def _firm(row: matrix.Row) -> bool:
    return any(v.colour in ("affirm", "allege") for v in row.voices)


def _origins(coverage: Sequence[CoverageRow]) -> list[Origin]:
    grouped: dict[str, list[CoverageRow]] = {}
    for row in coverage:
        grouped.setdefault(row.origin_id, []).append(row)
    found = []
    for identity, rows in grouped.items():
        first = next((r for r in rows if r.relation == "original"), rows[0])
        found.append(Origin(identity, first, tuple(r for r in rows if r is not first)))
    return found


def _published(origins: Sequence[Origin]) -> list[timeline.Event]:
    """A dot for each dated document; copies are drawn fainter."""
    events = []
    for origin in origins:
        for row in (origin.first, *origin.others):
            day = _day(row.published_at)
            if day is not None:
                label = f"{row.outlet}: {row.title}, {published_words(row.published_at, row.published_precision)}"
                style = "original" if row is origin.first else "copy"
                events.append(timeline.Event(day, day, label, paths.document(row.document_id), style))
    return events


def _happened(claims: Sequence[Claim]) -> list[timeline.Event]:
    """A bar for each period that somebody says something about, one for equal statements."""
    events: dict[tuple[str, str, str], timeline.Event] = {}
    for claim in claims:
        start, end = _day(claim.row.when_start), _day(claim.row.when_end)
        if start is None or end is None or end < start:
            continue
        label = shorten(f"{claim.when}: {claim.sentence}", LABEL, placeholder=" …")
        key = (claim.row.when_start, claim.row.when_end, claim.row.predicate)
        events.setdefault(key, timeline.Event(start, end, label, claim.path, claim.colour, claim.who.text))
    return list(events.values())


def _responses(reader: Reader, row: IncidentRow, claims: dict[str, Claim]) -> list[Response]:
    return [
        Response(
            name(reader, r.entity_id, ""),
            words()["response"].get(r.status, r.status),
            published_words(r.as_of, "day"),
            claims.get(r.claim_id or ""),
        )
        for r in reader.rows(ResponseRow, incidents.RESPONSES_OF_INCIDENT, id=row.id)
    ]


def _stakes(reader: Reader, row: IncidentRow) -> list[tuple[Name, str, str]]:
    """(who, what stake, why), as far as the graph knows."""
    return [
        (name(reader, r.entity_id, ""), words()["stake"].get(r.stake, r.stake), r.reason)
        for r in reader.rows(StakeRow, incidents.STAKES, id=row.id)
    ]


def _members(reader: Reader, row: IncidentRow) -> list[tuple[Name, str]]:
    """Names with their part. Of sanctions, those who bear them are the side that the incident is about."""
    entry = reader.topic.vocabulary.predicates.get(row.kind)
    parts = words()["role_sanctioned" if entry is not None and entry.incident == "sanction" else "role"]
    roles: dict[str, list[str]] = {}
    for member in reader.rows(MemberRow, incidents.MEMBERS, id=row.id):
        roles.setdefault(member.entity_id, []).append(member.role)
    return [
        (name(reader, identity, ""), ", ".join(parts.get(role, role) for role in found))
        for identity, found in roles.items()
    ]


def _notes(reader: Reader, row: IncidentRow, claims: dict[str, Claim]) -> list[tuple[PairRow, Claim, Claim]]:
    pairs = reader.rows(PairRow, contradictions.NOTES_OF_INCIDENT, id=row.id)
    return [(p, claims[p.claim_a], claims[p.claim_b]) for p in pairs if p.claim_a in claims and p.claim_b in claims]


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None
