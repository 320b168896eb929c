"""What is masked in an English sentence before the parse, and by which familiar word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims.asides import SENTENCE_OPENING, Aside
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.nlp.masking import Mask
from distillwatch.records import DateMention

# "VANTRY, Dec 15 (Castellan Wire) - ", "04:10 ", "3. ", "(b) ", "● ", "Correction, May 3: ":
# in front of the sentence and no part of it
LEAD = re.compile(
    r"(?:[A-Z][A-Z .,'’/-]{2,40}(?:,\s[A-Z][a-z]+\.?\s\d{1,2})?\s(?:\([^)]{2,40}\)\s)?[-–—]{1,2}\s)"
    r"|(?:(?:Correction|Corrected|Clarification|Update|Updated|Editor['’]s note)\b[^\n]{0,40}?:\s)"
    r"|(?:(?:\d{1,2}:)?\d{1,2}:\d\d\s+[-–—]?\s*)|(?:\(?(?:\d{1,2}|[a-z])[.)]\s+)|(?:[●•▪*–—-]\s+)"
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
WORD = re.compile(r"\b[A-Za-z]+(?:[- ]?tun\w+|-sourc\w+|-distill\w+)?\b")
SCALE = r"(?:k|m|mn|b|bn|tn|thousand|million|billion|trillion)"
FIGURE = re.compile(
    rf"\D{{0,30}}\d[\d.,]*(?:\s?(?:[-–—]|to|and)\s?[$€£¥]?\d[\d.,]*)?(?:\s?{SCALE}\b)?"
    rf"(?:\s?(?:[-–—]|to|and)\s?[$€£¥]?\d[\d.,]*\s?{SCALE}?\b)?(?: or more| plus|\+)?",
    re.I,
)
# A quotation that goes on with the sentence around it: it begins in lower case or with a figure.
FRAGMENT = re.compile(
    r"“[a-z\d$][^“”]{0,300}”|(?<![\w.!?])\"[a-z\d$][^\"“”]{0,300}\"|(?<=\s)[‘'][a-z\d$][^‘’'\"]{0,120}[’'](?=[\s,.;])"
)
PLACES = frozenset({"product", "policy", "country", "outlet"})  # in front of a subject, these are no part of its name
OPENING = 9  # words that an opening phrase may have
SEAT = re.compile(r", of (?:[A-Z][\w.’'-]{1,20}[ ,]{0,2}){1,4}(?<=[^ ,]),(?= [a-z])")
TOGETHER = re.compile(r", (?:all |both )?(?:two|three|four|five|six) [^,;:.()“”\"]{3,80},(?= (?:of|for) [a-z]+ing\b)")
DESCRIBED = 60  # code points in which the description of a name may stand
FINE = re.compile(
    r"\bfin(?:es|ed|ing|e)\s(?:[\w.'’-]+\s){1,4}?(?P<sum>\d[\d.,]*(?:\s(?:thousand|million|billion))?\s"
    r"(?!in\b|on\b|over\b|for\b|by\b|last\b|this\b|at\b|after\b)[a-z]{3,}s)\b"
)
SMALL = 100  # a number spelled out and smaller than this misleads no parser
NUMBER = (
    r"(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|"
    r"trillions?|dozens?|half|several|few|couple|score|and|of|point)"
)
SPELLED = re.compile(
    r"(?:(?:more|less|fewer|greater|north|upwards?|up|well|just|at) (?:than|of|to|over|under|least|most) |"
    r"about |around |"
    rf"some |roughly |nearly |almost |over |under |approximately |an estimated )?{NUMBER}(?:[ -]{NUMBER})*\b",
    re.I,
)
PRESENT = re.compile(
    r"(?:\s(?:also|now|still|then|again|itself|reportedly|allegedly|secretly|explicitly|formally))?\s([a-z]+s)\b"
)
PAPER = re.compile(
    r"\b(?:post|filing|complaint|lawsuit|suit|report|memo|letter|paper|document|study|statement|preprint|article)\s([a-z]+s)\b"
    r"(?=\s(?:that|the|an?|to|its|their|[A-Z0-9]))"
)
NOT_BEFORE_SUBJECT = frozenset(
    "the a an this that of in on at by for to from with and or but than as which its their his her our your "
    "while when because if since before after until whose whether via about against into over under between "
    "like said says".split()
)
AUXILIARIES = frozenset(
    "is are was were has have had does do did will would may might can could must should shall".split()
)
IRREGULAR = frozenset(
    "broke took sent put cut sued built made gave began ran told said let held kept drew bought sold won lost "
    "got shut forbids went came fell rose".split()
)
PREPOSED = frozenset(
    "in on at by since until till from of before after during for to through and between around about late "
    "early mid the than dated into effective".split()
)


class Known(Struct, frozen=True):
    """A span of the document that stands for somebody: a name, a pronoun, a description."""

    start: int
    end: int
    referents: tuple[Referent, ...]
    name: bool  # whether it is to be masked; pronouns and descriptions are left for the parser


class Contents(Struct, frozen=True):
    """What one sentence holds, in text order."""

    start: int
    end: int
    caps: bool  # a headline or heading
    known: Sequence[Known]
    dates: Sequence[DateMention]
    amounts: Sequence[Amount]
    asides: Sequence[Aside]
    label: int  # where the words begin, behind the name of who speaks


def masks_of(text: str, span: Contents, lexicon: Lexicon) -> list[Mask]:
    """Every mask of a sentence. Offsets are the document's."""
    masks: list[Mask] = []
    lead = LEAD.match(text, span.start, span.end)
    if lead is not None:
        masks.append(Mask(span.start, lead.end(), ""))
    if span.start < span.label <= span.end:
        masks.append(Mask(span.start, span.label, ""))
    masks += [Mask(a.start, a.end, a.left, "aside") for a in span.asides]
    words = list(_familiar([k for k in span.known if k.name and not _in_aside(k, span.asides)]))
    masks += [Mask(k.start, k.end, word, "name") for k, word in words]
    masks += _descriptors(text, span.start, [k for k, _ in words], lexicon)
    masks += _seats(text, span, [k for k, _ in words])
    masks += _between_names(text, span, [k for k, _ in words])
    masks += [Mask(d.start, d.end, _date_word(text, span.start, d), "date") for d in span.dates]
    behind = {k.end for k, _ in words}
    masks += _fines(text, span)
    masks += [_figure(a, behind_name=a.start - 1 in behind) for a in span.amounts]
    body = text[span.start : span.end]
    masks += [Mask(span.start + at, span.start + at + 1, "") for at in _scare_quotes(body)]
    shouted = span.caps and _title_case(body)
    masks += _rewordings(body, span.start, lexicon, small=shouted)
    masks += _past(text, span, [k for k, _ in words], lexicon)
    masks += [Mask(span.start + m.start(), span.start + m.end(), ".", "stop") for m in re.finditer(r";(?=\s)", body)]
    masks += _past_of_papers(body, span.start, lexicon)
    masks += _commas(text, span, [k for k, _ in words])
    if shouted:
        small = re.finditer(r"\b[A-Z][a-z]+\b", body)
        masks += [Mask(span.start + m.start(), span.start + m.end(), m[0].lower(), "case") for m in small]
    return masks


def _descriptors(text: str, start: int, names: Sequence[Known], lexicon: Lexicon) -> Iterator[Mask]:
    """ "Chinese start-up Norvane" without what describes it: the parser takes "start-up" for a verb."""
    for name in names:
        if name.referents[0].kind == "company":
            match = lexicon.descriptors.search(text, max(start, name.start - DESCRIBED), name.start)
            if match is not None:
                yield Mask(match.start(), match.end(), "")


def _seats(text: str, span: Contents, names: Sequence[Known]) -> Iterator[Mask]:
    """ "Norvane, of Port Ellery, sued …" without where it is from, which the parser takes for the end of a phrase.

    So with what several are together: "accused A, B and C, three makers of models, of copying".
    """
    for name in names if "," in text[span.start : span.end] else ():
        if name.referents[0].kind != "company":
            continue
        for shape in (SEAT, TOGETHER):
            match = shape.match(text, name.end, span.end)
            inside = match is not None and any(
                match.start() < k.end and k.start < match.end() for k in span.known if k.name
            )
            if match is not None and not inside:
                yield Mask(match.start(), match.end(), "")


def _scare_quotes(body: str) -> Iterator[int]:
    """Where the marks of quoted bits stand: 'ran "industrial-scale" campaigns' is one clause for the parser then."""
    for match in FRAGMENT.finditer(body):
        yield from (match.start(), match.end() - 1)


def _in_aside(known: Known, asides: Sequence[Aside]) -> bool:
    return any(a.start <= known.start and known.end <= a.end for a in asides)


def _rewordings(body: str, start: int, lexicon: Lexicon, *, small: bool) -> Iterator[Mask]:
    for at in lexicon.phrase_filter.possible(body):
        pattern, phrase = lexicon.phrases[at]
        for match in pattern.finditer(body):
            yield Mask(start + match.start(), start + match.end(), phrase, "word")
    for match in WORD.finditer(body):
        word = lexicon.rewordings.get(match[0].lower(), "")
        if word:
            word = word.capitalize() if match[0][0].isupper() and not small else word
            yield Mask(start + match.start(), start + match.end(), word, "word")


def _fines(text: str, span: Contents) -> Iterator[Mask]:
    """ "fined it 900,000 crowns": the sum and its unit as an adverb, for the parser makes one noun of both objects."""
    for match in FINE.finditer(text, span.start, span.end):
        yield Mask(match.start("sum"), match.end("sum"), "yesterday", "amount")


def _figure(amount: Amount, *, behind_name: bool) -> Mask:
    """A plain figure for an amount, its unit left standing; "large" for "295B-parameter" and "295B model".

    A sum right behind a name ("fined Norvane $2 million") becomes an adverb: the parser would take both for one noun.
    """
    match = FIGURE.match(amount.text)
    end = match.end() if match is not None else len(amount.text)
    unit = amount.quantity.unit
    if match is None:  # spelled out
        spelled = SPELLED.match(amount.text)
        end = spelled.end() if spelled is not None else 0
    if amount.text[end : end + 1] == "-" or (unit == "parameters" and amount.text.endswith("model")):
        end = len(amount.text) - len(" model") if amount.text.endswith("model") else len(amount.text)
        return Mask(amount.start, amount.start + end, "large", "amount")
    largest = max(amount.quantity.low or 0, amount.quantity.high or 0)
    if not end or (match is None and largest < SMALL):  # "the three companies" stays as it is, but is kept in sight
        first = amount.text.split()[0]
        return Mask(amount.start, amount.start + len(first), first, "amount")
    currency = unit.partition(" per ")[0]
    money = len(currency) == 3 and currency.isupper()
    word = "yesterday" if money and behind_name else "$5,000" if money else "5,000"
    if money and " per " in unit:  # "$1.40 per million tokens": one sum for the parser
        end = len(amount.text)
    return Mask(amount.start, amount.start + end, word, "amount")


def _past(text: str, span: Contents, names: Sequence[Known], lexicon: Lexicon) -> Iterator[Mask]:
    """Present forms behind a name as past forms: "Norvane rejects claims" is read as two nouns, "rejected" is not.

    What an amount counts is a noun: "400 Ostra accounts".
    """
    for name in names:
        match = PRESENT.match(text, name.end, span.end)
        if match is not None and any(a.start <= match.start(1) < a.end for a in span.amounts):
            continue
        if match is not None and match[1] in lexicon.past:
            yield Mask(match.start(1), match.end(1), lexicon.past[match[1]], "word")
        elif match is not None and name.referents[0].kind == "policy":  # "the X Terms of Use forbid": its copy is one
            present = next((p for p, lemma in lexicon.lemma_of_present.items() if lemma == match[1]), "")
            if present:
                yield Mask(match.start(1), match.end(1), lexicon.past[present], "word")


def _past_of_papers(body: str, start: int, lexicon: Lexicon) -> Iterator[Mask]:
    """The same behind a text: in "X's post pins" the parser sees a compound."""
    for match in PAPER.finditer(body):
        if match[1] in lexicon.past:
            yield Mask(start + match.start(1), start + match.end(1), lexicon.past[match[1]], "word")


def _commas(text: str, span: Contents, names: Sequence[Known]) -> Iterator[Mask]:
    """A comma between an opening phrase and the subject, where it was left out: "In part of its traffic X used"."""
    if not names or not SENTENCE_OPENING.match(text, span.start, span.end):
        return
    first = names[0]
    before = text[span.start : first.start]
    match = re.search(r"([a-z]{3,})\s$", before)
    after = re.match(r"\s(?:and [A-Z]\w+ )?([a-z]+)", text[first.end : first.end + 60])
    if match is None or after is None or "," in before or match[1] in NOT_BEFORE_SUBJECT:
        return
    if after[1] in AUXILIARIES or after[1].endswith("ed") or after[1] in IRREGULAR:
        at = span.start + match.start(1)
        yield Mask(at, at + len(match[1]), match[1] + ",", "comma")


def _between_names(text: str, span: Contents, names: Sequence[Known]) -> Iterator[Mask]:
    """The same between two names: "On PlankBench Ostra 2 edged out …"."""
    opening = SENTENCE_OPENING.match(text, span.start, span.end)
    if opening is None or opening.start() != span.start:
        return
    for one, other in pairwise(names):
        before = text[span.start : one.start]
        if "," in before or len(before.split()) > OPENING:
            return
        if text[one.end : other.start] == " " and one.referents[0].kind in PLACES:
            yield Mask(one.end, other.start, ", ", "comma")
            return


def _familiar(names: Sequence[Known]) -> Iterator[tuple[Known, str]]:
    """Each name with its familiar noun; the same entity gets the same noun within the sentence."""
    chosen: dict[str, str] = {}
    used: dict[str, int] = {}
    for known in names:
        first = known.referents[0]
        if first.id not in chosen:
            words = PLURALS if first.plural else FAMILIAR[first.kind]
            pool = "plural" if first.plural else first.kind
            chosen[first.id] = words[used.get(pool, 0) % len(words)]
            used[pool] = used.get(pool, 0) + 1
        yield known, chosen[first.id]


def _date_word(text: str, start: int, date: DateMention) -> str:
    """One word that sits where the date sits: "2020" behind a preposition, "yesterday" standing free."""
    before = text[max(start, date.start - 12) : date.start].lower().split()
    if not before or before[-1] not in PREPOSED:
        return "yesterday"
    return "Monday" if date.date.precision == "day" else "2020"


def _title_case(text: str) -> bool:
    words = [w for w in re.findall(r"[A-Za-z][\w'’-]*", text) if len(w) > 3]
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)
