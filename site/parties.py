"""Who is part of an incident: in which role, with what to win or lose, and with which answer."""

from __future__ import annotations

from msgspec import Struct

from distillwatch.site.claims import Claim, Name, name, show, words
from distillwatch.site.figures import published_words
from distillwatch.site.queries import claims, incidents
from distillwatch.site.queries.claims import ClaimRow
from distillwatch.site.queries.incidents import IncidentRow, MemberRow, ResponseRow, StakeRow
from distillwatch.site.reader import Reader

ROLES = ("actor", "target")  # of which the others are spoken; they come first


class Response(Struct, frozen=True, kw_only=True):
    """How a party answered on an incident, in words, with the claim that says so; None where nothing was found."""

    who: Name
    incident: Name
    words: str
    as_of: str
    claim: Claim | None


def response(reader: Reader, row: ResponseRow, incident: Name) -> Response:
    """A row ready to be shown. The claim may stand in a text that belongs to another incident, or to none."""
    found = reader.rows(ClaimRow, claims.BY_ID, id=row.claim_id) if row.claim_id else []
    return Response(
        who=name(reader, row.entity_id, ""),
        incident=incident,
        words=words()["response"].get(row.status, row.status),
        as_of=published_words(row.as_of, "day"),
        claim=show(reader, found[0]) if found else None,
    )


def members(reader: Reader, row: IncidentRow) -> list[tuple[str, list[Name]]]:
    """(part, names), who acts and who is acted on first; a name with two parts is listed under each.

    Of sanctions, those who bear them are the side that the incident is about.
    """
    entry = reader.topic.vocabulary.predicates.get(row.kind)
    parts = words()["role_sanctioned" if entry is not None and entry.incident == "sanction" else "role"]
    grouped: dict[str, dict[str, Name]] = {parts[role]: {} for role in ROLES}
    for member in reader.rows(MemberRow, incidents.MEMBERS, id=row.id):
        found = name(reader, member.entity_id, "")
        grouped.setdefault(parts.get(member.role, member.role), {}).setdefault(found.path or found.text, found)
    return [(part, list(names.values())) for part, names in grouped.items() if names]


def stakes(reader: Reader, incident: str) -> list[tuple[Name, list[str]]]:
    """(who, why each of its stakes is one), as far as the graph knows."""
    grouped: dict[str, list[str]] = {}
    for row in reader.rows(StakeRow, incidents.STAKES, id=incident):
        reason = row.reason or words()["stake"].get(row.stake, row.stake)
        entity = reader.entity(row.entity_id)
        grouped.setdefault(row.entity_id, []).append(reason.removeprefix(f"{entity.name} ") if entity else reason)
    return [(name(reader, identity, ""), list(dict.fromkeys(reasons))) for identity, reasons in grouped.items()]
