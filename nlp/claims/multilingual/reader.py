"""From a document to claims, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims import Reading
from distillwatch.nlp.claims.multilingual.discourse import Discourse
from distillwatch.nlp.claims.multilingual.lexicon import Frame, Lexicon, load_lexicon
from distillwatch.nlp.claims.multilingual.marking import Item, Line, mark
from distillwatch.nlp.claims.multilingual.slots import figures_of, when_of
from distillwatch.nlp.claims.multilingual.speech import Saying, sayings_of, voice_of
from distillwatch.nlp.claims.multilingual.stance import Stance, stance_of
from distillwatch.nlp.claims.multilingual.subjects import clause_of, subject_of
from distillwatch.nlp.claims.scene import Scene, referent, scene_of
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.nlp.names import Names
from distillwatch.nlp.sentences import split
from distillwatch.records import Claim, DateMention, Document, Segment
from distillwatch.topic import Predicate, Topic

LANGUAGES = ("fr", "de", "es", "zh", "ja")
READ = frozenset({"headline", "heading", "paragraph", "list_item", "quote", "caption", "comment"})
_OPEN, _CLOSE = "“«»„「『", "”»«“」』"


class MultilingualReader:
    """Reads claims in the languages that have no parser here; lexicons are compiled once for many documents."""

    def __init__(self, topic: Topic) -> None:
        self.predicates: Mapping[str, Predicate] = topic.vocabulary.predicates
        self.entities = topic.entities
        self.lexicons = {language: load_lexicon(topic.vocabulary, language) for language in LANGUAGES}
        self.units: Mapping[str, Sequence[str]] = topic.vocabulary.lexicon("claims_units")["carried"]

    def read(
        self, document: Document, names: Names, dates: Sequence[DateMention], amounts: Sequence[Amount]
    ) -> Reading:
        """All claims of a document in text order; none for a language without patterns."""
        words = self.lexicons.get(document.language)
        if words is None:
            return Reading(claims=())
        scene = scene_of(document, (*self.entities, *names.proposed))
        items = _items(names, dates, amounts, scene)
        claims = list(_Pass(self, document, words, scene, items).claims())
        return Reading(claims=tuple(claims), entities=tuple(scene.proposed.values()))
