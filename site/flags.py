"""A contradiction ready to be shown: both claims, why it was flagged, and the values compared."""

from __future__ import annotations

from msgspec import Struct

from distillwatch.site import paths
from distillwatch.site.claims import Claim, show, words
from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.queries.claims import ClaimRow
from distillwatch.site.queries.contradictions import FlagRow
from distillwatch.site.reader import Reader

OPEN = ("open", "confirmed", "reopened")


class Flag(Struct, frozen=True, kw_only=True):
    """A flag with its two sides; a text that contradicts itself by its date has the same claim on both."""

    row: FlagRow
    a: Claim
    b: Claim
    title: str
    meaning: str

    @property
    def path(self) -> str:
        """Its page."""
        return paths.contradiction(self.row.id)

    @property
    def is_open(self) -> bool:
        """Not dismissed and not resolved."""
        return self.row.status in OPEN

    @property
    def one_sided(self) -> bool:
        """One claim only, which its own date contradicts."""
        return self.row.claim_a == self.row.claim_b


class Value(Struct, frozen=True):
    """One line of the table of values compared."""

    label: str
    a: str
    b: str

    @property
    def differs(self) -> bool:
        """The two sides do not read the same."""
        return self.a != self.b


def kind_words(kind: str) -> tuple[str, str]:
    """Title and meaning of a kind of contradiction; the bare kind for one that has no words yet."""
    entry = words()["contradiction"].get(kind, {})
    return entry.get("title", kind.replace("_", " ").capitalize()), entry.get("meaning", "")


def load_flags(reader: Reader, sql: str, **parameters: str | int) -> list[Flag]:
    """The flags that `sql` selects, each with both claims."""
    return [_flag(reader, row) for row in reader.rows(FlagRow, sql, **parameters)]


def _flag(reader: Reader, row: FlagRow) -> Flag:
    title, meaning = kind_words(row.kind)
    return Flag(row=row, a=_claim(reader, row.claim_a), b=_claim(reader, row.claim_b), title=title, meaning=meaning)


def _claim(reader: Reader, identity: str) -> Claim:
    return show(reader, reader.rows(ClaimRow, claim_queries.BY_ID, id=identity)[0])


def values(flag: Flag) -> list[Value]:
    """What the two sides give for each part of a statement; parts that neither gives are left out."""
    rows = [
        Value("Who says it", flag.a.who.text, flag.b.who.text),
        Value("How", flag.a.stance, flag.b.stance),
        Value("Firmness", flag.a.hedge or "not hedged", flag.b.hedge or "not hedged"),
        Value("Who acts", flag.a.subject.text, flag.b.subject.text),
        Value("Act", flag.a.act, flag.b.act),
        Value("What or whom", _object(flag.a), _object(flag.b)),
        Value("Figure", flag.a.figure, flag.b.figure),
        Value("When", flag.a.when, flag.b.when),
        Value("Evidence given", _evidence(flag.a), _evidence(flag.b)),
        Value("Published", flag.a.published, flag.b.published),
    ]
    keys = dict.fromkeys(key for claim in (flag.a, flag.b) for key, _ in claim.qualifiers)
    rows += [
        Value(key.capitalize(), dict(flag.a.qualifiers).get(key, ""), dict(flag.b.qualifiers).get(key, ""))
        for key in keys
    ]
    return [row for row in rows if row.a or row.b]


def _object(claim: Claim) -> str:
    return claim.object.text if claim.row.object_id or claim.row.object_text else ""


def _evidence(claim: Claim) -> str:
    return str(words()["evidence_class"].get(claim.row.evidence_class, claim.row.evidence_class))
