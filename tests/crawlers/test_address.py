"""One article, one address; and a page speaks only for its own host."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distillwatch.crawlers.address import canonical, own_address, same_site

FORMS = [
    ("HTTPS://Q.example:443/a/../b?utm_source=x&b=2&a=1#top", "https://q.example/b?a=1&b=2"),
    ("http://q.example:80/", "http://q.example/"),
    ("http://q.example:8080/a", "http://q.example:8080/a"),
    ("https://www-quay-example.cdn.ampproject.org/c/s/www.quay.example/a", "https://www.quay.example/a"),
    ("https://www.google.com/amp/s/www.quay.example/a", "https://www.quay.example/a"),
    ("https://amp.q.example/story/amp/", "https://q.example/story"),
    ("https://q.example/story.amp.html", "https://q.example/story.html"),
    ("https://q.example/story?amp=1&id=7&fbclid=zz", "https://q.example/story?id=7"),
    ("https://q.example/story?outputType=amp&print=1", "https://q.example/story"),
    ("https://q.example/2026/a-story/print/", "https://q.example/2026/a-story"),
    ("https://q.example/node/4711/printable", "https://q.example/node/4711"),
    ("https://q.example/news/print/", "https://q.example/news/print/"),
    ("https://q.example/print", "https://q.example/print"),
    ("https://q.example/t?view=42", "https://q.example/t?view=42"),
    ("https://q.example/kaf\u00e9?q=\u65e5", "https://q.example/kaf%C3%A9?q=%E6%97%A5"),
    ("file:notes/a.txt", "file:notes/a.txt"),
    ("http://q.example:port/", "http://q.example:port/"),
]


@pytest.mark.parametrize(("url", "expected"), FORMS)
def test_canonical(url: str, expected: str) -> None:
    assert canonical(url) == expected


PARTS = st.lists(st.sampled_from([*"abz/.?=&%20#:é日@+;~-_", "/print", "/amp", "print/"]), max_size=30).map("".join)


@given(
    st.tuples(
        st.sampled_from(["http://", "https://"]),
        st.sampled_from(["q.example", "amp.q.example", "q.example:443"]),
        PARTS,
    ).map("".join)
)
def test_canonical_is_idempotent(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


OWN = [
    # (fetched, claimed, address)
    ("https://www.q.example/a?id=3", ["https://q.example/story"], "https://q.example/story"),
    ("https://m.q.example/a", ["/story"], "https://m.q.example/story"),
    ("https://evil.example/a", ["https://q.example/story"], "https://evil.example/a"),  # another outlet's article
    ("https://q.example/a", ["https://q.example/"], "https://q.example/a"),  # the front page
    ("https://q.example/a", ["javascript:alert(1)", "https://q.example/b"], "https://q.example/b"),
    ("file:a.html", ["https://q.example/story?utm_medium=x"], "https://q.example/story"),
    ("file:a.html", ["/story"], "file:a.html"),
]


@pytest.mark.parametrize(("fetched", "claimed", "expected"), OWN)
def test_own_address(fetched: str, claimed: list[str], expected: str) -> None:
    assert own_address(fetched, claimed) == expected


def test_same_site() -> None:
    assert same_site("https://www.q.example/a", "http://m.q.example/b")
    assert not same_site("https://q.example", "https://q.example.evil.example")
    assert not same_site("file:a", "file:b")
