"""Subtitle files and timed transcripts (SRT, WebVTT): what is said, by whom and when."""

from __future__ import annotations

import re

from distillwatch.crawlers.blocks import Block
from distillwatch.crawlers.whitespace import readable, squeeze

_TIMING = re.compile(r"^(?P<from>(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{3})\s+-->\s+(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3}")
_VOICE = re.compile(r"^<v(?:\.[\w.]+)?\s+(?P<name>[^>]{1,60})>")
_NAMED = re.compile(r"^(?:>>\s*|-\s+)?(?P<name>[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,3}):\s+(?=\S)")
_TAG = re.compile(r"</?[a-z][^>]*>|\{\\[^}]*\}")
_END = re.compile(r"[.!?…。\uff01\uff1f][\"'”’»」)]*$")
_LONG = 400  # characters after which a paragraph ends with the next sentence


def is_transcript(text: str) -> bool:
    """Whether a text is a subtitle file: it says so, or its first lines hold timings."""
    head = readable(text[:2000]).lstrip("\ufeff").split("\n")
    return head[0].startswith("WEBVTT") or any(_TIMING.match(line.strip()) for line in head[:12])


def seconds(clock: str) -> float:
    """Seconds of a time code: minutes and seconds, with hours and parts of a second or without.

    >>> seconds("1:02:03,500"), seconds("2:31")
    (3723.5, 151.0)
    """
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def transcript_blocks(text: str) -> list[Block]:
    """What is said as quotes of their speakers, or as paragraphs where nobody is named; cues joined to sentences.

    Each block keeps the second at which its first cue begins.
    """
    blocks: list[Block] = []
    speaker, said = "", ""
    began: float | None = None

    def close() -> None:
        nonlocal said
        if said:
            blocks.append(Block(kind="quote" if speaker else "paragraph", text=said, speaker=speaker, at=began))
            said = ""

    for cue in re.split(r"\n\s*\n", readable(text)):
        lines = [line.strip() for line in cue.split("\n")]
        timed = next(((n, found) for n, line in enumerate(lines) if (found := _TIMING.match(line))), None)
        if timed is None:  # the file's head, a note or a style
            continue
        for line in lines[timed[0] + 1 :]:
            named = _VOICE.match(line) or _NAMED.match(line)
            if named and named["name"] != speaker:
                close()
                speaker = squeeze(named["name"])
            words = squeeze(_TAG.sub("", line[named.end() :] if named else line))
            began = began if said else seconds(timed[1]["from"])
            said = f"{said} {words}".strip()
            if len(said) >= _LONG and _END.search(said):
                close()
    close()
    return blocks
