"""Speech act, polarity, hedge and speaker of a draft, from its manner and the attributions over it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, structs

from distillwatch.nlp.claims.attribution import Layer, layers_over
from distillwatch.nlp.claims.contrast import affirmed, set_aside
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.stance import Manner, manner
from distillwatch.records import Hedge, Polarity, SpeechAct
from distillwatch.topic import Predicate

EVENTS = frozenset({"publication", "sending", "effect", "opening", "filing", "stage"})  # milestones that happen once
NEUTRAL = frozenset({"say", "perceives", "according"})
CHARGING = frozenset(
    {"accuse", "charge", "blame", "fault", "denounce", "complain", "criticise", "criticize", "implicate"}
)
SPEAKERS = frozenset({"company", "person", "agency", "group", "outlet", "country", "product"})


class Voice(Struct, kw_only=True):
    """Who says it and how firmly."""

    speech_act: SpeechAct
    polarity: Polarity
    hedge: Hedge
    speaker: Referent | None
    speaker_text: str
    chain: tuple[str, ...]
    anonymous: bool


def voice_of(
    draft: Draft, sentence: Sentence, lexicon: Lexicon, predicate: Predicate, houses: Mapping[str, Referent]
) -> Voice | None:
    """The voice of a draft; None where nothing is stated at all (an attempt, a duty, "did not say whether").

    `houses` gives, by person id, where a person is, as far as the page or the registry says.
    """
    if draft.plain:
        return _plain(draft, sentence)
    how = manner(draft.trigger, sentence, lexicon, draft.parts)
    layers = layers_over(draft.trigger, sentence, lexicon)
    if how.void or any(_withheld(layer, layers) for layer in layers):
        return None
    polarity = how.polarity
    if draft.affirmed:
        if polarity == "+":
            return None
        polarity = "+"
    if draft.negated or (draft.object is not None and set_aside(draft.object, sentence)):
        polarity = "-" if polarity == "+" else "+"
    if polarity == "-" and draft.object is not None and affirmed(draft.object, sentence):
        polarity = "+"
    for layer in layers:
        if layer.act == "denies" or (layer.negated and layer.act in {"alleges", "opines"}):
            polarity = "-" if polarity == "+" else "+"
        if layer.word.lemma_ == "doubt":
            polarity = "-" if polarity == "+" else "+"
    rejected = _rejected(layers, lexicon)
    if rejected is not None:
        polarity = "-" if polarity == "+" else "+"
    spoken = _speaking(layers if rejected is None else layers[layers.index(rejected) + 1 :])
    speaker, text, anonymous = _speaker(spoken, sentence)
    if spoken is None and sentence.spoken_from > sentence.source(draft.trigger)[0]:
        speaker, text = None, ""
    if spoken is None and draft.speaker is not None:
        speaker, text = draft.speaker, draft.speaker.text
    hedge = how.hedge
    if hedge == "none" and any(layer.weak for layer in layers):
        hedge = "weak"
    if hedge == "none" and any(layer.word.lemma_ == "doubt" for layer in layers):
        hedge = "weak"
    party = speaker
    if speaker is not None and speaker.kind == "person" and not speaker.owner and speaker.id in houses:
        party = structs.replace(speaker, owner=houses[speaker.id].name)
    act = _act(how, layers, spoken, party, anonymous, draft, polarity, predicate, sentence, lexicon)
    if rejected is not None and speaker is not None and act in {"alleges", "reports", "asserts"}:
        act = "denies"
    return Voice(
        speech_act=act,
        polarity=polarity,
        hedge=hedge,
        speaker=speaker,
        speaker_text=text,
        chain=tuple(layer.text for layer in layers if layer.text),
        anonymous=anonymous,
    )


def _plain(draft: Draft, sentence: Sentence) -> Voice:
    speaker = draft.speaker or (None if sentence.quoted_whole else sentence.speaker)
    return Voice(
        speech_act=draft.speech_act or "asserts",  # type: ignore[arg-type] # frames name speech acts only
        polarity="-" if draft.negated else "+",
        hedge=draft.hedge,
        speaker=speaker,
        speaker_text=speaker.text if speaker is not None else "",
        chain=(),
        anonymous=False,
    )


def _rejected(layers: list[Layer], lexicon: Lexicon) -> Layer | None:
    """The layer of "the claim that X did is false": what it says is denied."""
    for layer in layers:
        noun = layer.word
        if noun.dep_ == "nsubj" and noun.pos_ == "NOUN" and noun.head.lemma_ == "be":
            verdict = {c.lemma_.lower() for c in noun.head.children if c.dep_ in {"acomp", "attr"}}
            negated = any(c.dep_ == "neg" for c in noun.head.children)
            if not negated and verdict & set(lexicon.tables["responses"]["baseless"]):
                return layer
    return None


def _withheld(layer: Layer, layers: list[Layer]) -> bool:
    """ "did not say that", "has not accused", "asked whether"; "does not believe that X did" denies that X did.

    X's accusation stands though nobody has proved it.
    """
    within = layers[: layers.index(layer)]
    if layer.act == "perceives" and any(inner.act == "alleges" and inner.speakers for inner in within):
        return False
    raised = layer.act == "opines" or (layer.act == "alleges" and layer.word.lemma_ not in CHARGING)
    return (layer.negated and not raised) or layer.act == "asks"


def _speaking(layers: list[Layer]) -> Layer | None:
    """The innermost attribution that names its speaker; what somebody merely noticed gives way to who tells of it."""
    telling = [layer for layer in layers if layer.speakers or layer.anonymous or layer.hearer]
    chosen = next((layer for layer in telling if layer.act != "perceives"), next(iter(telling), None))
    denier = next((layer for layer in telling if layer.act == "denies" and layer.word.pos_ != "NOUN"), None)
    if denier is not None and chosen is not None and chosen.word.pos_ == "NOUN":  # "X rejected Y's claim that …": X
        chosen = denier
    if chosen is None or any(r.kind == "person" for r in chosen.speakers):
        return chosen
    for outer in telling[telling.index(chosen) + 1 :]:  # "X believes that …, its spokeswoman said": the person
        if any(r.kind == "person" and same_house(r, s) for r in outer.speakers for s in chosen.speakers):
            return outer
    return chosen


def _speaker(layer: Layer | None, sentence: Sentence) -> tuple[Referent | None, str, bool]:
    if layer is None:
        return sentence.speaker, sentence.speaker_text, False
    if layer.speakers:
        named = [r for r in layer.speakers if r.kind in SPEAKERS]
        persons = [r for r in named if r.kind == "person"]
        chosen = next(iter(persons or named), None)
        if chosen is not None:
            return chosen, chosen.text, False
    if layer.hearer is not None:
        return layer.hearer, layer.hearer.text, True
    return None, "", layer.anonymous


def same_house(a: Referent, b: Referent) -> bool:
    """Whether one is the other, its owner, its employer, or both belong to one owner."""
    return a.id == b.id or a.name == b.owner or b.name == a.owner or bool(a.owner and a.owner == b.owner)


def _act(
    how: Manner,
    layers: list[Layer],
    spoken: Layer | None,
    speaker: Referent | None,
    anonymous: bool,
    draft: Draft,
    polarity: Polarity,
    predicate: Predicate,
    sentence: Sentence,
    lexicon: Lexicon,
) -> SpeechAct:
    if draft.speech_act:
        return draft.speech_act  # type: ignore[return-value] # frames name speech acts only
    if how.act in {"supposes", "asks"}:
        return "supposes" if how.act == "supposes" else "asks"
    acts = [layer.act for layer in layers]
    if "denies" in acts:
        return "denies"
    upto = layers[: layers.index(spoken) + 1] if spoken is not None else layers
    marked = next((layer.act for layer in upto if layer.act not in NEUTRAL), "")
    if marked == "alleges" and anonymous and spoken is not None and spoken.act in NEUTRAL:
        marked = ""
    own = speaker is not None and (not draft.subject.id or same_house(speaker, draft.subject))
    if marked == "opines" or how.act == "opines":
        return "opines"
    if marked in {"alleges", "confirms", "predicts"}:
        return marked  # type: ignore[return-value] # two tables of speech_en.toml bear these names
    if speaker is None and not layers:
        if how.open and predicate.milestone in EVENTS and not how.act:
            return "predicts"
        return how.act or "asserts"  # type: ignore[return-value] # the manner's acts are speech acts
    if how.open and predicate.milestone in EVENTS and not how.act:
        return "predicts"
    if how.act == "predicts" and not anonymous and (speaker is None or speaker.kind != "outlet"):
        return "predicts"
    if how.act in {"alleges", "reports"}:
        return how.act  # type: ignore[return-value] # as above
    if own:
        return "denies" if polarity == "-" and predicate.accusation else "asserts"
    if anonymous or (speaker is not None and speaker.kind == "outlet") or marked == "reports":
        return "reports"
    unattributed = spoken is None and any(layer.act != "perceives" for layer in layers)
    if speaker is None or unattributed:  # "according to a blog"
        return "reports" if layers else "asserts"
    layout = sentence.speaker is not None and speaker.id == sentence.speaker.id
    if spoken is None or layout:  # the layout's speaker in his own voice
        party = speaker.kind in {"company", "agency", "group"} or _of_house(speaker, draft)
        return "alleges" if party and accuses(predicate) and polarity == "+" else "asserts"
    if predicate.group == "score":  # who tells of a test has made it
        return "asserts"
    if predicate.name == "evaluated_with" and not _of_house(speaker, draft):
        return "asserts" if spoken.act == "say" else "reports"
    if accuses(predicate) and _charged(spoken, predicate, sentence, lexicon):
        return "alleges" if polarity == "+" else "asserts"
    return "reports"


def _of_house(speaker: Referent, draft: Draft) -> bool:
    """Whether the speaker belongs to the house whose model it is about."""
    return draft.object is not None and same_house(speaker, draft.object)


def _charged(layer: Layer, predicate: Predicate, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether telling of it amounts to accusing: not "according to", nor mere traffic that nothing calls illicit."""
    if predicate.group == "legality":
        return True
    text = sentence.document_text[sentence.start : sentence.end].casefold()
    illicit = any(word in text for word in lexicon.words("illicit"))
    return illicit or (layer.act != "according" and predicate.group != "access")


def accuses(predicate: Predicate) -> bool:
    """Whether saying it of somebody else is an accusation when an interested party says it."""
    return predicate.accusation or predicate.group in {"use", "access", "legality"}
