"""Frames: triggers and role paths from claims_en.toml, matched on a parse."""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lexicon import Frame, Lexicon, Trigger
from distillwatch.nlp.claims.lineage import UNNAMED
from distillwatch.nlp.claims.roles import fillers, route_tokens
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.tellers import speaker_of
from distillwatch.nlp.clauses import (
    agents,
    coordinated,
    is_passive,
    is_verb,
    obliques,
    owners,
    patients,
    prepositions,
    things,
)
from distillwatch.nlp.parse import Token
from distillwatch.topic import Predicate

AGENTLESS = frozenset({"released", "sanctioned"})  # told in the passive of whoever made it, or of who issues the notice
STAGED = frozenset({"introduce", "issue", "submit", "circulate", "present", "drop", "announce"})
RANKINGS = frozenset({"outperforms", "matches"})
PERUSED = frozenset({"review", "study", "check", "see", "examine", "look", "read"})
ENDING = frozenset({"end", "close", "drop", "wind", "conclude", "finish", "abandon", "shelve", "complete", "halt"})
SPEAKERS = ("company", "agency", "person", "group", "outlet")


def drafts(sentence: Sentence, lexicon: Lexicon, predicates: dict[str, Predicate]) -> Iterator[Draft]:
    """Every statement of the sentence that a frame describes: those of its verbs, then those of its nouns."""
    for token, index in (*((t, lexicon.verbs) for t in sentence.verbs), *((t, lexicon.nouns) for t in sentence.nouns)):
        done: set[str] = set()
        for trigger, frame in index.get(sentence.lemma(token), ()):
            if frame.predicate in done or not evoked(trigger, token, sentence):
                continue
            if frame.predicate == "owns" and ("sued" in done or _takes_office(token)):
                continue  # "takes X to court over" takes nobody over
            found = list(_filled(frame, token, sentence, lexicon, predicates[frame.predicate]))
            if found:
                done.add(frame.predicate)
                yield from found


def evoked(trigger: Trigger, token: Token, sentence: Sentence) -> bool:
    """Whether all that the trigger pattern asks for stands beside the token."""
    if trigger.particle and not any(
        c.lower_ == trigger.particle and c.dep_ in {"prt", "advmod", "prep", "acomp", "ccomp", "oprd", "dobj", "xcomp"}
        for c in token.children
    ):
        return False
    if trigger.objects and not any(
        sentence.lemma(part) in trigger.objects for p in things(token) for part in coordinated(p)
    ):
        return False
    if trigger.complements and not any(
        sentence.lemma(c) in trigger.complements for c in token.children if c.dep_ in {"xcomp", "ccomp"}
    ):
        return False
    if trigger.prepositions:
        if not is_verb(token):
            return any(p.lower_ in trigger.prepositions for p in prepositions(token))
        behind = obliques(token, trigger.prepositions)
        if not behind and not any(p.lower_ in trigger.prepositions for p in prepositions(token)):
            return False
        if trigger.governed and not any(
            sentence.lemma(part) in trigger.governed for o in behind for part in coordinated(o)
        ):
            return False
    return True


def _filled(frame: Frame, token: Token, sentence: Sentence, lexicon: Lexicon, predicate: Predicate) -> Iterator[Draft]:
    subjects = _first(frame.subject, token, sentence, lexicon, predicate.subject_kinds)
    if frame.predicate == "restricted":
        subjects = [s for s in subjects if s.kind != "policy"]  # what a rule forbids is told by `prohibits`
    if frame.predicate == "investigates":  # "a memo that the paper reviewed"
        subjects = [s for s in subjects if s.kind != "outlet"]
    if frame.predicate == "accessed" and any(s.kind != "model" for s in subjects):
        subjects = [s for s in subjects if s.kind != "model"]  # "exchanges between X and its rival's model"
    unsaid = frame.subject == ("nobody",) or (is_verb(token) and is_passive(token) and not agents(token))
    if not subjects and frame.predicate in AGENTLESS and unsaid:
        subjects = [UNNAMED]  # "X was released on 12 May": its maker's doing
    if not subjects and frame.predicate == "restricted" and _accounts_closed(token, sentence, lexicon):
        subjects = [UNNAMED]  # "the accounts of X were closed on 3 May", says who closed them
    if not subjects:
        return
    taken = {s.id for s in subjects}
    objects = [o for o in _first(frame.object, token, sentence, lexicon, predicate.object_kinds) if o.id not in taken]
    addressed = is_verb(token) and obliques(token, frozenset({"to", "with"}))  # "is head of X and talks to the press"
    if not objects and is_verb(token) and not addressed:  # "opened 40 accounts and sent two million prompts to X"
        for mate in (m for m in _mates(token) if m.lemma_ != "be"):
            objects = objects or [
                o for o in _first(frame.object, mate, sentence, lexicon, predicate.object_kinds) if o.id not in taken
            ]
    if frame.predicate == "built_on" and sentence.lemma(token) == "run" and patients(token):
        return  # "ran 4,000 prompts on X"
    if frame.predicate == "investigates":  # nobody looks into what is his own
        objects = [o for o in objects if not o.owner or all(s.name != o.owner for s in subjects)]
    if frame.predicate == "released" and sentence.lemma(token) == "introduce":  # a bill: told by `policy_status`
        objects = [o for o in objects if o.kind != "policy"]
    if frame.predicate == "accessed" and any(o.kind != "company" for o in objects):
        objects = [o for o in objects if o.kind != "company"]  # "… with Ostra 2, and Y twice as many"
    teller = _teller(token, sentence, lexicon) if frame.told else None
    roles = ("agent", "patient") if is_verb(token) else ()
    parts = tuple(t for role in roles for t in route_tokens(role, token, sentence, lexicon)) or (token,)
    text = ""
    if frame.itself:
        text = sentence.words(token)
    elif not objects and frame.literal:
        text = _literal(frame, token, sentence)
    if not objects and not text:
        return
    objects = [o for o in objects if not _off_topic(o, subjects, frame, token, sentence)]
    if (
        frame.predicate == "investigates" and sentence.lemma(token) in PERUSED
    ):  # "a memo of his, which the paper reviewed"
        objects = [o for o in objects if o.kind != "person"]
        if not objects:
            return
    if frame.predicate == "investigates" and frame.noun and token.dep_ == "dobj" and token.head.lemma_ in ENDING:
        return  # "wound up its inquiry into X"
    if frame.predicate == "violates" and objects:  # nobody breaks the rules that he makes for others
        subjects = [s for s in subjects if s.name not in {o.owner for o in objects}] or _charged_with(
            token, objects, sentence
        )
    if subjects == [UNNAMED] and frame.predicate == "released":
        objects, text = [o for o in objects if o.kind == "model" and o.owner], ""
    if not objects and not text:
        return
    for subject in subjects:
        for object_ in objects or (None,):
            yield Draft(
                predicate=frame.predicate,
                trigger=token,
                subject=subject,
                object=object_,
                object_text=text if object_ is None else "",
                parts=parts,
                affirmed=frame.negated,
                negated=frame.denies,
                speaker=teller,
                speech_act="alleges" if frame.told and lexicon.speech.get(sentence.lemma(token)) == "alleges" else "",
                bare=frame.products,
                event=(token, token.head) if frame.itself and token.dep_ == "nsubj" else (),
            )


def _takes_office(verb: Token) -> bool:
    """ "X, where Ann Lee took over as chief executive": an office, not the company."""
    taken = any(c.dep_ == "dobj" for c in verb.children)
    return verb.lemma_ == "take" and not taken and any(p.lower_ == "as" for p in prepositions(verb))


def _accounts_closed(verb: Token, sentence: Sentence, lexicon: Lexicon) -> bool:
    """A passive without a doer about accounts: whose doing it was is for the voice to say."""
    if not is_passive(verb) or agents(verb):
        return False
    held = lexicon.words("accounts") | {"access"}
    return any(sentence.lemma(p) in held for t in patients(verb) for p in (t, *owners(t)))  # "all of the accounts"


def _teller(verb: Token, sentence: Sentence, lexicon: Lexicon) -> Referent | None:
    """Who tells by doing it: "X counts 4,000 accounts", "X's post pins them on Y"."""
    found = [r for a in agents(verb) for r in speaker_of(a, sentence, lexicon) if r.kind in SPEAKERS]
    return found[0] if found else None


def _off_topic(thing: Referent, subjects: list[Referent], frame: Frame, token: Token, sentence: Sentence) -> bool:
    """Whether the verb says something else of this object.

    A rule that is issued or introduced reaches a stage; a model that tops a benchmark beats nobody.
    """
    if thing.kind == "policy" and frame.predicate in {"released", "sent"}:
        return sentence.lemma(token) in STAGED
    if frame.predicate == "accessed" and thing.owner and all(s.name == thing.owner for s in subjects):
        return True  # nobody makes himself a customer
    benchmark = thing.kind == "product" and not thing.owner
    return frame.predicate in RANKINGS and benchmark and all(s.kind == "model" for s in subjects)


def _charged_with(token: Token, objects: list[Referent], sentence: Sentence) -> list[Referent]:
    """The one other house that is sued or accused over the clause: "X sued Y, claiming that the company broke …"."""
    own = {o.owner for o in objects}
    above = [p for a in token.ancestors if is_verb(a) for p in patients(a)]
    named = {r.id: r for p in above for r in sentence.refs.get(p.i, ()) if r.kind in {"company", "group"}}
    found = [r for r in named.values() if r.name not in own]
    return found if len(found) == 1 else []


def _mates(verb: Token) -> list[Token]:
    """The verbs coordinated with one, which may share its object."""
    above = [verb.head] if verb.dep_ == "conj" and is_verb(verb.head) else []
    return above + [c for c in verb.children if c.dep_ == "conj" and is_verb(c)]


def _first(
    paths: tuple[str, ...], token: Token, sentence: Sentence, lexicon: Lexicon, kinds: tuple[str, ...]
) -> list[Referent]:
    """The fillers of the first path that leads to an entity of a fitting kind."""
    for path in paths:
        found = fillers(path, token, sentence, lexicon, frozenset(kinds))
        if found:
            return found
    return []


def _literal(frame: Frame, token: Token, sentence: Sentence) -> str:
    for patient in patients(token):
        for part in coordinated(patient):
            counted = any(c.i in sentence.amounts for c in part.children)  # "sent 3 million requests": no letters
            if sentence.lemma(part) in frame.literal and not (counted and part.tag_ == "NNS"):
                return sentence.words(part)
    return ""
