"""The comparable view of a claim: who said what about whom, how firmly, in which text. Pure and frozen."""

from __future__ import annotations

import unicodedata
from typing import Literal

from msgspec import Struct

from distillwatch.dates import DateRange
from distillwatch.ids import hash_id
from distillwatch.quantities import Quantity
from distillwatch.records import DocumentKind, Hedge, Polarity, SegmentKind, SpeechAct, Verdict

Severity = Literal["hard", "soft", "drift", "note"]


class Party(Struct, frozen=True):
    """Who or what a statement is about, or who makes it: a known entity, a list of several, or only a name."""

    id: str  # the canonical entity id, else "name:" and the folded name; "" for nobody
    name: str
    kind: str = ""  # an entity kind, "" when unknown
    owner: str = ""  # id of the owner or employer
    family: str = ""  # id of the model family a version belongs to
    members: tuple[str, ...] = ()  # ids of the parties that a list ("A, B and C") names
    born: str = ""  # first day of its existence, "" when unknown
    died: str = ""

    def __bool__(self) -> bool:
        return bool(self.id)


NOBODY = Party("", "")
STATES = ("asserts", "confirms", "alleges", "reports")
"""Speech acts that say that something is so, in one's own voice or another's; a rule compares these."""


class Text(Struct, frozen=True, kw_only=True):
    """What the rules may know about the text that a statement stands in."""

    id: str
    outlet: str
    kind: DocumentKind = "news"
    language: str = ""
    title: str = ""
    published: str = ""  # ISO day, "" when unknown; the first one where only the month or year is known
    precision: str = "day"  # to which the page gives it
    dated_firmly: bool = True  # False where the date was only guessed from the page
    origin: str = ""  # the text it copies, translates or is an edition of; itself when it is original
    sources: frozenset[str] = frozenset()  # ids of the speakers whose statements it tells
    notice: str = ""  # the words in which it corrects an earlier text of its publisher
    rank: str = ""  # sorts texts by when they were first seen


class Statement(Struct, frozen=True, kw_only=True):
    """One statement of one text, ready for comparison."""

    id: str
    text: Text
    subject: Party
    predicate: str
    object: Party = NOBODY  # NOBODY with `object_text` for a literal object
    object_text: str = ""
    speaker: Party = NOBODY
    act: SpeechAct = "asserts"
    polarity: Polarity = "+"
    hedge: Hedge = "none"
    quantity: Quantity | None = None
    when: DateRange | None = None
    qualifiers: dict[str, str] = {}
    evidence: str = ""
    evidence_class: str = "none_given"
    incidents: frozenset[str] = frozenset()
    segment: SegmentKind = "paragraph"
    position: int = 0  # where in the text it stands

    @property
    def affirmed(self) -> bool:
        """Whether it says that the thing is so."""
        return self.polarity == "+"

    @property
    def own_voice(self) -> bool:
        """Whether its speaker states it as known: asserted or confirmed, without a hedge."""
        return self.act in ("asserts", "confirms") and self.hedge == "none"

    @property
    def headline(self) -> bool:
        """Whether it stands in a headline, which may be firmer than the body."""
        return self.segment == "headline"


class Judged(Struct, frozen=True, kw_only=True):
    """A verdict on two statements, with the sentence that gives its reason. `a` is the earlier text's."""

    a: str
    b: str
    verdict: Verdict
    kind: str
    rule: str
    version: str
    why: str
    confidence: float = 1.0
    severity: Severity = "hard"

    @property
    def id(self) -> str:
        """Hash of what was compared and found, not of how it was worded."""
        return hash_id("comparison", self.a, self.b, self.kind, self.rule)


def fold(name: str) -> str:
    """A name as it is compared: composed, without case and surrounding or doubled white space."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
