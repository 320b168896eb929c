"""A dispute ready to be shown: the question, and each answer with who gives it and how many origins stand behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct

from distillwatch.site import paths
from distillwatch.site.claims import Claim, load, words
from distillwatch.site.flags import kind_words
from distillwatch.site.matrix import Voice, voices
from distillwatch.site.queries import disputes
from distillwatch.site.queries.contradictions import FlagRow
from distillwatch.site.queries.disputes import AnswerRow, DisputeRow
from distillwatch.site.reader import Reader

SHOWN = 3  # figures or days that a label names
LANGUAGE = "en"  # of the site


class Side(Struct, frozen=True, kw_only=True):
    """One answer: what it says, and the claims that give it, those that a flag names first, the oldest first."""

    label: str
    accuses: bool  # the label itself is an accusation, to be shown only beside who makes it
    claims: tuple[Claim, ...]

    @property
    def first(self) -> Claim:
        """The claim that stands for the side."""
        return self.claims[0]

    @property
    def passages(self) -> tuple[Claim, ...]:
        """Its claims with each passage once, however many claims were read out of it."""
        return tuple({(c.row.document_id, c.row.evidence, c.who.text): c for c in reversed(self.claims)}.values())[::-1]

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Who gives this answer, each once a stance."""
        return voices(self.claims)

    @property
    def origins(self) -> int:
        """Reports that stand behind it; copies and translations count with their original."""
        return len({claim.row.origin_id for claim in self.claims})

    @property
    def texts(self) -> int:
        """Documents that carry it."""
        return len({claim.row.document_id for claim in self.claims})


class Dispute(Struct, frozen=True, kw_only=True):
    """A question with its answers."""

    row: DisputeRow
    kind: str  # in words
    meaning: str
    sides: tuple[Side, ...]

    @property
    def path(self) -> str:
        """Its page."""
        return paths.dispute(self.row.id)

    @property
    def is_open(self) -> bool:
        """Some flag of it is neither dismissed nor resolved."""
        return self.row.open_pairs > 0


def load_disputes(reader: Reader, sql: str, **parameters: str | int) -> list[Dispute]:
    """The disputes that `sql` selects, each with its sides."""
    found = reader.rows(DisputeRow, sql, **parameters)
    return [reader.kept(("dispute", row.id), partial(_dispute, reader, row)) for row in found]


def _dispute(reader: Reader, row: DisputeRow) -> Dispute:
    kind, meaning = kind_words(row.kind)
    answers = {answer.claim_id: answer for answer in reader.rows(AnswerRow, disputes.ANSWERS, id=row.id)}
    sides: dict[int, list[Claim]] = {}
    for claim in load(reader, disputes.CLAIMS_OF, id=row.id):
        sides.setdefault(answers[claim.row.id].side, []).append(claim)
    several = row.kind == "numeric" and len({claim.subject for side in sides.values() for claim in side}) > 1
    found = [_side(row.kind, sides[number], answers, several) for number in sorted(sides)]
    return Dispute(row=row, kind=kind, meaning=meaning, sides=tuple(found))


def _side(kind: str, claims: list[Claim], answers: dict[str, AnswerRow], several: bool) -> Side:
    # those that a flag names first, of these the ones that readers of this site can read; stable, so by day within
    claims.sort(key=lambda claim: (not answers[claim.row.id].paired, claim.row.language != LANGUAGE))
    read = LABELS.get(kind)
    said = [read(claim) if read else answers[claim.row.id].says for claim in claims]
    if several:  # "5,470 accounts" of three firms together is not the same answer as of one of them
        said = [f"{claim.subject.text}: {figure}" if figure else "" for claim, figure in zip(claims, said, strict=True)]
    names = [name for name in dict.fromkeys(said) if name] or [answers[claims[0].row.id].says]
    more = "; …" if len(names) > SHOWN else ""
    return Side(
        label=_capital("; ".join(names[:SHOWN]) + more),
        accuses=read is _statement and any(claim.accusation for claim in claims),
        claims=tuple(claims),
    )


def _statement(claim: Claim) -> str:
    return ("not: " if claim.row.polarity == "-" else "") + claim.statement


def _figure(claim: Claim) -> str:
    return claim.figure


def _when(claim: Claim) -> str:
    return claim.when


def _stance(claim: Claim) -> str:
    return claim.stance


# what tells the sides of a kind apart, in the words of this site; other kinds have it from the comparison
LABELS: dict[str, Callable[[Claim], str]] = {
    "numeric": _figure,
    "date": _when,
    "mechanism": _statement,
    "legality": _statement,
    "status": _stance,
}


def summary(dispute: Dispute) -> str:
    """Each side in one attributed sentence, for feeds."""
    return " ".join(
        f"{side.first.sentence}: “{side.first.row.evidence}” ({side.first.outlet.text}, {side.first.published})."
        for side in dispute.sides
    )


def varied(found: Sequence[DisputeRow], most: int) -> list[DisputeRow]:
    """The first few disputes, one of each incident before a second of any, and of new kinds before known ones."""
    queues: dict[str | None, list[DisputeRow]] = {}
    for row in found:
        queues.setdefault(row.incident_id, []).append(row)
    chosen: list[DisputeRow] = []
    while len(chosen) < most and any(queues.values()):
        for queue in queues.values():
            kinds_shown = {row.kind for row in chosen}
            best = next((row for row in queue if row.kind not in kinds_shown), queue[0] if queue else None)
            if best is not None and len(chosen) < most:
                queue.remove(best)
                chosen.append(best)
    return chosen


def kinds(found: Sequence[DisputeRow | FlagRow]) -> dict[str, int]:
    """Kind → how many disputes, or flags that have none, in the order of the words."""
    known = list(words()["contradiction"])
    order = sorted({row.kind for row in found}, key=lambda kind: (known.index(kind) if kind in known else 99, kind))
    return {kind: sum(row.kind == kind for row in found) for kind in order}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
