"""Headlines shorten: a family's bare name there is the one version that the text below speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from distillwatch.nlp.names.passages import Passage
from distillwatch.records import Entity, Mention


def narrowed(mentions: Sequence[Mention], passages: Sequence[Passage], by_id: Mapping[str, Entity]) -> list[Mention]:
    """The mentions; a family in a headline is its version where only one version, and no bare name, follows."""
    heads = [(p.start, p.end) for p in passages if p.headline]
    above = [any(start <= m.start < end for start, end in heads) for m in mentions]
    named = [by_id.get(m.entity_id or "") for m, head in zip(mentions, above, strict=True) if not head]
    below = [entity for entity in named if entity is not None]
    versions: dict[str, set[str]] = {}
    for entity in below:
        if entity.kind == "model":
            versions.setdefault(entity.family, set()).add(entity.id)
    bare = {entity.name for entity in below}
    return [
        _narrowed(mention, by_id, versions, bare) if head else mention
        for mention, head in zip(mentions, above, strict=True)
    ]


def _narrowed(
    mention: Mention, by_id: Mapping[str, Entity], versions: Mapping[str, set[str]], bare: set[str]
) -> Mention:
    entity = by_id.get(mention.entity_id or "")
    if entity is None or entity.kind != "model" or entity.name in bare or len(versions.get(entity.name, ())) != 1:
        return mention
    reason = "short form, in a headline, of the one version that the text names"
    return msgspec.structs.replace(mention, entity_id=next(iter(versions[entity.name])), score=0.8, reason=reason)
