"""The index of names and a page for each company, model, person, agency, policy, product, group and country."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from urllib.parse import urlencode

from msgspec import Struct

from distillwatch.ids import hash_id
from distillwatch.site import linked, paths
from distillwatch.site.claims import Claim, Name, load, name, words
from distillwatch.site.disputes import load_disputes
from distillwatch.site.feeds import Entry, feed_pages, of_dispute, of_document
from distillwatch.site.page import Context, Page
from distillwatch.site.policies import stages
from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.queries import disputes, documents, entities, incidents
from distillwatch.site.queries.documents import ListedRow
from distillwatch.site.queries.entities import AliasRow, EvidenceRow, UseRow
from distillwatch.site.queries.incidents import IncidentRow
from distillwatch.site.reader import EntityRow, Reader

# A page stays readable and light however much is said: the newest are shown, the database has them all.
CLAIMS, SAID, DISPUTES, LISTED = 40, 20, 8, 200


EVIDENCE = 3  # grounds that are shown for a name that nobody has checked
QUERIES = (
    "what_is_said_about_somebody",
    "what_did_somebody_say",
    "disputes_about_somebody",
    "texts_that_name_somebody",
)


class Listed(Struct, frozen=True):
    """A line of the index."""

    name: Name
    documents: int
    claims: int
    proposed: bool


class Lineage(Struct, frozen=True):
    """Who is said to have taught whom: claims between two names, grouped by the other one."""

    other: Name
    claims: tuple[Claim, ...]


def pages(reader: Reader) -> Iterator[Page]:
    """The index and a page for each entity; one that was merged says into which."""
    uses = {row.id: row for row in reader.rows(UseRow, entities.USES)}
    shown = [e for e in reader.entities.values() if reader.entity(e.id) is e]
    yield Page(
        path="entities.html",
        template="entities.html",
        title="Names",
        section="entities.html",
        context=lambda: {"kinds": _index(reader, shown, uses)},
        key=lambda: hash_id(uses, [(entity, reader.fingerprints.naming(entity.id)[0]) for entity in shown]),
    )
    for entity in reader.entities.values():
        target = reader.entity(entity.id)
        merged = target is not None and target is not entity
        yield Page(
            path=paths.entity(entity.kind, entity.id),
            template="moved.html" if merged else "entity.html",
            title=entity.name,
            section="entities.html",
            context=partial(_moved if merged else _entity, reader, entity),
            found_as="" if merged else "name",
            key=partial(reader.fingerprints.entity, entity.id),
            feed="feed.xml" if merged else _feed(entity),
        )
        if not merged:
            yield from feed_pages(
                reader,
                _feed(entity),
                f"{reader.topic.title}: {entity.name}",
                paths.entity(entity.kind, entity.id),
                partial(_news, reader, entity),
                key=partial(reader.fingerprints.entity, entity.id),
            )


def _feed(entity: EntityRow) -> str:
    return paths.entity(entity.kind, entity.id).removesuffix(".html") + ".xml"


def _news(reader: Reader, entity: EntityRow) -> list[Entry]:
    ids = json.dumps(reader.merged_ids(entity.id))
    return [
        *(of_dispute(d) for d in load_disputes(reader, disputes.OF_ENTITIES, ids=ids, limit=DISPUTES)),
        *(of_document(row) for row in _named_in(reader, entity)[1]),
    ]


def _named_in(reader: Reader, entity: EntityRow) -> tuple[int, list[ListedRow]]:
    """How many texts name it, and the newest of them: its page and its feed list the same."""
    number, newest = reader.fingerprints.naming(entity.id)

    def read() -> list[ListedRow]:
        return reader.rows(ListedRow, documents.OF_IDS, ids=json.dumps(newest))

    return number, reader.kept(("named in", entity.id), read)


def _index(reader: Reader, shown: Sequence[EntityRow], uses: dict[str, UseRow]) -> list[tuple[str, int, list[Listed]]]:
    """Names that are used in a text, by kind: how many there are, and of these the most used."""
    grouped: dict[str, list[Listed]] = {}
    for entity in shown:
        documents, _ = reader.fingerprints.naming(entity.id)
        found = documents, sum(uses[i].claims for i in reader.merged_ids(entity.id))
        if any(found):
            line = Listed(name(reader, entity.id, ""), *found, entity.status == "proposed")
            grouped.setdefault(entity.kind, []).append(line)
    kinds = [(kind, grouped[kind]) for kind in paths.ENTITY_KINDS if kind in grouped]
    return [(kind, len(listed), sorted(listed, key=_used)[:LISTED]) for kind, listed in kinds]


def _used(listed: Listed) -> tuple[int, int, str]:
    return (-listed.claims, -listed.documents, listed.name.text.casefold())


def _moved(reader: Reader, entity: EntityRow) -> Context:
    target = name(reader, entity.id, "")
    return {
        "what": words()["kind"].get(entity.kind, [entity.kind])[0],
        "name": entity.name,
        "path": target.path,
        "target": target.text,
    }


def _entity(reader: Reader, entity: EntityRow) -> Context:
    same = reader.merged_ids(entity.id)
    ids = json.dumps(same)
    about = load(reader, claim_queries.ABOUT, ids=ids, limit=CLAIMS)
    path = paths.entity(entity.kind, entity.id)
    number, listed = _named_in(reader, entity)
    kind = words()["kind"].get(entity.kind, [entity.kind])[0]
    aliases = [a for a in reader.rows(AliasRow, entities.ALIASES, ids=ids) if a.alias != entity.name]
    owner = name(reader, entity.owner_id, "") if entity.owner_id else None
    return {
        "linked": linked.entity(reader, entity, [a.alias for a in aliases], owner),
        "facets": [("kind", kind)],
        "entity": entity,
        "kind": kind,
        "owner": owner,
        "evidence": _evidence(reader, entity, ids),
        "family": name(reader, entity.family_id, "") if entity.family_id else None,
        "holdings": [name(reader, e.id, "") for i in same for e in reader.holdings.get(i, ())],
        "versions": [name(reader, e.id, "") for i in same for e in reader.versions.get(i, ())],
        "aliases": aliases,
        "taught_by": _lineage(reader, about, path, as_subject=True),
        "teaches": _lineage(reader, about, path, as_subject=False),
        "about": _by_predicate([c for c in about if not _is_lineage(reader, c)]),
        "more_about": reader.count(claim_queries.COUNT_ABOUT, ids=ids) - len(about),
        "spoken": load(reader, claim_queries.BY_SPEAKER, ids=ids, limit=SAID),
        "more_spoken": max(0, reader.count(claim_queries.COUNT_BY_SPEAKER, ids=ids) - SAID),
        "disputes": load_disputes(reader, disputes.OF_ENTITIES, ids=ids, limit=DISPUTES),
        "queries": {q: f"db/knowledge/{q}?{urlencode({'name': entity.name})}" for q in QUERIES},
        "incidents": reader.rows(IncidentRow, incidents.OF_ENTITIES, ids=ids),
        "documents": listed,
        "more_documents": number - len(listed),
        "stages": stages(reader, same),
        "jurisdiction": reader.value(entities.JURISDICTION, id=entity.id) or "",
    }


def _evidence(reader: Reader, entity: EntityRow, ids: str) -> list[EvidenceRow]:
    """Why a name that nobody has checked is taken for what it is said to be."""
    if entity.status != "proposed":
        return []
    return reader.rows(EvidenceRow, entities.EVIDENCE, ids=ids, limit=EVIDENCE)


def _is_lineage(reader: Reader, claim: Claim) -> bool:
    entry = reader.topic.vocabulary.predicates.get(claim.row.predicate)
    return entry is not None and entry.group == "use" and entry.accusation


def _lineage(reader: Reader, claims: Sequence[Claim], path: str, *, as_subject: bool) -> list[Lineage]:
    """What is said about learning from (`as_subject`) or being learnt from, by the other side."""
    grouped: dict[str, list[Claim]] = {}
    names: dict[str, Name] = {}
    for claim in claims:
        mine, other = (claim.subject, claim.object) if as_subject else (claim.object, claim.subject)
        if _is_lineage(reader, claim) and mine.path == path:
            grouped.setdefault(other.text, []).append(claim)
            names[other.text] = other
    return [Lineage(names[text], tuple(found)) for text, found in grouped.items()]


def _by_predicate(claims: Sequence[Claim]) -> list[tuple[str, list[Claim]]]:
    grouped: dict[str, list[Claim]] = {}
    for claim in claims:
        grouped.setdefault(claim.act, []).append(claim)
    return sorted(grouped.items())
