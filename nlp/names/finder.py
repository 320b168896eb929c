"""Every name of a document: known ones in any spelling, unknown ones by their use, linked or left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from distillwatch.nlp.model import bare_adjectives, common_words
from distillwatch.nlp.names.ambiguity import Ambiguity, Settled
from distillwatch.nlp.names.bodies import Bodies
from distillwatch.nlp.names.elsewhere import Elsewhere
from distillwatch.nlp.names.evidence import Evidence
from distillwatch.nlp.names.gazetteer import Gazetteer
from distillwatch.nlp.names.headlines import narrowed
from distillwatch.nlp.names.known import Found, KnownNames
from distillwatch.nlp.names.learned import Taught, staff_of, sweep, taught_by_employers, taught_by_known
from distillwatch.nlp.names.lexicon import load_words
from distillwatch.nlp.names.owned import Owned
from distillwatch.nlp.names.owners import with_owners
from distillwatch.nlp.names.passages import Passage, passages_of, plain
from distillwatch.nlp.names.pieces import Piece, key_of, pieces_of
from distillwatch.nlp.names.recogniser import Hearing, Recogniser, heard
from distillwatch.nlp.names.shapes import decide_by_shape
from distillwatch.nlp.names.spans import Spans
from distillwatch.nlp.names.speakers import speakers_of
from distillwatch.nlp.names.tokens import Tokens
from distillwatch.nlp.names.unknown import Decided, decide
from distillwatch.nlp.names.versions import Versions
from distillwatch.records import Document, Entity, Mention
from distillwatch.topic import Vocabulary

GENITIVES = frozenset({"s ", "' ", "’ "})


class Names(Struct, frozen=True):
    """The mentions of a document in order, none overlapping, and the entities that it proposes."""

    mentions: tuple[Mention, ...]
    proposed: tuple[Entity, ...]
    named: tuple[Entity, ...] = ()  # every entity that a mention is linked to, registered or proposed
    speakers: dict[str, Entity] = {}  # by a segment's `speaker`, whom the text itself may never name
    heard: str = ""  # a hash of what other texts' names may have done here


class NameFinder:
    """Finds names; built once for a topic, then used for any number of documents, in any language."""

    def __init__(
        self,
        entities: Sequence[Entity],
        vocabulary: Vocabulary,
        elsewhere: Sequence[Entity] = (),
        recogniser: Recogniser | None = None,
    ) -> None:
        """`entities` is the registry; its order decides where two entities share a spelling.

        `elsewhere` are entities that other texts agree on: evidence, as a text may use their words otherwise.
        So is what the recogniser sees, which is asked about English texts alone.
        """
        self.recogniser = recogniser
        self._words = words = load_words(vocabulary)
        self._known = KnownNames(entities, Versions(words), words.company_ends)
        self._elsewhere = Elsewhere(elsewhere, words)
        self._staff = staff_of(self._known.by_id.values(), words)
        self._common, self._adjectives = common_words(), bare_adjectives()
        self._long_places = Gazetteer((place, place) for place in words.long_places)
        self._bodies = {
            language: Bodies(forms, words.function_words, (words.calendar, words.titles))
            for language, forms in words.patterns.items()
        }
        self._rules = _in_short(entities)
        self._owned = {language: Owned(rows, entities) for language, rows in words.owned.items()}

    def find(self, document: Document) -> Names:
        """The names of one document."""
        return heard(self.finding(document), self.recogniser)

    def finding(self, document: Document) -> Hearing[Names]:
        """The same, with the texts about which the recogniser is asked handed out to be asked among others."""
        text, passages = document.text, passages_of(document)
        pieces = [pieces_of(text, passage.start, passage.end) for passage in passages]
        clean = plain(text)
        language = self._language(document)
        tokens = Tokens(self._words, self._common, self._adjectives, document.language)
        settled = self._settled(document, passages, pieces)
        owner = self._publisher(document)
        here = {s.found.entity.name for s in settled if s.linked} | ({owner.name} if owner is not None else set())
        bodies = self._by_form(text, clean, passages, settled, language, document.outlet, here)
        longer = Spans((b.start, b.end) for b in bodies)
        settled = [s for s in settled if not longer.covers(s.found.start, s.found.end)]
        sure = [*(s.found for s in settled if s.linked), *bodies]
        taught = [
            *taught_by_known(text, sure, self._words, tokens),
            *taught_by_employers(sure, self._staff),
            *self._elsewhere.taught,
        ]
        mentions = [_mention(text, f, f.entity.id, f.reason or "registered name") for f in sure]
        mentions += sweep(text, pieces, taught, [(m.start, m.end) for m in mentions])
        decided = [
            Taught(self._registered(d.entity()), (d.name, *d.short), d.reason, d.score)
            for d in (yield from self._decided(document, passages, clean, mentions, self._places(text, pieces), tokens))
        ]
        mentions += sweep(text, pieces, decided, [(m.start, m.end) for m in mentions])
        known = {e.id: e for e in (*(f.entity for f in sure), *(t.entity for t in (*taught, *decided)))}
        mentions = self._belongings(document, passages, clean, mentions, known, language)
        taken = Spans((m.start, m.end) for m in mentions)
        open_ = [s for s in settled if not s.linked and not taken.overlaps(s.found.start, s.found.end)]
        mentions += [_mention(text, s.found, None, s.reason) for s in open_]
        ordered = narrowed(sorted(mentions, key=_at), passages, known)
        owned = with_owners(known, ordered, clean, self._words.relations[language])
        return self._names(document, ordered, owned, self._elsewhere.heard(pieces))

    def _language(self, document: Document) -> str:
        """The language whose cues are used: English where there are none of its own."""
        return document.language if document.language in self._words.cues else "en"

    def _names(self, document: Document, mentions: Sequence[Mention], known: Mapping[str, Entity], heard: str) -> Names:
        named = {m.entity_id for m in mentions}
        entities = [known[i] for i in sorted(known) if i in named]
        return Names(
            mentions=tuple(mentions),
            proposed=tuple(e for e in entities if e.status == "proposed"),
            named=tuple(entities),
            speakers=speakers_of(document, entities, self._known.by_key),
            heard=heard,
        )

    def _settled(
        self, document: Document, passages: Sequence[Passage], pieces: Sequence[Sequence[Piece]]
    ) -> list[Settled]:
        pairs = zip(passages, pieces, strict=True)
        found = [f for passage, inside in pairs for f in self._known.find(document.text, passage, inside)]
        ambiguity = Ambiguity(self._words, self._known, document.text, document.language, found)
        return ambiguity.settle(found, passages)

    def _by_form(
        self,
        text: str,
        clean: str,
        passages: Iterable[Passage],
        settled: Sequence[Settled],
        language: str,
        publisher: str,
        here: set[str],
    ) -> list[Found]:
        """Bodies, laws and institutions by their form, where no registered name says more; `here` names the present."""
        known = Spans((s.found.start, s.found.end) for s in settled)
        found = []
        for passage in passages:
            for one in self._bodies[language].find(text, clean, passage, publisher):
                if not known.covers(one.start, one.end) and not known.tears(one.start, one.end):
                    whose = text[max(passage.start, one.start - 2) : one.start]  # "X's Service Terms" are X's
                    entity = self._registered(one.entity)
                    entity = entity if whose in GENITIVES else self._in_short(entity, here)
                    found.append(Found(one.start, one.end, entity, "", one.reason, one.score))
        return found

    def _registered(self, entity: Entity) -> Entity:
        """The registered entity that is spelled like a proposed one, if there is one of its kind."""
        key = key_of(entity.name)
        known = self._known.by_key.get(key) or self._known.by_head.get(key) or self._elsewhere.by_key.get(key)
        return known if known is not None and known.kind == entity.kind else entity

    def _in_short(self, entity: Entity, here: set[str]) -> Entity:
        """ "The Service Terms" for "Norvane Service Terms": the one registered rule of that name of an owner `here`."""
        if entity.kind != "policy" or entity.id in self._known.by_id:
            return entity
        rules = self._rules.get(entity.name.casefold(), ())
        fitting = [rule for rule in rules if rule.owner in here]
        return fitting[0] if len(fitting) == 1 else entity

    def _decided(
        self,
        document: Document,
        passages: Sequence[Passage],
        clean: str,
        mentions: Sequence[Mention],
        places: Sequence[tuple[int, int]],
        tokens: Tokens,
    ) -> Hearing[list[Decided]]:
        text, language = document.text, self._language(document)
        taken = sorted([*((m.start, m.end) for m in mentions), *places])
        kinds = [(m.start, m.end, m.kind) for m in mentions]
        evidence = Evidence(self._words, tokens, self._words.cues[language], document, self._elsewhere.kinds)
        witnessed = self.recogniser is not None and document.language == "en"
        used = yield from decide(text, clean, passages, taken, kinds, tokens, evidence, self._words, witnessed)
        return [
            *used,
            *decide_by_shape(text, passages, taken, self._words.shapes[language], self._words),
        ]

    def _places(self, text: str, passages: Iterable[Sequence[Piece]]) -> list[tuple[int, int]]:
        spans = []
        for pieces in passages:
            at = 0
            starts = self._long_places.starts(pieces)
            while at < len(pieces):
                hit = self._long_places.longest(text, pieces, at) if starts[at] else None
                if hit is not None:
                    spans.append((hit.start, hit.end))
                at = hit.stop if hit is not None else at + 1
        return spans

    def _belongings(
        self,
        document: Document,
        passages: Sequence[Passage],
        clean: str,
        mentions: list[Mention],
        known: dict[str, Entity],
        language: str,
    ) -> list[Mention]:
        """The mentions with those of owned things; `known` learns their entities."""
        owned, publisher = self._owned[language], self._publisher(document)
        found = list(owned.find(document.text, clean, passages, mentions, known))
        for passage in passages:
            ours = owned.ours(document.text, passage, publisher) if publisher is not None else ()
            found += [(mention, entity, None) for mention, entity in ours]
        absorbed = {(a.start, a.end) for _, _, a in found if a is not None}
        kept = [m for m in mentions if (m.start, m.end) not in absorbed]
        taken = Spans((m.start, m.end) for m in kept)
        for mention, entity, _ in found:
            if not taken.overlaps(mention.start, mention.end):
                kept.append(mention)
                known.setdefault(entity.id, entity)
        return kept

    def _publisher(self, document: Document) -> Entity | None:
        """The registered company that speaks on a page of its own."""
        if document.kind != "statement" or not document.outlet:
            return None
        whole = Passage(0, len(document.outlet), False, False, ((0, len(document.outlet)),))
        found = [
            f.entity
            for f in self._known.find(document.outlet, whole, pieces_of(document.outlet))
            if f.entity.kind == "company"
        ]
        return found[0] if len(found) == 1 else None


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


def _in_short(entities: Iterable[Entity]) -> dict[str, list[Entity]]:
    """Rules by their name without their owner's."""
    found: dict[str, list[Entity]] = {}
    for entity in entities:
        if entity.kind == "policy" and entity.owner and entity.name.startswith(f"{entity.owner} "):
            found.setdefault(entity.name[len(entity.owner) + 1 :].casefold(), []).append(entity)
    return found


def _at(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _id(entity: Entity) -> str:
    return entity.id
