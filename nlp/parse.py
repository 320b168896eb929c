"""The parse of a sentence as plain objects.

The rules ask every token many things many times over, and each answer of spaCy's own tokens is a call, a new object and
a look into the string store: together they cost as much as half the parse. Here all is read off once. The names are
spaCy's, so its documentation holds for them too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc


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


def tokens_of(parsed: Doc) -> list[Token]:
    """The tokens of a parsed text, linked to each other and no more to spaCy's."""
    tokens: list[Token] = []
    heads: list[int] = []
    for one in parsed:
        token = Token()
        token.doc, token.i, token.idx, token.children = tokens, one.i, one.idx, []
        token.text, token.lower_, token.lemma_ = one.text, one.lower_, one.lemma_
        token.pos_, token.tag_, token.dep_ = one.pos_, one.tag_, one.dep_
        token.is_punct, token.is_space = one.is_punct, one.is_space
        token.is_currency, token.like_num = one.is_currency, one.like_num
        tokens.append(token)
        heads.append(one.head.i)
    for token, head in zip(tokens, heads, strict=True):
        token.head = tokens[head]
        if token.head is not token:
            token.head.children.append(token)
    return tokens


def _position(token: Token) -> int:
    return token.i
