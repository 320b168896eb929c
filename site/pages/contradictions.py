"""A page for each flag, with both evidence spans side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from urllib.parse import urlencode

from msgspec import Struct

from distillwatch.graph import reproduce
from distillwatch.ids import hash_id
from distillwatch.site import paths
from distillwatch.site.claims import Claim
from distillwatch.site.figures import day_words
from distillwatch.site.flags import kind_words, load_flags, values
from distillwatch.site.marking import Piece, Span, around
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import claims as claim_queries
from distillwatch.site.queries import contradictions, disputes
from distillwatch.site.queries.claims import Passage
from distillwatch.site.queries.contradictions import DecisionRow, FlagRow, StepRow
from distillwatch.site.queries.disputes import DisputeRow, FlagName
from distillwatch.site.reader import Reader

OPENED = "opened by the rule"
DECIDED = {"confirm": "confirmed", "dismiss": "dismissed"}  # decision → the status that it gives


class Side(Struct, frozen=True):
    """One side of a flag: the claim, its words inside their surroundings, and its archive entry."""

    claim: Claim
    passage: Passage
    context: tuple[Piece, ...]


class Step(Struct, frozen=True):
    """Something that happened to a flag, in words."""

    day: str
    words: str


def pages(reader: Reader) -> Iterator[Page]:
    """One page a flag."""
    steps: dict[str, list[object]] = {}
    for identity, *step in reader.tuples(contradictions.STEPS):
        steps.setdefault(identity, []).append(step)
    for flag in reader.rows(FlagName, disputes.FLAG_NAMES):
        outlets = " and ".join(dict.fromkeys((flag.outlet_a, flag.outlet_b)))
        yield Page(
            path=paths.contradiction(flag.id),
            template="contradiction.html",
            title=f"{kind_words(flag.kind)[0]}: {outlets}",
            section="contradictions.html",
            context=partial(_flag, reader, flag.id),
            found_as="pair",
            key=partial(_key, reader, flag.id, steps.get(flag.id, ())),
        )


def _key(reader: Reader, identity: str, steps: Sequence[object]) -> str:
    """Of the page of a flag, with the steps of its life."""
    return hash_id(reader.fingerprints.flag(identity), steps)


def _flag(reader: Reader, identity: str) -> Context:
    (flag,) = load_flags(reader, contradictions.BY_ID, id=identity)
    outlets = dict.fromkeys((flag.a.outlet.text, flag.b.outlet.text))
    return {
        "facets": [("flag", flag.title), ("status", flag.row.status), *(("outlet", name) for name in outlets)],
        "flag": flag,
        "disputes": reader.rows(DisputeRow, disputes.OF_FLAG, id=flag.row.id),
        "sides": [side(reader, flag.a)] if flag.one_sided else [side(reader, flag.a), side(reader, flag.b)],
        "values": values(flag),
        "life": life(reader, flag.row),
        "sql": reproduce.statement(),
        "query": "db/knowledge?" + urlencode({"sql": reproduce.statement(), "id": flag.row.id}),
    }


def life(reader: Reader, flag: FlagRow) -> list[Step]:
    """All that happened to a flag, in order: what the comparison did with it, and what editors decided.

    A status that an editor gave it is told once, with the editor's name.
    """
    decided = reader.rows(DecisionRow, contradictions.DECISIONS, target_table="contradictions", target_id=flag.id)
    given = {DECIDED.get(decision.decision) for decision in decided}
    told = [(flag.opened_at, OPENED)]
    for d in decided:
        word = DECIDED.get(d.decision, d.decision.replace("_", " "))
        told.append((d.decided_at, f"{word} by {d.author}: {d.reason}"))
    steps = reader.rows(StepRow, contradictions.LIFE, id=flag.id)
    for step in steps[1:] if steps else _last_step(flag):  # the first is its opening
        if step.status not in given:
            told.append((step.at, f"{step.status}{f': {step.reason}' if step.reason else ''}"))
    return [Step(day_words(at), words) for at, words in sorted(told, key=lambda step: step[0])]


def _last_step(flag: FlagRow) -> list[StepRow]:
    """How it was closed, where no steps are kept."""
    closed = StepRow(at=flag.closed_at, status=flag.status, reason="")
    return [closed] if flag.closed_at else []


def side(reader: Reader, claim: Claim) -> Side:
    """A claim inside its surroundings: the block that holds it, the one before and the one after."""
    passage = reader.rows(Passage, claim_queries.PASSAGE, id=claim.row.id)[0]
    mark = Span(claim.row.start, claim.row.end, "claim", claim.row.id)
    return Side(claim, passage, tuple(around(passage.text, passage.before_start, passage.after_end, mark)))
