"""Labels as input: what a label cannot say is named with its page and claim."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from distillwatch.errors import LabelsInvalid
from distillwatch.graph.labelled_store import extraction_of
from distillwatch.graph.labels import LabelledClaim, LabelledPage, LabelledQuantity, LabelledWhen
from distillwatch.graph.names import NameIndex
from tests.graph.builders import document

TEXT = "Norvane counted 24,000 accounts in May."


def page(**fields: object) -> LabelledPage:
    claim = LabelledClaim(id="c1", subject="Norvane", predicate="accessed", object="Ostra", evidence=TEXT)
    return LabelledPage(id="p1", claims=(replace(claim, **fields),))


def test_a_label_is_a_claim_on_its_evidence() -> None:
    (claim,) = extraction_of(page(), document("a", TEXT), NameIndex((), ())).claims
    assert (claim.evidence, claim.subject_text, claim.predicate) == (TEXT, "Norvane", "accessed")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"when": LabelledWhen(start="2026-02-30")}, "'2026-02-30' is not a day"),
        ({"quantity": LabelledQuantity(low=9.0, high=1.0, unit="accounts")}, "upside down"),
        ({"quantity": LabelledQuantity(unit="accounts")}, "needs at least one side"),
    ],
)
def test_a_label_that_says_nothing_possible_is_named(fields: dict[str, object], said: str) -> None:
    with pytest.raises(LabelsInvalid, match=f"page 'p1', claim 'c1': .*{said}"):
        extraction_of(page(**fields), document("a", TEXT), NameIndex((), ()))
