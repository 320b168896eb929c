"""Words that point at somebody by the page they stand on: "we", "this Office", "our terms"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.issuers import issue
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.scene import Scene, referent
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.speakers import quotations
from distillwatch.nlp.claims.tellers import speaker_of
from distillwatch.nlp.clauses import is_verb, prepositions, subjects
from distillwatch.nlp.parse import Token
from distillwatch.records import Document, Entity

FIRST_PERSON = frozenset({"we", "us", "our", "ours", "ourselves"})
SECOND_PERSON = frozenset({"you", "your", "yours"})
MEASURES = frozenset({"measure", "legislation", "proposal"})
LAWS = frozenset({"act", "bill", "law", "directive", "order", "regulation"})
MAKERS = frozenset({"maker", "creator", "developer", "owner", "parent"})
OWN_HOUSE = frozenset(
    {"company", "firm", "lab", "laboratory", "startup", "start-up", "office", "agency", "ministry", "department"}
    | {"institute", "university", "employer", "outfit", "organisation", "organization"}
)
BARE = frozenset({"company", "firm", "lab", "laboratory", "startup"})
HOUSES = frozenset({"company", "agency", "group"})


def point(sentences: Sequence[Sentence], document: Document, scene: Scene, lexicon: Lexicon) -> None:
    """Add to every sentence's `refs` and `issuers` what such words stand for. Run once, after speakers are assigned."""
    for sentence in sentences:
        for token in sentence.doc:
            if token.i in sentence.refs:
                continue
            found = (
                _first_person(token, sentence, document, scene, lexicon)
                or _this(token, sentence, scene, lexicon)
                or _collective(token, sentence, scene, lexicon)
                or _maker(token, sentence, scene)
            )
            if found is not None:
                sentence.refs[token.i] = (found,)
    for sentence in sentences:
        for token in sentence.doc:
            if token.i not in sentence.refs and token.pos_ in {"NOUN", "PROPN"}:
                contract = _contract(token, sentence, scene, lexicon)
                if contract is not None:
                    sentence.refs[token.i] = (contract,)
    _bare_rules(sentences, scene, lexicon)
    issue(sentences, lexicon)


def _bare_rules(sentences: Sequence[Sentence], scene: Scene, lexicon: Lexicon) -> None:
    """ "The licence", "those terms", "the act": the one rule of that sort that the page has named so far."""
    nouns = lexicon.tables["policies"]["nouns"]
    named: dict[str, Referent] = {}
    for sentence in sentences:
        for token in sentence.doc:
            known = sentence.refs.get(token.i)
            if known is not None:
                named |= {r.id: r for r in known if r.kind == "policy"}
            elif sentence.lemma(token) in MEASURES and _bare(token):
                fitting = [r for r in named.values() if _stems(r.name) & LAWS]
                if len(fitting) == 1:
                    sentence.refs[token.i] = (structs.replace(fitting[0], text=sentence.words(token)),)
            elif sentence.lemma(token) in nouns and _bare(token):
                word = _stem(sentence.lemma(token))
                fitting = [r for r in named.values() if word in _stems(r.name)]
                if len(fitting) == 1:
                    sentence.refs[token.i] = (structs.replace(fitting[0], text=sentence.words(token)),)
                elif not fitting and scene.own_policy is not None and word in _stems(scene.own_policy.name):
                    sentence.refs[token.i] = (referent(scene.own_policy, sentence.words(token)),)


def _bare(noun: Token) -> bool:
    """A noun with nothing but an article or "this" before it and no "of" behind it."""
    words = [c.lower_ for c in noun.children if c.dep_ not in {"punct", "case", "relcl", "acl"}]
    return noun.pos_ in {"NOUN", "PROPN"} and words in (["the"], ["those"], ["these"], ["this"], ["that"])


def represent(sentences: Sequence[Sentence], clients: Mapping[str, Referent]) -> None:
    """Add whom a lawyer's "my client" means; `clients` gives it by person id."""
    for sentence in sentences:
        client = clients.get(sentence.speaker.id) if sentence.speaker is not None else None
        if client is None:
            continue
        for token in sentence.nouns:
            own = any(c.dep_ == "poss" and c.lower_ in {"my", "our"} for c in token.children)
            if own and token.lemma_.lower() == "client" and token.tag_ == "NN":
                sentence.refs.setdefault(token.i, (structs.replace(client, text=token.text),))


def employ(sentences: Sequence[Sentence], houses: Mapping[str, Referent], lexicon: Lexicon) -> None:
    """Add whom "his company" means, and a guest's "we" and the "you" that he is asked with: where he is.

    `houses` gives it by person id.
    """
    for sentence in sentences:
        for token in sentence.doc:
            who = sentence.speaker if token.lower_ in FIRST_PERSON else sentence.listener
            if token.lower_ in FIRST_PERSON | SECOND_PERSON and token.i not in sentence.refs:
                if who is not None and who.id in houses and sentence.segment.kind != "comment":
                    sentence.refs[token.i] = (structs.replace(houses[who.id], text=token.text),)
                continue
            if token.i in sentence.refs:
                continue
            if token.lower_ == "its" and token.dep_ == "poss":
                house = _only_house(sentence, houses)
                if house is not None:
                    sentence.refs[token.i] = (structs.replace(house, text=token.text),)
                continue
            people = token.tag_ == "NNS" and token.lemma_.lower() in lexicon.words("staff")
            if not people and (token.lemma_.lower() not in OWN_HOUSE or token.tag_ != "NN"):
                continue
            house = None if people else _tellers_house(token, sentence, houses, lexicon)
            if house is not None:
                sentence.refs[token.i] = (structs.replace(house, text=token.text),)
                continue
            his = next((c for c in token.children if c.dep_ == "poss" and c.lower_ in {"his", "her"}), None)
            if his is None:
                continue
            above = [s for verb in token.ancestors if is_verb(verb) for s in subjects(verb)]
            near = (r for t in (his, *above) for r in sentence.refs.get(t.i, ()) if r.kind == "person")
            person = next(near, None)
            if person is not None and person.id in houses:
                sentence.refs[token.i] = (structs.replace(houses[person.id], text=token.text),)


def _only_house(sentence: Sentence, houses: Mapping[str, Referent]) -> Referent | None:
    """ "Ann Lee of X said that answers had gone into its training set": the one house of a sentence, its teller's."""
    named = {r.id: r for _, _, found in sentence.known for r in found if r.kind in HOUSES}
    people = [r for _, _, found in sentence.known for r in found if r.kind == "person"]
    if len(named) != 1 or len({p.id for p in people}) != 1:
        return None
    house = next(iter(named.values()))
    at = houses.get(people[0].id)
    return house if house.kind == "company" and at is not None and at.id == house.id else None


def _tellers_house(
    noun: Token, sentence: Sentence, houses: Mapping[str, Referent], lexicon: Lexicon
) -> Referent | None:
    """ "He added that the company had kept to the terms": where he is, unless the sentence names another house."""
    if [c.lower_ for c in noun.children if c.dep_ not in {"case", "punct"}] != ["the"] or noun.lemma_ not in BARE:
        return None
    verb = next((a for a in noun.ancestors if is_verb(a) and sentence.lemma(a) in lexicon.speech), None)
    tellers = [r for s in subjects(verb) for r in sentence.refs.get(s.i, ())] if verb is not None else []
    if len(tellers) != 1 or tellers[0].kind != "person" or tellers[0].id not in houses:
        return None
    house = houses[tellers[0].id]
    others = {r.id for found in sentence.refs.values() for r in found if r.kind == "company"} - {house.id}
    return house if house.kind == "company" and not others else None


def _first_person(
    token: Token, sentence: Sentence, document: Document, scene: Scene, lexicon: Lexicon
) -> Referent | None:
    if token.lower_ not in FIRST_PERSON:
        return None
    speaker = _quoted_speaker(token, sentence, document, lexicon) or sentence.speaker
    if speaker is None or sentence.segment.kind == "comment":
        return None
    if speaker.kind == "person":
        house = scene.by_name.get(speaker.owner.casefold()) if speaker.owner else None
        return referent(house, token.text) if house is not None and house.kind in HOUSES else None
    return referent(scene.entities[speaker.id], token.text) if speaker.id in scene.entities else None


def _quoted_speaker(token: Token, sentence: Sentence, document: Document, lexicon: Lexicon) -> Referent | None:
    """Who speaks the quotation that the token stands in, when the same sentence names him."""
    at, _ = sentence.source(token)
    quotes = quotations(document.text, sentence.segment.start, sentence.segment.end)
    if not any(a <= at < b for a, b in quotes):
        return None
    for verb in sentence.verbs:
        if is_verb(verb) and sentence.lemma(verb) in lexicon.speech:
            for subject in subjects(verb):
                found = speaker_of(subject, sentence, lexicon)
                if found and subject.i != token.i:
                    return next((r for r in found if r.kind == "person"), found[0])
    return None


def _this(token: Token, sentence: Sentence, scene: Scene, lexicon: Lexicon) -> Referent | None:
    """ "this Office" on an agency's page, "this directive" on a page that is one."""
    determiner = next((c for c in token.children if c.dep_ == "det"), None)
    if determiner is None:
        return None
    if scene.issuer is not None and token.text[:1].isupper() and token.pos_ == "PROPN":
        named = token.lower_ in scene.issuer.name.casefold().split()
        if determiner.lower_ == "this" or (determiner.lower_ == "the" and named and len(list(token.children)) == 1):
            return referent(scene.issuer, sentence.words(determiner, token))
    own = scene.own_policy
    if own is None or token.lemma_.lower() not in lexicon.tables["policies"]["nouns"]:
        return None
    named = token.lemma_.lower() in own.name.casefold().split()
    if determiner.lower_ == "this" and named:
        return referent(own, sentence.words(determiner, token))
    return None


def _collective(token: Token, sentence: Sentence, scene: Scene, lexicon: Lexicon) -> Referent | None:
    """ "two major AI companies" in a forecast with a deadline: a group of its own, to hold it to its date."""
    if token.tag_ != "NNS" or token.lemma_.lower() not in lexicon.words("collectives"):
        return None
    if not any(d.bound in {"until", "before"} for d in sentence.dates.values()):
        return None
    before = [c for c in token.children if c.dep_ in {"amod", "compound"} and c.i < token.i]
    if not any(c.text == "AI" for c in before):
        return None
    words = sentence.words(min(before, key=_index), token)
    return referent(scene.propose("group", words), words)


def _maker(noun: Token, sentence: Sentence, scene: Scene) -> Referent | None:
    """ "The ChatGPT maker", "Kimi's maker": whose the model is; "its maker" by what the clause is about."""
    if noun.tag_ != "NN" or noun.lemma_.lower() not in MAKERS:
        return None
    links = [c for c in noun.children if c.dep_ in {"compound", "nmod", "poss"}]
    made = noun.lemma_.lower() not in {"owner", "parent"}  # a firm has these, too
    own = (r for c in links if c.lower_ == "its" for r in sentence.refs.get(c.i, ()))
    if any(c.lower_ == "its" and c.i not in sentence.refs for c in links) or (
        made and any(r.kind in HOUSES for r in own)
    ):
        links = [
            sentence.doc[i] for i in sentence.refs if i < noun.i and sentence.doc[i].dep_ in {"nsubj", "nsubjpass"}
        ]
    owners = {r.owner for link in links for r in sentence.refs.get(link.i, ()) if r.kind in {"model", "product"}}
    house = scene.by_name.get(next(iter(owners)).casefold()) if len(owners) == 1 else None
    return referent(house, noun.text) if house is not None and house.kind in HOUSES else None


def _contract(noun: Token, sentence: Sentence, scene: Scene, lexicon: Lexicon) -> Referent | None:
    """ "X's terms of service", "the licence of X", "our commercial terms": the owner's contract of that sort."""
    word = noun.lemma_.lower()
    word = word if word in lexicon.words("contracts") else word.rstrip("s")
    if word not in lexicon.words("contracts"):
        return None
    owner = next(iter(_owners(noun, sentence, lexicon)), None)
    if owner is None:
        return None
    first = min(
        [noun, *(c for c in noun.children if c.dep_ in {"amod", "compound"} and c.i not in sentence.refs)], key=_index
    )
    last = next(
        (o for p in noun.children if p.lower_ == "of" for o in p.children if o.lemma_ in {"use", "service"}), noun
    )
    words = sentence.words(first, last)
    known = [
        e
        for e in {**scene.entities, **scene.proposed}.values()
        if e.kind == "policy" and e.owner in {owner.name, owner.owner} and e.owner
    ]
    same = [e for e in known if _stem(word) in _stems(e.name)] or (known if word == "term" else [])
    if same:
        best = max(same, key=lambda e: (len(_stems(words) & _stems(e.name)), e.owner == owner.name, e.name))
        return referent(best, words)
    if word not in lexicon.words("proposed_contracts") or owner.kind not in HOUSES | {"model", "product"}:
        return None
    holder = owner.name if owner.kind in HOUSES else owner.owner or owner.name
    name = f"{owner.name} {words[:1].upper()}{words[1:]}" if not words.startswith(owner.name) else words
    return referent(scene.propose("policy", name, owner=holder), words)


def _owners(noun: Token, sentence: Sentence, lexicon: Lexicon) -> Iterator[Referent]:
    links = [c for c in noun.children if c.dep_ in {"poss", "compound", "nmod"}]
    links += [
        o for p in prepositions(noun) if p.lower_ in {"of", "for", "from"} for o in p.children if o.dep_ == "pobj"
    ]
    for link in links:
        yield from (r for r in entities(link, sentence, lexicon) if r.kind in HOUSES | {"model", "product"})


def _stem(word: str) -> str:
    return {"license": "licence", "terms": "term", "conditions": "condition", "tos": "term", "service": "use"}.get(
        word, word
    )


def _stems(name: str) -> set[str]:
    return {_stem(w.strip(".,")) for w in name.casefold().split()} - {"of", "the"}


def _index(token: Token) -> int:
    return token.i


def own_policy(document: Document, scene: Scene) -> Entity | None:
    """The rule that a policy page is, by its title: a known one that the title names, else the title itself."""
    if document.kind != "policy":
        return None
    title = document.title.strip()
    for name in sorted(scene.by_name, key=len, reverse=True):
        entity = scene.by_name[name]
        if entity.kind == "policy" and len(name) > 3 and name in title.casefold():
            return entity
    words = title.casefold().split()
    return scene.propose("policy", title) if 1 < len(words) <= 8 else None
