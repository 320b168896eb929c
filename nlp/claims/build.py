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
WORD = re.compile(r"\b[A-Za-z]+(?:[- ]?tun\w+)?\b")
FIGURE = re.compile(
    r"\D{0,30}\d[\d.,]*(?:\s?(?:[-–—]|to|and)\s?[$€£¥]?\d[\d.,]*)?(?:\s?(?:k|m|mn|b|bn|tn|thousand|million|billion|trillion)\b)?(?:\s?(?:[-–—]|to|and)\s?[$€£¥]?\d[\d.,]*\s?(?:k|m|mn|b|bn|tn|thousand|million|billion|trillion)?\b)?(?: or more| plus|\+)?",
    re.I,
)
PRESENT = re.compile(r"(?:\s(?:also|now|still|then|again|itself|reportedly|allegedly|secretly|explicitly|formally))?\s([a-z]+s)\b")
OPENING = re.compile(r"(?:For|In|By|On|Under|With|At|After|Before|Since|During|From|As|Within|Without|Until|Despite|To)\b")
NOT_BEFORE_SUBJECT = frozenset(
    "the a an of in on at by for to from with and or but than as that which its their his her our your this these those while when "
    "because if since before after until whose whether via about against into over under between like said says".split()
)
AUXILIARIES = frozenset("is are was were has have had does do did will would may might can could must should shall".split())
IRREGULAR = frozenset("broke took sent put cut sued built made gave began ran told said let held kept drew bought sold won lost got shut forbids went came fell rose".split())
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
    words = list(_familiar([k for k in known if k.name and span.start <= k.start and k.end <= span.end]))
    masks += [Mask(k.start, k.end, word, "name") for k, word in words]
    for date in dates:
        if span.start <= date.start and date.end <= span.end:
            masks.append(Mask(date.start, date.end, _date_word(text, span, date), "date"))
    for amount in amounts:
        if span.start <= amount.start and amount.end <= span.end:
            end, word = _figure(amount)
            masks.append(Mask(amount.start, end, word, "amount"))
    body = text[span.start : span.end]
    for match in WORD.finditer(body):
        word = lexicon.rewordings.get(match[0].lower(), "")
        if word:
            word = word.capitalize() if match[0][0].isupper() else word
            masks.append(Mask(span.start + match.start(), span.start + match.end(), word, "word"))
    masks += _past(text, span, [k for k, _ in words], lexicon)
    masks += [Mask(span.start + m.start(), span.start + m.end(), ".", "stop") for m in re.finditer(r";(?=\s)", body)]
    masks += _commas(text, span, words)
    if span.segment.kind in {"headline", "heading"} and _title_case(body):
        masks += [
            Mask(span.start + m.start(), span.start + m.end(), m[0].lower(), "case")
            for m in re.finditer(r"\b[A-Z][a-z]+\b", body)
        ]
    return mask(text, span.start, span.end, masks)


def _figure(amount: Amount) -> tuple[int, str]:
    """Where the figure of an amount ends, its unit left standing, and the plain figure to put there."""
    match = FIGURE.match(amount.text)
    end = match.end() if match is not None else len(amount.text)
    if match is None:  # spelled out: the unit is the last word where one is named
        head, _, last = amount.text.rpartition(" ")
        end = len(head) if head and amount.quantity.unit and last[:-1].lower() in amount.quantity.unit else end
    if amount.text[end : end + 1] == "-" or (amount.quantity.unit == "parameters" and amount.text.endswith("model")):
        end = len(amount.text) - len(" model") if amount.text.endswith("model") else len(amount.text)
        return amount.start + end, "large"
    money = len(amount.quantity.unit) == 3 and amount.quantity.unit.isupper()
    return amount.start + end, "$5,000" if money else "5,000"


def _past(text: str, span: Span, names: Sequence[Known], lexicon: Lexicon) -> Iterator[Mask]:
    """Present forms behind a name as past forms: "Norvane rejects claims" is read as two nouns, "rejected" is not."""
    for name in names:
        match = PRESENT.match(text, name.end, span.end)
        if match is not None and match[1] in lexicon.past:
            yield Mask(match.start(1), match.end(1), lexicon.past[match[1]], "word")


def _commas(text: str, span: Span, words: Sequence[tuple[Known, str]]) -> Iterator[Mask]:
    """A comma between an opening phrase and the subject, where the writer left it out: "In a part of its traffic Google used"."""
    if not words or not OPENING.match(text, span.start, span.end):
        return
    first = words[0][0]
    before = text[span.start : first.start]
    match = re.search(r"([a-z]{3,})\s$", before)
    after = re.match(r"\s(?:and [A-Z]\w+ )?([a-z]+)", text[first.end : first.end + 60])
    if match is None or after is None or "," in before or match[1] in NOT_BEFORE_SUBJECT:
        return
    if after[1] in AUXILIARIES or after[1].endswith("ed") or after[1] in IRREGULAR:
        at = span.start + match.start(1)
        yield Mask(at, at + len(match[1]), match[1] + ",", "comma")


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
            at = next((t.i for t in doc if masked.source(t.idx) == amount.start and not t.is_currency), None)
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
