"""spaCy's own recogniser as a witness: what it sees where an unregistered name stands, beside what usage shows.

It was trained on news of 2012, takes most names of this field for places or persons, and knows no kind "model". So it
is asked only about names that usage proposes or nearly proposes. What it says is kept with them, and tips the scales
where it was found to be good (`benchmarks/unknown_names.py`): on persons by their full names, on firms that something
else speaks for, too, and on everyday words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, TypeVar

from distillwatch.nlp.model import load_recogniser, passing
from distillwatch.nlp.names.evidence import Case
from distillwatch.nlp.names.passages import Passage
from distillwatch.nlp.names.tokens import Run

if TYPE_CHECKING:
    from spacy.language import Language

SIGHTINGS = 3  # of one name in doubt that it is asked about; of one beyond doubt the first
REACH = 300  # characters of the sentence on each side of a name that it is shown
ASKED = 400  # sentences of one document; the names that stand first go first
BATCH = 64
FULL_NAME = 1.2
"""What it adds where it takes a name that could be a person's in full for one; a firm loses as much."""
FIRM = 0.7
"""What it adds to a firm for which cues of this weight speak already (CUED), and none for a place."""
CUED = 1.0
UNSEEN = 1.5
"""What one everyday noun loses where it sees no name: "Wheat lost 0.6%"."""
PLACED = 2.0
"""What a name with a single cue loses where it sees a place in a part of it: "Boston AI firm"."""
KINDS = {
    "ORG": ("company", "agency", "group", "outlet"),
    "PERSON": ("person",),
    "PRODUCT": ("model", "product"),
    "GPE": ("place",),
    "LOC": ("place",),
    "FAC": ("place",),
}
"""What its labels mean here; those that are not listed (dates, figures, works of art) mean none of these kinds."""

Label = tuple[int, int, str]  # start, end, label
T = TypeVar("T")
Hearing = Generator[Sequence[str], Sequence[Sequence[Label]], T]
"""A reading that asks once, or not at all, what the recogniser sees in some texts, and ends with a T."""


def heard(reading: Hearing[T], recogniser: Recogniser | None) -> T:
    """What a reading ends with; where there is no recogniser it sees nothing."""
    try:
        texts = next(reading)
        reading.send(recogniser.labels(texts) if recogniser is not None else [()] * len(texts))
    except StopIteration as ended:
        result: T = ended.value
        return result
    raise AssertionError("a reading asks once")


class Recogniser:
    """Loads the recogniser when first asked: most documents hold registered names alone."""

    def __init__(self, load: Callable[[], Language] = load_recogniser) -> None:
        """`load` gives a pipeline that sets `Doc.ents`."""
        self._load = load
        self._nlp: Language | None = None

    def labels(self, texts: Sequence[str]) -> list[tuple[Label, ...]]:
        """The spans that it labels in each text; offsets are code points of that text."""
        if not texts:
            return []
        if self._nlp is None:
            self._nlp = self._load()
        with passing(self._nlp):
            return [
                tuple((e.start_char, e.end_char, e.label_) for e in doc.ents)
                for doc in self._nlp.pipe(texts, batch_size=BATCH)
            ]


def hear(clear: Sequence[Case], close: Sequence[Case], text: str) -> Hearing[None]:
    """Have the recogniser testify to each case: what it sees is kept, and tips the close ones.

    Yields the texts that it is asked about, and takes their labels: texts of several documents cost less together.
    """
    cases = (*clear, *close)
    sightings = (*(1 for _ in clear), *(SIGHTINGS for _ in close))
    places = [
        [_shown(run, passage) for run, passage in case.runs[:most]] for case, most in zip(cases, sightings, strict=True)
    ]
    spans = list(dict.fromkeys(span for shown in places for span in shown))[:ASKED]
    found = (yield [text[start:end] for start, end in spans]) if spans else []
    seen = {
        span: [(span[0] + start, span[0] + end, label) for start, end, label in labels]
        for span, labels in zip(spans, found, strict=True)
    }
    for case, shown in zip(cases, places, strict=True):
        asked = [(run, seen[span]) for (run, _), span in zip(case.runs, shown, strict=False) if span in seen]
        if asked:
            _weigh(case, *_labels(asked))


def _labels(asked: Sequence[tuple[Run, Sequence[Label]]]) -> tuple[str, str]:
    """The label that the whole name, or more, has most often, and that of a part of it; "" for none."""
    whole: Counter[str] = Counter()
    part: Counter[str] = Counter()
    for run, labels in asked:
        for start, end, label in labels:
            if start <= run.start and run.end <= end:
                whole[label] += 1
            elif start < run.end and run.start < end:
                part[label] += 1
    return _first(whole), _first(part)


def _first(labels: Counter[str]) -> str:
    return labels.most_common(1)[0][0] if labels else ""


def _weigh(case: Case, whole: str, part: str) -> None:
    if not case.versioned:
        _tip(case, whole, part)
    kind = case.best()[0]
    if whole:
        case.testimony = f"the recogniser {'agrees' if kind in KINDS.get(whole, ()) else 'differs'} ({whole})"
    else:
        case.testimony = f"the recogniser sees a part as {part}" if part else "the recogniser sees no name"


def _tip(case: Case, whole: str, part: str) -> None:
    kind = case.best()[0]
    noun = case.in_dictionary and not case.adjective and " " not in case.name
    if whole == "PERSON" and case.full_name:
        case.scores["person"] += FULL_NAME
        case.scores["company"] -= FULL_NAME
    elif whole == "ORG" and case.scores["company"] >= CUED and case.scores["place"] <= 0:
        case.scores["company"] += FIRM
    elif not whole and part in ("GPE", "LOC") and len(case.whys) == 1:
        case.scores[kind] -= PLACED
    elif noun and not whole and not part:
        case.scores[kind] -= UNSEEN


def _shown(run: Run, passage: Passage) -> tuple[int, int]:
    start, end = passage.sentence(run.start)
    return max(start, run.start - REACH), min(max(end, run.end), run.end + REACH)
