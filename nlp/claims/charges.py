"""Accusations of copying read by who stands where, for sentences whose parse went astray.

"X accused A, B and C of large-scale campaigns to extract its models' skills": whoever accuses is not the one who
copied, nobody copies himself, and a list stands together. Where the parse leads to no such claim, these three are
enough to read one, from the order of names and a few words alone. It takes an accuser, a charge and a word of copying;
a "not", an "if" or a "would" anywhere in the sentence, and nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lineage import MODELS, TRAINED, Words
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.tellers import document_before, speaker_of
from distillwatch.nlp.clauses import own_subjects
from distillwatch.nlp.parse import Token
from distillwatch.records import Hedge

ACCUSERS = frozenset({"company", "agency", "person"})
HOUSES = frozenset({"company", "group"})
JOINTS = frozenset({",", "and", "&", "or", "—", "–", "as", "well", "-"})
REACH = 8  # tokens from "extract" to what is extracted, from a name to the noun that makes it material


class Named(Struct, frozen=True):
    """Names that stand together: `at` is the index of the first token, `end` of the last."""

    at: int
    end: int
    who: tuple[Referent, ...]


def drafts(sentence: Sentence, words: Words) -> Iterator[Draft]:
    """One draft for each accused and what he is said to have copied; none where anything is doubtful."""
    doc = sentence.doc
    tables = words.lexicon.tables["charges"]
    lowered = {t.lower_ for t in doc}
    if lowered & set(tables["never"]) or doc[-1].text == "?":
        return
    trigger = next((t for t in doc if _copies(t, sentence, words)), None)
    charge = next(((v, a) for v in sentence.verbs for a in _accuser(v, sentence, words)), None)
    if trigger is None or charge is None:
        return
    verb, accuser = charge
    accused = _accused(verb, trigger, accuser, sentence, tables)
    if not accused:
        return
    targets = _targets(trigger, accuser, accused, sentence, words)
    hedge: Hedge = "strong" if lowered & set(tables["strong"]) else "weak" if lowered & set(tables["weak"]) else "none"
    for subject in accused:
        for target in targets:
            if not _same_house(subject, target):
                yield Draft(
                    predicate=TRAINED,
                    trigger=trigger,
                    subject=subject,
                    object=target,
                    plain=True,
                    speaker=accuser,
                    speech_act="alleges",
                    hedge=hedge,
                )


def _copies(token: Token, sentence: Sentence, words: Words) -> bool:
    """A word of copying that needs no more, or one of taking with a skill or knowledge close behind it."""
    if token.i in sentence.refs:
        return False
    lemma = sentence.lemma(token)
    if lemma in words["surely_extract"] or lemma == "distillation":
        return True
    if lemma not in words["takes"] or token.pos_ not in {"VERB", "NOUN", "PROPN"}:
        return False
    behind = token.doc[token.i + 1 : token.i + 1 + REACH]
    return any(sentence.lemma(t) in words["skills"] or t.lower_ in {"model", "models"} for t in behind)


def _accuser(verb: Token, sentence: Sentence, words: Words) -> Iterator[Referent]:
    act = words.lexicon.speech.get(sentence.lemma(verb), "")
    if act in {"say", "alleges", "perceives", "reports"} or sentence.lemma(verb) in {"level", "warn", "make", "issue"}:
        yield from (r for s in own_subjects(verb) for r in sentence.refs.get(s.i, ()) if r.kind in ACCUSERS)
        told_in = document_before(verb, sentence, words.lexicon)
        if told_in is not None:
            yield from (r for r in speaker_of(told_in, sentence, words.lexicon) if r.kind in ACCUSERS)


def _accused(
    verb: Token, trigger: Token, accuser: Referent, sentence: Sentence, tables: dict[str, list[str]]
) -> list[Referent]:
    """Who stands right behind the charge ("accused X", "against X", "says X", "that X") or behind "by"."""
    for names in _lists(sentence):
        houses = [r for r in names.who if r.kind in HOUSES and not _same_house(r, accuser)]
        if not houses or len(houses) != len(names.who) or names.at <= verb.i:
            continue
        between = {t.lower_ for t in sentence.doc[verb.i + 1 : names.at]}
        before = [t.lower_ for t in sentence.doc[max(names.at - 2, 0) : names.at]]
        named_by = bool(before) and before[-1] in {"by", "against"} and names.at > verb.i + 1
        charged = names.end < trigger.i and between <= set(tables["between"])
        on_the_way = {sentence.lemma(t) for t in sentence.doc[names.end + 1 : trigger.i] if t.pos_ == "VERB"}
        if (named_by or charged) and on_the_way <= set(tables["through"]):
            return [r for r in houses if r.kind == "company"] or houses
    return []


def _lists(sentence: Sentence) -> Iterator[Named]:
    """Runs of names with nothing but commas and "and" between them, in text order."""
    run: list[int] = []
    for at in sorted(sentence.refs):
        if run and not all(t.lower_ in JOINTS for t in sentence.doc[run[-1] + 1 : at]):
            yield _named(run, sentence)
            run = []
        run.append(at)
    if run:
        yield _named(run, sentence)


def _named(run: Sequence[int], sentence: Sentence) -> Named:
    return Named(run[0], run[-1], tuple(r for at in run for r in sentence.refs[at]))


def _targets(
    trigger: Token, accuser: Referent, accused: Sequence[Referent], sentence: Sentence, words: Words
) -> list[Referent]:
    """The models named, else the company whose models they are, else the accuser's where it says "its models"."""
    others = [
        (at, r)
        for at, found in sorted(sentence.refs.items())
        for r in found
        if trigger.i < at <= trigger.i + REACH + 4 and not any(_same_house(r, one) for one in accused)
    ]
    models = [
        r for _, r in others if r.kind in MODELS and (not r.owner or accuser.kind != "company" or _own(r, accuser))
    ]
    if models:
        return list({r.id: r for r in models}.values())
    systems = words.lexicon.words("systems") | words.lexicon.words("outputs")
    for at, referent in others:
        behind = sentence.doc[at + 1 : at + 1 + REACH]
        whose = any(t.lower_ in {"’s", "'s", "’", "'"} for t in behind[:1]) or any(
            t.lower_ == "models" for t in behind[:2]
        )
        if referent.kind == "company" and whose and any(sentence.lemma(t) in systems for t in behind):
            return [referent]
    for token in sentence.doc[trigger.i + 1 : trigger.i + 1 + REACH]:
        if token.lower_ in {"into", "to", "for", "in"}:  # "into its models": the learner's
            return []
        if token.lower_ == "its" and any(sentence.lemma(t) in systems for t in sentence.doc[token.i :][: REACH // 2]):
            return [accuser] if accuser.kind == "company" else []
    return []


def _own(model: Referent, accuser: Referent) -> bool:
    return model.owner in {accuser.name, accuser.owner}


def _same_house(a: Referent, b: Referent) -> bool:
    return a.id == b.id or bool({a.name, a.owner} & {b.name, b.owner} - {""})
