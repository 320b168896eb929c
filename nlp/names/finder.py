"""Every name of a document: known ones in any spelling, unknown ones by their use, linked or left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from distillwatch.nlp.model import common_words
from distillwatch.nlp.names.ambiguity import Ambiguity, Settled
from distillwatch.nlp.names.bodies import Bodies
from distillwatch.nlp.names.evidence import Evidence
from distillwatch.nlp.names.gazetteer import Gazetteer
from distillwatch.nlp.names.headlines import narrowed
from distillwatch.nlp.names.known import Found, KnownNames
from distillwatch.nlp.names.learned import Taught, sweep, taught_by_employers, taught_by_known
from distillwatch.nlp.names.lexicon import load_words
from distillwatch.nlp.names.owned import Owned
from distillwatch.nlp.names.owners import with_owners
from distillwatch.nlp.names.passages import Passage, passages_of, plain
from distillwatch.nlp.names.pieces import key_of, pieces_of
from distillwatch.nlp.names.shapes import decide_by_shape
from distillwatch.nlp.names.speakers import speakers_of
from distillwatch.nlp.names.tokens import Tokens
from distillwatch.nlp.names.unknown import Decided, decide
from distillwatch.nlp.names.versions import Versions
from distillwatch.records import Document, Entity, Mention
from distillwatch.topic import Vocabulary


class Names(Struct, frozen=True):
    """The mentions of a document in order, none overlapping, and the entities that it proposes."""

    mentions: tuple[Mention, ...]
    proposed: tuple[Entity, ...]
    named: tuple[Entity, ...] = ()  # every entity that a mention is linked to, registered or proposed
    speakers: dict[str, Entity] = {}  # by a segment's `speaker`, whom the text itself may never name


class NameFinder:
    """Finds names; built once for a topic, then used for any number of documents, in any language."""

    def __init__(self, entities: Sequence[Entity], vocabulary: Vocabulary) -> None:
        """`entities` is the registry; its order decides where two entities share a spelling."""
        self._words = words = load_words(vocabulary)
        self._known = KnownNames(entities, Versions(words), words.company_ends)
        self._common = common_words()
        self._long_places = Gazetteer((place, place) for place in words.long_places)
        self._bodies = {
            language: Bodies(forms, words.function_words, (words.calendar, words.titles))
            for language, forms in words.patterns.items()
        }
        self._owned = {language: Owned(rows, entities) for language, rows in words.owned.items()}

    def find(self, document: Document) -> Names:
        """The names of one document."""
        text, passages = document.text, passages_of(document)
        clean = plain(text)
        language = document.language if document.language in self._words.cues else "en"
        settled = self._settled(document, passages)
        bodies = self._by_form(text, passages, settled, language, document.outlet)
        settled = [s for s in settled if not _covered(s.found, bodies)]
        sure = [*(s.found for s in settled if s.linked), *bodies]
        taught = [
            *taught_by_known(text, sure, self._words),
            *taught_by_employers(sure, self._known.by_id.values(), self._words),
        ]
        mentions = [_mention(text, f, f.entity.id, f.reason or "registered name") for f in sure]
        mentions += sweep(text, passages, taught, [(m.start, m.end) for m in mentions])
        decided = [
            Taught(self._registered(d.entity()), (d.name, *d.short), d.reason, d.score)
            for d in self._decided(document, passages, clean, mentions, language)
        ]
        mentions += sweep(text, passages, decided, [(m.start, m.end) for m in mentions])
        known = {e.id: e for e in (*(f.entity for f in sure), *(t.entity for t in (*taught, *decided)))}
        mentions = self._belongings(document, passages, clean, mentions, known, language)
        mentions += [
            _mention(text, s.found, None, s.reason)
            for s in settled
            if not s.linked and all(s.found.end <= m.start or m.end <= s.found.start for m in mentions)
        ]
        ordered = narrowed(sorted(mentions, key=_at), passages, known)
        return self._names(document, ordered, with_owners(known, ordered, clean, self._words.relations[language]))

    def _names(self, document: Document, mentions: Sequence[Mention], known: Mapping[str, Entity]) -> Names:
        named = {m.entity_id for m in mentions}
        entities = [known[i] for i in sorted(known) if i in named]
        return Names(
            mentions=tuple(mentions),
            proposed=tuple(e for e in entities if e.status == "proposed"),
            named=tuple(entities),
            speakers=speakers_of(document, entities, self._known.by_key),
        )

    def _settled(self, document: Document, passages: Sequence[Passage]) -> list[Settled]:
        found = [f for passage in passages for f in self._known.find(document.text, passage)]
        ambiguity = Ambiguity(self._words, self._known, document.text, document.language, found)
        return ambiguity.settle(found, passages)

    def _by_form(
        self, text: str, passages: Iterable[Passage], settled: Sequence[Settled], language: str, publisher: str
    ) -> list[Found]:
        """Bodies, laws and institutions by their form, where no registered name says more."""
        known = [s.found for s in settled]
        found = []
        for passage in passages:
            for one in self._bodies[language].find(text, passage, publisher):
                if not any(k.start <= one.start and one.end <= k.end for k in known) and not _torn(one, known):
                    entity = self._registered(one.entity)
                    found.append(Found(one.start, one.end, entity, "", one.reason, one.score))
        return found

    def _registered(self, entity: Entity) -> Entity:
        """The registered entity that is spelled like a proposed one, if there is one of its kind."""
        key = key_of(entity.name)
        known = self._known.by_key.get(key) or self._known.by_head.get(key)
        return known if known is not None and known.kind == entity.kind else entity

    def _decided(
        self, document: Document, passages: Sequence[Passage], clean: str, mentions: Sequence[Mention], language: str
    ) -> list[Decided]:
        text = document.text
        taken = sorted([*((m.start, m.end) for m in mentions), *self._places(text, passages)])
        kinds = [(m.start, m.end, m.kind) for m in mentions]
        tokens = Tokens(self._words, self._common, document.language)
        evidence = Evidence(self._words, tokens, self._words.cues[language], document)
        return [
            *decide(text, clean, passages, taken, kinds, tokens, evidence, self._words),
            *decide_by_shape(text, passages, taken, self._words.shapes[language]),
        ]

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

    def _belongings(
        self,
        document: Document,
        passages: Iterable[Passage],
        clean: str,
        mentions: list[Mention],
        known: dict[str, Entity],
        language: str,
    ) -> list[Mention]:
        """The mentions with those of owned things; `known` learns their entities."""
        owned, publisher = self._owned[language], self._publisher(document)
        kept = {(m.start, m.end): m for m in mentions}
        for passage in passages:
            for mention, entity, absorbed in owned.find(document.text, clean, passage, mentions, known):
                if absorbed is not None:
                    kept.pop((absorbed.start, absorbed.end), None)
                if all(mention.end <= s or e <= mention.start for s, e in kept):
                    kept[mention.start, mention.end] = mention
                    known.setdefault(entity.id, entity)
            for mention, entity in owned.ours(document.text, passage, publisher) if publisher else ():
                if all(mention.end <= s or e <= mention.start for s, e in kept):
                    kept[mention.start, mention.end] = mention
                    known.setdefault(entity.id, entity)
        return list(kept.values())

    def _publisher(self, document: Document) -> Entity | None:
        """The registered company that speaks on a page of its own."""
        if document.kind != "statement" or not document.outlet:
            return None
        whole = Passage(0, len(document.outlet), False, False, ((0, len(document.outlet)),))
        found = [f.entity for f in self._known.find(document.outlet, whole) if f.entity.kind == "company"]
        return found[0] if len(found) == 1 else None


def _covered(found: Found, longer: Iterable[Found]) -> bool:
    return any(one.start <= found.start and found.end <= one.end for one in longer)


def _torn(one: Found, known: Iterable[Found]) -> bool:
    """Whether a name by form would cut a known name in two."""
    return any(
        k.start < one.end and one.start < k.end and not (one.start <= k.start and k.end <= one.end) for k in known
    )


def _mention(text: str, found: Found, entity_id: str | None, reason: str) -> Mention:
    return Mention(
        start=found.start,
        end=found.end,
        text=text[found.start : found.end],
        kind=found.entity.kind,
        entity_id=entity_id,
        score=found.score,
        reason=reason,
    )


def _at(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _id(entity: Entity) -> str:
    return entity.id
