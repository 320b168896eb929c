"""Every record that passes between stages, on one page. All are frozen; ids are hashes of what identifies.

Offsets are Unicode code points into `Document.text`, half-open, so `text[start:end]` is the thing itself.
Times are ISO 8601 UTC strings ("2026-02-24T09:00:00Z"), dates ISO days ("2026-02-24").
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from distillwatch.dates import Bound, DateRange
from distillwatch.ids import hash_id
from distillwatch.quantities import Quantity

DocumentKind = Literal["news", "blog", "forum", "podcast", "statement", "policy"]
SegmentKind = Literal[
    "headline", "heading", "paragraph", "list_item", "quote", "table_row", "caption", "comment", "code", "byline"
]
EntityKind = Literal["company", "model", "person", "agency", "policy", "product", "outlet", "group", "country"]
SpeechAct = Literal["asserts", "reports", "alleges", "confirms", "denies", "predicts", "opines", "supposes", "asks"]
Polarity = Literal["+", "-"]
Hedge = Literal["none", "weak", "strong"]
EvidenceClass = Literal[
    "telemetry",
    "output_similarity",
    "self_identification",
    "document",
    "filing",
    "named_official",
    "anonymous_source",
    "none_given",
]
Verdict = Literal["contradiction", "compatible", "cannot_compare"]
Tier = Literal["primary", "wire", "press", "blog", "forum", "podcast", "aggregator"]


class Source(Struct, frozen=True, kw_only=True):
    """One row of a topic's `sources.tsv`: where coverage comes from."""

    id: str
    name: str
    kind: str  # "feed", "files", …: the spider that reads it
    url: str  # the feed, folder or list that is read
    homepage: str = ""
    country: str = ""
    language: str = ""
    owner: str = ""
    tier: Tier = "press"
    document_kind: DocumentKind = "news"  # what its pages are unless a page says otherwise
    interval_hours: float = 6.0
    options: dict[str, str] = {}


class Capture(Struct, frozen=True, kw_only=True):
    """One response as it came, kept whole in the archive; `error` where none came."""

    id: str
    source_id: str
    url: str
    final_url: str
    fetched_at: str
    status: int | None = None
    content_type: str = ""
    sha256: str = ""
    warc_file: str = ""
    warc_offset: int | None = None
    etag: str = ""
    last_modified: str = ""
    error: str = ""


class Segment(Struct, frozen=True, kw_only=True):
    """A block of a document: `text[start:end]`. `parent` is the position of the block it answers or belongs to."""

    position: int
    kind: SegmentKind
    start: int
    end: int
    speaker: str = ""  # who the layout says speaks: a comment's author, a "— Name" line
    parent: int | None = None
    head: str = ""  # for a table row: the column heads, tab-separated, in the order of its tab-separated cells
    cells: tuple[tuple[int, int], ...] = ()  # for a table row: the offsets of its cells
    at: float | None = None  # for a timed transcript: seconds from the start of the recording


class Document(Struct, frozen=True, kw_only=True):
    """One article, thread, episode or statement as text with segments; one revision of it.

    `text` is the segments' texts joined by newlines; what no segment covers (navigation, related links) is not in it.
    """

    id: str
    source_id: str
    url: str  # canonical address; for a file without one, `file:` and its name
    kind: DocumentKind
    language: str  # of the body: ISO 639-1
    title: str
    text: str
    segments: tuple[Segment, ...]
    outlet: str = ""
    byline: str = ""
    published_at: str = ""  # ISO day or time as the page gives it; "" when it gives none
    published_precision: str = ""  # "time", "day", "month", "year" or ""
    # where the date was found: "jsonld", "meta", "visible", "feed", "url", "htmldate" or "filename"
    published_from: str = ""
    modified_at: str = ""
    first_seen: str = ""
    capture_id: str = ""
    file: str = ""  # the input file's name where there was one
    links: tuple[str, ...] = ()  # addresses that the body links to

    @property
    def published_day(self) -> str:
        """The day of publication, "" when unknown."""
        return self.published_at[:10]


class Entity(Struct, frozen=True, kw_only=True):
    """A company, model, person …: one canonical name, many aliases, at most one owner and one family."""

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    owner: str = ""  # the owner's canonical name; for a person, the employer
    family: str = ""  # canonical name of the model family that a version belongs to
    wikidata: str = ""
    description: str = ""
    status: Literal["registered", "proposed", "established"] = "registered"  # established: proposed by two origins
    born: str = ""  # first day on which it existed, as far as known ("" = unknown)
    died: str = ""


class Mention(Struct, frozen=True, kw_only=True):
    """A name in a text. `entity_id` is None where the name is ambiguous: no link beats a wrong one."""

    start: int
    end: int
    text: str
    kind: EntityKind
    entity_id: str | None
    score: float = 1.0
    reason: str = ""  # why it was linked (or not), in words


class DateMention(Struct, frozen=True, kw_only=True):
    """A date expression in a text, resolved against the publication date."""

    start: int
    end: int
    text: str
    date: DateRange
    anchor: Literal["absolute", "publication", "text", "unresolved"] = "absolute"
    bound: Bound = ""  # "since May", "by 2027": `date` is May, 2027; `date.bounded(bound)` is what the words leave open


class Claim(Struct, frozen=True, kw_only=True):
    """One statement that one text makes, tied to the exact characters that make it.

    Subject, object and speaker are entity ids where the text's name was linked, else None with the words in `*_text`.
    """

    segment: int  # position of the segment that holds the evidence
    start: int
    end: int
    evidence: str
    subject_id: str | None
    subject_text: str
    predicate: str
    object_id: str | None = None
    object_text: str = ""  # the words for a literal object, else the object's name as written
    speaker_id: str | None = None
    speaker_text: str = ""
    speaker_chain: tuple[str, ...] = ()  # from the innermost speaker outwards, as written
    speech_act: SpeechAct = "asserts"
    polarity: Polarity = "+"
    hedge: Hedge = "none"
    quantity: Quantity | None = None
    when: DateRange | None = None
    evidence_class: EvidenceClass = "none_given"
    confidence: float = 1.0
    qualifiers: dict[str, str] = {}  # "to", "route", "role", "scope", "stage", "only", "quote", "term" …


class Extraction(Struct, frozen=True, kw_only=True):
    """All that was read out of one revision of one document by one version of the extractor."""

    document_id: str
    text_sha256: str
    extractor: str
    depth: Literal["full", "partial", "names only"]
    entities: tuple[Entity, ...]  # those proposed by this text, not the registered ones
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    claims: tuple[Claim, ...]


class Decision(Struct, frozen=True, kw_only=True):
    """A human judgement, a row of `decisions.tsv`: kept with who, when and why, and never deleted."""

    target_table: str
    target_id: str
    decision: str  # see `topic.DECISIONS`
    reason: str
    author: str
    decided_at: str
    value: str = ""

    @property
    def id(self) -> str:
        """Hash of what was decided about what, when and by whom."""
        value = [self.value] if self.value else []  # one day, one person: kept apart from this one, and from that
        return hash_id(self.target_table, self.target_id, self.decision, self.author, self.decided_at, *value)


class Issue(Struct, frozen=True, kw_only=True):
    """Something that was lost or doubtful on the way; collected, counted and shown, never swallowed."""

    stage: str
    source_id: str
    level: Literal["warning", "error"]
    code: str  # "http_403", "robots", "empty", "parse", "truncated", …
    message: str
    url: str = ""
