"""Date expressions in six languages, resolved against a Wednesday, 15 April 2026."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distillwatch.nlp.dates.lexicon import LANGUAGES, lexicon
from distillwatch.nlp.when import document_dates
from distillwatch.records import DateMention, Document, Segment

WEDNESDAY = "2026-04-15"

# (language, text, [(words, start, end, bound), …])
CASES: list[tuple[str, str, list[tuple[str, str, str, str]]]] = [
    # weekdays follow the tense of their clause
    ("en", "Norvane released Ostra 2 on Monday.", [("Monday", "2026-04-13", "2026-04-13", "")]),
    ("en", "Quellmark will open the lab on Friday.", [("Friday", "2026-04-17", "2026-04-17", "")]),
    ("en", "As of Friday night it was silent.", [("Friday night", "2026-04-10", "2026-04-10", "")]),
    ("en", "last Wednesday", [("last Wednesday", "2026-04-08", "2026-04-08", "")]),
    ("en", "Two Fridays ago", [("Two Fridays ago", "2026-04-03", "2026-04-03", "")]),
    (
        "en",
        "Norvane said on Tuesday it would publish the data by Friday.",
        [("Tuesday", "2026-04-14", "2026-04-14", ""), ("Friday", "2026-04-17", "2026-04-17", "until")],
    ),
    # ranges that name parts of months; months told together; the year stands behind both
    (
        "en",
        "between November and the end of February",
        [("between November and the end of February", "2025-11-01", "2026-02-28", "")],
    ),
    (
        "en",
        "Between October and December of last year Norvane trained it.",
        [("Between October and December of last year", "2025-10-01", "2025-12-31", "")],
    ),
    ("en", "It was used in December and January.", [("December and January", "2025-12-01", "2026-01-31", "")]),
    (
        "en",
        "Images of 2021 and 2022 are gone.",
        [("2021", "2021-01-01", "2021-12-31", ""), ("2022", "2022-01-01", "2022-12-31", "")],
    ),
    # plans: the tense of a wish, the year of the sentence before, a deadline that has just gone by
    ("en", "He expects the bill to be adopted in March.", [("March", "2027-03-01", "2027-03-31", "")]),
    ("en", "A hearing is unlikely before the autumn.", [("the autumn", "2026-09-01", "2026-11-30", "before")]),
    (
        "en",
        "Quellmark plans a lab next year. Work is to start in May.",
        [("next year", "2027-01-01", "2027-12-31", ""), ("May", "2027-05-01", "2027-05-31", "")],
    ),
    ("en", "The council will decide by 10 April.", [("10 April", "2026-04-10", "2026-04-10", "until")]),
    ("en", "Adopted on Tuesday by 61 votes, it is now law.", [("Tuesday", "2026-04-14", "2026-04-14", "")]),
    ("en", "as she wrote in her March report", [("March", "2026-03-01", "2026-03-31", "")]),
    ("en", "She spent most of the winter comparing numbers.", [("the winter", "2025-12-01", "2026-02-28", "")]),
    # the same day
    (
        "en",
        "The letter went out on 3 March. Norvane replied the same day.",
        [("3 March", "2026-03-03", "2026-03-03", ""), ("the same day", "2026-03-03", "2026-03-03", "")],
    ),
    (
        "fr",
        "La lettre est partie le 3 mars. Norvane a répondu le même jour.",
        [("le 3 mars", "2026-03-03", "2026-03-03", ""), ("le même jour", "2026-03-03", "2026-03-03", "")],
    ),
    (
        "de",
        "Der Brief ging am 3. März hinaus. Norvane antwortete am selben Tag.",
        [("3. März", "2026-03-03", "2026-03-03", ""), ("selben Tag", "2026-03-03", "2026-03-03", "")],
    ),
    (
        "es",
        "La carta salió el 3 de marzo. Norvane respondió el mismo día.",
        [("el 3 de marzo", "2026-03-03", "2026-03-03", ""), ("el mismo día", "2026-03-03", "2026-03-03", "")],
    ),
    (
        "zh",
        "诺凡3月3日致函槐序，槐序当天作出回应。",
        [("3月3日", "2026-03-03", "2026-03-03", ""), ("当天", "2026-03-03", "2026-03-03", "")],
    ),
    ("ja", "本社では、この日、祭りが開かれた。", [("この日", "2026-04-15", "2026-04-15", "")]),
    ("fr", "Quellmark, accusée en mars par Norvane, se tait.", [("mars", "2026-03-01", "2026-03-31", "")]),
    ("fr", "Les orages du mois d’août ont abîmé le toit.", [("août", "2025-08-01", "2025-08-31", "")]),
    ("de", "Für Donnerstag ist ein Gespräch geplant.", [("Donnerstag", "2026-04-16", "2026-04-16", "")]),
    # days and months without a year: the last one told of, the next one announced
    ("en", "In March Norvane cut the access.", [("March", "2026-03-01", "2026-03-31", "")]),
    ("en", "In May Norvane will release it.", [("May", "2026-05-01", "2026-05-31", "")]),
    ("en", "It was shown on July 20.", [("July 20", "2025-07-20", "2025-07-20", "")]),
    ("en", "Norvane is due to appear on May 14 and 15.", [("May 14 and 15", "2026-05-14", "2026-05-15", "")]),
    ("en", "The launch has been moved to May or later.", [("May", "2026-05-01", "2026-05-31", "since")]),
    ("en", "Friday, April 3", [("Friday, April 3", "2026-04-03", "2026-04-03", "")]),
    # a story of another year goes on without naming it again
    (
        "en",
        "In November 2023 the account was closed. In December the ban was lifted.",
        [("November 2023", "2023-11-01", "2023-11-30", ""), ("December", "2023-12-01", "2023-12-31", "")],
    ),
    ("en", "The ban will be lifted on May 4.", [("May 4", "2026-05-04", "2026-05-04", "")]),
    # parts, quarters, seasons
    ("en", "By Q3 2025 the share should fall.", [("Q3 2025", "2025-07-01", "2025-09-30", "until")]),
    ("en", "H1 2027", [("H1 2027", "2027-01-01", "2027-06-30", "")]),
    ("en", "the second half of 2025", [("the second half of 2025", "2025-07-01", "2025-12-31", "")]),
    ("en", "since early 2025", [("early 2025", "2025-01-01", "2025-04-30", "since")]),
    ("en", "in late March", [("late March", "2026-03-21", "2026-03-31", "")]),
    ("en", "around the middle of this year", [("the middle of this year", "2026-06-01", "2026-07-31", "")]),
    ("en", "in the spring of 2024", [("the spring of 2024", "2024-03-01", "2024-05-31", "")]),
    ("en", "would stay shut until the autumn", [("the autumn", "2026-09-01", "2026-11-30", "until")]),
    ("en", "by the end of the year", [("the end of the year", "2026-12-31", "2026-12-31", "until")]),
    ("en", "Before the year is out it falls.", [("the year is out", "2026-12-31", "2026-12-31", "before")]),
    ("en", "by 2027", [("2027", "2027-01-01", "2027-12-31", "until")]),
    ("en", "From February onward none was used.", [("February", "2026-02-01", "2026-02-28", "since")]),
    ("en", "between March and May 2025", [("between March and May 2025", "2025-03-01", "2025-05-31", "")]),
    ("en", "the 1990s", [("the 1990s", "1990-01-01", "1999-12-31", "")]),
    ("en", "the first week of March", [("the first week of March", "2026-03-01", "2026-03-07", "")]),
    ("en", "in the four months to January", [("the four months to January", "2025-10-01", "2026-01-31", "")]),
    ("en", "the beginning of the month", [("the beginning of the month", "2026-04-01", "2026-04-10", "")]),
    ("en", "It had been expected since June.", [("June", "2025-06-01", "2025-06-30", "since")]),
    ("de", "Zum zweiten Mal in fünf Wochen; es wird in fünf Wochen eröffnet.", [
        ("in fünf Wochen", "2026-05-20", "2026-05-20", "")]),
    # relative
    ("en", "over the weekend", [("the weekend", "2026-04-11", "2026-04-12", "")]),
    ("en", "Three months ago", [("Three months ago", "2026-01-01", "2026-01-31", "")]),
    ("en", "ten weeks ago", [("ten weeks ago", "2026-02-04", "2026-02-04", "")]),
    ("en", "this year's and last month's", [
        ("this year", "2026-01-01", "2026-12-31", ""), ("last month", "2026-03-01", "2026-03-31", "")]),
    ("en", "It was signed on April 3 and lifted two days later.", [
        ("April 3", "2026-04-03", "2026-04-03", ""), ("two days later", "2026-04-05", "2026-04-05", "")]),
    ("en", "Less was sold in February than a year earlier.", [
        ("February", "2026-02-01", "2026-02-28", ""), ("a year earlier", "2025-02-01", "2025-02-28", "")]),
    # what looks like a date and is none
    ("en", "They may come second, march on, and sit within 24 hours.", []),
    ("en", "Theresa May said so. August Krogh agreed. The sun sat.", []),
    ("en", "on a Tuesday; every Monday; the Monday after the release", []),
    ("en", "five days after the release", []),
    ("en", "a day later", []),  # later than what?
    ("en", "Ostra 3.5, GPT-2024, Notice 2026-07, form 2019, at 09:40, $2024", []),
    ("en", "31 February 2025", []),
    ("fr", "Elle a été vue ; la planète Mars.", []),
    ("de", "in diesen Wochen und in den letzten Monaten", []),
    ("zh", "一周内4个月", []),
    ("ja", "30日間、4カ月、2024年度", []),
    # French
    ("fr", "Norvane a publié le modèle lundi.", [("lundi", "2026-04-13", "2026-04-13", "")]),
    ("fr", "L’avis sera publié vendredi.", [("vendredi", "2026-04-17", "2026-04-17", "")]),
    ("fr", "fin 2025 et début mars", [
        ("fin 2025", "2025-09-01", "2025-12-31", ""), ("début mars", "2026-03-01", "2026-03-10", "")]),
    ("fr", "d’ici la fin de l’année", [("la fin de l’année", "2026-12-31", "2026-12-31", "until")]),
    ("fr", "Mardi, elle a nié. La veille, elle se taisait.", [
        ("Mardi", "2026-04-14", "2026-04-14", ""), ("La veille", "2026-04-13", "2026-04-13", "")]),
    ("fr", "il y a trois mois, l’été dernier", [
        ("il y a trois mois", "2026-01-01", "2026-01-31", ""), ("l’été dernier", "2025-06-01", "2025-08-31", "")]),
    # German
    ("de", "am 14.02.2026 und am Wochenende", [
        ("14.02.2026", "2026-02-14", "2026-02-14", ""), ("Wochenende", "2026-04-11", "2026-04-12", "")]),
    ("de", "Die Behörde wird am Freitag entscheiden.", [("Freitag", "2026-04-17", "2026-04-17", "")]),
    ("de", "seit Anfang 2025, vor zwei Wochen", [
        ("Anfang 2025", "2025-01-01", "2025-04-30", "since"), ("vor zwei Wochen", "2026-04-01", "2026-04-01", "")]),
    # Spanish
    ("es", "el pasado viernes y ayer", [
        ("el pasado viernes", "2026-04-10", "2026-04-10", ""), ("ayer", "2026-04-14", "2026-04-14", "")]),
    ("es", "Norvane lanzará el modelo en junio.", [("junio", "2026-06-01", "2026-06-30", "")]),
    ("es", "a mediados de abril de 2025", [("a mediados de abril de 2025", "2025-04-11", "2025-04-20", "")]),
    # Chinese
    ("zh", "北京时间3月4日，公司去年12月", [
        ("北京时间3月4日", "2026-03-04", "2026-03-04", ""), ("去年12月", "2025-12-01", "2025-12-31", "")]),
    ("zh", "上周五，今年秋天，年中前后", [
        ("上周五", "2026-04-10", "2026-04-10", ""),
        ("今年秋天", "2026-09-01", "2026-11-30", ""),
        ("年中前后", "2026-06-01", "2026-07-31", "")]),
    ("zh", "2025年初以来，截至2027年", [
        ("2025年初", "2025-01-01", "2025-04-30", "since"), ("2027年", "2027-01-01", "2027-12-31", "until")]),
    ("zh", "将于5月发布，三个月前", [
        ("5月", "2026-05-01", "2026-05-31", ""), ("三个月前", "2026-01-01", "2026-01-31", "")]),
    # Japanese
    ("ja", "日本時間3月30日、週末、昨日", [
        ("日本時間3月30日", "2026-03-30", "2026-03-30", ""),
        ("週末", "2026-04-11", "2026-04-12", ""),
        ("昨日", "2026-04-14", "2026-04-14", "")]),
    ("ja", "同社は10日、否定した。", [("10日", "2026-04-10", "2026-04-10", "")]),
    ("ja", "2026年第1四半期、2027年までに", [
        ("2026年第1四半期", "2026-01-01", "2026-03-31", ""), ("2027年", "2027-01-01", "2027-12-31", "until")]),
]  # fmt: skip


def find_dates(text: str, *, published: str, language: str, skip: Sequence[tuple[int, int]] = ()) -> list[DateMention]:
    """The dates of a text of one paragraph."""
    paragraph = Segment(position=0, kind="paragraph", start=0, end=len(text))
    page = Document(
        id="d", source_id="s", url="https://h.example/d", kind="news", language=language, title="", text=text,
        segments=(paragraph,), published_at=published,
    )  # fmt: skip
    return list(document_dates(page, skip))


def told(mentions: list[DateMention]) -> list[tuple[str, str | None, str | None, str]]:
    return [(m.text, m.date.start, m.date.end, m.bound) for m in mentions]


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[f"{c[0]}: {c[1][:40]}" for c in CASES])
def test_find_dates(language: str, text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert told(find_dates(text, published=WEDNESDAY, language=language)) == expected


def test_without_a_day_of_publication_only_the_text_itself_places_a_date() -> None:
    text = "On Monday, last month and in March 2025; a month later it ended."
    found = find_dates(text, published="", language="en")
    assert told(found) == [
        ("March 2025", "2025-03-01", "2025-03-31", ""),
        ("a month later", "2025-04-01", "2025-04-30", ""),
    ]


def test_the_anchor_tells_what_a_date_rests_on() -> None:
    text = "On 3 April 2026 and on Monday; a day later it ended."
    assert [m.anchor for m in find_dates(text, published=WEDNESDAY, language="en")] == [
        "absolute",
        "publication",
        "text",
    ]


def test_names_hold_no_dates() -> None:
    text = "April Hale left in April."
    assert len(find_dates(text, published=WEDNESDAY, language="en", skip=[(0, 10)])) == 1
    assert find_dates("in April", published=WEDNESDAY, language="en", skip=[(3, 8)]) == []


def test_an_unknown_language_is_read_with_the_english_rules() -> None:
    assert told(find_dates("2026-03-04", published="", language="ko")) == [
        ("2026-03-04", "2026-03-04", "2026-03-04", "")
    ]


def _document(*parts: tuple[str, str]) -> Document:
    text = "\n".join(words for _, words in parts)
    segments, at = [], 0
    for position, (kind, words) in enumerate(parts):
        segments.append(Segment(position=position, kind=kind, start=at, end=at + len(words)))  # type: ignore[arg-type] # a plain word
        at += len(words) + 1
    return Document(
        id="d",
        source_id="s",
        url="https://herald.example/a",
        kind="news",
        language="en",
        title="t",
        text=text,
        segments=tuple(segments),
        published_at=f"{WEDNESDAY}T09:00:00Z",
    )


def test_a_document_carries_its_dates_from_paragraph_to_paragraph_but_not_into_comments() -> None:
    document = _document(
        ("byline", "1 January 2020"),
        ("paragraph", "Norvane denied it on Saturday."),
        ("paragraph", "Quellmark had published a paper a day earlier."),
        ("comment", "A day earlier nobody knew."),
    )
    found = document_dates(document)
    assert told(list(found)) == [
        ("Saturday", "2026-04-11", "2026-04-11", ""),
        ("a day earlier", "2026-04-10", "2026-04-10", ""),
    ]
    assert all(document.text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_what_its_form_needs(language: str) -> None:
    for rule in lexicon(language).rules:
        if rule.form in ("period", "shift", "ago", "ahead", "ahead_if_future"):
            assert rule.unit or "unit" in rule.regex.groupindex, rule.regex.pattern
        if rule.form.startswith("part_"):
            assert rule.part or "part" in rule.regex.groupindex, rule.regex.pattern


PIECES = st.sampled_from(
    ["May", "3", "2026", " ", ", ", "last", "Friday", "a day earlier", "Q3", "the", "of", "mars", "31", "février",
     "vor", "drei", "Tagen", "el", "lunes", "pasado", "上周", "五", "月", "12", "日", "年", "昨", "前", "\n", ".",
     "end", "-", "/", "since", "by", "1990s", "９", "十二", "０"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(LANGUAGES), st.sampled_from(["", WEDNESDAY]))
def test_any_text_gives_ordered_spans_of_itself(text: str, language: str, published: str) -> None:
    mentions = find_dates(text, published=published, language=language)
    assert all(text[m.start : m.end] == m.text and m.date.known for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)), st.sampled_from(LANGUAGES))
def test_an_iso_day_reads_the_same_in_every_language(day: date, language: str) -> None:
    found = find_dates(f"{day.isoformat()} ", published=WEDNESDAY, language=language)
    assert [(m.date.start, m.date.end) for m in found] == [(day.isoformat(), day.isoformat())]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("15 April 2026 · by Imke Sondervall", False),
        ("Imke Sondervall | 15 April 2026", False),
        ("Issued Wednesday, 15 April 2026", True),
        ("14 April 2026 · by Imke Sondervall", True),
    ],
)
def test_a_dateline_tells_no_event(line: str, told: bool) -> None:
    segment = Segment(position=0, kind="paragraph", start=0, end=len(line))
    made = Document(
        id="d", source_id="s", url="file:d", kind="news", language="en", title="", text=line, segments=(segment,),
        published_at=WEDNESDAY,
    )  # fmt: skip
    assert bool(document_dates(made)) == told
