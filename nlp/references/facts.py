"""What is known of an entity that a description could point at: its place, its country, its sort."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from distillwatch.records import Entity, Mention

WORD = re.compile(r"[^\W_]+(?:[-'.][^\W_]+)*")
REACH = 80
BEFORE = re.compile(r"(?P<place>[A-Z]\w{1,40}(?: [A-Z]\w{1,40})?)-based (?:[\w-]{1,40} ){0,4}$")
COUNTRYS = re.compile(r"\b(?P<place>[A-Z]\w{1,40}(?: [A-Z]\w{1,40})?)['’]s $")  # "China's Norvane"
CITY = re.compile(r"(?:^|\s)(?P<city>[A-Z]\w+(?: [A-Z]\w+)?) $")
HOME = re.compile(r"\b(?:in|of) (?P<place>[A-Z]\w+(?: [A-Z]\w+)?)")
AFTER = re.compile(
    r"(?:, an?| is an?| is the) (?P<words>(?:[\w.'-]+ ){0,5}?)"
    r"(?P<head>start-?up|company|firm|lab|laboratory|group|maker|developer)"
    r"(?: (?:in|from|of|based in) (?P<place>[A-Z]\w+(?: [A-Z]\w+)?))?"
    r"|,? (?:which is |which was |is )?(?:based|headquartered) in (?P<seat>[A-Z]\w+(?: [A-Z]\w+)?)"
    r"|, an? (?P<what>(?:[\w'-]{1,30} ){0,4}[\w'-]{3,30})(?=[,.;)]| (?:that|which|in|of|from|with|whose)\b)"
    r"|, of (?P<town>[A-Z]\w+(?: [A-Z]\w+)?)(?=,)"
    r"| of (?P<of>[A-Z]\w+(?: [A-Z]\w+)?)(?= (?:said|held|has|had|was|is))"
)
SORT = re.compile(
    r"(?P<words>(?:[\w.'-]{1,40} ){0,3})(?P<head>start-?up|company|firm|lab|laboratory|chipmaker|developer) $"
)


def facts_of(
    text: str, mentions: Iterable[Mention], entities: Mapping[str, Entity], countries: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Lower-case words that are true of each entity: of its registered description, its name, and its appositions.

    `countries` is the country by adjective ("Chinese" → "China").
    """
    facts: dict[str, set[str]] = {}
    for mention in mentions:
        entity = entities.get(mention.entity_id or "")
        if entity is None:
            continue
        known = facts.setdefault(entity.id, set(_words(f"{entity.description} {entity.name}", countries)))
        before = text[max(0, mention.start - REACH) : mention.start]
        after = AFTER.match(text, mention.end, min(len(text), mention.end + REACH))
        where_from = BEFORE.search(before) if "-based " in before else None
        for match in (where_from, SORT.search(before), COUNTRYS.search(before), after):
            if match is not None:
                known.update(_words(" ".join(filter(None, match.groupdict().values())), countries))
    return {entity_id: frozenset(words) for entity_id, words in facts.items()}


def seats_of(
    text: str, mentions: Iterable[Mention], entities: Mapping[str, Entity], countries: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """The places, in lower case, that each company is told to sit at: in its registered description or on the page.

    `countries` is the country by adjective; "China's Norvane" tells no seat.
    """
    seats: dict[str, set[str]] = {}
    mentions = tuple(mentions)
    named, lands = {m.end for m in mentions}, set(countries.values())
    for mention in mentions:
        entity = entities.get(mention.entity_id or "")
        if entity is None or entity.kind != "company":
            continue
        known = seats.setdefault(entity.id, {m["place"].casefold() for m in HOME.finditer(entity.description)})
        after = AFTER.match(text, mention.end, min(len(text), mention.end + REACH))
        told = BEFORE.search(text[max(0, mention.start - REACH) : mention.start])
        start = max(0, mention.start - REACH)
        whose = COUNTRYS.search(text[start : mention.start])  # "Bremmel's Norvane"; not "Ostwick's Norvane"
        if whose is not None and (start + whose.end("place") in named or whose["place"] in lands):
            whose = None
        for match in filter(None, (told, whose, after)):
            groups = match.groupdict()
            known.update(groups[g].casefold() for g in ("place", "seat", "town") if groups.get(g))
            city = CITY.search(groups.get("words") or "")  # "Norvane, a Bremmel start-up"
            known.update((city["city"].casefold(),) if city is not None else ())
    return {entity_id: frozenset(places) for entity_id, places in seats.items()}


def _words(text: str, countries: Mapping[str, str]) -> Iterable[str]:
    for match in WORD.finditer(text):
        yield match[0].casefold()
        country = countries.get(match[0])
        if country:
            yield from (word.casefold() for word in country.split())
    for part in re.split(r"[,;]", text):
        yield part.strip().casefold()
