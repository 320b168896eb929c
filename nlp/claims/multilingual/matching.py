"""The frames of a language against one sentence: parties, stance and voice of everything that matches."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product

from msgspec import structs

from distillwatch.nlp.claims.multilingual.asides import without_asides
from distillwatch.nlp.claims.multilingual.discourse import Discourse
from distillwatch.nlp.claims.multilingual.found import Found
from distillwatch.nlp.claims.multilingual.guards import barred, denied, unanswered, unwilled
from distillwatch.nlp.claims.multilingual.lexicon import LETTERS, Frame, Lexicon
from distillwatch.nlp.claims.multilingual.marking import Item, Line
from distillwatch.nlp.claims.multilingual.slots import figures_of, when_of
from distillwatch.nlp.claims.multilingual.speech import Saying, speaker_over, voice_of
from distillwatch.nlp.claims.multilingual.stance import stance_of
from distillwatch.nlp.claims.multilingual.subjects import clause_of, subject_of
from distillwatch.nlp.claims.multilingual.typed import cues_of, houses_of, misread, subject_left, unstated
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.quantities import Quantity
from distillwatch.topic import Predicate

_PASSIVE_REACH = 30
_SAID = 30  # characters between a verb of saying and the clause that it governs
_GIVEN = frozenset({"denied", "confirmed"})  # answers that somebody can have left open
_LEAD = 12  # characters before a subject that still belong to its clause: "jamais nous n’avons …"
_SHORTEST = {"literal": 2, "entity": 1}  # characters of an object that is no known entity


class Matcher:
    """Reads sentences of one document with one language's frames."""

    def __init__(
        self,
        words: Lexicon,
        discourse: Discourse,
        predicates: Mapping[str, Predicate],
        units: Mapping[str, Sequence[str]],
        document: str,
        author: Referent | None,
        spoken: Collection[int] = (),
    ) -> None:
        """`spoken` are the positions of segments in which somebody answers in his own words, as in an interview."""
        self.words, self.discourse, self.predicates = words, discourse, predicates
        self.units, self.document, self.author, self.spoken = units, document, author, spoken

    def read(self, line: Line, sayings: Sequence[Saying], default: Referent | None, told: set[str]) -> Iterator[Found]:
        """Everything that a sentence tells: what its patterns read, and of the rest what types leave no doubt about.

        `told` names the predicates that the sentence is known to tell; those read are added.
        """
        left: list[tuple[Frame, re.Match[str]]] = []
        patterned = list(self._patterned(line, sayings, default, left))
        bases = {f.object.id for f in patterned if f.object is not None and self._starts(f)}
        for found in patterned:
            # What a model starts from is not what the rest of the sentence is about.
            if found.subject.id not in bases or self.predicates[found.predicate].object != "none":
                told.add(found.predicate)
                yield found
        yield from self._by_types(line, sayings, default, told, bases, left)

    def _starts(self, found: Found) -> bool:
        """Whether a claim tells what a model starts from."""
        predicate = self.predicates[found.predicate]
        return predicate.subject_kinds[:1] == ("model",) and predicate.needs_object

    def _patterned(
        self,
        line: Line,
        sayings: Sequence[Saying],
        default: Referent | None,
        open_: list[tuple[Frame, re.Match[str]]],
    ) -> Iterator[Found]:
        """Each thing once: without the sentence's asides, then what else it tells in full.

        `open_` is filled with the matches in the full sentence that have no subject.
        """
        shortened = without_asides(line, sayings, self.words)
        verbs: dict[tuple[int, str], Frame] = {}  # a verb read by one pattern of a predicate is not read by its next
        if shortened is None:
            yield from self._read(line, sayings, default, verbs, set(), open_=open_)
            return
        left: set[tuple[int, str]] = set()  # verbs whose subject is open: it is not to be sought among the asides
        first = list(self._read(shortened.line, shortened.sayings, default, verbs, left))
        yield from first
        told = {frozenset((f.predicate, f.subject.id, f.object.id if f.object else f.object_text)) for f in first}
        known = frozenset((shortened.origin[verb], predicate) for verb, predicate in left | set(verbs))
        for found in self._read(line, sayings, default, {}, set(), known, open_):
            what = found.object.id if found.object else found.object_text
            if frozenset((found.predicate, found.subject.id, what)) not in told:
                yield found

    def _read(
        self,
        line: Line,
        sayings: Sequence[Saying],
        default: Referent | None,
        verbs: dict[tuple[int, str], Frame],
        left: set[tuple[int, str]],
        known: frozenset[tuple[int, str]] = frozenset(),
        open_: list[tuple[Frame, re.Match[str]]] | None = None,
    ) -> Iterator[Found]:
        """Everything that a line tells; of two patterns over the same words the earlier counts.

        `verbs` is filled with the pattern that has read each verb, `left` with verbs without a subject and `open_` with
        their matches; what is `known` is not read again.
        """
        taken: list[tuple[int, int, tuple[str, str, str]]] = []
        letters = {item.letter for item in line.items}
        for frame in self.words.frames:
            if not all(letters & needed for needed in frame.needs):
                continue
            group = self.predicates[frame.predicate].group.replace("access", "use")  # one act, told one way
            for match in frame.regex.finditer(line.text):
                verb = match.start("V")
                other = verbs.get((verb, frame.predicate), frame)
                read = (verb, frame.predicate) in known
                if read or other is not frame or self._refused(frame, match, line):
                    continue
                over = [s for s in sayings if s.covers(verb)]
                if any(s.withheld for s in over):
                    continue
                speaker = speaker_over(verb, sayings, default)
                subject = self._subject(frame, match, line, speaker, over)
                if subject is None:
                    left.add((verb, frame.predicate))
                    if open_ is not None:
                        open_.append((frame, match))
                    continue
                verbs.setdefault((verb, frame.predicate), frame)
                for who, what in self._parties(frame, match, line, subject, speaker):
                    key = (who.id, what.id if what else frame.value, group)
                    if any(a < match.end() and match.start() < b and key == told for a, b, told in taken):
                        continue
                    taken.append((*match.span(), key))
                    yield from self._told(frame, match, line, who, what, subject, sayings, default)

    def _by_types(
        self,
        line: Line,
        sayings: Sequence[Saying],
        default: Referent | None,
        told: set[str],
        bases: set[str],
        left: Sequence[tuple[Frame, re.Match[str]]],
    ) -> Iterator[Found]:
        """What patterns left open or do not know, where the types of the names leave one party for each role."""
        if unstated(line, self.words):
            return
        for cue in cues_of(line, self.words, left):
            predicate, verb = self.predicates[cue.frame.predicate], cue.match.start("V")
            if told & {predicate.name, *predicate.exclusive} or self._refused(cue.frame, cue.match, line):
                continue
            speaker = speaker_over(verb, sayings, default)
            subject = subject_left(cue, line, sayings, speaker, bases, predicate, self.discourse, self.words)
            if subject is None or any(s.withheld and s.covers(verb) for s in sayings):
                continue
            entity = cue.what is not None and predicate.object == "entity"
            things = line.items[cue.what].referents if entity and cue.what is not None else (None,)
            for who, thing in product(subject.referents, things):
                for found in self._told(cue.frame, cue.match, line, who, thing, subject, sayings, default):
                    lacking = cue.figure and found.quantity is None
                    if not lacking and not misread(cue, line, subject, found, predicate, self.words):
                        told.add(found.predicate)
                        bases |= {found.object.id} if found.object is not None and self._starts(found) else set()
                        yield found

    def _refused(self, frame: Frame, match: re.Match[str], line: Line) -> bool:
        if frame.refused is not None and frame.refused.search(match[0]):
            return True
        if not frame.denial and self.predicates[frame.predicate].milestone and self.words.void.search(line.text):
            return True
        verb = match.start("V")
        low, high = clause_of(line, verb, self.words)
        if frame.noun and self.words.unreal.search(self.document, line.start, line.end):
            return True
        if frame.value in _GIVEN and not frame.we and unanswered(match, line, low, self.words):
            return True
        if self.predicates[frame.predicate].accusation and barred(line, low, verb, self.words):
            return True
        if unwilled(frame, match, line, low, self.predicates[frame.predicate], self.words):
            return True
        if not frame.active or self.words.passive is None:
            return False
        if not self.words.first:
            low, high = max(0, verb - _PASSIVE_REACH), verb
        return self.words.passive.search(line.text[low:high]) is not None

    def _subject(
        self, frame: Frame, match: re.Match[str], line: Line, speaker: Referent | None, over: Sequence[Saying]
    ) -> Item | None:
        groups = match.groupdict()
        if groups.get("S"):
            return self._settled(line.item(groups["S"]), frame, match, line, over)
        if frame.we:
            return _we(line) if speaker is not None else None
        if frame.author:
            author = speaker or self.author
            return Item(start=line.start, end=line.start, referents=(author,)) if author is not None else None
        if frame.maker:
            made = [self.discourse.maker(r) for r in line.item(groups["O"]).referents]
            makers = tuple(m for m in made if m is not None)
            return Item(start=line.start, end=line.start, referents=makers) if makers else None
        if groups.get("K"):  # whose list it is puts somebody on it
            keepers = tuple(m for r in line.item(groups["K"]).referents if (m := self.discourse.maker(r)) is not None)
            return Item(start=line.start, end=line.start, referents=keepers) if len(keepers) == 1 else None
        taken = frozenset(int(groups[g][2:-1]) for g in ("O", "Q", "T") if groups.get(g))
        predicate, verb = self.predicates[frame.predicate], match.start("V")
        if predicate.object != "response":  # whoever says it is not whom it is said of
            taken |= _speaking(line, over)
        found = subject_of(line, verb, match.start(), frame.subjects, taken, self.words)
        accusers = {r.id for s in over if s.act == "alleges" for r in s.speakers}
        if found is None or (not found.we and accusers & {r.id for r in found.referents}):
            accused = tuple(r for s in over if s.act == "alleges" for r in s.accused)
            if accused:
                return self._settled(
                    Item(start=line.start, end=line.start, referents=accused), frame, match, line, over
                )
            found = None if found is not None and predicate.accusation else found
        if found is not None:
            return self._settled(found, frame, match, line, over)
        return self._implied(match, line, speaker) or self._carried(frame, match, line)

    def _settled(
        self, frame_subject: Item, frame: Frame, match: re.Match[str], line: Line, over: Sequence[Saying]
    ) -> Item:
        """Whom a subject means: a description neither who accuses nor whose rule or model the object is.

        Where the firm is only described or speaks, it is its model that starts from another's weights.
        """
        named = match.groupdict().get("O")
        theirs = houses_of(line.item(named), self.discourse) if named else frozenset()
        predicate = self.predicates[frame.predicate]
        subject = frame_subject
        if subject.instead:
            accusers = {r.id for s in over if s.act == "alleges" for r in s.speakers}
            fitting = [r for r in (*subject.referents, *subject.instead) if r.id not in accusers | theirs]
            subject = structs.replace(subject, referents=tuple(fitting[:1]), instead=())
        if predicate.subject_kinds[:1] == ("model",) and subject.letter == LETTERS["company"]:
            meant = {r.id for r in subject.referents}
            told = any(not i.instead and meant & {r.id for r in i.referents} for i in line.items)
            if told and not any(meant & {r.id for r in s.speakers} for s in over):
                return subject
            models = [
                i for i in line.items if i.letter == LETTERS["model"] and not houses_of(i, self.discourse) & theirs
            ]
            if len(models) == 1:
                return models[0]
        return subject

    def _carried(self, frame: Frame, match: re.Match[str], line: Line) -> Item | None:
        """The only one of the frame's kinds that the text has just spoken of."""
        if not frame.carried:
            return None
        kinds = {kind for kind, letter in LETTERS.items() if letter in frame.subjects}
        here = [r for i in line.before(match.start("V"), frame.subjects) for r in line.items[i].referents]
        one = self.discourse.only(kinds, here)
        return Item(start=line.start, end=line.start, referents=(one,)) if one is not None else None

    def _implied(self, match: re.Match[str], line: Line, speaker: Referent | None) -> Item | None:
        """ "We" where only the verb's ending or the quotation says it."""
        if speaker is None:
            return None
        verb = match.start("V")
        low, _ = clause_of(line, verb, self.words)
        words = line.text[low : match.end()]
        if self.words.we_verb is not None and self.words.we_verb.search(words):
            return _we(line)
        opened = max(line.text.rfind(mark, 0, verb) for mark in "「“『")
        closed = max(line.text.rfind(mark, 0, verb) for mark in "」”』")
        said = opened > closed or line.segment.position in self.spoken
        return _we(line) if self.words.we_quotes and said else None

    def _parties(
        self, frame: Frame, match: re.Match[str], line: Line, subject: Item, speaker: Referent | None
    ) -> Iterator[tuple[Referent, Referent | None]]:
        """Each subject with each object; "we" is the house of the speaker, who answers for a firm is the firm."""
        who = list(subject.referents)
        if subject.we and speaker is not None:
            house = self._speakers_house(speaker)
            who = [house] if house is not None else who
        if self.predicates[frame.predicate].object == "response":
            who = [self.discourse.house(r) or r for r in who]
        for one in who:
            for thing in self._objects(frame, match, line, one, speaker):
                if thing is None or thing.id != one.id:
                    yield one, thing

    def _speakers_house(self, speaker: Referent) -> Referent | None:
        """Whom "we" or "the company" means in somebody's mouth; what an outlet reports says nothing of itself."""
        return None if speaker.kind == "outlet" else self.discourse.house(speaker)

    def _objects(
        self, frame: Frame, match: re.Match[str], line: Line, subject: Referent, speaker: Referent | None
    ) -> Sequence[Referent | None]:
        named = match.groupdict().get("O")
        if named:
            item = line.item(named)
            if item.we and speaker is not None:
                return tuple(house for house in (self._speakers_house(speaker),) if house is not None)
            if item.instead and subject.id == item.referents[0].id:
                return item.instead[:1]
            return self.discourse.objects.get(subject.id, ()) if item.back else item.referents
        if frame.house and speaker is not None:
            return (self.discourse.house(speaker),)
        return (None,)

    def _told(
        self,
        frame: Frame,
        match: re.Match[str],
        line: Line,
        who: Referent,
        what: Referent | None,
        subject: Item,
        sayings: Sequence[Saying],
        default: Referent | None,
    ) -> Iterator[Found]:
        predicate, verb = self.predicates[frame.predicate], match.start("V")
        low, high = clause_of(line, verb, self.words)
        place = line.places[line.items.index(subject)] if subject in line.items else match.start()
        told = min(
            (s.end for s in sayings if s.scope == "after" and s.covers(verb) and s.end >= low - _SAID), default=low
        )
        begin = place if low + _LEAD < place < verb else low
        event = bool(predicate.milestone) or predicate.accusation
        stance = stance_of(line, frame, match, begin, told, self.words, event=event)
        voice = voice_of(verb, who, stance, predicate, sayings, default, self.discourse)
        charge = self.words.charge
        if charge is not None and voice.act in ("asserts", "reports") and charge.search(line.text):
            voice = structs.replace(voice, act="alleges", speaker=None)  # and surely no confession of who is meant
        literal = frame.value or self._literal(match, line)
        if what is None and len(literal) < _SHORTEST.get(predicate.object, 0):
            return
        if predicate.accusation and stance.polarity == "+" and denied(line, verb, sayings, self.words):
            return
        figures = self._figures(frame, match, line, min(low, match.start()), max(high, match.end()))
        if figures is None:
            return
        if predicate.name == "trained_on_outputs_of" and what is not None:
            self.discourse.objects[who.id] = (what,)
        response = predicate.object == "response"  # told by the text itself, whatever the answer says
        quantities: Sequence[Quantity | None] = figures or (None,)
        for quantity in quantities:
            yield Found(
                predicate=predicate.name,
                subject=who,
                object=what,
                object_text=literal,
                speaker=None if response else voice.speaker,
                anonymous=voice.anonymous,
                speech_act="asserts" if response else voice.act,
                polarity="+" if response or (stance.polarity == "+") != voice.flipped else "-",
                hedge="none" if response else voice.hedge,
                quantity=quantity,
                when=when_of(line, verb, match.span(), predicate, sayings, self.words),
                qualifiers=_receiver(match, line),
            )

    def _figures(self, frame: Frame, match: re.Match[str], line: Line, low: int, high: int) -> list[Quantity] | None:
        """The figures of the claim; None where the pattern asks for one that the predicate cannot carry."""
        carried = self.units.get(frame.predicate, ())
        if "Q" in frame.regex.groupindex:
            amount = line.item(match["Q"]).amount
            if amount is None or amount.quantity.unit.partition(" per ")[0] not in carried:
                return None
            return [amount.quantity]
        return figures_of(line, carried, low, high) if carried else []

    def _literal(self, match: re.Match[str], line: Line) -> str:
        if "L" not in match.re.groupindex or match["L"] is None:
            return ""
        text = line.words(*match.span("L"), self.document)
        return self.words.polite.sub("", text).strip(' ,，、。;；:：”"»«“')


def _we(line: Line) -> Item:
    return Item(start=line.start, end=line.start, we=True)


def _receiver(match: re.Match[str], line: Line) -> dict[str, str]:
    named = match.groupdict().get("T")
    referents = line.item(named).referents if named else ()
    return {"to": referents[0].text} if referents else {}


def _speaking(line: Line, over: Sequence[Saying]) -> frozenset[int]:
    """The persons of a sentence who only say what is told."""
    people = {r.id for s in over for r in s.speakers if r.kind == "person"}
    return frozenset(i for i, item in enumerate(line.items) if people & {r.id for r in item.referents})
