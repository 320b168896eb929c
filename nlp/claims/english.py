"""Claims from English text: every reader of a sentence, then stance, speaker, date and offsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, structs

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims import (
    Reading,
    bullets,
    charges,
    closures,
    comparisons,
    contrast,
    definitions,
    figures,
    frames,
    gapping,
    pairing,
    parties,
    policies,
    positions,
    responses,
    slots,
    tables,
    tallies,
    training,
)
from distillwatch.nlp.claims.asides import Asides
from distillwatch.nlp.claims.build import Unread, sentences_of, unread_of
from distillwatch.nlp.claims.dialogue import Turn, turns
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.figure_words import Figures
from distillwatch.nlp.claims.grounds import evidence_class
from distillwatch.nlp.claims.groups import gather, share
from distillwatch.nlp.claims.lexicon import Lexicon, load_lexicon
from distillwatch.nlp.claims.lineage import BUILT, TRAINED, Words
from distillwatch.nlp.claims.manners import load_manners
from distillwatch.nlp.claims.masks import Known
from distillwatch.nlp.claims.measure import at_most, with_figures
from distillwatch.nlp.claims.pointers import employ, own_policy, point, represent
from distillwatch.nlp.claims.pronouns import settle, topic_of
from distillwatch.nlp.claims.questions import answers
from distillwatch.nlp.claims.scene import Scene, author_of, referent, registry_of, scene_of
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.speakers import assign
from distillwatch.nlp.claims.timing import set_deadlines, to_come, when_of
from distillwatch.nlp.claims.voice import Voice, voice_of
from distillwatch.nlp.names import Names
from distillwatch.nlp.parse import Token
from distillwatch.nlp.references import Reference
from distillwatch.records import Claim, DateMention, Document
from distillwatch.topic import Topic

STEP = 0.1
PARTIES = frozenset({"company", "agency"})
PLACES = PARTIES | {"group"}
OF_TWO = ("former", "latter")
MODELS_AND_RULES = frozenset({"model", "product", "policy"})
LAWYERS = frozenset({"lawyer", "attorney", "counsel"})
LONG = 60  # tokens; the parser's attachments get unsafe in longer sentences


class Page(Struct, frozen=True, kw_only=True):
    """A document before the parse: who is on it, and the sentences that may hold a claim."""

    document: Document
    names: Names
    dates: Sequence[DateMention]
    scene: Scene
    interview: Mapping[int, Turn]  # the turns of an interview, by the position of their segment
    unread: Sequence[Unread]


LISTS = frozenset({"list", "register", "registry", "blacklist"})
DECREED = frozenset({"sanctioned"})  # what an office does by saying so


class EnglishReader:
    """Reads claims; the lexicons are compiled once for many documents."""

    def __init__(self, topic: Topic) -> None:
        self.predicates = topic.vocabulary.predicates
        self.lexicon: Lexicon = load_lexicon(topic.vocabulary)
        self.training = Words(self.lexicon)
        self.positions = positions.Positions(self.lexicon)
        self.policies = policies.Policies(self.lexicon)
        self.figures = Figures(self.lexicon)
        self.asides = Asides(self.lexicon)
        self.definitions = definitions.Definitions(self.lexicon)
        self.slots = slots.load_rules(topic.vocabulary, self.lexicon)
        self.manner = load_manners(topic.vocabulary)["en"]
        self.registry = registry_of(topic.entities)

    def prepare(
        self,
        document: Document,
        names: Names,
        references: Sequence[Reference],
        dates: Sequence[DateMention],
        amounts: Sequence[Amount],
    ) -> Page:
        """What is to be parsed of a document."""
        registry = registry_of(names.proposed, self.registry) if names.proposed else self.registry
        scene = scene_of(document, registry)
        scene.own_policy = own_policy(document, scene)
        scene.makers = frozenset(e.owner for e in names.named if e.owner and e.kind in MODELS_AND_RULES)
        if scene.issuer is None and document.kind == "policy":
            scene.issuer = author_of(document, names.mentions, scene)
            scene.author = scene.issuer or scene.author
        known = sorted((*_named(names, scene), *_pointed(references, scene)), key=_where)
        interview = turns(document, known, scene, self.manner) or answers(document, known, scene, self.manner)
        begins = {at: turn.begins for at, turn in interview.items()}
        unread = unread_of(document, known, dates, amounts, self.lexicon, self.asides, begins)
        return Page(document=document, names=names, dates=dates, scene=scene, interview=interview, unread=unread)

    def read(self, page: Page, parses: Sequence[Sequence[Token]]) -> Reading:
        """All claims of a document, in text order; `parses` are those of the masked copies of `page.unread`."""
        document, names, dates, scene, interview = page.document, page.names, page.dates, page.scene, page.interview
        sentences = sentences_of(document, page.unread, parses, self.lexicon)
        gather(sentences, tables.first_columns(document, names.mentions, scene), scene, self.lexicon)
        settle(sentences, self.lexicon)
        parties.bind(sentences, self.lexicon, self.predicates)
        assign(sentences, document, scene, self.lexicon, interview)
        point(sentences, document, scene, self.lexicon)
        set_deadlines(sentences)
        # Who is what where comes first: a spokeswoman's answer is her company's.
        topics = [None, *(topic_of(before, after) for before, after in pairwise(sentences))]
        roles = [
            list(positions.drafts(s, self.positions, scene.voice(), scene.employers, about))
            for s, about in zip(sentences, topics, strict=False)
        ]
        spokes = self._spokes(roles)
        places = {**scene.employers, **_houses(roles, PLACES)}
        scene.employers = {**scene.employers, **_houses(roles, PARTIES)}
        employ(sentences, places, self.lexicon)
        represent(sentences, _clients(roles))
        found = {i: list(self._claims(s, scene, roles[i], spokes)) for i, s in enumerate(sentences)}
        for index, claim in bullets.claims_of(sentences, found, self.lexicon):
            found[index].append(claim)
        target = tallies.target_of((c for claims in found.values() for c in claims), scene)
        charged = tallies.charged_of((c for claims in found.values() for c in claims), target, scene)
        users = closures.users_of((c for claims in found.values() for c in claims), scene)
        for index, sentence in enumerate(sentences):
            if sentence.amounts and not any(c.predicate == tallies.ACCESSED for c in found[index]):
                counts = list(tallies.drafts(sentence, target, charged, found[index], self.lexicon))
                found[index] += self._voiced(counts, sentence, scene)
            if users and not any(c.predicate == closures.RESTRICTED for c in found[index]):
                found[index] += self._voiced(closures.drafts(sentence, users, self.lexicon), sentence, scene)
            before = sentences[index - 1] if index else None
            found[index] += self._slotted(sentence, before, found[index], scene)
            found[index] = share(found[index], scene)
            found[index] = pairing.in_order(found[index], sentence)
            found[index] += [
                *contrast.opposites(found[index], sentence),
                *pairing.sharing_a_verb(found[index], sentence),
                *pairing.repeated(found[index], sentence),
            ]
            found[index] += gapping.claims_of(found[index], sentence)
        claims = [c for i in sorted(found) for c in found[i]]
        claims += tables.claims_of(document, names.mentions, dates, scene, self.lexicon)
        return Reading(claims=tuple(sorted(claims, key=_place)), entities=tuple(scene.proposed.values()))

    def _spokes(self, roles: Sequence[Sequence[Draft]]) -> dict[str, Referent]:
        """Person id → the organisation that the page says the person speaks for."""
        found: dict[str, Referent] = {}
        for drafts in roles:
            for draft in drafts:
                title = draft.qualifiers.get("role", "").lower()
                if draft.object is not None and any(t in title for t in self.lexicon.words("spokes_titles")):
                    found[draft.subject.id] = draft.object
        return found

    def _claims(
        self, sentence: Sentence, scene: Scene, roles: Sequence[Draft], spokes: Mapping[str, Referent]
    ) -> Iterator[Claim]:
        charged = True
        for draft in (*self._drafts(sentence, scene, spokes), *roles):
            voice = self._voice(draft, sentence, scene)
            if voice is not None and not draft.subject.id and draft.predicate in DECREED:
                draft = self._of_issuer(draft, scene, sentence)
            if voice is not None and not draft.subject.id:
                draft = self._of_maker(draft, scene) or self._of_speaker(draft, voice, spokes, scene)
            if voice is not None and draft.subject.id:  # no subject beats a wrong one
                charged = charged and draft.predicate != TRAINED
                figured = with_figures(draft, sentence, self.lexicon)
                limited = [one for one in map(at_most, figured) if one is not None]
                yield from self._voiced(limited, sentence, scene)
                for one in figured if not limited else ():
                    yield self._claim(one, voice, sentence, scene)
        if charged:
            yield from self._voiced(charges.drafts(sentence, self.training), sentence, scene)

    def _voice(self, draft: Draft, sentence: Sentence, scene: Scene) -> Voice | None:
        """Who says a draft and how; what somebody without a name told the page's own outlet is the page's report."""
        voice = voice_of(draft, sentence, self.lexicon, self.predicates[draft.predicate], scene.employers)
        if voice is None or not voice.anonymous or voice.speaker is None or scene.outlet is None:
            return voice
        own = voice.speaker.id == scene.outlet.id
        return structs.replace(voice, speaker=None, speaker_text="") if own else voice

    def _voiced(self, drafts: Iterable[Draft], sentence: Sentence, scene: Scene) -> Iterator[Claim]:
        """The claims of drafts that are complete as they are."""
        for draft in drafts:
            voice = self._voice(draft, sentence, scene)
            if voice is not None:
                yield self._claim(draft, voice, sentence, scene)

    def _slotted(self, sentence: Sentence, before: Sentence | None, told: Sequence[Claim], scene: Scene) -> list[Claim]:
        """What kinds and order tell of a sentence where the parse led to nothing."""
        return list(self._voiced(slots.drafts(sentence, before, told, self.slots), sentence, scene))

    def _of_maker(self, draft: Draft, scene: Scene) -> Draft | None:
        """ "X was released in May": whoever makes X released it."""
        if draft.predicate != "released" or draft.object is None:
            return None
        maker = scene.by_name.get(draft.object.owner.casefold())
        return structs.replace(draft, subject=referent(maker, maker.name)) if maker is not None else None

    def _of_issuer(self, draft: Draft, scene: Scene, sentence: Sentence) -> Draft:
        """ "X is hereby entered in the register": the office whose notice it is does it, else whose the list is."""
        issuer = scene.voice()
        if issuer is None or issuer.kind != "agency":
            lists = (r for i, found in sentence.refs.items() if sentence.lemma(sentence.doc[i]) in LISTS for r in found)
            keepers = {r.owner for r in lists if r.kind == "policy"}
            keeper = scene.by_name.get(next(iter(keepers)).casefold()) if len(keepers) == 1 else None
            issuer = referent(keeper, keeper.name) if keeper is not None and keeper.kind == "agency" else None
        return draft if issuer is None else structs.replace(draft, subject=issuer)

    def _of_speaker(self, draft: Draft, voice: Voice, spokes: Mapping[str, Referent], scene: Scene) -> Draft:
        """ "Data of X had been used to train the model, its spokeswoman confirmed": the speaker's own house did it."""
        if voice.speaker is None or voice.speech_act not in {"confirms", "denies", "asserts"}:
            return draft
        if draft.predicate == closures.RESTRICTED and voice.speaker.kind not in PARTIES | {"person"}:
            return draft
        house = spokes.get(voice.speaker.id) or scene.employers.get(voice.speaker.id)
        if house is None and voice.speaker.kind == "company":
            house = voice.speaker
        if house is None or (draft.object is not None and draft.object.id == house.id):
            return draft  # "our access was cut off"
        told = voice.speaker.kind == "person" and draft.predicate == closures.RESTRICTED
        if told and house.kind == "company" and house.name not in scene.makers:
            return draft  # nobody is shut out of what has no name here
        return structs.replace(draft, subject=house)

    def _drafts(self, sentence: Sentence, scene: Scene, spokes: Mapping[str, Referent]) -> Iterator[Draft]:
        author = sentence.speaker or (referent(scene.author, scene.author.name) if scene.author is not None else None)
        lineage = list(training.drafts(sentence, self.training))
        yield from lineage
        for draft in frames.drafts(sentence, self.lexicon, self.predicates):
            learned = draft.predicate == BUILT and any(_same_pair(draft, one) for one in lineage)
            if not learned and not (draft.bare and any(_told_closer(draft, one) for one in lineage)):
                yield draft
        yield from responses.drafts(sentence, self.lexicon, spokes, scene.employers)
        yield from definitions.drafts(sentence, self.definitions, author)
        yield from policies.drafts(sentence, self.policies)
        yield from comparisons.drafts(sentence, self.lexicon)
        yield from figures.drafts(sentence, self.figures)

    def _claim(self, draft: Draft, voice: Voice, sentence: Sentence, scene: Scene) -> Claim:
        predicate = self.predicates[draft.predicate]
        when = when_of(draft, sentence, self.lexicon, predicate)
        if (
            when is not None
            and voice.speech_act == "asserts"
            and to_come(draft, sentence, when, scene.published, predicate)
        ):
            voice = structs.replace(voice, speech_act="predicts")
        if when is None and voice.speech_act == "predicts":
            when = sentence.deadline
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
            when=when,
            evidence_class=evidence_class(
                evidence,
                self.lexicon,
                speaker=voice.speaker,
                anonymous=voice.anonymous,
                comment=sentence.segment.kind == "comment",
            ),
            confidence=_confidence(draft, sentence, scene),
            qualifiers=draft.qualifiers,
        )


def _houses(roles: Sequence[Sequence[Draft]], kinds: frozenset[str]) -> dict[str, Referent]:
    """Person id → the one house of one of the kinds that the page puts the person at."""
    found: dict[str, dict[str, Referent]] = {}
    for draft in (d for drafts in roles for d in drafts):
        speaks = kinds == PLACES or draft.qualifiers.get("scope") != "former"  # who has left speaks for nobody there
        if draft.object is not None and draft.object.kind in kinds and speaks:
            found.setdefault(draft.subject.id, {})[draft.object.id] = draft.object
    return {person: next(iter(houses.values())) for person, houses in found.items() if len(houses) == 1}


def _clients(roles: Sequence[Sequence[Draft]]) -> dict[str, Referent]:
    """Person id → the company that the page calls the person a lawyer for."""
    return {
        draft.subject.id: draft.object
        for drafts in roles
        for draft in drafts
        if draft.object is not None and LAWYERS & set(draft.qualifiers.get("role", "").lower().split())
    }


def _same_pair(draft: Draft, lineage: Draft) -> bool:
    """Whether "developed with answers from X", which may sound like starting from X, was read as learning from X."""
    same = draft.object is not None and lineage.object is not None and draft.object.id == lineage.object.id
    return same and lineage.predicate == TRAINED and draft.subject.id == lineage.subject.id


def _told_closer(draft: Draft, lineage: Draft) -> bool:
    """Whether a plain "X uses Y" is the beginning of "X uses Y to train Z", which says more."""
    if draft.object is None or lineage.object is None or draft.object.id != lineage.object.id:
        return False
    if draft.subject.id == lineage.subject.id:
        return True
    if lineage.trigger.i == draft.trigger.i:
        return True
    below = any(a.i == draft.trigger.i for a in lineage.trigger.ancestors)
    return below and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in lineage.trigger.children)


def _confidence(draft: Draft, sentence: Sentence, scene: Scene) -> float:
    """How far the reading is to be trusted, 0 to 1: less for each thing that had to be inferred.

    A pronoun or description for a name, an entity that the page alone proposes, a sentence so long that its parse is
    doubtful, slots filled by kind and order instead of the parse. The steps are a judgement, not a probability.
    """
    doubt = 0.0
    for one in filter(None, (draft.subject, draft.object)):
        entity = scene.entities.get(one.id)
        doubt += STEP * (entity is None or entity.status == "proposed")
        doubt += STEP * (one.text[:1].islower())
    doubt += STEP * (len(sentence.doc) > LONG)
    doubt += STEP * draft.slotted
    return round(1.0 - doubt, 2)


def _named(names: Names, scene: Scene) -> Iterator[Known]:
    """The names; a group called by the list of its members is these, who act together only where it is said."""
    for mention in names.mentions:
        entity = scene.entities.get(mention.entity_id or "")
        if entity is not None:
            who = scene.listed(entity, mention.text) or (entity,)
            text = mention.text if len(who) == 1 else ""
            yield Known(mention.start, mention.end, tuple(referent(e, text or e.name) for e in who), True)


def _pointed(references: Sequence[Reference], scene: Scene) -> Iterator[Known]:
    """Pronouns and descriptions. Three or more who are pointed at together act as one group ("the three labs")."""
    for one in references:
        entities = [scene.entities[i] for i in one.entity_ids if i in scene.entities]
        if len(entities) > 2:
            entities = [scene.group([e.name for e in entities])]
        if entities:
            whole = one.text.endswith(OF_TWO)  # for the parser a name as good as any
            yield Known(one.start, one.end, tuple(referent(e, one.text) for e in entities), whole)


def _where(known: Known) -> tuple[int, int]:
    return known.start, -known.end


def _place(claim: Claim) -> tuple[int, int]:
    return claim.start, claim.end
