"""Claims from table rows: column heads give predicate and unit, the first cell (or another column) the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs

from distillwatch.nlp.amounts import parse_quantity
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.scene import Scene, referent
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.quantities import Quantity
from distillwatch.records import Claim, DateMention, Document, Mention, Segment, SpeechAct

RANKED = frozenset({"model"})
TOTAL = re.compile(r"(?:all|total|together|sum|both|combined)\b", re.I)
NEAR = 3  # segments before a table that may speak of it


class Setting(Struct, frozen=True):
    """What stands around a table: the benchmark, the model that is asked, the source, whether the figures are real."""

    text: str
    product: Referent | None
    target: Referent | None  # the model that was queried, in "Exchanges with X"
    source: Referent | None
    unreal: bool


CURRENCIES = {
    "USD": r"\$|\bUSD\b|\bdollars?\b",
    "EUR": r"€|\bEUR\b|\beuros?\b",
    "GBP": r"£|\bGBP\b|\bpounds?\b",
    "CNY": r"\bCNY\b|\bRMB\b|\byuan\b",
}


class Column(Struct, frozen=True):
    """What a column's cells say of a row's subject."""

    kind: str
    unit: str = ""
    factor: float = 1.0
    referent: Referent | None = None  # the model, benchmark or company that the head names
    scope: str = ""  # a remark in brackets behind it: "(before tuning)"; what a price is paid for


def claims_of(
    document: Document, mentions: Sequence[Mention], dates: Sequence[DateMention], scene: Scene, lexicon: Lexicon
) -> Iterator[Claim]:
    """Every claim that the rows of the document's tables make."""
    table: list[Segment] = []
    for segment in (*document.segments, None):
        if segment is not None and segment.kind == "table_row":
            if table and segment.head != table[-1].head:
                yield from _table(document, table, mentions, dates, scene, lexicon)
                table = []
            table.append(segment)
        elif table:
            yield from _table(document, table, mentions, dates, scene, lexicon)
            table = []


def first_columns(document: Document, mentions: Sequence[Mention], scene: Scene) -> list[list[Referent]]:
    """The companies named down the first column of each table."""
    found: dict[str, dict[str, Referent]] = {}
    for row in document.segments:
        if row.kind == "table_row" and row.cells:
            one = _named(document, row.cells[0], mentions, scene)
            if one is not None and one.kind == "company":
                found.setdefault(row.head, {}).setdefault(one.id, one)
    return [list(members.values()) for members in found.values() if len(members) > 2]


def _table(
    document: Document,
    rows: Sequence[Segment],
    mentions: Sequence[Mention],
    dates: Sequence[DateMention],
    scene: Scene,
    lexicon: Lexicon,
) -> Iterator[Claim]:
    heads = rows[0].head.split("\t") if rows[0].head else []
    words: Mapping[str, list[str]] = lexicon.tables["tables"]
    if len(heads) < 2:
        return
    setting = _setting(document, rows[0], mentions, scene, lexicon)
    columns = [_column(head, setting, words, scene) for head in heads]
    members: list[str] = []  # the companies of the rows above
    for row in rows:
        cells = [document.text[a:b] for a, b in row.cells]
        if len(cells) != len(columns) or cells == heads:
            continue
        named = [_named(document, span, mentions, scene) for span in row.cells]
        if named[0] is None and len(members) > 2 and TOTAL.match(cells[0]):
            named[0] = referent(scene.group(members), cells[0])
        elif named[0] is not None and named[0].kind == "company" and named[0].name not in members:
            members.append(named[0].name)
        yield from _row(document, row, cells, named, columns, setting, dates, lexicon)


def _named(document: Document, span: tuple[int, int], mentions: Sequence[Mention], scene: Scene) -> Referent | None:
    """The one entity that a cell names: its whole text first, else the name that it begins with."""
    text = document.text[span[0] : span[1]]
    whole = scene.by_name.get(text.strip().casefold())
    if whole is not None:
        return referent(whole, text.strip())
    inside = [m for m in mentions if span[0] <= m.start and m.end <= span[1] and m.entity_id in scene.entities]
    first = min(inside, key=_start, default=None)
    if first is None or first.entity_id is None or first.start - span[0] > 4:
        return None
    return referent(scene.entities[first.entity_id], first.text)


def _start(mention: Mention) -> int:
    return mention.start


def _setting(document: Document, row: Segment, mentions: Sequence[Mention], scene: Scene, lexicon: Lexicon) -> Setting:
    before = [
        s
        for s in document.segments
        if row.position - NEAR <= s.position < row.position and s.kind in {"caption", "heading", "paragraph"}
    ]
    after = [s for s in document.segments if s.kind == "caption" and row.position < s.position <= row.position + 12]
    captions = [s for s in (*before, *after) if s.kind == "caption"][:1] or [
        s
        for s in before
        if s.kind == "heading" or document.text[s.start : s.end].rstrip().endswith(":") or s is before[-1]
    ]
    words: Mapping[str, list[str]] = lexicon.tables["tables"]
    text = " ".join(document.text[s.start : s.end] for s in captions)
    inside = [
        referent(scene.entities[m.entity_id or ""], m.text)
        for s in captions
        for m in mentions
        if s.start <= m.start and m.end <= s.end and m.entity_id in scene.entities
    ]
    low = text.casefold()
    source = None
    for word in words["source"]:
        match = re.search(rf"\b{re.escape(word)}\b", low)
        if match is not None:
            source = next(
                (
                    r
                    for r in inside
                    if low.find(r.text.casefold(), match.end()) >= 0
                    and r.kind in {"company", "agency", "outlet", "person", "group"}
                ),
                source,
            )
    first_sentence = [
        s
        for s in captions
        if any(u in document.text[s.start : s.end].casefold() for u in lexicon.words("unreal_nouns"))
    ]
    return Setting(
        text=low,
        product=next((r for r in inside if r.kind == "product"), None),
        target=next((r for r in inside if r.kind in {"model", "product"}), None),
        source=source,
        unreal=bool(first_sentence),
    )


def _column(head: str, setting: Setting, words: Mapping[str, list[str]], scene: Scene) -> Column:
    low = head.casefold()
    factor = (
        1e9 if any(w in low for w in words["billions"]) else 1e6 if any(w in low for w in words["millions"]) else 1.0
    )
    named = _head_entity(head, scene)
    if named is not None and named.kind == "model":
        remark = re.search(r"[(\[]([^)\]]+)", head)
        return Column("model", referent=named, scope=remark[1].strip() if remark is not None else "")
    if named is not None and named.kind == "product":
        return Column("scored", unit="percent" if "%" in low or "percent" in low else "", referent=named)
    if any(w in low for w in words["active"]):
        return Column("has_parameters", unit="active parameters", factor=factor)
    for kind in ("parameters", "architecture", "costs", "scored", "released", "accessed"):
        if kind == "accessed" and any(re.search(rf"\b{re.escape(w)}", low) for w in words[kind]):
            thing = next((w for w in re.findall(r"[a-z]+", low) if any(w.startswith(s) for s in words[kind])), "")
            return Column("accessed", unit=thing, factor=factor, referent=_name_in(head, scene) or setting.target)
        if any(re.search(rf"\b{re.escape(w)}", low) for w in words[kind]):
            unit = {"parameters": "parameters"}.get(kind, "")
            unit = "percent" if "%" in low or "percent" in low else unit
            if kind == "costs":
                return _priced(head, factor)
            name = {"parameters": "has_parameters", "architecture": "has_architecture"}.get(kind, kind)
            return Column(name, unit=unit, factor=factor, referent=setting.product if kind == "scored" else None)
    if any(re.search(rf"\b{re.escape(w)}\b", low) for w in words["owner"]):
        return Column("owner")
    return Column("")


def _priced(head: str, factor: float) -> Column:
    """A column of costs: its currency, and what is paid for where it is a rate ("USD per million tokens")."""
    currency = next((code for code, words in CURRENCIES.items() if re.search(words, head, re.I)), "")
    per = re.search(r"\bper\s+(?P<thing>[\w ]+)", head)
    if per is not None:
        return Column("costs", unit=currency, scope=per["thing"].strip())
    return Column("costs", unit=currency, factor=factor if currency else 1.0)


def _head_entity(head: str, scene: Scene) -> Referent | None:
    """The model or benchmark that a head names, a remark in brackets left aside."""
    name = re.sub(r"\s*(?:[(\[].*|, (?:%|percent|per cent|points|bn|USD)$)", "", head).strip()
    entity = scene.by_name.get(name.casefold())
    return referent(entity, name) if entity is not None else None


def _name_in(head: str, scene: Scene) -> Referent | None:
    """The model or product that a head mentions: "Prompts to Ostra 2"."""
    low = head.casefold()
    names = [
        n
        for n, e in scene.by_name.items()
        if n in low and e.kind in {"model", "product"} and re.search(rf"(?<!\w){re.escape(n)}(?!\w)", low)
    ]
    best = max(names, key=len, default=None)
    return referent(scene.by_name[best], best) if best is not None else None


def _row(
    document: Document,
    row: Segment,
    cells: Sequence[str],
    named: Sequence[Referent | None],
    columns: Sequence[Column],
    setting: Setting,
    dates: Sequence[DateMention],
    lexicon: Lexicon,
) -> Iterator[Claim]:
    subject = named[0]
    owner = next(
        (n for n, c in zip(named, columns, strict=True) if c.kind == "owner" and n is not None and n.kind == "company"),
        None,
    )
    for index, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        if index == 0 or not cell.strip():
            continue
        if column.kind == "model" and column.referent is not None:  # benchmarks down, models across
            quantity = _figure(cell, "", 1.0, document.language)
            if quantity is not None and not cell.strip().startswith(("+", "-", "−")):
                scope = {"scope": column.scope} if column.scope else {}
                claim = _claim(
                    document, row, column.referent, "scored", None, _bench(cells[0]), quantity, setting, named[0]
                )
                yield structs.replace(claim, qualifiers=scope)
            continue
        if subject is None:
            continue
        if column.kind == "has_parameters" and subject.kind == "model":
            quantity = _figure(cell, column.unit, column.factor, document.language)
            if quantity is not None and quantity.unit == column.unit:
                yield _claim(document, row, subject, "has_parameters", None, "", quantity, setting)
        elif column.kind == "has_architecture" and subject.kind == "model":
            name = _architecture(cell, lexicon)
            if name:
                yield _claim(document, row, subject, "has_architecture", None, name, None, setting)
        elif column.kind == "costs":
            quantity = _figure(cell, column.unit, column.factor, document.language)
            if quantity is not None and re.fullmatch(r"[A-Z]{3}", quantity.unit):
                yield _claim(document, row, subject, "costs", None, column.scope or "training", quantity, setting)
        elif column.kind == "scored" and subject.kind in {"model", "product"} and column.referent is not None:
            quantity = _figure(cell, column.unit, 1.0, document.language)
            if quantity is not None:
                yield _claim(document, row, subject, "scored", column.referent, "", quantity, setting)
        elif column.kind == "accessed" and column.referent is not None and subject.id != column.referent.id:
            quantity = _figure(cell, column.unit, column.factor, document.language)
            if quantity is not None and subject.kind in {"company", "group", "agency"}:
                yield _claim(document, row, subject, "accessed", column.referent, "", quantity, setting)
        elif column.kind == "released" and owner is not None and subject.kind in {"model", "product"}:
            start, end = row.cells[index]
            day = next((d for d in dates if start <= d.start and d.end <= end), None)
            if day is not None:
                yield _claim(document, row, owner, "released", subject, "", None, setting, day=day)


def _bench(cell: str) -> str:
    return re.sub(r"\s*\(.*", "", cell).strip()


def _figure(cell: str, unit: str, factor: float, language: str) -> Quantity | None:
    quantity = parse_quantity(cell, language=language, unit=unit)
    if (
        quantity is None
        or factor == 1.0
        or any(v is not None and v >= factor / 1000 for v in (quantity.low, quantity.high))
    ):
        return quantity
    low = None if quantity.low is None else quantity.low * factor
    high = None if quantity.high is None else quantity.high * factor
    return Quantity(low, high, quantity.unit, quantity.approx)


def _architecture(cell: str, lexicon: Lexicon) -> str:
    low = cell.casefold()
    table: Mapping[str, list[str]] = lexicon.tables["figures"]["architectures"]
    return next(
        (name for name, spellings in table.items() if any(re.search(rf"\b{re.escape(s)}\b", low) for s in spellings)),
        "",
    )


def _claim(
    document: Document,
    row: Segment,
    subject: Referent,
    predicate: str,
    object_: Referent | None,
    text: str,
    quantity: Quantity | None,
    setting: Setting,
    benchmark: Referent | None = None,
    day: DateMention | None = None,
) -> Claim:
    act: SpeechAct = "supposes" if setting.unreal else "asserts"
    if setting.source is not None and not setting.unreal:
        own = setting.source.id == subject.id or setting.source.name == subject.owner
        measured = predicate == "scored"  # who tells of a test has made it
        act = "asserts" if own or measured else "alleges" if predicate == "accessed" else "reports"
    thing = object_ or benchmark
    return Claim(
        segment=row.position,
        start=row.start,
        end=row.end,
        evidence=document.text[row.start : row.end],
        subject_id=subject.id,
        subject_text=subject.text,
        predicate=predicate,
        object_id=thing.id if thing else None,
        object_text=thing.text if thing else text,
        speaker_id=setting.source.id if setting.source else None,
        speaker_text=setting.source.text if setting.source else "",
        speech_act=act,
        quantity=quantity,
        when=day.date.bounded(day.bound) if day else None,
        evidence_class="none_given",
    )
