"""A sentence ready to be read: its parse, the entities behind its tokens, its dates and amounts, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from distillwatch.dates import DateRange
from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims.asides import Aside
from distillwatch.nlp.masking import Masked
from distillwatch.nlp.parse import Token
from distillwatch.records import DateMention, EntityKind, Segment


class Referent(Struct, frozen=True):
    """An entity as a sentence names it: by name, pronoun or description."""

    id: str
    name: str
    kind: EntityKind
    text: str
    owner: str = ""  # canonical name
    plural: bool = False
    members: tuple[str, ...] = ()  # ids of the members, for a group that the text itself lists


class Sentence(Struct, kw_only=True):
    """One evidence span, `document.text[start:end]`, parsed once on its masked copy."""

    segment: Segment
    document_text: str
    start: int
    end: int
    masked: Masked
    doc: Sequence[Token]
    refs: dict[int, tuple[Referent, ...]]  # token index → who it stands for
    known: tuple[tuple[int, int, tuple[Referent, ...]], ...]  # the same with source offsets, asides included
    dates: dict[int, DateMention]  # token index of the date's word
    amounts: dict[int, Amount]  # token index of the amount's figure
    words_of_speech: tuple[list[Token], list[Token]]  # verbs, nouns
    lemmas: Sequence[str]  # of each token, in lower case, of the copy's word
    rewordings: dict[int, str]  # token index → the word that stood there, where the copy has another
    asides: tuple[tuple[int, Aside], ...] = ()  # (token before it, attribution taken out of the copy)
    according: tuple[int, ...] = ()  # where "according" stands
    issuers: dict[int, Referent] = {}  # token index of "the cable" → whose it is
    issued: dict[str, Referent] = {}  # "cable" → whose it is, on the whole page
    deadline: DateRange | None = None  # set at the head of an earlier sentence: "By 2027, this will happen. X will …"
    speaker: Referent | None = None  # who the layout or an open quotation says is speaking
    speaker_text: str = ""
    spoken_from: int = 0  # source offset where the speaker's words begin, behind a lead of the text's own
    listener: Referent | None = None  # whom an interviewer asks: "you"
    quoted_whole: bool = False  # the whole sentence stands inside a quotation

    @property
    def verbs(self) -> list[Token]:
        """Verbs and copulas that are no names, in order."""
        return self.words_of_speech[0]

    @property
    def nouns(self) -> list[Token]:
        """Nouns and proper nouns that are no names, in order."""
        return self.words_of_speech[1]

    def source(self, first: Token, last: Token | None = None) -> tuple[int, int]:
        """Document offsets of the tokens `first`..`last`."""
        end = last if last is not None else first
        return self.masked.source(first.idx), self.masked.source_end(end.idx + len(end))

    def known_between(self, start: int, end: int) -> tuple[Referent, ...]:
        """Who is named or pointed at in a span of the source, the first of them."""
        return next((r for a, b, r in self.known if start <= a and b <= end), ())

    def words(self, first: Token, last: Token | None = None) -> str:
        """The source's own words for the tokens `first`..`last`."""
        start, end = self.source(first, last)
        return self.document_text[start:end]

    def lemma(self, token: Token) -> str:
        """The lemma in lower case, of the copy's word; for a name, the last word of its head.

        "list" for "Entity List", "register" for "Register of Listed Entities".
        """
        if self.refs.get(token.i):
            return self.words(token).partition(" of ")[0].rsplit(maxsplit=1)[-1].lower()
        return self.lemmas[token.i]
