"""The parse of a sentence as plain objects.

The rules ask every token many things many times over, and each answer of spaCy's own tokens is a call, a new object and
a look into the string store: together they cost as much as half the parse. Here all is read off once. The names are
spaCy's, so its documentation holds for them too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.tokens import Token as SpacyToken

SPARED = ("attribute_ruler", "lemmatizer")
"""Components that need not see each sentence: what they say of a word depends on its form, tag and relation alone."""
MOST = 50_000
"""Words that are kept: some 15 MB. With more of them all are asked for anew."""
LOOKED_AT: list[int | str] = ["ORTH", "TAG", "DEP", "HEAD", "SPACY"]
TURN = 2**64  # the array holds the way to a head that lies before as a number counted down from here


class Token:
    """A word of a parsed sentence; attributes are those of `spacy.tokens.Token` of the same name."""

    __slots__ = (
        "children", "dep_", "doc", "head", "i", "idx", "is_currency", "is_punct", "is_space", "lemma_", "like_num",
        "lower_", "pos_", "tag_", "text",
    )  # fmt: skip

    doc: Sequence[Token]
    i: int
    idx: int  # code points from the beginning of the sentence
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    head: Token  # the token itself at the root
    children: list[Token]  # in text order
    is_punct: bool
    is_space: bool
    is_currency: bool
    like_num: bool

    def __len__(self) -> int:
        """Code points."""
        return len(self.text)

    def __repr__(self) -> str:
        """The text alone, as spaCy shows it."""
        return self.text

    def nbor(self, offset: int) -> Token:
        """The token so many places on; raises IndexError outside the sentence."""
        if self.i + offset < 0:
            raise IndexError(f"no token {offset} from {self.text!r} at {self.i}")
        return self.doc[self.i + offset]

    @property
    def ancestors(self) -> Iterator[Token]:
        """The head, its head, and so on up to the root."""
        node = self
        while node.head is not node:
            node = node.head
            yield node

    @property
    def subtree(self) -> Iterator[Token]:
        """The token and all that hangs below it: what hangs to its left, itself, what hangs to its right."""
        if not self.children:
            yield self
            return
        stack = [(self, False)]  # no recursion: a chain of heads may be as long as the sentence
        while stack:
            node, visited = stack.pop()
            if visited or not node.children:
                yield node
                continue
            stack += [(child, False) for child in reversed(node.children) if child.i > node.i]
            stack.append((node, True))
            stack += [(child, False) for child in reversed(node.children) if child.i < node.i]

    @property
    def left_edge(self) -> Token:
        """The first token of the subtree."""
        return min(self.subtree, key=_position) if self.children else self

    @property
    def right_edge(self) -> Token:
        """The last token of the subtree."""
        return max(self.subtree, key=_position) if self.children else self


class Words:
    """What a pipeline says of a word by itself: its form, and by tag and relation its part of speech and lemma.

    The attribute ruler and the lemmatizer take a third of the pipeline's time to say the same of the same words again
    and again, so they are asked once a word. Sentences with one of the few words for which the ruler looks at the next
    one, too ("let's", "there is"), go through them whole: the outcome is the pipeline's own, word for word.
    """

    def __init__(self, nlp: Language) -> None:
        """`nlp` is a loaded pipeline; parses are to be made with the components of SPARED disabled."""
        self._vocab = nlp.vocab
        self._spared = [component for name, component in nlp.components if name in SPARED]
        longer = [
            pattern[:1]
            for component in self._spared
            for rule in getattr(component, "patterns", ())
            for pattern in rule["patterns"]
            if len(pattern) > 1
        ]
        self._opening = Matcher(nlp.vocab)
        if longer:
            self._opening.add("opening", longer)
        self._known: dict[tuple[int, ...], _Word] = {}

    def tokens(self, parses: Iterable[Doc]) -> list[list[Token]]:
        """The tokens of parsed texts, linked to each other and no more to spaCy's."""
        if len(self._known) > MOST:
            self._known.clear()
        arrays = [(doc, doc.to_array(LOOKED_AT).tolist()) for doc in parses]
        keys = [[(row[0], row[1], row[2]) for row in rows] for _, rows in arrays]
        self._learn(sorted({key for row in keys for key in row} - self._known.keys()))
        return [_linked(self._words(doc, found), rows) for (doc, rows), found in zip(arrays, keys, strict=True)]

    def _words(self, doc: Doc, keys: Sequence[tuple[int, ...]]) -> list[_Word]:
        words = [self._known[key] for key in keys]
        if not any(word.opens for word in words):
            return words
        for component in self._spared:
            doc = component(doc)
        return [_word(token, opens=False) for token in doc]

    def _learn(self, keys: Sequence[tuple[int, ...]]) -> None:
        """Ask for words, with a comma behind each so that none is taken for another's neighbour."""
        if not keys:
            return
        strings = self._vocab.strings
        parts = [(strings[orth], strings[tag], strings[dep]) for orth, tag, dep in keys]
        rows = [row for part in parts for row in (part, (",", ",", "punct"))]
        words, tags, deps = (list(column) for column in zip(*rows, strict=True))
        doc = Doc(self._vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words))))
        opening = {start for _, start, _ in self._opening(doc)} if len(self._opening) else set()
        for component in self._spared:
            doc = component(doc)
        for at, key in enumerate(keys):
            self._known[key] = _word(doc[2 * at], opens=2 * at in opening)


class _Word(NamedTuple):
    """What all tokens of one form, tag and relation share."""

    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    is_punct: bool
    is_space: bool
    is_currency: bool
    like_num: bool
    opens: bool  # may be the first of two words that the attribute ruler takes together


def _word(token: SpacyToken, *, opens: bool) -> _Word:
    return _Word(
        token.text, token.lower_, token.lemma_, token.pos_, token.tag_, token.dep_, token.is_punct, token.is_space,
        token.is_currency, token.like_num, opens,
    )  # fmt: skip


def _linked(words: Sequence[_Word], rows: Sequence[Sequence[int]]) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    for i, (word, row) in enumerate(zip(words, rows, strict=True)):
        token = Token()
        token.doc, token.i, token.idx, token.children = tokens, i, at, []
        (
            token.text, token.lower_, token.lemma_, token.pos_, token.tag_, token.dep_, token.is_punct, token.is_space,
            token.is_currency, token.like_num, _,
        ) = word  # fmt: skip
        tokens.append(token)
        at += len(word.text) + row[4]
    for token, row in zip(tokens, rows, strict=True):
        token.head = tokens[(token.i + row[3]) % TURN]
        if token.head is not token:
            token.head.children.append(token)
    return tokens


def _position(token: Token) -> int:
    return token.i
