"""Subtitle files and timed transcripts (SRT, WebVTT): what is said, by whom, without the clock."""

from __future__ import annotations

import re

from distillwatch.crawlers.blocks import Block
from distillwatch.crawlers.whitespace import readable, squeeze

_TIMING = re.compile(r"^(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3}\s+-->\s+(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3}")
_VOICE = re.compile(r"^<v(?:\.[\w.]+)?\s+(?P<name>[^>]{1,60})>")
_NAMED = re.compile(r"^(?:>>\s*|-\s+)?(?P<name>[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,3}):\s+(?=\S)")
_TAG = re.compile(r"</?[a-z][^>]*>|\{\\[^}]*\}")
_END = re.compile(r"[.!?…。\uff01\uff1f][\"'”’»」)]*$")
_LONG = 400  # characters after which a paragraph ends with the next sentence


def is_transcript(text: str) -> bool:
    """Whether a text is a subtitle file: it says so, or its first lines hold timings."""
    head = readable(text[:2000]).lstrip("\ufeff").split("\n")
    return head[0].startswith("WEBVTT") or any(_TIMING.match(line.strip()) for line in head[:12])


def transcript_blocks(text: str) -> list[Block]:
    """What is said as quotes of their speakers, or as paragraphs where nobody is named; cues joined to sentences."""
    blocks: list[Block] = []
    speaker, said = "", ""

    def close() -> None:
        nonlocal said
        if said:
            blocks.append(Block(kind="quote" if speaker else "paragraph", text=said, speaker=speaker))
            said = ""

    for cue in re.split(r"\n\s*\n", readable(text)):
        lines = [line.strip() for line in cue.split("\n")]
        at = next((n for n, line in enumerate(lines) if _TIMING.match(line)), None)
        if at is None:  # the file's head, a note or a style
            continue
        for line in lines[at + 1 :]:
            named = _VOICE.match(line) or _NAMED.match(line)
            if named and named["name"] != speaker:
                close()
                speaker = squeeze(named["name"])
            words = squeeze(_TAG.sub("", line[named.end() :] if named else line))
            said = f"{said} {words}".strip()
            if len(said) >= _LONG and _END.search(said):
                close()
    close()
    return blocks
