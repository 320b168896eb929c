"""Which event a date belongs to: by the parse, never the nearest by distance."""

from __future__ import annotations

from collections.abc import Sequence

from distillwatch.dates import DateRange
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.nlp.claims.stance import not_until
from distillwatch.nlp.clauses import is_verb
from distillwatch.nlp.parse import Token
from distillwatch.records import DateMention
from distillwatch.topic import Predicate

# Milestones that are points: "in force since May" happened in May. States ("blocked since May") go on.
POINTS = frozenset({"start", "stage", "publication", "sending", "filing", "opening"})
HAPPENING = frozenset({"publication", "sending", "filing", "opening"})  # a rule's effect is told in the present, too


def to_come(draft: Draft, sentence: Sentence, when: DateRange, published: str, predicate: Predicate) -> bool:
    """ "X sues Y before the end of the year": what happens once, told in the present, on a day after the text's."""
    verb = draft.trigger
    if not published or predicate.milestone not in HAPPENING or not is_verb(verb):
        return False
    if any(c.dep_ in {"aux", "auxpass"} for c in verb.children) or not sentence.words(verb).lower().endswith("s"):
        return False
    return (when.start or when.end or "") > published


def when_of(draft: Draft, sentence: Sentence, lexicon: Lexicon, predicate: Predicate) -> DateRange | None:
    """The date of what the draft tells, never of its telling; None when the sentence gives none."""
    if draft.undated or not sentence.dates:
        return None
    late = not_until(draft.trigger, sentence)
    if late is not None:
        return late.date
    events = set[int]()
    for token in draft.event or (draft.trigger,):
        events |= {t.i for t in _one_event(token, lexicon)}
    for index, date in sorted(sentence.dates.items()):
        event = _event(sentence.doc[index], lexicon, telling=predicate.milestone == "speaking")
        if event is not None and event.i in events:
            return _start(date) if predicate.milestone in POINTS or predicate.group == "rule" else bounded(date)
    return _shared(draft, sentence, lexicon) or _day_on_which(draft, sentence)


def _day_on_which(draft: Draft, sentence: Sentence) -> DateRange | None:
    """ "until 1 September, the day on which the act enters into force"."""
    for token in draft.trigger.ancestors:
        if token.lemma_ in {"day", "date", "week", "month", "year"}:
            near = [token.head, *token.children]
            return next((date.date for i, date in sentence.dates.items() if any(t.i == i for t in near)), None)
        if token.dep_ in {"ROOT", "ccomp"}:
            return None
    return None


def set_deadlines(sentences: Sequence[Sentence]) -> None:
    """Hand a deadline that opens one sentence of a paragraph or list item on to the forecasts behind it."""
    position, deadline = -1, None
    for sentence in sentences:
        if sentence.segment.position != position:
            position, deadline = sentence.segment.position, None
        sentence.deadline = deadline
        opening = next(
            (d for i, d in sorted(sentence.dates.items()) if i <= 4 and d.bound in {"until", "before"}), None
        )
        if opening is not None:
            deadline = bounded(opening)


def _start(date: DateMention) -> DateRange:
    """A state that holds "since June" began in June."""
    return date.date if date.bound == "since" else bounded(date)


def bounded(date: DateMention) -> DateRange:
    """The date with what "since" or "by" leaves open."""
    return date.date.bounded(date.bound)


def _event(token: Token, lexicon: Lexicon, *, telling: bool = False) -> Token | None:
    """The verb or event noun that a date hangs on; for an answer, "in a statement on Monday" dates the answering."""
    for ancestor in token.ancestors:
        if is_verb(ancestor):
            return ancestor
        if not telling and ancestor.pos_ == "NOUN" and ancestor.lemma_.lower() in lexicon.words("event_nouns"):
            return ancestor
    return None


def _one_event(trigger: Token, lexicon: Lexicon) -> list[Token]:
    """The tokens that tell of one event with the trigger: what governs it without telling of anything else."""
    found = [trigger]
    token = trigger
    if token.dep_ == "acl" and token.head.head.dep_ == "agent":  # "was seen by Y taking Z"
        token = token.head.head.head
        found.append(token)
    while (
        token.dep_
        in {"xcomp", "advcl", "attr", "dobj", "acomp", "pobj", "prep", "aux", "auxpass", "nsubjpass", "pcomp"}
        and token.head != token
    ):
        if token.dep_ == "advcl" and not any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children):
            break
        token = token.head
        if token.lemma_.lower() in lexicon.speech:
            break
        found.append(token)
        if token.pos_ in {"VERB", "AUX"} and token.dep_ != "xcomp":
            break
    found += [c for c in trigger.children if c.dep_ in {"xcomp", "acl"} or c.lemma_ in {"access", "account"}]
    for noun in trigger.children:  # "the letter, dated 3 May, was sent", "sent its letter of 3 May"
        found += [c for c in noun.children if c.dep_ == "acl" and c.lemma_ == "date"]
        if noun.dep_ in {"dobj", "nsubjpass"} and noun.lemma_.lower() in lexicon.words("event_nouns"):
            found.append(noun)
    return found


def _shared(draft: Draft, sentence: Sentence, lexicon: Lexicon) -> DateRange | None:
    """A date in front of the first of two coordinated verbs holds for both: "In May X released A and sued B"."""
    verb = draft.trigger
    if verb.dep_ != "conj" or not is_verb(verb.head):
        return None
    for index, date in sorted(sentence.dates.items()):
        event = _event(sentence.doc[index], lexicon)
        if event is not None and event.i == verb.head.i and index < verb.head.i:
            return bounded(date)
    return None
