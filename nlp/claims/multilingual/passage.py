"""One document read sentence by sentence: what each tells, with what the sentences before it have settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from distillwatch.nlp.claims.multilingual.discourse import Discourse
from distillwatch.nlp.claims.multilingual.found import Found, claim_of
from distillwatch.nlp.claims.multilingual.lexicon import Lexicon
from distillwatch.nlp.claims.multilingual.marking import Item, Line, mark
from distillwatch.nlp.claims.multilingual.matching import Matcher
from distillwatch.nlp.claims.multilingual.roles import roles_in
from distillwatch.nlp.claims.multilingual.speech import Saying, sayings_of
from distillwatch.nlp.claims.multilingual.talk import OWN, Talk
from distillwatch.nlp.claims.scene import Scene, referent
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.nlp.claims.speakers import quotations
from distillwatch.nlp.sentences import split
from distillwatch.records import Claim, Document, Segment
from distillwatch.topic import Predicate

READ = frozenset({"headline", "heading", "paragraph", "list_item", "quote", "caption", "comment"})
LONGEST = 1200  # code points; a longer "sentence" is a list or a fault of the page
_ISSUERS = frozenset({"company", "agency", "group"})
_BESIDE = 2  # characters between a description and the name that it only introduces
_CORNERS = str.maketrans("»«「『」』", "“”““””")  # to the marks that `quotations` pairs; inverted in German


class Passage:
    """The reading of one document."""

    def __init__(
        self,
        document: Document,
        words: Lexicon,
        scene: Scene,
        items: Sequence[Item],
        predicates: Mapping[str, Predicate],
        units: Mapping[str, Sequence[str]],
        talk: Talk,
    ) -> None:
        self.document, self.words, self.scene, self.talk = document, words, scene, talk
        self.items, self.predicates = items, predicates
        self.discourse = Discourse(scene)
        # What a firm publishes about itself is its own statement, whatever part of its site it stands on.
        own = scene.outlet is not None and scene.outlet.kind in _ISSUERS
        self.issuer = scene.issuer if document.kind == "statement" else scene.outlet if own else None
        author = referent(scene.author, scene.author.name) if scene.author is not None else None
        self.matcher = Matcher(words, self.discourse, predicates, units, document.text, author, talk.answering())

    def claims(self) -> Iterator[Claim]:
        """Every claim, in text order."""
        if self.talk.turns:  # who is where comes first: a guest's "we" is his house
            for segment in self.document.segments:
                if segment.kind in READ and segment.position not in self.talk.turns:
                    for start, end in self._sentences(segment):
                        self._said(self._line(segment, start, end))
        for segment in self.document.segments:
            if segment.kind in READ:
                yield from self._segment(segment)

    def _segment(self, segment: Segment) -> Iterator[Claim]:
        text = self.document.text[segment.start : segment.end]
        quotes = [
            (a + segment.start, b + segment.start) for a, b in quotations(text.translate(_marks(text)), 0, len(text))
        ]
        sentences = self._sentences(segment)
        for number, (start, end) in enumerate(sentences):
            if end - start > LONGEST:
                continue
            start = self.talk.begin(segment, start)
            line = self._line(segment, start, end)
            roles, sayings = self._said(line)
            for role in roles:
                yield claim_of(role, line, self.document.text)
            default = self._default(line, sayings, quotes, sentences[number + 1 :], segment)
            for found in self.matcher.read(line, sayings, default, {role.predicate for role in roles}):
                if found.object_text and self.predicates[found.predicate].milestone == "publication":
                    self.discourse.issuer = found.subject  # "the report says": who published it
                yield claim_of(found, line, self.document.text)
            self._remember(line, sayings)

    def _said(self, line: Line) -> tuple[list[Found], list[Saying]]:
        """The offices that a sentence tells of, and its attributions."""
        offices: dict[int, Referent] = {}
        roles = list(roles_in(line, self.words, self.discourse, offices))
        return roles, sayings_of(line, self.words, self.discourse, self.document.text, offices)

    def _sentences(self, segment: Segment) -> list[tuple[int, int]]:
        """The sentences of a segment, none of them ending inside a name or date ("am 4. Juni")."""
        found: list[tuple[int, int]] = []
        for start, end in split(self.document.text[segment.start : segment.end]):
            low, high = segment.start + start, segment.start + end
            if found and any(i.start < low < i.end or i.start < found[-1][1] < i.end for i in self.items):
                found[-1] = (found[-1][0], high)
            else:
                found.append((low, high))
        return found

    def _line(self, segment: Segment, start: int, end: int) -> Line:
        """The sentence with its placeholders: names first, then what stands for somebody named before."""
        inside = [i for i in self.items if start <= i.start and i.end <= end]
        inside = _with(inside, self.talk.asked(segment, self.document.text, start, end, self.discourse))
        own = self._own_house(segment)
        for description in self.words.descriptions:
            for match in description.regex.finditer(self.document.text, start, end):
                low, high = match.span()
                house = own if description.kind in OWN and not self._quoted(segment, low) else None
                if house is None and description.kind in ("ours", "contract"):
                    continue
                beside = 0 if description.kind in OWN else _BESIDE
                met = [i for i in inside if low < i.end and i.start < high + beside]
                # "La start-up X" names X, and of "les deux entreprises" the words count, not the figure.
                if any(i.date is None and i.amount is None for i in met):
                    continue
                inside = [i for i in inside if not (low < i.end and i.start < high)]
                before = [i for i in inside if i.end <= low]
                after = [i for i in inside if high <= i.start]
                made = self.discourse.resolve(description, match, before, after, house)
                inside = _with(inside, [made])
        return mark(self.document.text, segment, start, end, inside, self.words)

    def _default(
        self,
        line: Line,
        sayings: Sequence[Saying],
        quotes: Sequence[tuple[int, int]],
        following: Sequence[tuple[int, int]],
        segment: Segment,
    ) -> Referent | None:
        """Who speaks where the sentence does not say: the layout's speaker, whoever is quoted, or who spoke last."""
        voice = self._voice(segment)
        if voice is not None:
            return voice
        quote = next((q for q in quotes if q[0] <= line.start and line.end <= q[1]), None)
        if quote is not None:
            for start, end in following:
                if start <= quote[1] < end:
                    later = [r for say in self._said(self._line(segment, start, end))[1] for r in say.speakers]
                    if later:
                        return later[0]
            return self.discourse.speaker
        if not sayings and self.words.carries_on is not None and self.words.carries_on.search(line.text):
            return self.discourse.speaker
        return referent(self.issuer, self.issuer.name) if self.issuer is not None else None

    def _own_house(self, segment: Segment) -> Referent | None:
        """Whom "we" means outside of quotations, where the layout or the page says who speaks."""
        voice = self._voice(segment)
        if voice is None and not segment.speaker and self.issuer is not None:
            voice = referent(self.issuer, self.issuer.name)
        house = self.discourse.house(voice) if voice is not None and segment.kind != "comment" else None
        return house if house is not None and house.kind in _ISSUERS else None

    def _quoted(self, segment: Segment, offset: int) -> bool:
        """Whether an offset stands in a quotation of its segment."""
        text = self.document.text[segment.start : segment.end]
        at = offset - segment.start
        return any(a <= at < b for a, b in quotations(text.translate(_marks(text)), 0, len(text)))

    def _voice(self, segment: Segment) -> Referent | None:
        """Who speaks a segment by its layout: a line's speaker, or whose turn of an interview it is."""
        if segment.speaker:
            person = self.scene.person(segment.speaker)
            return referent(person, segment.speaker) if person is not None else None
        turn = self.talk.turns.get(segment.position)
        return turn.speaker if turn is not None else None

    def _remember(self, line: Line, sayings: Sequence[Saying]) -> None:
        self.discourse.close([r for item in line.items for r in item.referents])
        spoken = [r for s in sayings for r in s.speakers if s.act != "perceives"]
        people = [r for r in spoken if r.kind == "person"]
        told = [r for s in sayings for r in s.speakers if s.act not in {"perceives", "denies"}]
        houses = [r for r in told if r.kind in ("company", "agency", "group")]  # who denies has no paper to quote
        if spoken:
            self.discourse.speaker = (people or spoken)[-1]
        if houses:
            self.discourse.issuer = houses[-1]


def _with(items: Sequence[Item], more: Iterable[Item]) -> list[Item]:
    """The items and those of `more` that overlap none of them, in text order."""
    free = [one for one in more if not any(one.start < i.end and i.start < one.end for i in items)]
    return sorted([*items, *free], key=attrgetter("start"))


def _marks(text: str) -> dict[int, int]:
    """Quotation marks of every style as the pair that is recognised; German »…« opens with what French closes with."""
    table = dict(_CORNERS)
    first = min((text.find(c) for c in "«»" if c in text), default=-1)
    if first >= 0 and text[first] == "«":
        table[ord("«")], table[ord("»")] = ord("“"), ord("”")
    if "„" in text:  # „…“ closes with what opens elsewhere
        table[ord("“")] = ord("”")
    return table
