"""A dispute ready to be shown: the question, its sides and how many pairs of texts show it."""

from __future__ import annotations

from msgspec import Struct

from distillwatch.site import paths
from distillwatch.site.flags import kind_words
from distillwatch.site.queries import disputes
from distillwatch.site.queries.disputes import DisputeRow, SideRow
from distillwatch.site.reader import Reader


class Dispute(Struct, frozen=True, kw_only=True):
    """A question with its answers, the one that was told first at the top."""

    row: DisputeRow
    sides: tuple[SideRow, ...]
    kind: str

    @property
    def path(self) -> str:
        """Its page."""
        return paths.dispute(self.row.id)

    @property
    def is_open(self) -> bool:
        """Whether any of its pairs is neither dismissed nor resolved."""
        return self.row.open_pairs > 0


def load_disputes(reader: Reader, sql: str, **parameters: str | int) -> list[Dispute]:
    """The disputes that `sql` selects, each with its sides."""
    return [
        Dispute(row=row, sides=tuple(reader.rows(SideRow, disputes.SIDES, id=row.id)), kind=kind_words(row.kind)[0])
        for row in reader.rows(DisputeRow, sql, **parameters)
    ]
