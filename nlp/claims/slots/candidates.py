"""Who and what stands in a sentence: the candidates for slots, with the little that is asked of their place."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.slots.rules import STUFF, Rules
from distillwatch.nlp.claims.slots.stuff import belongs, bound_to, lead_of, phrase_of
from distillwatch.nlp.clauses import is_verb, own_subjects
from distillwatch.nlp.parse import Token

JOINTS = frozenset({",", "and", "&", "or", "nor", "as", "well", "the", "both"})
CLAUSAL = frozenset({"relcl", "advcl", "ccomp", "conj", "parataxis", "csubj", "csubjpass", "acl", "pcomp"})
POINTERS = frozenset({"it"})


class Candidate(Struct, frozen=True):
    """Names that stand together, `at` the token of the first and `end` of the last."""

    at: int
    end: int
    who: tuple[Referent, ...]
    lead: str  # the preposition in front, "'s" for a possessive, "" for none
    bound: int  # the token that the preposition hangs on, -1 without one
    head: bool  # it is the grammatical subject of its clause
    clause: int  # the verb of the clause it stands in
    speaks: bool  # it only says what the sentence tells
    stuff: frozenset[str]  # "material", "weights": what is said to be its

    def houses(self) -> frozenset[str]:
        """The names of those whose it is, or who they are."""
        return frozenset(r.owner or r.name for r in self.who)


def candidates_of(sentence: Sentence, before: Sentence | None, rules: Rules) -> list[Candidate]:
    """The candidates in text order; an unresolved "it" at the head stands for what one of a kind was named before."""
    speaking = _speaking(sentence, rules)
    refs = dict(sentence.refs)
    pointer = pointer_of(sentence)
    if pointer is not None and before is not None:
        refs[pointer.i] = _named_before(before)
    found: list[Candidate] = []
    run: list[int] = []
    for at in [*sorted(refs), -1]:
        if run and (at < 0 or not _joined(run[-1], at, sentence)):
            found.append(_candidate(run, refs, sentence, speaking, rules))
            run = []
        run.append(at)
    return found


def clause_of(token: Token) -> int:
    """The verb whose clause a token stands in: the nearest one above, itself included, with a subject of its own."""
    node = token
    while node.dep_ != "ROOT" and node.head is not node:
        if heads_clause(node):
            return node.i
        node = node.head
    return node.i


def heads_clause(token: Token) -> bool:
    """Whether a token is the verb of a subordinate or coordinated clause with a subject of its own."""
    return token.dep_ in CLAUSAL and is_verb(token) and _has_subject(token)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} for c in verb.children)


def _joined(last: int, at: int, sentence: Sentence) -> bool:
    between = sentence.doc[last + 1 : at]
    if not all(t.lower_ in JOINTS for t in between) or not between:
        return False
    kinds = {r.kind for i in (last, at) for r in sentence.refs.get(i, ())}
    return len(kinds) == 1 and any(t.lower_ in {"and", "or", "nor", "&"} for t in sentence.doc[last + 1 : at + 4])


def _candidate(
    run: Sequence[int], refs: dict[int, tuple[Referent, ...]], sentence: Sentence, speaking: set[int], rules: Rules
) -> Candidate:
    first = sentence.doc[run[0]]
    who = tuple({r.id: r for at in run for r in refs[at]}.values())
    return Candidate(
        at=run[0],
        end=run[-1],
        who=who,
        lead=lead_of(first),
        bound=bound_to(first),
        head=phrase_of(first).dep_ in {"nsubj", "nsubjpass"},
        clause=clause_of(first),
        speaks=bool(speaking & set(run)),
        stuff=frozenset(name for name in STUFF if len(run) == 1 and belongs(name, first, sentence, rules)),
    )


def _speaking(sentence: Sentence, rules: Rules) -> set[int]:
    """Where those stand who only say what is told in a clause with a subject of its own."""
    found: set[int] = set()
    for verb in sentence.verbs:
        if sentence.lemma(verb) not in rules.lexicon.speech:
            continue
        content = [c for c in verb.children if c.dep_ in {"ccomp", "parataxis"} and _has_subject(c)]
        accusing = rules.lexicon.speech[sentence.lemma(verb)] == "alleges"
        if accusing:  # "X accuses Y of breaking …"
            content += [c for p in verb.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pcomp"]
            content += [c for o in verb.children if o.dep_ == "dobj" for c in o.subtree if c.dep_ == "pcomp"]
        below = verb.dep_ in {"ccomp", "parataxis", "advcl"} and verb.i > verb.head.i
        if content or below:
            for subject in own_subjects(verb):
                found |= {t.i for t in subject.subtree if clause_of(t) != t.i or t is subject}
    for word in (sentence.doc[i] for i in sentence.according):
        found |= {t.i for t in word.subtree}
    return found


def pointer_of(sentence: Sentence) -> Token | None:
    """An "it" at the head of the sentence that nobody has resolved."""
    first = sentence.doc[0]
    known = first.i in sentence.refs or first.lower_ not in POINTERS
    return None if known or first.dep_ not in {"nsubj", "nsubjpass"} else first


def _named_before(before: Sentence) -> tuple[Referent, ...]:
    """Of each kind the one that the sentence before names, where it names one only."""
    found: dict[str, dict[str, Referent]] = {}
    for known in before.refs.values():
        for referent in known:
            found.setdefault(referent.kind, {})[referent.id] = referent
    return tuple(next(iter(of.values())) for of in found.values() if len(of) == 1)


def antecedent_of(candidate: Candidate, verb: Token) -> bool:
    """Whether a relative clause is about the candidate."""
    if verb.dep_ != "relcl":
        return False
    noun, name = verb.head, verb.doc[candidate.end]
    return name is noun or (name.head is noun and name.dep_ in {"compound", "nmod", "poss", "appos"})
