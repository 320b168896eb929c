"""Pronouns and given names that the text alone leaves open and the parse settles.

"Norvane said that it was reviewing the claims": "it" as the subject of what somebody says is, as a rule, that somebody.
"Ostra 2 was released by Norvane. It has 7 billion parameters": a sentence goes on about the subject of the one before
(centering: Grosz, Joshi and Weinstein, 1995). Only what is still open is settled here, and only by one candidate.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from distillwatch.nlp.claims.antecedents import MODELS, fronted, means_model, model_before
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.objects import thing_before
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import content_clause, is_verb, own_subjects, patients, subjects
from distillwatch.nlp.parse import Token

THINGS = frozenset({"it", "its"})
MANY = frozenset({"they", "their", "them"})
PEOPLE = frozenset({"he", "she", "his", "her", "him"})
CLAUSAL = frozenset({"ccomp", "advcl", "conj", "xcomp", "relcl"})
POINTING = THINGS | MANY | PEOPLE
REACH = 3  # sentences
OPENING = 2  # tokens that may stand in front of a pronoun that opens its sentence
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
COMPANIES = frozenset({"company", "firm", "lab", "laboratory", "startup", "maker", "group"})
MAKING = frozenset({"release", "launch", "put", "publish", "unveil", "ship", "announce", "present", "train", "build"})
STRIKING = frozenset({"cut", "ban", "block", "suspend", "shut", "bar", "sue", "fine", "blacklist", "sanction", "lock"})
RULES = frozenset(
    {"term", "rule", "policy", "licence", "license", "agreement", "condition", "tos", "contract", "guideline"}
)
TELLING = frozenset({"say", "add", "write", "claim", "tell", "note", "state", "argue", "warn", "allege", "insist"})
COMPARED = frozenset({"smaller", "larger", "bigger", "younger", "older", "rival", "other"})
BREAKING = frozenset({"violate", "breach", "break", "infringe", "contravene", "flout", "violation", "infringement"})
EXPLETIVE = frozenset({"seem", "appear", "turn", "happen", "follow", "matter"})


def settle(sentences: Sequence[Sentence], lexicon: Lexicon) -> None:
    """Add to every sentence's `refs` whom its open pronouns and given names mean."""
    people = _given_names(sentences)
    titles = frozenset(lexicon.tables["positions"]["nouns"])
    before: Sentence | None = None
    made: dict[str, Referent] = {}  # the models named so far
    for at, sentence in enumerate(sentences):
        near = before is not None and _adjoining(before, sentence)
        for token in sentence.doc:
            word = token.lower_
            found: Referent | None = None
            if before is not None and before.segment.position == sentence.segment.position:
                teller = _goes_on_telling(token, sentence, before, lexicon)
                if teller is not None:
                    sentence.refs[token.i] = (structs.replace(teller, text=token.text),)
                    continue
            taught = _taught(token, before, lexicon) if near and before is not None else None
            if taught is not None:
                sentence.refs[token.i] = (structs.replace(taught, text=token.text),)
            if token.i in sentence.refs:
                continue
            if word in THINGS and means_model(token, sentence, lexicon):
                found = model_before(token, sentence, _paragraph(sentences, at))
            elif word in POINTING:
                found = (
                    fronted(token, sentence)
                    or _within(token, sentence)
                    or (_across(token, before) if near and before is not None else None)
                )
                if found is None and near and before is not None:
                    found = _staff_of(token, before, lexicon.words("staff"))
                found = found or _behind_stop(token, sentence) or _shared_object(token, sentence)
                found = found or _its_work(token, sentence, before if near else None)
                found = found or thing_before(token, sentence, before if near else None, lexicon)
                found = found or _struck(token, sentence) or _accusers_own(token, sentence)
                found = found or _of_title(token, sentence, before if near else None, titles)
            elif token.text in people and token.dep_ != "compound":
                found = people[token.text]
            elif word in COMPANIES:
                found = _the_company(token, sentence) or (
                    _opening(token, before) if near and before is not None else None
                )
                found = found or thing_before(token, sentence, before if near else None, lexicon)
            elif word in MODELS:
                found = _tellers_model(token, sentence, made)
            if found is not None:
                sentence.refs[token.i] = (structs.replace(found, text=token.text),)
        made |= {r.id: r for found_ in sentence.refs.values() for r in found_ if r.kind == "model" and r.owner}
        before = sentence


def go_on_within(sentence: Sentence) -> None:
    """The open pronouns of clauses under a subject that has been found since: "the defendant adds that it …"."""
    for token in sentence.doc:
        if token.i not in sentence.refs and token.lower_ in POINTING:
            found = _within(token, sentence)
            if found is not None:
                sentence.refs[token.i] = (structs.replace(found, text=token.text),)


def _paragraph(sentences: Sequence[Sentence], at: int) -> list[Sentence]:
    """The sentences before one in its paragraph, nearest first; for its first, the last of the paragraph before."""
    here = sentences[at]
    same = [s for s in reversed(sentences[max(0, at - REACH) : at]) if s.segment.position == here.segment.position]
    return same or [s for s in sentences[max(0, at - 1) : at] if _adjoining(s, here)]


def _taught(token: Token, before: Sentence, lexicon: Lexicon) -> Referent | None:
    """ "It has 80 billion parameters. Training it cost …": what is trained is the model of the sentence before."""
    if token.lower_ != "it" or token.i == 0:
        return None
    verb = token.nbor(-1)
    if verb.tag_ != "VBG" or verb.lemma_.lower() not in lexicon.words("teach_a_model"):
        return None
    models = {r.id: r for found in before.refs.values() for r in found if r.kind == "model"}
    return next(iter(models.values())) if len(models) == 1 else None


def _goes_on_telling(token: Token, sentence: Sentence, before: Sentence, lexicon: Lexicon) -> Referent | None:
    """ "X said that … Y did Z, it said.": in one paragraph the closing "it said" is X, whoever the clause is about."""
    verb = token.head
    if token.dep_ != "nsubj" or not is_verb(verb) or lexicon.speech.get(sentence.lemma(verb)) != "say":
        return None
    company = token.lower_ in COMPANIES and [c.lower_ for c in token.children if c.dep_ == "det"] == ["the"]
    if not (token.lower_ == "it" or company) or not any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.children):
        return None
    tellers = {
        r.id: r
        for v in before.verbs
        if lexicon.speech.get(before.lemma(v)) in {"say", "alleges"}
        for s in own_subjects(v)
        for r in before.refs.get(s.i, ())
        if r.kind == "company" or (r.kind in {"agency", "group"} and not company)
    }
    return next(iter(tellers.values())) if len(tellers) == 1 else None


def _of_title(token: Token, sentence: Sentence, before: Sentence | None, titles: frozenset[str]) -> Referent | None:
    """ "…, said Ann Lee, its founder": the one house named before, here or else in the sentence before."""
    if token.dep_ != "poss" or token.lower_ not in {"its", "their"} or token.head.lemma_.lower() not in titles:
        return None
    houses = frozenset({"company", "agency", "group"})
    near = {r.id: r for i, found in sentence.refs.items() if i < token.i for r in found if r.kind in houses}
    if not near and before is not None:
        near = {r.id: r for found in before.refs.values() for r in found if r.kind in houses}
    return next(iter(near.values())) if len(near) == 1 else None


def _adjoining(before: Sentence, sentence: Sentence) -> bool:
    """Two sentences of one paragraph, or of two that follow each other: news gives every sentence its own."""
    gap = sentence.segment.position - before.segment.position
    return gap == 0 or (gap == 1 and before.segment.kind == sentence.segment.kind == "paragraph")


def _given_names(sentences: Sequence[Sentence]) -> dict[str, Referent]:
    """First and last names that belong to one person of the page: "Odile" for Odile Frankenthal."""
    named = {r.id: r for s in sentences for _, _, referents in s.known for r in referents if r.kind == "person"}
    owners: dict[str, list[Referent]] = {}
    for person in named.values():
        parts = person.name.split()
        for part in {parts[0], parts[-1]} if len(parts) > 1 else ():
            owners.setdefault(part, []).append(person)
    return {name: found[0] for name, found in owners.items() if len(found) == 1 and len(name) > 2}


def _fits(pronoun: str, referents: Sequence[Referent]) -> Referent | None:
    """The one referent that a pronoun may stand for."""
    if len(referents) != 1:
        return None
    one = referents[0]
    if pronoun in PEOPLE:
        return one if one.kind == "person" else None
    if pronoun in THINGS:
        return one if one.kind not in {"person", "group"} else None
    return one if pronoun in MANY and one.kind == "group" else None


def _staff_of(token: Token, before: Sentence, staff: frozenset[str]) -> Referent | None:
    """ "Norvane answered. They had trained Y": the one company of the sentence before, where it or its people acted."""
    if token.i > OPENING or token.lower_ != "they" or token.dep_ not in SUBJECTS:
        return None
    houses = {r.id: r for found in before.refs.values() for r in found if r.kind in {"company", "group"}}
    roots = [t for t in before.doc if t.dep_ == "ROOT"]
    if len(houses) != 1 or len(roots) != 1:
        return None
    acting = own_subjects(roots[0])
    things = {"dobj", "pobj", "attr", "nsubj", "nsubjpass"}  # "X closed 4,000 accounts. They …": the accounts
    if any(t.tag_ == "NNS" and t.dep_ in things and t not in acting and t.i not in before.refs for t in before.doc):
        return None
    theirs = all(t.i in before.refs or t.lemma_.lower() in staff | {"we", "i"} for t in acting)
    people = any(r.kind == "person" for found in before.refs.values() for r in found)
    house = next(iter(houses.values()))
    return house if acting and theirs and not people and house.kind == "company" else None


def _subject(verb: Token, sentence: Sentence) -> list[Referent]:
    found = own_subjects(verb)
    return [r for s in found for r in sentence.refs.get(s.i, ())] if len(found) == 1 else []


def _within(token: Token, sentence: Sentence) -> Referent | None:
    """A subject pronoun of a subordinate or coordinated clause: the subject of the clause above."""
    if token.dep_ not in {"nsubj", "nsubjpass"} or token.lower_ not in THINGS | MANY | PEOPLE:
        return None
    clause = token.head
    if not is_verb(clause) or _expletive(token):
        return None
    ahead = {"advcl", "ccomp"} if clause.lemma_ not in TELLING else {"advcl"}  # "if X did A, it …"; "X will do A: it …"
    for before in (c for c in clause.children if c.dep_ in ahead and c.i < token.i):
        found = _fits(token.lower_, _subject(before, sentence))
        if found is not None:
            return found
    while clause.dep_ in CLAUSAL and (is_verb(clause.head) or (content_clause(clause) and is_verb(clause.head.head))):
        clause = clause.head if is_verb(clause.head) else clause.head.head
        found = _fits(token.lower_, _subject(clause, sentence))
        if found is not None:
            return found
        if own_subjects(clause):
            return None
    return None


def _shared_object(token: Token, sentence: Sentence) -> Referent | None:
    """ "Scapegoating X and accusing them": the object of the verb before; of "firms like X" the X."""
    verb = token.head
    if token.dep_ != "dobj" or verb.dep_ != "conj" or not is_verb(verb.head) or token.lower_ not in {"it", "them"}:
        return None
    for noun in (c for c in verb.head.children if c.dep_ == "dobj"):
        named = list(sentence.refs.get(noun.i, ()))
        like = [p for p in noun.children if p.dep_ == "prep" and p.lower_ in {"like", "including"}]
        named += [r for p in like for o in p.children for r in sentence.refs.get(o.i, ())]
        companies = [r for r in named if r.kind == "company"]
        houses = companies or [r for r in named if r.kind in {"group", "model", "product"}]
        if len(houses) == 1:
            return houses[0]
    return None


def _tellers_model(token: Token, sentence: Sentence, made: dict[str, Referent]) -> Referent | None:
    """ "The company says the model has 7 billion parameters": the one model of that company named so far."""
    bare = [c.lower_ for c in token.children if c.dep_ not in {"case", "punct"}] == ["the"]
    if not bare or token.dep_ not in SUBJECTS or token.tag_ != "NN":
        return None
    verb = next((a for a in token.head.ancestors if is_verb(a) and a.lemma_ in TELLING), None)
    tellers = {r.name for r in _doers(verb, sentence) if r.kind == "company"} if verb is not None else set()
    models = [r for r in made.values() if r.owner in tellers]
    return models[0] if len(models) == 1 else None


def _its_work(token: Token, sentence: Sentence, before: Sentence | None) -> Referent | None:
    """ "Y put it out in May", "having trained X, Y released it": the one model of Y named so far."""
    verb = token.head
    if token.dep_ != "dobj" or token.lower_ != "it" or not is_verb(verb) or verb.lemma_ not in MAKING:
        return None
    makers = {r.name for r in _doers(verb, sentence) if r.kind == "company"}
    for one in (sentence, before):
        named = one.refs.items() if one is not None else ()
        models = {r.id: r for i, f in named for r in f if r.owner in makers and (one is before or i < token.i)}
        models = {i: r for i, r in models.items() if r.kind in {"model", "product"}}
        if models:
            return next(iter(models.values())) if len(models) == 1 else None
    return None


def _struck(token: Token, sentence: Sentence) -> Referent | None:
    """ "X used Y until Z cut it off": what is cut off, sued or fined is the company that the sentence is about."""
    verb = token.head
    if token.dep_ != "dobj" or verb.dep_ != "advcl" or verb.lemma_ not in STRIKING or not is_verb(verb.head):
        return None
    found = _fits(token.lower_, _subject(verb.head, sentence))
    return found if found is not None and found not in _subject(verb, sentence) else None


def _accusers_own(token: Token, sentence: Sentence) -> Referent | None:
    """ "X accused Y of breaking its terms", "according to X, Y's use violates its terms": nobody breaks his own."""
    if token.dep_ != "poss" or token.lower_ not in {"its", "their"} or token.head.lemma_.lower() not in RULES:
        return None
    for verb in token.ancestors:
        if is_verb(verb) and verb.lemma_ in {"accuse", "blame", "sue", "suspect", "charge"}:
            return next((r for r in _subject(verb, sentence) if r.kind == "company"), None)
    if not any(a.lemma_ in BREAKING for a in token.ancestors):
        return None
    above = next((a for a in token.ancestors if is_verb(a)), None)
    own = {t.i for s in subjects(above) for t in s.subtree} if above is not None else set()
    named = {r.id: (i, r) for i, found in sentence.refs.items() for r in found if r.kind == "company"}
    others = [r for i, r in named.values() if i not in own]
    return others[0] if len(others) == 1 and len(named) > 1 else None


def _behind_stop(token: Token, sentence: Sentence) -> Referent | None:
    """The same behind a semicolon: the subject of the clause before it."""
    if not token.i or token.nbor(-1).text != "." or token.lower_ not in THINGS | MANY | PEOPLE or _expletive(token):
        return None
    roots = [t for t in sentence.doc[: token.i] if t.dep_ == "ROOT"]
    return _fits(token.lower_, _subject(roots[-1], sentence)) if roots and token.dep_ in SUBJECTS else None


def _the_company(token: Token, sentence: Sentence) -> Referent | None:
    """ "The company", bare, where the sentence has named one company before it."""
    if token.tag_ != "NN" or token.lemma_.lower() not in COMPANIES:
        return None
    children = [c for c in token.children if c.dep_ not in {"case", "punct"}]
    compared = len(children) == 2 and children[1].lower_ in COMPARED
    if not children or children[0].lower_ != "the" or not (compared or len(children) == 1):
        return None
    before = {
        r.id: r for i, referents in sentence.refs.items() if i < token.i for r in referents if r.kind == "company"
    }
    if token.dep_ == "dobj":  # "X …, accusing the company of": somebody else
        before = {i: r for i, r in before.items() if not any(r.id == s.id for s in _doers(token.head, sentence))}
    owned = {r.owner for referents in sentence.refs.values() for r in referents if r.kind in {"model", "product"}}
    found = [r for r in before.values() if r.name not in owned] or list(before.values())
    if len(found) > 1:  # "X sued Y, saying that the company had copied it": not X, who says so
        tellers = {r.id for v in token.ancestors if v.lemma_ in TELLING for r in _doers(v, sentence)}
        struck = {r.id for v in token.ancestors if is_verb(v) for p in patients(v) for r in sentence.refs.get(p.i, ())}
        found = [r for r in found if r.id in struck - tellers]
    return found[0] if len(found) == 1 else None


def _doers(verb: Token, sentence: Sentence) -> list[Referent]:
    return [r for s in subjects(verb) for r in sentence.refs.get(s.i, ())] if is_verb(verb) else []


def _opening(token: Token, before: Sentence) -> Referent | None:
    """The company that a sentence begins with: the one that the sentence before is about."""
    children = [c.lower_ for c in token.children if c.dep_ not in {"case", "punct"}]
    roots = [t for t in before.doc if t.dep_ == "ROOT"]
    according = token.dep_ == "pobj" and token.head.head.lower_ == "according" and token.head.head.i == 0
    placed = (token.i <= OPENING and token.dep_ in {*SUBJECTS, "poss"}) or according
    if not placed or children != ["the"] or len(roots) != 1:
        return None
    found = _topics(roots[0], before)
    return found[0] if len(found) == 1 and found[0].kind == "company" else None


def _topics(root: Token, sentence: Sentence) -> list[Referent]:
    """What a clause is about: its subject, or whose the subject is; of "…, X says" the clause that is said."""
    said = next((c for c in root.children if c.dep_ == "ccomp" and c.i < root.i and own_subjects(c)), None)
    subjects_ = own_subjects(said or root)
    if len(subjects_) != 1:
        return []
    direct = list(sentence.refs.get(subjects_[0].i, ()))
    return direct or [r for t in subjects_[0].subtree for r in sentence.refs.get(t.i, ())][-1:]


def topic_of(before: Sentence, after: Sentence) -> Referent | None:
    """The one company or agency that `before` is about, where `after` goes on from it; None where there are others."""
    roots = [t for t in before.doc if t.dep_ == "ROOT"]
    if not _adjoining(before, after) or len(roots) != 1:
        return None
    houses = [r for r in _topics(roots[0], before) if r.kind in {"company", "agency", "group"}]
    return houses[0] if len(houses) == 1 else None


def _across(token: Token, before: Sentence) -> Referent | None:
    """The pronoun that a sentence begins with: what the sentence before is about."""
    if token.i > OPENING or token.lower_ not in THINGS | MANY | PEOPLE or _expletive(token):
        return None
    if token.dep_ not in {*SUBJECTS, "poss"}:
        return None
    roots = [t for t in before.doc if t.dep_ == "ROOT"]
    found = _fits(token.lower_, _topics(roots[-1], before)) if len(roots) == 1 else None
    what = {c.lemma_.lower() for c in token.head.children if c.dep_ == "attr"} if token.head.lemma_ == "be" else set()
    if found is not None and what & MODELS and found.kind not in {"model", "product"}:
        return None  # "It is a model": not the company
    return found


def _expletive(token: Token) -> bool:
    """ "It is unclear whether", "it was X that", "it seems that"."""
    verb = token.head
    if token.lower_ != "it" or token.dep_ == "poss":
        return False
    if verb.lemma_ in EXPLETIVE:
        return True
    return verb.lemma_ == "be" and any(c.dep_ in {"ccomp", "xcomp", "csubj", "advcl"} for c in verb.children)
