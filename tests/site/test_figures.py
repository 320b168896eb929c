"""Dates and quantities are shown as precisely as the text gave them."""

from __future__ import annotations

import pytest

from distillwatch.site.figures import day_words, number_words, published_words, quantity_words, range_words


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026-02-24", "24 February 2026"),
        ("2026-02-24T09:00:00Z", "24 February 2026"),
        ("2026-02", "February 2026"),
        ("2026", "2026"),
        ("soon", "soon"),  # what cannot be read is shown as it is
        ("2026-13-01", "2026-13-01"),
    ],
)
def test_day_words(iso: str, words: str) -> None:
    assert day_words(iso) == words


@pytest.mark.parametrize(
    ("iso", "precision", "words"),
    [
        ("2026-02-24", "day", "24 February 2026"),
        ("2026-02-24T09:00:00Z", "time", "24 February 2026"),
        ("2026-02-01", "month", "February 2026"),  # never the first of the month that nobody gave
        ("2026-01-01", "year", "2026"),
        ("", "", "undated"),
    ],
)
def test_published_words(iso: str, precision: str, words: str) -> None:
    assert published_words(iso, precision) == words


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2026-02-24", "2026-02-24", "day", "24 February 2026"),
        ("2026-02-01", "2026-02-28", "month", "February 2026"),
        ("2025-07-01", "2025-09-30", "quarter", "Q3 2025"),
        ("2026-01-01", "2026-06-30", "half", "first half of 2026"),
        ("2026-07-01", "2026-12-31", "half", "second half of 2026"),
        ("2025-01-01", "2025-12-31", "year", "2025"),
        ("2026-03-01", "2026-05-31", "season", "spring 2026"),
        ("2025-12-01", "2026-02-28", "season", "winter 2025–26"),
        ("2026-03-05", "2026-05-02", "range", "5 March to 2 May 2026"),
        ("2026-05-03", "2026-05-05", "range", "3 to 5 May 2026"),
        ("2025-12-30", "2026-01-02", "range", "30 December 2025 to 2 January 2026"),
        ("2026-02-01", "2026-02-20", "month", "1 to 20 February 2026"),  # not a whole month: never rounded up to one
        ("2026-05-01", "", "month", "since May 2026"),
        ("2026-05-01", "", "day", "since 1 May 2026"),
        ("", "2027-01-01", "month", "until January 2027"),
        ("", "", "day", ""),
        ("then", "now", "range", "then to now"),
    ],
)
def test_range_words(start: str, end: str, precision: str, words: str) -> None:
    assert range_words(start, end, precision) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (24000, "24,000"),
        (16e6, "16 million"),
        (16.5e6, "16.5 million"),
        (16_543_210, "16,543,210"),  # all digits are kept
        (6.71e11, "671 billion"),
        (1.2e12, "1.2 trillion"),
        (0.85, "0.85"),
        (84.3, "84.3"),
        (0, "0"),
        (-3, "-3"),
    ],
)
def test_number_words(value: float, words: str) -> None:
    assert number_words(value) == words


@pytest.mark.parametrize(
    ("low", "high", "unit", "approx", "words"),
    [
        (24000, None, "accounts", "over", "more than 24,000 accounts"),
        (24000, 24000, "accounts", "about", "about 24,000 accounts"),
        (24000, 24000, "accounts", "exact", "24,000 accounts"),
        (None, 50, "percent", "under", "fewer than 50 percent"),
        (None, 3e6, "prompts", "up_to", "up to 3 million prompts"),
        (None, 24000, "accounts", "nearly", "nearly 24,000 accounts"),
        (85, 95, "percent", "range", "85 to 95 percent"),
        (5, None, "tokens", "range", "more than 5 tokens"),
        (6e6, 6e6, "USD", "about", "about $6 million"),
        (1e8, None, "USD", "over", "more than $100 million"),
        (5e7, 5e7, "CNY", "exact", "¥50 million (CNY)"),  # one sign, two currencies
        (84.3, 84.3, "score", "exact", "84.3"),
        (3e10, 3e10, "active_parameters", "exact", "30 billion active parameters"),
        (None, None, "accounts", "over", ""),
    ],
)
def test_quantity_words(low: float | None, high: float | None, unit: str, approx: str, words: str) -> None:
    assert quantity_words(low, high, unit, approx) == words
