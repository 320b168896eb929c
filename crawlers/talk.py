"""Written transcripts whose lines say who speaks and when: "Ana Reyes (12:30): …", "[1:20] Tom Lau: …", "Tom Lau 2:31".

Only a time code makes a label: a name before a colon alone may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from distillwatch.crawlers.blocks import Block
from distillwatch.crawlers.transcripts import seconds

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_TIME = rf"[\[(]?{_CLOCK}[\])]?"
_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?: (?:[A-ZÀ-Þ][\w.'’-]*|de|da|van|von|der|al|bin)){1,3}"  # two words or more
_LABEL = re.compile(
    rf"^(?:{_TIME}\s*[-–—]?\s*(?P<after>{_NAME})\s*(?::|$)|(?P<before>{_NAME})\s*[,·|–—-]?\s*{_TIME}\s*(?::|$))\s*"
)
_WHEN = re.compile(_CLOCK)
_LEAST = 3  # labels before a text is taken for a transcript
_SAID = ("paragraph", "list_item", "heading")


def spoken(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with what each speaker says as quotes of that speaker with the second of the label, which is left out.

    What stands before the first label stays as it is, and so does a text with fewer than three labels or with one name
    only: a log of one sort of event.
    """
    labels = [_LABEL.match(block.text) if block.kind in _SAID else None for block in blocks]
    named = [label["after"] or label["before"] for label in labels if label is not None]
    if len(named) < _LEAST or not 1 < len(set(named)) < len(named):
        return list(blocks)
    talk: list[Block] = []
    places: dict[int, int] = {}
    speaker = ""
    at: float | None = None
    for index, (block, label) in enumerate(zip(blocks, labels, strict=True)):
        text = block.text
        if label is not None:
            speaker, text = label["after"] or label["before"], text[label.end() :]
            clock = _WHEN.search(label[0])
            at = seconds(clock[0]) if clock else None
        if not text:
            continue
        places[index] = len(talk)
        parent = places.get(block.parent) if block.parent is not None else None
        if speaker and block.kind in _SAID:
            block, at = Block(kind="quote", text=text, speaker=speaker, at=at), None
        talk.append(msgspec.structs.replace(block, parent=parent))
    return talk
