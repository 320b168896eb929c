"""Who says what: propositions down, origins across, and in each cell the stance that the origin gives room to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from distillwatch.site.claims import Claim, Name

PLURAL = {
    "says": "say",
    "alleges": "allege",
    "reports": "report",
    "confirms": "confirm",
    "is cited as saying": "are cited as saying",
}
NAMED = 6  # of one side in a sentence; it counts the others
ORDER = {"affirm": 0, "allege": 1, "deny": 2, "open": 3}


class Voice(Struct, frozen=True):
    """One speaker's stance on a proposition, with the claims that show it."""

    who: Name
    stance: str
    colour: str
    claims: tuple[Claim, ...]

    @property
    def hedge(self) -> str:
        """How it is hedged, if each of its claims is."""
        return self.claims[0].hedge if len({c.hedge for c in self.claims}) == 1 else ""

    @property
    def details(self) -> tuple[str, ...]:
        """The figures and periods that it gives, each once."""
        return tuple(dict.fromkeys(part for c in self.claims for part in (c.figure, c.when) if part))


class Row(Struct, frozen=True, kw_only=True):
    """A proposition with its voices overall and by origin (`cells` runs parallel to the matrix's origins)."""

    id: str
    pieces: tuple[Name, ...]
    scope: str
    accusation: bool
    voices: tuple[Voice, ...]
    cells: tuple[tuple[Voice, ...], ...]
    flagged: bool

    @property
    def two_sided(self) -> bool:
        """Some affirm it and some deny it."""
        colours = {voice.colour for voice in self.voices}
        return "deny" in colours and bool(colours & {"affirm", "allege"})

    @property
    def disputed(self) -> bool:
        """It has two sides, or a flag is open on it."""
        return self.flagged or self.two_sided

    @property
    def firm(self) -> bool:
        """Somebody states or alleges it; else it is only foreseen, supposed, asked or denied."""
        return any(voice.colour in ("affirm", "allege") for voice in self.voices)

    @property
    def open_question(self) -> bool:
        """Whether it reads as a question: an accusation, or what some affirm and some deny."""
        return self.accusation or self.two_sided

    @property
    def origins(self) -> int:
        """How many origins say anything about it."""
        return sum(1 for cell in self.cells if cell)


def voices(claims: Iterable[Claim]) -> tuple[Voice, ...]:
    """One voice a speaker and stance, firmest first; a speaker who takes two stances is there twice."""
    grouped: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        grouped.setdefault((claim.who.text, claim.stance), []).append(claim)
    found = [Voice(c[0].who, stance, c[0].colour, tuple(c)) for (_, stance), c in grouped.items()]
    return tuple(sorted(found, key=_firmness))


def lead(row: Row) -> str:
    """A row with two sides in one sentence: "Tarsil alleges that …; Norvane denies it."

    The affirming side is given at its least firm: where some allege a thing and others state it as a fact, the sentence
    says that it is alleged.
    """
    sides: dict[str, dict[str, list[str]]] = {"allege": {}, "affirm": {}, "deny": {}}
    for voice in row.voices:
        if voice.colour in sides:
            names = sides[voice.colour].setdefault(voice.claims[0].verb, [])
            if voice.who.text not in names:
                names.append(voice.who.text)
    affirming = sides["allege"] or sides["affirm"]
    denying = list(dict.fromkeys(name for names in sides["deny"].values() for name in names))
    if not affirming or not denying:
        return ""
    verb, names = next(iter(affirming.items()))
    said = "".join(piece.text for piece in row.pieces)
    many, few = (len(names) > 1, len(denying) == 1)
    affirmed = f"{_together(names)} {PLURAL.get(verb, verb) if many else verb} that {said}"
    return f"{affirmed}; {_together(denying)} {'denies' if few else 'deny'} it."


def _together(names: Sequence[str]) -> str:
    if len(names) > NAMED:
        return f"{', '.join(names[: NAMED - 1])} and {len(names) - NAMED + 1} others"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def rows(claims: Iterable[Claim], origins: Sequence[str], flagged: frozenset[str]) -> list[Row]:
    """The matrix of one incident: disputed first, then what most origins speak of.

    `origins` gives the columns; a claim whose origin is not among them is left out. `flagged` holds the ids of claims
    with an open flag.
    """
    grouped: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.row.proposition_id and claim.row.origin_id in origins:
            grouped.setdefault(claim.row.proposition_id, []).append(claim)
    made = [_row(identity, found, origins, flagged) for identity, found in grouped.items()]
    return sorted(made, key=_weight)


class Matrix(Struct, frozen=True, kw_only=True):
    """The part of a matrix that fits a page, and how much does not."""

    origins: tuple[str, ...]
    rows: tuple[Row, ...]
    more_origins: int
    more_rows: int


def narrowed(found: Sequence[Row], origins: Sequence[str], rows_most: int, origins_most: int) -> Matrix:
    """The first rows, and the origins that say most in them in the order given; cells run parallel to those origins."""
    shown = found[:rows_most]
    spoken = {origin: sum(1 for row in shown if row.cells[n]) for n, origin in enumerate(origins)}
    kept = set(sorted(origins, key=lambda origin: -spoken[origin])[:origins_most])
    places = [n for n, origin in enumerate(origins) if origin in kept and spoken[origin]]
    return Matrix(
        origins=tuple(origins[n] for n in places),
        rows=tuple(msgspec.structs.replace(row, cells=tuple(row.cells[n] for n in places)) for row in shown),
        more_origins=sum(1 for origin in origins if spoken[origin]) - len(places),
        more_rows=len(found) - len(shown),
    )


def _row(identity: str, claims: list[Claim], origins: Sequence[str], flagged: frozenset[str]) -> Row:
    by_origin: dict[str, list[Claim]] = {}
    for claim in claims:
        by_origin.setdefault(claim.row.origin_id, []).append(claim)
    return Row(
        id=identity,
        pieces=claims[0].pieces,
        scope=claims[0].row.scope.replace("=", ": ").replace("_", " "),
        accusation=claims[0].accusation,
        voices=voices(claims),
        cells=tuple(voices(by_origin.get(origin, ())) for origin in origins),
        flagged=any(c.row.id in flagged for c in claims),
    )


def _firmness(voice: Voice) -> tuple[int, str, str]:
    return (ORDER[voice.colour], voice.stance, voice.who.text)


def _weight(row: Row) -> tuple[bool, bool, bool, int, int, str]:
    return (not row.disputed, not row.two_sided, not row.accusation, -row.origins, -len(row.voices), row.id)
