"""From a document to parsed sentences: what to read, what to mask, one pass of the parser, and who stands behind which token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from spacy.language import Language
from spacy.tokens import Doc

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.masking import Mask, Masked, mask
from distillwatch.nlp.sentences import split
from distillwatch.records import DateMention, Document, Segment

READ = frozenset({"headline", "heading", "paragraph", "list_item", "quote", "caption", "comment"})
LONGEST = 1200  # code points; a longer "sentence" is a list or a fault of the page, and the parser is quadratic in places
BATCH = 32
# "SAN FRANCISCO, Dec 15 (Harbor Newswire) - ", "04:10 ", "3. ", "● ": in front of the sentence and no part of it
LEAD = re.compile(
    r"(?:[A-Z][A-Z .,'’/-]{2,40}(?:,\s[A-Z][a-z]+\.?\s\d{1,2})?\s(?:\([^)]{2,40}\)\s)?[-–—]{1,2}\s)|(?:(?:\d{1,2}:)?\d{1,2}:\d\d\s+[-–—]?\s*)|(?:\(?\d{1,2}[.)]\s+)|(?:[●•▪*–—-]\s+)"
)
# Familiar proper nouns by kind: distinct within a sentence so that coordination and apposition stay visible.
FAMILIAR: Mapping[str, tuple[str, ...]] = {
    "company": ("Google", "Microsoft", "Apple", "Sony", "Intel", "Boeing", "Toyota", "Disney"),
    "model": ("Linux", "Android", "Photoshop", "Java", "Unix", "Firefox", "Excel", "Chrome"),
    "product": ("Netflix", "Gmail", "Skype", "Twitter", "Wikipedia", "Xbox", "Outlook", "Kindle"),
    "person": ("Smith", "Johnson", "Clinton", "Brown", "Miller", "Wilson", "Taylor", "Moore"),
    "agency": ("Congress", "NASA", "Parliament", "FEMA", "UNESCO", "NATO", "OPEC", "UNICEF"),
    "policy": ("NAFTA", "Medicare", "Obamacare", "Medicaid", "ERISA", "HIPAA", "COPPA", "SALT"),
    "outlet": ("Reuters", "CNN", "Bloomberg", "Fox", "NBC", "CBS", "ABC", "BBC"),
    "group": ("Greenpeace", "Oxfam", "Interpol", "Harvard", "Yale", "Stanford", "Amnesty", "Princeton"),
    "country": ("China", "France", "Germany", "Japan", "Brazil", "Canada", "Russia", "India"),
}
PLURALS = ("Democrats", "Republicans", "Germans", "Americans", "Canadians", "Russians", "Europeans", "Italians")


class Known(Struct, frozen=True):
    """A span of the document that stands for somebody: a name, a pronoun, a description."""

    start: int
    end: int
    referents: tuple[Referent, ...]
    name: bool  # whether it is to be masked; pronouns and descriptions are left for the parser


class Span(Struct, frozen=True):
    """One sentence to be read, before the parse."""

    segment: Segment
    start: int
    end: int


def spans_of(document: Document) -> Iterator[Span]:
    """The sentences of a document in text order; headlines, headings and captions whole."""
    for segment in document.segments:
        if segment.kind not in READ:
            continue
        text = document.text[segment.start : segment.end]
        if segment.kind in {"headline", "heading"}:
            yield Span(segment, segment.start, segment.end)
            continue
        for start, end in split(text):
            if end - start <= LONGEST:
                yield Span(segment, segment.start + start, segment.start + end)


def sentences_of(
    document: Document,
    known: Sequence[Known],
    dates: Sequence[DateMention],
    amounts: Sequence[Amount],
    lexicon: Lexicon,
    nlp: Language,
) -> list[Sentence]:
    """Every sentence that may hold a claim, parsed: one `nlp.pipe` over the masked copies."""
    spans = list(spans_of(document))
    masked = [_masked(document, span, known, dates, amounts, lexicon) for span in spans]
    parses = nlp.pipe((m.text for m in masked), batch_size=BATCH)
    return [
        _sentence(document, span, copy, doc, known, dates, amounts)
        for span, copy, doc in zip(spans, masked, parses, strict=True)
    ]


def _masked(
    document: Document,
    span: Span,
    known: Sequence[Known],
    dates: Sequence[DateMention],
    amounts: Sequence[Amount],
    lexicon: Lexicon,
) -> Masked:
    text = document.text
    masks: list[Mask] = []
    lead = LEAD.match(text, span.start, span.end)
    if lead is not None:
        masks.append(Mask(span.start, lead.end(), ""))
    words = _familiar([k for k in known if k.name and span.start <= k.start and k.end <= span.end])
    masks += [Mask(k.start, k.end, word, "name") for k, word in words]
    for date in dates:
        if span.start <= date.start and date.end <= span.end:
            masks.append(Mask(date.start, date.end, _date_word(text, span, date), "date"))
    body = text[span.start : span.end]
    for match in re.finditer(r"\b(?:fine[- ]?tun\w+|distill?\w*)\b", body, re.I):
        word = lexicon.rewordings.get(match[0].lower())
        if word:
            word = word.capitalize() if match[0][0].isupper() else word
            masks.append(Mask(span.start + match.start(), span.start + match.end(), word, "word"))
    if span.segment.kind in {"headline", "heading"} and _title_case(body):
        masks += [
            Mask(span.start + m.start(), span.start + m.end(), m[0].lower(), "case")
            for m in re.finditer(r"\b[A-Z][a-z]+\b", body)
        ]
    return mask(text, span.start, span.end, masks)


def _familiar(names: Sequence[Known]) -> Iterator[tuple[Known, str]]:
    """Each name with its familiar noun; the same entity gets the same noun within the sentence."""
    chosen: dict[str, str] = {}
    used: dict[str, int] = {}
    for known in names:
        first = known.referents[0]
        key = first.id
        if key not in chosen:
            words = PLURALS if first.plural else FAMILIAR[first.kind]
            pool = "plural" if first.plural else first.kind
            chosen[key] = words[used.get(pool, 0) % len(words)]
            used[pool] = used.get(pool, 0) + 1
        yield known, chosen[key]


def _date_word(text: str, span: Span, date: DateMention) -> str:
    """One word that sits where the date sits: "2020" behind a preposition, "yesterday" standing free."""
    before = text[max(span.start, date.start - 12) : date.start].lower().split()
    preposed = bool(before) and before[-1] in {
        "in", "on", "at", "by", "since", "until", "till", "from", "of", "before", "after", "during", "for", "to", "through", "and", "between",
        "around", "about", "late", "early", "mid", "the", "of", "than", "dated", "into", "effective",
    }
    if not preposed:
        return "yesterday"
    return "Monday" if date.date.precision == "day" else "2020"


def _title_case(text: str) -> bool:
    words = [w for w in re.findall(r"[A-Za-z][\w'’-]*", text) if len(w) > 3]
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def _sentence(
    document: Document,
    span: Span,
    masked: Masked,
    doc: Doc,
    known: Sequence[Known],
    dates: Sequence[DateMention],
    amounts: Sequence[Amount],
) -> Sentence:
    tokens = {masked.source(t.idx): t.i for t in reversed(doc) if t.text.strip()}
    ends = {masked.source_end(t.idx + len(t)): t.i for t in doc if t.text.strip()}
    refs: dict[int, tuple[Referent, ...]] = {}
    for one in known:
        if span.start <= one.start and one.end <= span.end:
            at = ends.get(one.end) if not one.name else tokens.get(one.start)
            if at is not None:
                refs.setdefault(at, one.referents)
    days = {tokens[d.start]: d for d in dates if span.start <= d.start < span.end and d.start in tokens}
    figures = {}
    for amount in amounts:
        if span.start <= amount.start < span.end:
            at = next((t.i for t in doc if masked.source(t.idx) >= amount.start and t.like_num), tokens.get(amount.start))
            if at is not None:
                figures[at] = amount
    reworded = {tokens[m.start]: document.text[m.start : m.end] for m in masked.masks if m.key == "word" and m.start in tokens}
    return Sentence(
        segment=span.segment,
        document_text=document.text,
        start=span.start,
        end=span.end,
        masked=masked,
        doc=doc,
        refs=refs,
        dates=days,
        amounts=figures,
        rewordings=reworded,
    )


def by_segment(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The sentences of each segment together."""
    for _, group in groupby(sentences, key=_position):
        yield list(group)


def _position(sentence: Sentence) -> int:
    return sentence.segment.position
