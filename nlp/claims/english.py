"""Claims from English text: every reader of a sentence, then stance, speaker, date and offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims import Reading, frames, training
from distillwatch.nlp.claims.build import Known, sentences_of
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.grounds import evidence_class
from distillwatch.nlp.claims.lexicon import Lexicon, load_lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.timing import when_of
from distillwatch.nlp.claims.voice import Voice, voice_of
from distillwatch.records import Claim, DateMention, Document, Entity
from distillwatch.topic import Topic


class EnglishReader:
    """Reads claims; the lexicons are compiled once for many documents."""

    def __init__(self, topic: Topic, nlp: Language) -> None:
        self.nlp = nlp
        self.predicates = topic.vocabulary.predicates
        self.lexicon: Lexicon = load_lexicon(topic.vocabulary)
        self.training = training.Words(self.lexicon)
        self.entities = {e.id: e for e in topic.entities}

    def read(self, document, names, dates: Sequence[DateMention], amounts: Sequence[Amount]) -> Reading:
        entities = {**self.entities, **{e.id: e for e in names.proposed}}
        known = []
        for m in names.mentions:
            if m.entity_id is None: continue
            known.append(Known(m.start, m.end, (referent(entities[m.entity_id], m.text),), True))
        sentences = sentences_of(document, known, dates, amounts, self.lexicon, self.nlp)
        claims = [c for s in sentences for c in self._claims(s)]
        return Reading(claims=tuple(claims))

    def _claims(self, sentence: Sentence) -> Iterator[Claim]:
        for draft in self._drafts(sentence):
            voice = voice_of(draft, sentence, self.lexicon, self.predicates[draft.predicate])
            if voice is not None:
                yield self._claim(draft, voice, sentence)

    def _drafts(self, sentence: Sentence) -> Iterator[Draft]:
        yield from training.drafts(sentence, self.training)
        yield from frames.drafts(sentence, self.lexicon, self.predicates)

    def _claim(self, draft: Draft, voice: Voice, sentence: Sentence) -> Claim:
        evidence = sentence.document_text[sentence.start : sentence.end]
        return Claim(
            segment=sentence.segment.position,
            start=sentence.start,
            end=sentence.end,
            evidence=evidence,
            subject_id=draft.subject.id,
            subject_text=draft.subject.text,
            predicate=draft.predicate,
            object_id=draft.object.id if draft.object else None,
            object_text=draft.object.text if draft.object else draft.object_text,
            speaker_id=voice.speaker.id if voice.speaker else None,
            speaker_text=voice.speaker_text,
            speaker_chain=voice.chain,
            speech_act=voice.speech_act,
            polarity=voice.polarity,
            hedge=voice.hedge,
            quantity=draft.quantity,
            when=when_of(draft, sentence, self.lexicon),
            evidence_class=evidence_class(evidence, self.lexicon, speaker=voice.speaker, anonymous=voice.anonymous),
            qualifiers=draft.qualifiers,
        )


def referent(entity: Entity, text: str) -> Referent:
    """An entity as a sentence names it."""
    plural = entity.kind == "group" and text[-1:] == "s"
    return Referent(entity.id, entity.name, entity.kind, text, entity.owner, plural)
