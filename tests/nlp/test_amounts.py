"""Quantities in six languages: figure, unit, approximation; and what is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distillwatch.nlp.amounts import find_quantities, parse_quantity
from distillwatch.nlp.figures.lexicon import LANGUAGES, lexicon
from distillwatch.nlp.numerals import han_value, small_number

Row = tuple[float | None, float | None, str, str]

# (language, text, [(low, high, unit, approx), …])
CASES: list[tuple[str, str, list[Row]]] = [
    # approximators
    ("en", "more than 24,000 accounts", [(24000, None, "accounts", "over")]),
    ("en", "about $6 million", [(6e6, 6e6, "USD", "about")]),
    ("en", "nearly 25,000 accounts", [(None, 25000, "accounts", "nearly")]),
    ("en", "no more than 5 accounts, less than 7 percent",
     [(None, 5, "accounts", "up_to"), (None, 7, "percent", "under")]),
    ("en", "up to 40% of the traffic", [(None, 40, "percent", "up_to")]),
    ("en", "3.4 million or more to Tarsil, and upwards of 150,000 to Quell",
     [(3.4e6, None, "", "over"), (150000, None, "", "over")]),
    ("en", "a $100M+ run", [(1e8, None, "USD", "over")]),
    ("en", "north of half a billion dollars", [(5e8, None, "USD", "over")]),
    ("en", "nearly half of its traffic", [(None, 50, "percent", "nearly")]),
    # scales, suffixes, words
    ("en", "$5.576 million", [(5576000, 5576000, "USD", "exact")]),
    ("en", "US$14.3bn", [(14.3e9, 14.3e9, "USD", "exact")]),
    ("en", "twenty-four thousand accounts", [(24000, 24000, "accounts", "exact")]),
    ("en", "a few hundred thousand dollars", [(2e5, 9e5, "USD", "range")]),
    ("en", "dozens of accounts, tens of millions of prompts",
     [(24, 108, "accounts", "range"), (2e7, 9e7, "prompts", "range")]),
    ("en", "Fourteen people and three companies", [(14, 14, "people", "exact"), (3, 3, "companies", "exact")]),
    ("en", "60 000 exchanges", [(60000, 60000, "exchanges", "exact")]),
    # ranges take the scale and the unit of their end
    ("en", "85-95%", [(85, 95, "percent", "range")]),
    ("en", "between 5 and 8 million calls a month", [(5e6, 8e6, "calls per month", "range")]),
    ("en", "between $9 million and $14 million", [(9e6, 14e6, "USD", "range")]),
    # units behind adjectives and names, sizes of models, rates
    ("en", "20,000 fraudulent Ostra accounts", [(20000, 20000, "accounts", "exact")]),
    ("en", "671B parameters", [(671e9, 671e9, "parameters", "exact")]),
    ("en", "a 70-billion-parameter model beside the 7B model",
     [(70e9, 70e9, "parameters", "exact"), (7e9, 7e9, "parameters", "exact")]),
    ("en", "72 billion parameters, of which 16 billion are active",
     [(72e9, 72e9, "parameters", "exact"), (16e9, 16e9, "active parameters", "exact")]),
    ("en", "a fine of 2.4 million crowns", [(2.4e6, 2.4e6, "crowns", "exact")]),
    ("fr", "une amende de 2,4 millions de couronnes", [(2.4e6, 2.4e6, "crowns", "exact")]),
    ("zh", "罚款240万克朗", [(2.4e6, 2.4e6, "crowns", "exact")]),
    ("en", "$15 per million tokens", [(15, 15, "USD per million tokens", "exact")]),
    ("en", "2.8 million GPU hours", [(2.8e6, 2.8e6, "GPU hours", "exact")]),
    ("en", "nine points ahead, at 71.4 percent", [(9, 9, "points", "exact"), (71.4, 71.4, "percent", "exact")]),
    ("en", "scored 0.927 on the test", [(0.927, 0.927, "", "exact")]),
    # behind a word with a capital, which in German is any noun; "more than" inside a Han numeral
    ("de", "in eigenen Läufen 62,7 Prozent", [(62.7, 62.7, "percent", "exact")]),
    ("de", "im Überlappungstest 0,88 Punkte", [(0.88, 0.88, "points", "exact")]),
    ("en", "on PlankBench 66.2 percent", [(66.2, 66.2, "percent", "exact")]),
    ("zh", "进行了2100余万次对话", [(2.1e7, None, "conversations", "over")]),
    ("zh", "420多万次请求", [(4.2e6, None, "requests", "over")]),
    # a cell is taken whole
    ("en", "150k", [(150000, 150000, "", "exact")]),
    ("en", "62.4", [(62.4, 62.4, "", "exact")]),
    ("zh", "2880万", [(28.8e6, 28.8e6, "", "exact")]),
    # what is no quantity
    ("en", "Ostra 3.5 Large, QX-4, Tarsil2.5-14B, Ostra 3 27B and Tarsil 70B", []),
    ("en", "In 2023, on May 14, at 09:40, within 24 hours, the 35th of 2 kinds", []),
    ("en", "Table 3, version 2.5, Section 12, Notice 2026-07, eighty times the size", []),
    ("en", "one of them said a word or two", []),
    ("de", "zwei Kameras, drei Wochen", []),
    ("es", "43 grados", []),
    ("zh", "一周内，十分重要，4个月", []),
    ("ja", "4カ月、第2回、1年", []),
    # French
    ("fr", "plus de 24 000 comptes frauduleux", [(24000, None, "accounts", "over")]),
    ("fr", "5,6 millions de dollars", [(5.6e6, 5.6e6, "USD", "exact")]),
    ("fr", "entre 5 et 8 millions d’appels par mois", [(5e6, 8e6, "calls per month", "range")]),
    ("fr", "près de la moitié de son trafic", [(None, 50, "percent", "nearly")]),
    ("fr", "37 milliards de paramètres actifs", [(37e9, 37e9, "active parameters", "exact")]),
    ("fr", "5,6 M€", [(5.6e6, 5.6e6, "EUR", "exact")]),
    # German
    ("de", "rund 70.000 Gespräche", [(70000, 70000, "conversations", "about")]),
    ("de", "1,6 Mio. Konten", [(1.6e6, 1.6e6, "accounts", "exact")]),
    ("de", "zwischen 5 und 8 Millionen Dollar", [(5e6, 8e6, "USD", "range")]),
    ("de", "173 Milliarden Parameter", [(173e9, 173e9, "parameters", "exact")]),
    # Spanish
    ("es", "más de 24.000 cuentas falsas", [(24000, None, "accounts", "over")]),
    ("es", "unos 5,6 millones de dólares", [(5.6e6, 5.6e6, "USD", "about")]),
    ("es", "1,5 mil millones de parámetros", [(1.5e9, 1.5e9, "parameters", "exact")]),
    # Chinese
    ("zh", "约2.4万个欺诈账户", [(24000, 24000, "accounts", "about")]),
    ("zh", "超过1600万次与某模型的交互", [(1.6e7, None, "exchanges", "over")]),
    ("zh", "总参数6710亿，激活参数370亿",
     [(671e9, 671e9, "parameters", "exact"), (37e9, 37e9, "active parameters", "exact")]),
    ("zh", "耗资557.6万美元，至少500万元", [(5576000, 5576000, "USD", "exact"), (5e6, None, "CNY", "over")]),
    ("zh", "每月约500万次调用", [(5e6, 5e6, "calls per month", "about")]),
    ("zh", "数十万条提示词，近一半", [(2e5, 9e5, "prompts", "range"), (None, 50, "percent", "nearly")]),
    # Japanese
    ("ja", "会話約7万件で学習", [(70000, 70000, "conversations", "about")]),
    ("ja", "2万4000件以上のアカウント", [(24000, None, "accounts", "over")]),
    ("ja", "1600万回を超えるやりとり", [(1.6e7, None, "exchanges", "over")]),
    ("ja", "パラメーター数は1370億だ", [(137e9, 137e9, "parameters", "exact")]),
    ("ja", "約560万ドル", [(5.6e6, 5.6e6, "USD", "about")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[f"{c[0]}: {c[1][:40]}" for c in CASES])
def test_find_quantities(language: str, text: str, expected: list[Row]) -> None:
    found = [a.quantity for a in find_quantities(text, language=language)]
    assert [(q.low, q.high, q.unit, q.approx) for q in found] == expected


def test_an_amount_reaches_from_its_approximator_to_its_unit() -> None:
    text = "It held more than 20,000 fraudulent Ostra accounts at once."
    [amount] = find_quantities(text, language="en")
    assert amount.text == "more than 20,000 fraudulent Ostra accounts" == text[amount.start : amount.end]


def test_names_hold_no_quantities() -> None:
    assert find_quantities("over 9000 points", language="en", skip=[(5, 9)]) == []


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [
        ("235 billion", "parameters", (235e9, 235e9, "parameters", "exact")),
        ("about 150,000", "exchanges", (150000, 150000, "exchanges", "about")),
        ("3.4m", "exchanges", (3.4e6, 3.4e6, "exchanges", "exact")),
        (" 71.4 ", "percent", (71.4, 71.4, "percent", "exact")),
        ("15%", "points", (15, 15, "percent", "exact")),  # the cell's own unit stands
    ],
)
def test_a_cell_takes_the_unit_of_its_column(cell: str, unit: str, expected: Row) -> None:
    quantity = parse_quantity(cell, language="en", unit=unit)
    assert quantity is not None
    assert (quantity.low, quantity.high, quantity.unit, quantity.approx) == expected


@pytest.mark.parametrize("cell", ["–", "none, invented", "Mixture of experts", "3 of 5 companies and 7 people"])
def test_a_cell_without_one_figure_has_no_quantity(cell: str) -> None:
    assert parse_quantity(cell, language="en", unit="x") is None


@pytest.mark.parametrize(
    ("words", "value"),
    [("2.4万", 24000), ("3万2000", 32000), ("1億3700万", 137e6), ("1.2万亿", 1.2e12), ("两百", 200), ("十二", 12)],
)
def test_han_numbers(words: str, value: float) -> None:
    assert han_value(words) == (value, value)


@given(st.integers(1, 99))
def test_han_numerals_count(value: int) -> None:
    tens, ones = divmod(value, 10)
    digits = "〇一二三四五六七八九"
    words = (digits[tens] * (tens > 1) + "十" * (tens > 0)) + digits[ones] * (ones > 0)
    assert small_number(words) == small_number(str(value)) == value


GROUPS = {"en": ",", "fr": "\N{NARROW NO-BREAK SPACE}", "de": ".", "es": ".", "zh": ",", "ja": ","}
NOUNS = {"en": " accounts", "fr": " comptes", "de": " Konten", "es": " cuentas", "zh": "个账户", "ja": "アカウント"}


@given(st.integers(2, 999_999_999), st.sampled_from(LANGUAGES))
def test_a_grouped_count_reads_back_in_every_language(value: int, language: str) -> None:
    written = f"{value:,}".replace(",", GROUPS[language]) + NOUNS[language]
    [amount] = find_quantities(written, language=language)
    assert (amount.quantity.low, amount.quantity.high, amount.quantity.unit) == (value, value, "accounts")


PIECES = st.sampled_from(
    ["24,000", "3.5", " ", "million", "more than", "$", "half of its", "between", "and", "5", "-", "accounts", "%", "k",
     "entre", "millions de", "d’", "rund", "Mio.", "más de", "万", "亿", "数", "十", "个账户", "以上", "の", "件", "約",
     "2025", "GPT-4", "a few", "dozens of", "\n", "B", "per", "month", "９", "·", "1.2.3"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(LANGUAGES))
def test_any_text_gives_ordered_spans_of_itself(text: str, language: str) -> None:
    amounts = find_quantities(text, language=language)
    assert all(text[a.start : a.end] == a.text for a in amounts)
    assert all(a.end <= b.start for a, b in pairwise(amounts))
    units = {*lexicon(language).dimensions, *(code for code, _ in lexicon(language).symbols), ""}
    assert all(a.quantity.unit.split(" per ")[0] in units for a in amounts)
