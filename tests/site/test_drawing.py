"""Cutting texts for highlighting, the matrix, and the geometry of the two drawings."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from distillwatch.site import matrix, paths, picture, timeline
from distillwatch.site.claims import Claim, Name, load
from distillwatch.site.marking import Span, cut
from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.reader import open_reader
from distillwatch.topic import Topic

SPANS = st.builds(
    Span,
    start=st.integers(-3, 40),
    end=st.integers(-3, 40),
    kind=st.sampled_from(["mention", "claim"]),
    ref=st.text("ab", max_size=2),
)


@given(st.text(max_size=30), st.integers(-2, 35), st.integers(-2, 35), st.lists(SPANS, max_size=8))
def test_pieces_joined_are_the_text(text: str, start: int, end: int, spans: list[Span]) -> None:
    pieces = cut(text, start, end, spans)
    assert "".join(p.text for p in pieces) == text[max(0, start) : max(0, end)]
    assert all(p.text for p in pieces)


@given(st.lists(SPANS, max_size=8))
def test_each_claim_opens_and_closes_once(spans: list[Span]) -> None:
    text = "x" * 30
    pieces = cut(text, 0, 30, spans)
    whole = [s for s in spans if s.kind == "claim" and 0 <= s.start < s.end <= 30]
    for span in whole:
        assert sum(p.opens.count(span) for p in pieces) >= 1
        assert sum(p.closes.count(span) for p in pieces) == whole.count(span)


def test_cut_keeps_characters_beyond_the_first_plane() -> None:
    text = "é😀 Norvane 豆包"
    marked = [p.text for p in cut(text, 0, len(text), [Span(3, 10, "claim", "c")]) if p.claims]
    assert marked == ["Norvane"]


@pytest.fixture
def claims(database: Path, watch: Topic) -> list[Claim]:
    with open_reader(database, watch) as reader:
        return load(reader, claim_queries.OF_INCIDENT, id="i1")


def test_matrix_puts_the_dispute_first(claims: list[Claim]) -> None:
    origins = list(dict.fromkeys(c.row.origin_id for c in claims))
    rows = matrix.rows(claims, origins, frozenset())
    first = rows[0]
    assert first.disputed
    assert "".join(p.text for p in first.pieces) == (
        "Ostra 2 was trained, fine-tuned or distilled on what Halden produced"
    )
    said = {(v.who.text, v.stance) for v in first.voices}
    assert said == {("Tarsil", "alleges"), ("Tarsil", "is cited"), ("Norvane", "denies")}
    assert len(first.cells) == len(origins)


def test_a_copy_shares_the_column_of_its_original(claims: list[Claim]) -> None:
    copy = next(c for c in claims if c.row.document_id == "d2wire")
    original = next(c for c in claims if c.row.document_id == "d1ledger")
    assert copy.row.origin_id == original.row.origin_id


def test_a_flag_makes_a_row_disputed_without_a_denial(claims: list[Claim]) -> None:
    origins = list(dict.fromkeys(c.row.origin_id for c in claims))
    sizes = [r for r in matrix.rows(claims, origins, frozenset({"c42"})) if "parameters" in r.pieces[-1].text]
    assert [r.disputed for r in sizes] == [True]


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 400)), max_size=30))
def test_timeline_stays_inside_its_box(spans: list[tuple[int, int]]) -> None:
    day = date(2025, 1, 15).toordinal()
    events = [
        timeline.Event(date.fromordinal(day + a), date.fromordinal(day + a + b), "x", "y", "affirm") for a, b in spans
    ]
    published = [timeline.Event(e.start, e.start, "x", "y", "original") for e in events]
    drawn = timeline.draw(published, events)
    if not events:
        assert drawn is None
        return
    assert drawn is not None
    assert len(drawn.bars) + drawn.left_out == len(events)
    for bar in drawn.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= drawn.width
        assert bar.y + 7 <= drawn.height
    for dot in drawn.dots:
        assert 0 <= dot.x <= drawn.width
        assert 0 <= dot.y <= drawn.axis + 4


def test_picture_is_the_same_each_time_and_says_who(claims: list[Claim]) -> None:
    first = picture.draw(claims)
    assert first is not None
    assert first == picture.draw(list(claims))
    trained = next(e for e in first.edges if e.predicate == "trained_on_outputs_of")
    assert trained.style == "disputed"
    assert dict(trained.says)["denies"] == ("Norvane",)
    assert all(0 <= n.x <= first.width and 0 <= n.y <= first.height for n in first.nodes)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=14, unique=True))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_number_of_a_line_hides_another(claims: list[Claim], lines: list[tuple[int, int]]) -> None:
    said = [
        msgspec.structs.replace(
            claims[0], subject=Name(f"Maker {a}", f"company/{a}.html"), object=Name(f"Model {b}", f"model/{b}.html")
        )
        for a, b in lines
    ]
    drawn = picture.draw(said)
    assert drawn is not None
    places = [(edge.label_x, edge.label_y) for edge in drawn.edges]
    assert len(set(places)) == len(places)
    for one, other in combinations(places, 2):
        assert abs(one[0] - other[0]) >= 8 or abs(one[1] - other[1]) >= 8


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Norvane", "Norvane"),
        ("Norvane, Tarsil and Quellmark Holdings of Port Ellery", "Norvane, Tarsil and Quellmark…"),
        ("奎尔马克与诺凡及塔西尔控股有限公司联合研究院北方分院", "奎尔马克与诺凡及塔西尔控股有限公…"),
    ],
)
def test_a_name_in_the_drawing_fits_its_column(name: str, shown: str, claims: list[Claim]) -> None:
    said = msgspec.structs.replace(
        claims[0], subject=Name(name, "company/x.html"), object=Name("Halden", "model/h.html")
    )
    drawn = picture.draw([said])
    assert drawn is not None
    assert [node.text for node in drawn.nodes] == [shown, "Halden"]


def test_no_picture_without_two_names() -> None:
    assert picture.draw([]) is None


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://ledger.example/a?b=1", "https://ledger.example/a?b=1"),
        (" http://ledger.example ", "http://ledger.example"),
        ("javascript:alert(1)", ""),
        ("JavaScript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("file:page.html", ""),
        ("//ledger.example", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_linked(url: str, link: str) -> None:
    assert paths.outside(url) == link


@given(st.text(max_size=120))
def test_a_path_never_leaves_its_folder(identity: str) -> None:
    for path in (paths.document(identity), paths.entity("company", identity), paths.incident(identity)):
        folder, file = path.split("/")
        assert folder in ("document", "company", "incident")
        assert file.removesuffix(".html").replace("-", "").replace("_", "").isalnum()
        assert path.isascii()


def test_a_large_matrix_is_narrowed_and_says_so(claims: list[Claim]) -> None:
    origins = list(dict.fromkeys(c.row.origin_id for c in claims))
    rows = matrix.rows(claims, origins, frozenset())
    narrow = matrix.narrowed(rows, origins, 2, 3)
    assert (len(narrow.rows), narrow.more_rows) == (2, len(rows) - 2)
    assert len(narrow.origins) <= 3
    assert all(len(row.cells) == len(narrow.origins) for row in narrow.rows)
    whole = matrix.narrowed(rows, origins, 99, 99)
    assert (whole.more_rows, whole.more_origins) == (0, 0)
