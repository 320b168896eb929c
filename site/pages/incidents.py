"""The list of incidents and a page for each, with its feed and its evidence pack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from distillwatch.ids import hash_id
from distillwatch.site import events, linked, matrix, parties, paths, picture, timeline
from distillwatch.site.acts import affair
from distillwatch.site.claims import Claim, Name, load, name
from distillwatch.site.coverage import by_activity, origins, sparklines
from distillwatch.site.disputes import Dispute, load_disputes
from distillwatch.site.evidence_pack import pack
from distillwatch.site.feeds import Entry, feed_pages, of_dispute, of_document
from distillwatch.site.figures import published_words, range_words
from distillwatch.site.flags import kind_words
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import archive, contradictions, disputes, documents, incidents
from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.queries.claims import Identity
from distillwatch.site.queries.contradictions import PairRow
from distillwatch.site.queries.documents import ListedRow
from distillwatch.site.queries.incidents import FacetRow, IncidentRow, ResponseRow
from distillwatch.site.reader import Reader

# What a page of a large incident shows at most; the database has it all.
ROWS, COLUMNS, DISPUTES, NOTES, LISTED, GLANCE = 40, 14, 20, 12, 300, 6
TOLD, FACETS = 6, 24  # names and claims that programs are told of; names by which the search finds an incident
VALUES = 8  # of a facet that the list offers; the search has all


def pages(reader: Reader) -> Iterator[Page]:
    """The index, then one page an incident; a merged one says where it went."""
    rows = by_activity(reader)
    yield Page(
        path="incidents.html",
        template="incidents.html",
        title="Incidents",
        section="incidents.html",
        context=partial(_index, reader, [r for r in rows if not r.moved_to]),
        key=lambda: hash_id(rows, *(reader.digest(q) for q in (archive.COVERAGE, incidents.FACETS)), reader.entities),
    )
    for row in rows:
        yield from _moved(rows, row) if row.moved_to else _pages(reader, row)


def _moved(rows: Sequence[IncidentRow], row: IncidentRow) -> Iterator[Page]:
    target = next(r for r in rows if r.id == row.moved_to)
    context = {"what": "incident", "name": row.title, "path": paths.incident(target.slug), "target": target.title}
    yield Page(
        path=paths.incident(row.slug),
        template="moved.html",
        title=row.title,
        section="incidents.html",
        context=lambda: context,
        key=lambda: hash_id(context),
    )


def _pages(reader: Reader, row: IncidentRow) -> Iterator[Page]:
    """The page of an incident, its evidence pack and its feed."""
    path = paths.incident(row.slug)
    feed, evidence = (path.removesuffix(".html") + suffix for suffix in (".xml", ".evidence.json"))
    yield Page(
        path=path,
        template="incident.html",
        title=row.title,
        section="incidents.html",
        context=partial(_incident, reader, row, evidence),
        found_as="incident",
        key=partial(reader.fingerprints.incident, row.id),
        feed=feed,
    )
    yield Page(
        path=evidence,
        template="feed.json",
        title=row.title,
        context=partial(pack, reader, row),
        key=partial(reader.fingerprints.evidence, row.id),
    )
    title = f"{reader.topic.title}: {row.title}"
    news = partial(_news, reader, row)
    yield from feed_pages(reader, feed, title, path, news, key=partial(reader.fingerprints.incident, row.id))


def _index(reader: Reader, rows: list[IncidentRow]) -> Context:
    listed = rows[:LISTED]
    affairs = {row.kind: affair(reader.topic, row.kind) for row in listed}
    facets = {
        "kind": Counter(affairs[row.kind] for row in listed),
        "status": Counter(row.status.replace("_", " ") for row in listed if row.status),
        "year": Counter(row.started_on[:4] for row in listed if row.started_on),
        "flag": Counter[str](),
        "company": Counter[str](),
        "model": Counter[str](),
    }
    shown = {row.id for row in listed}
    tied = {
        (f.incident_id, *_facet(reader, f)) for f in reader.rows(FacetRow, incidents.FACETS) if f.incident_id in shown
    }
    for _, facet, value in tied:
        facets.get(facet, Counter[str]())[value] += 1
    return {
        "incidents": listed,
        "more": len(rows) - len(listed),
        "sparks": sparklines(reader, [row.id for row in listed]),
        "affairs": affairs,
        "narrowed": [(facet, sorted(found.items(), key=_most)[:VALUES]) for facet, found in facets.items() if found],
    }


def _facet(reader: Reader, row: FacetRow) -> tuple[str, str]:
    """Facet and value, in the words of the pages that the search finds by them."""
    if row.flag:
        return "flag", kind_words(row.flag)[0]
    found = name(reader, row.entity_id, "")
    return found.kind, found.text


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return (-item[1], item[0])


def _news(reader: Reader, row: IncidentRow) -> list[Entry]:
    return [
        *(of_dispute(dispute) for dispute in load_disputes(reader, disputes.OF_INCIDENT, id=row.id)),
        *(of_document(listed) for listed in reader.rows(ListedRow, documents.OF_INCIDENT, id=row.id)),
    ]


def _incident(reader: Reader, row: IncidentRow, evidence: str) -> Context:
    claims = load(reader, claim_queries.OF_INCIDENT, id=row.id)
    found = load_disputes(reader, disputes.OF_INCIDENT, id=row.id)
    members = parties.members(reader, row)
    names = [party for _, found_names in members for party in found_names]
    covered = origins(reader, row.id)
    notes = _notes(reader, row, {c.row.id: c for c in claims})
    return {
        "linked": _linked(reader, row, names, found),
        "facets": _facets(reader, row, names, found),
        "incident": row,
        "pack": evidence,
        "related": reader.rows(incidents.RelatedIncident, incidents.RELATED, id=row.id),
        "started": _started(row),
        "origins": covered,
        **_said(reader, row, claims, [origin.id for origin in covered], {o.id: o for o in covered}),
        "disputes": found[:DISPUTES],
        "more_disputes": max(0, len(found) - DISPUTES),
        "notes": notes[:NOTES],
        "more_notes": max(0, len(notes) - NOTES),
        "timeline": timeline.draw(events.published(covered), events.happened(claims)),
        "picture": picture.draw(claims),
        "responses": [
            parties.response(reader, r, Name(row.title))
            for r in reader.rows(ResponseRow, incidents.RESPONSES_OF_INCIDENT, id=row.id)
        ],
        "stakes": parties.stakes(reader, row.id),
        "members": members,
    }


def _linked(reader: Reader, row: IncidentRow, names: Sequence[Name], found: Sequence[Dispute]) -> Context:
    """What programs are told of the incident."""
    return linked.node(
        reader,
        "WebPage",
        name=row.title,
        about=[linked.party(party) for party in list(dict.fromkeys(names))[:TOLD]],
        mentions=[linked.claim(side.first) for dispute in found for side in dispute.sides][:TOLD],
    )


def _facets(reader: Reader, row: IncidentRow, names: Sequence[Name], found: Sequence[Dispute]) -> list[tuple[str, str]]:
    """By what the search narrows down to the incident."""
    return [
        ("kind", affair(reader.topic, row.kind)),
        *([("status", row.status.replace("_", " "))] if row.status else []),
        *([("year", row.started_on[:4])] if row.started_on else []),
        *list(dict.fromkeys((p.kind, p.text) for p in names if p.kind in ("company", "model")))[:FACETS],
        *(("flag", kind) for kind in dict.fromkeys(dispute.kind for dispute in found)),
    ]


def _started(row: IncidentRow) -> str:
    if row.precision == "day":
        return range_words(row.started_on, row.started_on, "day")
    return published_words(row.started_on, row.precision) if row.started_on else ""


def _said(
    reader: Reader, row: IncidentRow, claims: Sequence[Claim], columns: Sequence[str], covered: dict[str, object]
) -> dict[str, object]:
    """Who says what: what is disputed, agreed, said by one origin only, and the matrix of all of it."""
    flagged = frozenset(claim.id for claim in reader.rows(Identity, contradictions.FLAGGED, id=row.id))
    table = matrix.rows(claims, columns, flagged)
    wide = matrix.narrowed(table, columns, ROWS, COLUMNS)
    calm = [r for r in table if not r.disputed]
    return {
        "lead": next((matrix.lead(r) for r in table if r.two_sided), ""),
        "matrix": wide,
        "columns": [covered[origin] for origin in wide.origins],
        "rows": table,
        "glance": GLANCE,
        "disputed": [r for r in table if r.disputed],
        "agreed": [r for r in calm if r.origins > 1 and r.firm],
        "single": [r for r in calm if not (r.origins > 1 and r.firm)],
    }


def _notes(reader: Reader, row: IncidentRow, claims: dict[str, Claim]) -> list[tuple[PairRow, Claim, Claim]]:
    pairs = reader.rows(PairRow, contradictions.NOTES_OF_INCIDENT, id=row.id)
    return [(p, claims[p.claim_a], claims[p.claim_b]) for p in pairs if p.claim_a in claims and p.claim_b in claims]
