"""Our tokens say what spaCy's say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from distillwatch.nlp.parse import SPARED, Words

SENTENCES = (
    "Norvane, which makes Ostra 2, said on Tuesday that Huaixu had used 24,000 accounts to copy it.",
    "What the firm did was train on the answers, and $5 million was paid, it said.",
    "“We never did,” she said. “Nor will we!”",
    "a b c d e f g h i j k l m n o p q r s t",
    "There is nothing; there's a firm that ain't there, let's say, and y'all gotta come. There was.",
    "C'mon, let us go: it's gonna be theirs. Ain't it? Ai is a model.",
    "",
)  # fmt: skip
SAME = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "is_punct", "is_space", "is_currency", "like_num"
)  # fmt: skip


@pytest.fixture(scope="module")
def words(nlp: Language) -> Words:
    return Words(nlp)


def agree(nlp: Language, words: Words, text: str) -> None:
    """Ours are made without the components that are spared, spaCy's with them."""
    doc = nlp(text)
    (ours,) = words.tokens(nlp.pipe([text], disable=SPARED))
    assert len(ours) == len(doc)
    for token, other in zip(ours, doc, strict=True):
        assert [getattr(token, name) for name in SAME] == [getattr(other, name) for name in SAME]
        assert len(token) == len(other)
        assert token.head.i == other.head.i
        assert [t.i for t in token.children] == [t.i for t in other.children]
        assert [t.i for t in token.ancestors] == [t.i for t in other.ancestors]
        assert [t.i for t in token.subtree] == [t.i for t in other.subtree]
        assert (token.left_edge.i, token.right_edge.i) == (other.left_edge.i, other.right_edge.i)
        assert token.doc is ours


@pytest.mark.parametrize("text", SENTENCES)
def test_tokens_agree(nlp: Language, words: Words, text: str) -> None:
    agree(nlp, words, text)


@settings(max_examples=40)
@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(" ".join(SENTENCES).split())).map(" ".join)))
def test_tokens_agree_on_any_text(nlp: Language, words: Words, text: str) -> None:
    agree(nlp, words, text)


def test_neighbours_end_with_the_sentence(nlp: Language) -> None:
    ((first, second),) = Words(nlp).tokens([nlp("Norvane sued")])
    assert first.nbor(1) is second
    with pytest.raises(IndexError, match="no token -1 from 'Norvane' at 0"):
        first.nbor(-1)
    with pytest.raises(IndexError):
        second.nbor(1)


def test_a_word_means_the_same_however_many_are_known(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("distillwatch.nlp.parse.MOST", 3)
    forgetful = Words(nlp)
    for _ in range(2):
        for text in SENTENCES:
            agree(nlp, forgetful, text)
