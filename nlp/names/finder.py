"""Every name of a document: known ones in any spelling, unknown ones by their use, linked or left open."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from distillwatch.nlp.model import common_words
from distillwatch.nlp.names.ambiguity import Ambiguity, Settled
from distillwatch.nlp.names.evidence import Evidence
from distillwatch.nlp.names.gazetteer import Gazetteer
from distillwatch.nlp.names.known import KnownNames
from distillwatch.nlp.names.lexicon import load_words
from distillwatch.nlp.names.passages import Passage, passages_of
from distillwatch.nlp.names.pieces import pieces_of
from distillwatch.nlp.names.tokens import Tokens
from distillwatch.nlp.names.unknown import Decided, decide
from distillwatch.nlp.names.versions import Versions
from distillwatch.records import Document, Entity, Mention
from distillwatch.topic import Vocabulary


class Names(Struct, frozen=True):
    """The mentions of a document in order, none overlapping, and the entities that it proposes."""

    mentions: tuple[Mention, ...]
    proposed: tuple[Entity, ...]


class NameFinder:
    """Finds names; built once for a topic, then used for any number of documents, in any language."""

    def __init__(self, entities: Sequence[Entity], vocabulary: Vocabulary) -> None:
        """`entities` is the registry; its order decides where two entities share a spelling."""
        self._words = load_words(vocabulary)
        self._known = KnownNames(entities, Versions(self._words))
        self._common = common_words()
        self._long_places = Gazetteer((place, place) for place in self._words.long_places)

    def find(self, document: Document) -> Names:
        """The names of one document."""
        text = document.text
        passages = passages_of(document)
        found = [f for passage in passages for f in self._known.find(text, passage)]
        settled = Ambiguity(self._words, self._known, text, document.language, found).settle(found, passages)
        taken = [(s.found.start, s.found.end) for s in settled]
        known = [(s.found.start, s.found.end, s.found.entity.kind) for s in settled if s.linked]
        places = self._places(text, passages)
        tokens = Tokens(self._words, self._common, document.language)
        evidence = Evidence(self._words, tokens, self._words.cues.get(document.language, self._words.cues["en"]))
        decided = decide(text, passages, sorted([*taken, *places]), known, tokens, evidence, self._words)
        return self._assembled(text, passages, settled, decided)

    def _places(self, text: str, passages: Sequence[Passage]) -> list[tuple[int, int]]:
        spans = []
        for passage in passages:
            pieces = pieces_of(text, passage.start, passage.end)
            at = 0
            while at < len(pieces):
                hit = self._long_places.longest(text, pieces, at)
                if hit is not None:
                    spans.append((hit.start, hit.end))
                at = hit.stop if hit is not None else at + 1
        return spans

    def _assembled(
        self, text: str, passages: Sequence[Passage], settled: Sequence[Settled], decided: Sequence[Decided]
    ) -> Names:
        mentions = [_mention(text, s) for s in settled]
        proposed = {
            s.found.entity.id: s.found.entity for s in settled if s.linked and s.found.entity.status == "proposed"
        }
        by_id = {d.entity().id: d for d in decided}
        learned = Gazetteer((name, i) for i, d in by_id.items() for name in (d.name, *d.short))
        taken = sorted((m.start, m.end) for m in mentions)
        for passage in passages:
            pieces = pieces_of(text, passage.start, passage.end)
            at = 0
            while at < len(pieces):
                hit = learned.longest(text, pieces, at)
                if hit is None or any(s < hit.end and hit.start < e for s, e in taken):
                    at += 1
                    continue
                one = by_id[hit.spellings[0].entity_id]
                proposed.setdefault(one.entity().id, one.entity())
                mentions.append(
                    Mention(
                        start=hit.start,
                        end=hit.end,
                        text=text[hit.start : hit.end],
                        kind=one.entity().kind,
                        entity_id=one.entity().id,
                        score=one.score,
                        reason=one.reason,
                    )
                )
                at = hit.stop
        return Names(tuple(sorted(mentions, key=_at)), tuple(proposed.values()))


def _mention(text: str, settled: Settled) -> Mention:
    found = settled.found
    return Mention(
        start=found.start,
        end=found.end,
        text=text[found.start : found.end],
        kind=found.entity.kind,
        entity_id=found.entity.id if settled.linked else None,
        score=found.score,
        reason=settled.reason,
    )


def _at(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end
