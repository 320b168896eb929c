"""From a document to claims, for the languages that have no parser here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims import Reading
from distillwatch.nlp.claims.dialogue import turns
from distillwatch.nlp.claims.groups import share
from distillwatch.nlp.claims.manners import load_manners
from distillwatch.nlp.claims.masks import Known
from distillwatch.nlp.claims.multilingual.lexicon import load_lexicon
from distillwatch.nlp.claims.multilingual.marking import Item
from distillwatch.nlp.claims.multilingual.passage import Passage
from distillwatch.nlp.claims.multilingual.talk import Talk
from distillwatch.nlp.claims.questions import answers
from distillwatch.nlp.claims.scene import Scene, referent, registry_of, scene_of
from distillwatch.nlp.names import Names
from distillwatch.nlp.spans import Spans
from distillwatch.records import DateMention, Document
from distillwatch.topic import Predicate, Topic

LANGUAGES = ("fr", "de", "es", "zh", "ja")


class MultilingualReader:
    """Reads claims; the lexicons are compiled once for many documents."""

    def __init__(self, topic: Topic) -> None:
        self.predicates: Mapping[str, Predicate] = topic.vocabulary.predicates
        self.registry = registry_of(topic.entities)
        self.lexicons = {language: load_lexicon(topic.vocabulary, language) for language in LANGUAGES}
        self.manners = load_manners(topic.vocabulary)
        self.units: Mapping[str, Sequence[str]] = topic.vocabulary.lexicon("claims_units")["carried"]

    def read(
        self, document: Document, names: Names, dates: Sequence[DateMention], amounts: Sequence[Amount]
    ) -> Reading:
        """All claims of a document in text order; none for a language without patterns."""
        words = self.lexicons.get(document.language)
        if words is None:
            return Reading(claims=())
        registry = registry_of(names.proposed, self.registry) if names.proposed else self.registry
        scene = scene_of(document, registry)
        carried = {unit for units in self.units.values() for unit in units}
        told = [a for a in amounts if a.quantity.unit.partition(" per ")[0] in carried]
        items = _items(names, dates, told, scene)
        manner = self.manners[document.language]
        known = [Known(i.start, i.end, i.referents, True) for i in items if i.referents]
        interview = turns(document, known, scene, manner) or answers(document, known, scene, manner)
        passage = Passage(document, words, scene, items, self.predicates, self.units, Talk(interview, manner))
        claims = share(tuple(passage.claims()), scene)
        return Reading(claims=tuple(claims), entities=tuple(scene.proposed.values()))


def _items(names: Names, dates: Sequence[DateMention], amounts: Sequence[Amount], scene: Scene) -> list[Item]:
    """Names, dates and amounts in text order; where two overlap, names come first, then dates."""
    found: list[Item] = []
    for mention in names.mentions:
        known = scene.entities.get(mention.entity_id) if mention.entity_id is not None else None
        listed = scene.listed(known, mention.text) if known is not None else ()
        referents = tuple(referent(e, e.name) for e in listed)
        referents = referents or ((referent(known, mention.text),) if known is not None else ())
        found.append(Item(start=mention.start, end=mention.end, referents=referents))
    for date in dates:
        found.append(Item(start=date.start, end=date.end, date=date))
    for amount in amounts:
        found.append(Item(start=amount.start, end=amount.end, amount=amount))
    taken = Spans()
    return sorted((i for i in found if taken.add(i.start, i.end)), key=lambda item: item.start)
