"""Reading single sentences and small documents with the sample topic, and saying what came out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from distillwatch.nlp.extract import Extractor
from distillwatch.records import Claim, Document, DocumentKind, Extraction, Segment, SegmentKind

CASES = sorted(Path(__file__).parent.glob("english_claims*.txt"))


def cases(files: Sequence[Path] = CASES) -> list[tuple[str, tuple[str, ...]]]:
    """(sentence, its claims) for each case of english_claims.txt and its companions, or of other such files."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for line in (line for file in files for line in file.read_text(encoding="utf-8").splitlines()):
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith(" "):
            sentence, claims = found[-1]
            found[-1] = sentence, (*claims, line.strip())
        else:
            found.append((line, ()))
    return found


class Desk:
    """An extractor with names for what it finds."""

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor
        self.names = {e.id: e.name for e in extractor.topic.entities}

    def read(
        self,
        *blocks: str | tuple[SegmentKind, str] | tuple[SegmentKind, str, str],
        kind: DocumentKind = "news",
        outlet: str = "Castellan Wire",
        title: str = "",
        language: str = "en",
        published: str = "2025-09-10",
    ) -> Extraction:
        """The extraction of a document of paragraphs, or of (kind, text[, speaker]) blocks."""
        segments: list[Segment] = []
        texts: list[str] = []
        at = 0
        for position, block in enumerate(blocks):
            sort, text, *rest = ("paragraph", block) if isinstance(block, str) else block
            speaker = rest[0] if rest else ""
            segments.append(
                Segment(position=position, kind=sort, start=at, end=at + len(text), speaker=speaker)  # type: ignore[arg-type] # a segment kind
            )
            texts.append(text)
            at += len(text) + 1
        document = Document(
            id="d",
            source_id="s",
            url="http://a.example/1",
            kind=kind,
            language=language,
            title=title,
            text="\n".join(texts),
            segments=tuple(segments),
            outlet=outlet,
            published_at=published,
        )
        extraction = self.extractor.extract(document)
        self.names.update((e.id, e.name) for e in extraction.entities)
        return extraction

    def told(self, claims: Sequence[Claim]) -> list[str]:
        """Each claim in the notation of english_claims.txt, in full."""
        return [self.line(claim) for claim in claims]

    def line(self, claim: Claim) -> str:
        """One claim in the notation of english_claims.txt."""
        thing = self.names[claim.object_id] if claim.object_id else claim.object_text
        hedge = "" if claim.hedge == "none" else f"!{claim.hedge}"
        who = self.names[claim.speaker_id] if claim.speaker_id else claim.speaker_text
        quantity = claim.quantity
        figure = None if quantity is None else quantity.low if quantity.low is not None else quantity.high
        tail = f"{claim.speech_act}{claim.polarity}{hedge}{'@' + who if who else ''}"
        tail += "" if figure is None else f"#{figure:.15g}"
        return f"{self.names[claim.subject_id or '']}|{claim.predicate}|{thing}|{tail}"


def fits(expected: str, found: str) -> bool:
    """Whether a found claim, in full, is what an expected one asks for."""
    want, have = [*expected.split("|"), "", ""], found.split("|")
    if want[:2] != have[:2] or want[2].lower() not in have[2].lower():
        return False
    rest = have[3]
    figure = want[3].partition("#")[2]
    speaker = want[3].partition("#")[0].partition("@")[2]
    act = want[3].partition("#")[0].partition("@")[0].partition("!")[0]
    hedge = want[3].partition("#")[0].partition("@")[0].partition("!")[2]
    given = rest.partition("@")[0].partition("#")[0].partition("!")[0]
    act_fits = given.endswith(act) if act in {"+", "-"} else given.startswith(act)
    figure_fits = not figure or rest.endswith(f"#{figure}")
    speaker_fits = "@" not in rest if speaker == "-" else not speaker or f"@{speaker}" in rest  # "@-": nobody
    return act_fits and figure_fits and (not hedge or f"!{hedge}" in rest) and speaker_fits


def compared(expected: Sequence[str], found: Sequence[str]) -> tuple[list[str], list[str]]:
    """What is missing of the expected lines, and what was found besides; each line found answers one expected."""
    left, missed = list(found), []
    for line in expected:
        hit = next((f for f in left if fits(line, f)), None)
        if hit is None:
            missed.append(line)
        else:
            left.remove(hit)
    return missed, left
