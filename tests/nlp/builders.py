"""A small invented registry, and documents, for the tests of names and references."""

from __future__ import annotations

from distillwatch.ids import entity_id
from distillwatch.nlp.names import Names
from distillwatch.records import Document, DocumentKind, Entity, EntityKind, Segment, SegmentKind


def entity(
    kind: EntityKind,
    name: str,
    aliases: tuple[str, ...] = (),
    *,
    owner: str = "",
    family: str = "",
    description: str = "",
) -> Entity:
    """A registered entity."""
    return Entity(
        id=entity_id(kind, name),
        kind=kind,
        name=name,
        aliases=aliases,
        owner=owner,
        family=family,
        description=description,
    )


REGISTRY = (
    entity("company", "Norvane", ("Norvane AI", "诺凡", "ノーヴェイン"), description="AI laboratory in Port Ellery"),
    entity("company", "Huaixu Technology", ("Huaixu", "槐序科技"), description="AI start-up in Hangzhou, China"),
    entity("company", "Rautenfels", ("RTF",), description="AI start-up in Leipzig, Germany"),
    entity("company", "Mistral AI", ("Mistral",), description="AI start-up in Paris, France"),
    entity("model", "Ostra", owner="Norvane"),
    entity("model", "Ostra 2", ("Ostra-2",), owner="Norvane", family="Ostra"),
    entity("model", "Linmo", ("林墨",), owner="Huaixu Technology"),
    entity("model", "Linmo 2.5-14B", owner="Huaixu Technology", family="Linmo"),
    entity("model", "Linmo-R1", ("R1",), owner="Huaixu Technology", family="Linmo"),
    entity("model", "Claude", owner="Norvane"),
    entity("person", "Imke Sondervall", ("因克·桑德瓦尔",), owner="Norvane", description="spokesperson; she"),
    entity("agency", "Ministry of Trade of Sundmark", ("Trade Ministry",)),
    entity("policy", "Norvane Commercial Terms", ("Norvane ToS",), owner="Norvane", description="terms"),
    entity("policy", "Model Provenance Act", ("Provenance Act",)),
    entity("outlet", "The Information"),
    entity("country", "United States", ("U.S.", "US", "美国")),
    entity("group", "Chinese AI companies", ("Chinese companies",)),
)


def document(
    *paragraphs: str,
    language: str = "en",
    kind: DocumentKind = "news",
    outlet: str = "",
    segments: SegmentKind = "paragraph",
    headline: str = "",
    speakers: tuple[str, ...] = (),
) -> Document:
    """A document of those paragraphs, each a segment of its own; `headline` stands above them."""
    blocks = [(segments, text) for text in paragraphs]
    if headline:
        blocks.insert(0, ("headline", headline))
    parts, at = [], 0
    for position, (segment, text) in enumerate(blocks):
        speaker = speakers[position] if position < len(speakers) else ""
        parts.append(Segment(position=position, kind=segment, start=at, end=at + len(text), speaker=speaker))
        at += len(text) + 1
    return Document(
        id="d",
        source_id="s",
        url="file:d",
        kind=kind,
        language=language,
        title=headline,
        outlet=outlet,
        text="\n".join(text for _, text in blocks),
        segments=tuple(parts),
    )


def linked(names: Names) -> dict[str, str]:
    """The name of the entity by each mention's words."""
    by_id = {e.id: e.name for e in names.named}
    return {m.text: by_id[m.entity_id] for m in names.mentions if m.entity_id}


def kinds(names: Names) -> dict[str, str]:
    """The kind by name of each entity that the text proposes."""
    return {e.name: e.kind for e in names.proposed}
