"""Who signed a text, and which lines only say who and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from distillwatch.crawlers.calendar_words import printed_dates
from distillwatch.crawlers.page_words import any_of, pattern

_BY = pattern("byline", "by", before="^", after=r"\s*[:\uff1a/\uff0f]?\s*(?=\S)")
_DATED_BY = re.compile(r"^(?:posted|published|written|updated)(?:\s+on)?[\s,]+(?=by\s)", re.I)
_WRITER = "(?:记者|記者|作者|撰文)"
_WIDE_SIGNED = re.compile(
    rf"(?:(?:^|[\s|·(\uff08:\uff1a]|本报|本刊|本社){_WRITER}|{_WRITER}(?=[\s:\uff1a/\uff0f]))"
    r"\s*[:\uff1a/\uff0f]?\s*(?!表示|报道|報道|获悉|了解|注意|就)([\u3040-\u30ff\u4e00-\u9fff·・]{2,12})"
)
_DESK = re.compile(r"^(?:編集部|编辑部|記者|文化部|経済部)[・·]?\S{0,12}$")
_WIDE_BY = re.compile(r"^(?:(?:本报|本刊)?记者|記者|作者|撰文|文|責任編集)")
_TOKEN = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*|de|da|di|du|van|von|der|den|la|le|el|al|bin|ibn|y|del|dos)"
_NAME = re.compile(rf"{_TOKEN}(?:\s+{_TOKEN}){{0,5}}")
_META_PART = re.compile(r"\s*(?:\||·|•|—|–|●|\s-\s|/)\s*")
_READING = pattern("byline", "reading", before="^", after="$")
_CREDIT = pattern("byline", "credit", before=r"^[(\uff08]?", after=r"\b\s*(?:by\b|:|\uff1a|\()?")
_POSTED = pattern("calendar", "posted", before="^", after=r"\b\s*(?:on|at|le|am|el)?\s*[:\uff1a]?\s*")
_OPEN_END = re.compile(rf"\b{any_of('byline', 'open_end')}$")
_WEEKDAY = pattern("calendar", "weekdays", before=r"\b", after=r"\b.*$")
_RUN_ON = 4  # characters of a name written right behind the word for its bearer
_LIMIT = 180  # characters: a longer block is prose


def is_byline(text: str) -> bool:
    """Whether a whole block only says who wrote or edited it, when, and how long it takes to read."""
    if not text or len(text) > _LIMIT:
        return False
    if _CREDIT.match(text) and not re.search(r"\b(?:is|are|was|were|has|have|will)\b", text):
        return True
    if author(text) and _BY.match(text):
        return True
    dates = list(printed_dates(text))
    rest = text
    for date in reversed(dates):
        rest = f"{rest[: date.start]} | {rest[date.end :]}"
    parts = [p.strip(" ,.") for p in _META_PART.split(rest)]
    if not dates and not any(_READING.match(p) for p in parts):
        return False
    return all(not p or _READING.match(p) or _is_small(p) for p in parts)


def author(text: str) -> str:
    """The names of a line such as "By Ada Nwosu and B. Reyes, Quay Press" ("Ada Nwosu and B. Reyes"), else ""."""
    match = _BY.match(text)
    if match is None or len(text) > _LIMIT:
        return ""
    rest = text[match.end() :]
    if _WIDE_BY.match(text):
        name = re.split(r"[\s|,\uff0c。;\uff1b(\uff08]", rest.strip(), maxsplit=1)[0][:20]
        apart = match[0][-1] in " :\uff1a/\uff0f\u3000" or len(name) <= _RUN_ON
        return name if apart else ""  # "the reporter asked the firm about it" is no signature
    rest = _WEEKDAY.sub("", _META_PART.split(rest)[0])
    return joined(_leading_names(rest))


def signed(lines: Iterable[str]) -> str:
    """The author that the lines near a headline name: "By …" anywhere in them, or a name alone beside a date."""
    for line in lines:
        for part in (*_META_PART.split(line), _DATED_BY.sub("", _undated(line))):
            if found := author(part.strip()):
                return found
        if len(line) <= _LIMIT and (wide := _WIDE_SIGNED.search(line)):
            return wide[1]
        if desk := next((word for word in line.split() if len(line) <= _LIMIT and _DESK.match(word)), ""):
            return desk
    return ""


def _undated(line: str) -> str:
    """A short line without its dates: "Posted on by Ada Nwosu" of "Posted on 4 May 2026 by Ada Nwosu"."""
    if len(line) > _LIMIT:
        return ""
    for date in reversed(list(printed_dates(line))):
        line = f"{line[: date.start].rstrip()} {line[date.end :].lstrip()}"
    return line


def bare_name(line: str) -> str:
    """The name that opens a line marked up as a byline ("Ada Nwosu, senior analyst" or "Ada Nwosu · 9 min read")."""
    part = _META_PART.split(line)[0].strip()
    date = next(printed_dates(part), None)
    if date is not None:  # "Ada Nwosu, 22 April 2026"
        part = _WEEKDAY.sub("", part[: date.start]).strip(" ,.(")
    match = _NAME.match(part)
    if match is None or len(match[0].split()) < 2:
        return ""
    return joined(_leading_names(part))


def joined(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"; a name given twice counts once."""
    once = list(dict.fromkeys(n for n in names if n))
    if len(once) < 3:
        return " and ".join(once)
    return f"{', '.join(once[:-1])} and {once[-1]}"


def _leading_names(text: str) -> list[str]:
    """Names from the start of `text` on. After a comma only names that are no outlet or role go on counting."""
    names: list[str] = []
    pieces = re.split(r"(\s*(?:,|;|&|\band\b|\bund\b|\bet\b|\by\b|、)\s*)", text.strip(" .,;"))
    comma_seen = False
    joins = [p.strip().lower() for p in pieces[1::2]]
    for index, piece in enumerate(pieces[::2]):
        join = joins[index - 1] if index else ""
        comma_seen = comma_seen or join in (",", ";")
        match = _NAME.fullmatch(piece.strip())
        if match is None or (index and len(piece.split()) < 2):
            break
        later_and = any(j not in (",", ";") for j in joins[index:])
        if join in (",", ";") and not later_and:
            break
        names.append(piece.strip())
    return names


def _is_small(part: str) -> bool:
    """What may stand beside a date: a name, a label, a word or two; no piece of a sentence."""
    part = _POSTED.sub("", part).strip(" ,.:")
    if not part:
        return True
    few = len(part.split()) <= 4 and len(part) <= 40
    return (
        few
        and not part[0].islower()
        and not _OPEN_END.search(part)
        and not re.search(r"[.!?]\s|[。\uff01\uff1f]", part)
    )
