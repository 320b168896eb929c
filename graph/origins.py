"""Origins in the store: who carries, translates or cites whose report, so that support is counted by origin."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph import copies, signatures
from distillwatch.graph.citations import Citable, citations
from distillwatch.graph.copies import Dependence, Page
from distillwatch.graph.credits import Publishers
from distillwatch.graph.rows import execute, replace_all
from distillwatch.graph.translations import Reading, translated_pairs
from distillwatch.ids import hash_id
from distillwatch.topic import Vocabulary


class OriginReport(Struct, frozen=True):
    """What was found about who depends on whom, and how many rows that changed."""

    documents: int
    origins: int
    copies: int
    translations: int
    citations: int
    changed: int


class _Row(Struct, frozen=True):
    """What the store knows of a document that matters here."""

    id: str
    url: str
    kind: str
    language: str
    outlet: str
    tier: str
    published_at: str
    first_seen: str
    byline: str


def link_origins(db: Database, vocabulary: Vocabulary) -> OriginReport:
    """Find out which documents are copies, translations or citations of which; call inside a transaction."""
    signatures.refresh(db, vocabulary)
    rows = [
        _Row(*row)
        for row in db.conn.execute(
            """SELECT d.id, d.url, d.kind, d.language, coalesce(nullif(d.outlet, ''), s.name), s.tier,
                      coalesce(d.published_at, ''), d.first_seen, coalesce(d.byline, '')
               FROM documents d JOIN sources s ON s.id = d.source_id ORDER BY d.id"""
        )
    ]
    marks = signatures.load(db)
    publishers = Publishers(_publishers(db, rows), vocabulary.lexicon("credits"))
    pages = {row.id: _page(row, marks[row.id], publishers) for row in rows}
    found = _copies(db, list(pages.values()), marks)
    found += _translations(db, rows, marks)
    root, between = copies.resolve(pages.values(), found)
    entities = _entities(db)
    links: dict[str, list[str]] = defaultdict(list)
    for document_id, url in db.conn.execute("SELECT document_id, url FROM document_links ORDER BY document_id, url"):
        links[document_id].append(url)
    between += citations(
        [
            Citable(
                page=pages[row.id],
                url=row.url,
                origin=root[row.id],
                links=tuple(links[row.id]),
                entities=entities.get(row.id, frozenset()),
            )
            for row in rows
        ]
    )
    return _write(db, rows, root, found, between)


def _page(row: _Row, signature: signatures.Signature, publishers: Publishers) -> Page:
    day, moment = published(row.published_at)
    return Page(
        id=row.id,
        outlet=publishers.publisher(row.outlet) or row.outlet,
        day=day or row.first_seen[:10],
        moment=moment,
        first_seen=row.first_seen[:10],  # not the hour: pages of one day come in any order
        leading=row.tier in ("primary", "wire") or row.kind == "statement",
        byline=row.byline,
        credits=publishers.resolve(signature.credits),
    )


def published(value: str) -> tuple[str, str]:
    """(day, moment in UTC) of a publication date as pages give it; the moment is "" where no zone is given.

    >>> published("2026-04-03T07:00:00+09:00")
    ('2026-04-03', '2026-04-02T22:00:00')
    >>> published("2026-04-03T07:00:00"), published("2026-04")
    (('2026-04-03', ''), ('2026-04-01', ''))
    """
    if len(value) < 10:
        return (f"{value}-01-01"[:10] if len(value) == 4 else f"{value}-01"[:10], "") if value else ("", "")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:  # the day alone can still be read
        return value[:10], ""
    if moment.tzinfo is None:
        return value[:10], ""
    return value[:10], moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _publishers(db: Database, rows: list[_Row]) -> dict[str, list[str]]:
    """Every publisher of the store with its registered aliases."""
    names: dict[str, list[str]] = {row.outlet: [] for row in rows if row.outlet}
    for name, alias in db.conn.execute(
        """SELECT e.name, a.alias FROM entities e LEFT JOIN entity_aliases a ON a.entity_id = e.id
           WHERE e.kind = 'outlet' AND e.status = 'registered' ORDER BY e.id, a.alias"""
    ):
        names.setdefault(name, []).extend([alias] if alias else [])
    return names


def _copies(db: Database, pages: list[Page], marks: dict[str, signatures.Signature]) -> list[Dependence]:
    by_id = {page.id: page for page in pages}
    pairs = copies.candidates(pages, {key: mark.sketch for key, mark in marks.items() if key in by_id})
    common = signatures.overlaps(db, [(marks[later], marks[earlier]) for later, earlier in pairs])
    judged = (
        copies.compare(by_id[later], by_id[earlier], count, marks[later].size, marks[earlier].size)
        for (later, earlier), count in sorted(common.items())
    )
    return [dependence for dependence in judged if dependence]


def _translations(db: Database, rows: list[_Row], marks: dict[str, signatures.Signature]) -> list[Dependence]:
    """Documents of different languages that tell the same names and figures in the same order."""
    if len({row.language for row in rows}) < 2:
        return []
    names: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for document_id, start, entity_id in db.conn.execute(
        'SELECT m.document_id, m."start", e.canonical_id FROM mentions m JOIN entities e ON e.id = m.entity_id'
    ):
        names[document_id].append((start, entity_id))
    readings = [
        Reading(
            id=row.id,
            language=row.language,
            day=published(row.published_at)[0],
            items=tuple(item for _, item in sorted([*marks[row.id].figures, *names[row.id]])),
        )
        for row in rows
    ]
    return [
        Dependence(
            document=later,
            other=earlier,
            relation="translation",
            similarity=round(alike, 3),
            reason=f"in another language, with {alike:.0%} of its names and figures in the same order",
        )
        for later, earlier, alike in translated_pairs(readings)
    ]


def _entities(db: Database) -> dict[str, frozenset[str]]:
    """Document → canonical entities its claims are about."""
    found: dict[str, set[str]] = defaultdict(set)
    for document_id, entity_id in db.conn.execute(
        """SELECT c.document_id, e.canonical_id FROM claims c JOIN entities e ON e.id IN (c.subject_id, c.object_id)
           WHERE c.current"""
    ):
        found[document_id].add(entity_id)
    return {key: frozenset(value) for key, value in found.items()}


def _write(
    db: Database, rows: list[_Row], root: dict[str, str], found: list[Dependence], between: list[Dependence]
) -> OriginReport:
    origin = {document: hash_id("origin", document) for document in set(root.values())}
    carried = {d.document: d for d in sorted(found, key=lambda d: d.similarity or 0.0) if d.relation != "cites"}
    relations: dict[tuple[str, str], dict[str, object]] = {}
    for row in rows:
        dependence = carried.get(row.id) if root[row.id] != row.id else None
        relations[row.id, origin[root[row.id]]] = {
            "document_id": row.id,
            "origin_id": origin[root[row.id]],
            "relation": dependence.relation if dependence else "original",
            "similarity": dependence.similarity if dependence else 1.0,
            "reason": dependence.reason if dependence else "no earlier text was found that it carries",
        }
    for citation in sorted(between, key=lambda d: (d.document, d.other, -(d.similarity or 0.0), d.reason)):
        key = (citation.document, origin[root[citation.other]])
        relations.setdefault(
            key,
            {
                "document_id": citation.document,
                "origin_id": key[1],
                "relation": "cites",
                "similarity": citation.similarity,
                "reason": citation.reason,
            },
        )
    by_id = {row.id: row for row in rows}
    db.conn.execute("PRAGMA defer_foreign_keys = on")  # claims may still point to an origin that is replaced below
    originals = [{"id": origin[d], "document_id": d, "kind": _kind(by_id[d])} for d in sorted(origin)]
    changed = replace_all(db, "origins", originals, ("id",))
    changed += replace_all(db, "document_origins", list(relations.values()), ("document_id", "origin_id"))
    changed += execute(
        db,
        """UPDATE claims SET origin_id = o.origin_id FROM document_origins o
           WHERE o.document_id = claims.document_id AND o.relation != 'cites'
             AND claims.origin_id IS NOT o.origin_id""",
    )
    kinds = [str(row["relation"]) for row in relations.values()]
    return OriginReport(
        len(rows), len(origin), kinds.count("copy"), kinds.count("translation"), kinds.count("cites"), changed
    )


def _kind(row: _Row) -> str:
    if row.kind in ("statement", "policy"):
        return "release"
    return "wire" if row.tier == "wire" else "report"
