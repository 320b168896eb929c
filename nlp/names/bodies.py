"""Names that their form gives away: "the Ministry of …", "… Act of 2026", "Notice 2026-07", "University of …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from distillwatch.ids import entity_id
from distillwatch.nlp.names.known import Found
from distillwatch.nlp.names.passages import Passage
from distillwatch.nlp.names.pieces import EAST, key_of
from distillwatch.prefilter import Prefilter
from distillwatch.records import Entity, EntityKind

CAP = r"[A-Z][\w'’&-]{0,40}\w(?<!'s)(?<!’s)"
ORDER: tuple[EntityKind, ...] = ("policy", "agency", "group", "company", "outlet")
# Characters of grammar: what holds one is part of a sentence, not a name.
UNSPACED = re.compile(
    rf"(?:(?![被由向与與和对對将將已曾在的了从從称稱说說是为為以及等其这這那该該名次年月日周])[{EAST}]){{4,}}"
)
LED_TO = re.compile(
    r"[A-Z][a-z]+ (?:to|in|under|with) the (?=[A-Z])"
)  # "Relation to the Open Weights Act" is a heading
CODE = re.compile(r"\d[\w./–-]{0,30}\d$")


class Bodies:
    """Finds them with the forms of one language."""

    def __init__(
        self,
        forms: Mapping[str, Sequence[str]],
        function_words: frozenset[str],
        ends: tuple[frozenset[str], frozenset[str]],
    ) -> None:
        """`forms` are patterns with a group `name` by kind; `ends` the calendar and the titles that end a name."""
        caps = rf"{CAP}(?: {CAP}){{0,3}}"
        self._forms = [
            (kind, re.compile(form.replace("{caps}", caps).replace("{cap}", CAP)))
            for kind in ORDER
            for form in forms.get(kind, ())
        ]
        self._possible = Prefilter(form for _, form in self._forms)
        self._function_words = function_words
        self._calendar, self._titles = ends

    def find(self, text: str, clean: str, passage: Passage, publisher: str) -> Iterator[Found]:
        """The names of one passage, not overlapping; `clean` is the text as the cues read it.

        `publisher` completes the short form of its own name.
        """
        if passage.titled:
            return
        taken: list[tuple[int, int]] = []
        for at in self._possible.possible(clean[passage.start : passage.end]):
            kind, form = self._forms[at]
            for match in form.finditer(clean, passage.start, passage.end):
                start, end = self._trimmed(text, *match.span("name"))
                if start < end and all(end <= s or e <= start for s, e in taken):
                    taken.append((start, end))
                    yield Found(
                        start, end, _entity(kind, text[start:end], publisher), "", "named as such things are", 0.8
                    )

    def _trimmed(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Without words of grammar at its start; empty where no name is left but the head word itself."""
        while start < end:
            word = re.compile(r"[^\s]+\s*").match(text, start, end)
            if word is None or word[0].strip().casefold() not in self._function_words:
                break
            start = word.end()
        for word in re.compile(r"\S+").finditer(text, start, end):
            dated = word[0].strip(".,") in self._calendar
            titled = word[0] in self._titles and text[start : word.start()].split()[-1:] not in (["the"], ["of"])
            if word.start() > start and (dated or (titled and word.end() < end)):
                end = _before(text, start, word.start())
                break
        heading = LED_TO.match(text, start, end)
        if heading is not None:
            start = heading.end()
        words = text[start:end].split()
        enough = len(words) > 1 or (len(words) == 1 and any(c.isdigit() for c in words[0]))
        unspaced = UNSPACED.fullmatch(text, start, end) is not None
        return (start, end) if enough or unspaced else (end, end)


def _before(text: str, start: int, end: int) -> int:
    """The end without the preposition that led to what was cut off."""
    rest = text[start:end].rstrip()
    return start + len(re.sub(r"\s+(?:on|of|for|in|and)$", "", rest))


def _entity(kind: EntityKind, name: str, publisher: str) -> Entity:
    plain = " ".join(name.split())
    if publisher != plain and key_of(publisher).endswith("|" + key_of(plain)):
        plain = publisher
    return Entity(id=entity_id(kind, plain), kind=kind, name=plain, status="proposed")


def short_forms(found: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """(short form, entity id): "Notice 2026-07" for "Technology Security Notice 2026-07", where one name fits."""
    forms: dict[str, set[str]] = {}
    for one in found:
        words = one.entity.name.split()
        if len(words) > 2 and CODE.search(words[-1]):
            forms.setdefault(" ".join(words[-2:]), set()).add(one.entity.id)
    for form, ids in forms.items():
        if len(ids) == 1:
            yield form, next(iter(ids))


ACRONYM = re.compile(r"\s?\((?:the )?[“\"']?(?P<short>[A-Z][A-Za-z.&-]{1,9})[”\"']?\)")


def acronym_after(text: str, end: int, name: str) -> str:
    """The short form that a text gives in brackets behind a name, "" where the letters do not fit the name."""
    match = ACRONYM.match(text, end)
    if match is None:
        return ""
    letters = [c for c in match["short"] if c.isupper()]
    initials = iter([w[0] for w in re.findall(r"[^\W\d_]+", name) if w[0].isupper()])
    return match["short"] if len(letters) > 1 and all(c in initials for c in letters) else ""
