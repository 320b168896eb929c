"""Who says what a sentence tells, and with which act."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from distillwatch.nlp.claims.multilingual.discourse import Discourse
from distillwatch.nlp.claims.multilingual.lexicon import Lexicon, Scope
from distillwatch.nlp.claims.multilingual.marking import Item, Line
from distillwatch.nlp.claims.multilingual.stance import Stance
from distillwatch.nlp.claims.multilingual.subjects import is_subject
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.records import Hedge, SpeechAct
from distillwatch.topic import Predicate


class Saying(Struct, frozen=True, kw_only=True):
    """One attribution in one sentence: `text[start:end]` of the line says that somebody says something."""

    start: int
    end: int
    act: str
    scope: Scope
    weak: bool
    speakers: tuple[Referent, ...]
    anonymous: bool
    accused: tuple[Referent, ...] = ()
    withheld: bool = False  # "has not accused", "did not say that"
    since: int = 0  # behind the semicolon before it: two statements share a sentence and no speaker
    until: int  # where its words end at the latest: "X, whom Y accuses of it, has …"

    def covers(self, offset: int) -> bool:
        """Whether what stands at an offset is said by them."""
        if self.start <= offset < self.end or not self.since <= offset < self.until:
            return False
        return self.scope == "all" or (offset >= self.end if self.scope == "after" else offset < self.start)


class Voice(Struct, frozen=True, kw_only=True):
    """Speaker, act and hedge of one claim."""

    speaker: Referent | None
    act: SpeechAct
    hedge: Hedge
    anonymous: bool
    flipped: bool  # the speaker denies it


def sayings_of(
    line: Line, words: Lexicon, discourse: Discourse, document: str, offices: Mapping[int, Referent]
) -> list[Saying]:
    """Every attribution of a sentence, in order; `offices` tells which organisation's item stands for its officer.

    In "A, founder of B, says" the name beside the verb is B, and who says it is A.
    """
    found: list[Saying] = []
    for attribution in words.attributions:
        for match in attribution.regex.finditer(line.text):
            groups = match.groupdict()
            speakers: tuple[Referent, ...] = ()
            if groups.get("P"):
                index = int(groups["P"][2:-1])
                # A pattern that opens with its speaker takes only a subject: in "people close to Y say" it is not Y.
                officer = offices.get(index)
                opens = match.start() == match.start("P") and words.subject_behind is None
                if opens and officer is None and not is_subject(line, index, words):
                    continue
                speakers = line.item(groups["P"]).referents if officer is None else (officer,)
            elif groups.get("N"):
                person = discourse.person(line.words(*match.span("N"), document))
                speakers = (person,) if person is not None else ()
            elif groups.get("again"):
                speakers = _again(line, match, words, discourse)
            elif groups.get("text") and discourse.issuer is not None:
                speakers = (discourse.issuer,)
            charge = bool(groups.get("text")) and attribution.act == "alleges"  # whoever it is that charges
            if not speakers and not groups.get("anon") and not charge:
                continue
            found.append(
                Saying(
                    start=match.start(),
                    end=match.end(),
                    act=attribution.act,
                    scope=attribution.scope,
                    weak=attribution.weak,
                    speakers=speakers,
                    anonymous=bool(groups.get("anon")),
                    accused=_accused(line.item(groups["A"]), speakers) if groups.get("A") else (),
                    since=max(line.text.rfind(mark, 0, match.start()) for mark in ";；") + 1,
                    until=_until(line, match, words),
                    withheld=attribution.act != "denies" and words.negation.search(match[0]) is not None,
                )
            )
    return sorted(found, key=lambda s: (s.start, -s.end))


def _accused(item: Item, speakers: Sequence[Referent]) -> tuple[Referent, ...]:
    """Who is accused: a description ("accuses the company of") never means who accuses."""
    accusers = {r.id for r in speakers}
    return (
        tuple(r for r in (*item.referents, *item.instead) if r.id not in accusers)[:1]
        if item.instead
        else item.referents
    )


def _again(line: Line, match: re.Match[str], words: Lexicon, discourse: Discourse) -> tuple[Referent, ...]:
    """Whom a pronoun that says something means: the person just named in the sentence, else who spoke last."""
    last = (discourse.speaker,) if discourse.speaker is not None else ()
    if words.relative is None:  # a report or the firm itself may be meant
        return last
    people = [line.items[i].referents for i in line.before(match.start(), "p")]
    return people[0] if people else tuple(r for r in last if r.kind == "person")


def _until(line: Line, match: re.Match[str], words: Lexicon) -> int:
    """The comma behind an attribution that stands in a relative clause, else the end of the sentence."""
    if words.relative is None:
        return len(line.text)
    opened = next((m for m in reversed(list(words.relative.finditer(line.text, 0, match.start() + 1)))), None)
    if opened is None or set(",:–—") & set(line.text[opened.end() : match.start()]):
        return len(line.text)
    comma = line.text.find(",", match.end())
    return comma if comma >= 0 else len(line.text)


def speaker_over(offset: int, sayings: Sequence[Saying], default: Referent | None) -> Referent | None:
    """Who says what stands at an offset: a named person before an organisation, `default` where nobody is named."""
    over = [s for s in sayings if s.covers(offset)]
    named = [r for s in over for r in s.speakers]
    people = [r for r in named if r.kind == "person"]
    return next(iter(people or named), None if over else default)


def voice_of(
    offset: int,
    subject: Referent,
    stance: Stance,
    predicate: Predicate,
    sayings: Sequence[Saying],
    default: Referent | None,
    discourse: Discourse,
) -> Voice:
    """The voice behind the clause at an offset; `default` speaks where the sentence names nobody."""
    over = [s for s in sayings if s.covers(offset)]
    speaker = speaker_over(offset, sayings, default)
    anonymous = speaker is None and any(s.anonymous for s in over)
    acts = [s.act for s in over if s.act != "says"]
    weak = any(s.weak for s in over)
    hedge: Hedge = "weak" if weak and stance.hedge == "none" else stance.hedge
    # "Denies it and says it has not …" is one denial, not two.
    flipped = "denies" in acts and stance.polarity == "+"
    negative = stance.polarity == "-" or flipped
    own = speaker is not None and discourse.same_house(speaker, subject)
    act = _act(acts, stance, speaker, predicate, own=own, anonymous=anonymous, negative=negative, alone=not over)
    return Voice(speaker=speaker, act=act, hedge=hedge, anonymous=anonymous, flipped=flipped)


def _act(
    acts: Sequence[str],
    stance: Stance,
    speaker: Referent | None,
    predicate: Predicate,
    *,
    own: bool,
    anonymous: bool,
    negative: bool,
    alone: bool,
) -> SpeechAct:
    if stance.mood in ("supposes", "asks"):
        return stance.mood  # type: ignore[return-value] # both are speech acts
    for act in ("denies", "opines", "confirms", "alleges", "predicts"):
        if act in acts and not (act == "alleges" and anonymous):
            return act
    if stance.mood == "predicts":
        return "predicts"
    if speaker is None:
        return "reports" if anonymous or acts or stance.hedge == "weak" else "asserts"
    if speaker.kind == "outlet":
        return "reports"
    if own:
        return "denies" if negative and predicate.accusation else "asserts"
    if alone and speaker.kind not in ("company", "agency", "group"):
        return "asserts"  # a commenter or somebody quoted, in his own voice
    if predicate.accusation or predicate.name == "violates":
        return "asserts" if negative else "alleges"
    return "reports"
