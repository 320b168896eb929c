"""A claim in neutral words: who says it, how firmly, and what; never without the who."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from msgspec import Struct

from distillwatch.site import paths
from distillwatch.site.acts import act
from distillwatch.site.brief import NAME, brief
from distillwatch.site.figures import published_words, quantity_words, range_words
from distillwatch.site.parts import part_of
from distillwatch.site.queries.claims import ClaimRow
from distillwatch.site.reader import Reader


@cache
def words() -> dict[str, Any]:
    """The wording of the site, from words.toml."""
    return tomllib.loads((resources.files("distillwatch.site") / "words.toml").read_text(encoding="utf-8"))


class Name(Struct, frozen=True):
    """A name as shown, with its page where it has one and its kind where it is known."""

    text: str
    path: str = ""
    kind: str = ""


class Claim(Struct, frozen=True, kw_only=True):
    """A claim ready to be shown. `who` is the speaker or, where the text speaks itself, the outlet."""

    row: ClaimRow
    who: Name
    outlet: Name
    through_outlet: bool  # the text reports somebody: show "in <outlet>" as well
    act: str  # what is said, without whom: "is looking into"
    verb: str  # "alleges", "denies" …: stands before "that"
    stance: str  # one word for the matrix
    colour: str  # affirm, allege, deny, open
    negated: bool  # "that it is not so that …"
    pieces: tuple[Name, ...]  # of the statement, in order: plain words have no path
    told: tuple[Name, ...]  # the same as the claim tells it: of what is yet to come in the future
    subject: Name
    object: Name
    figure: str
    when: str
    hedge: str
    published: str
    accusation: bool
    chain: tuple[str, ...]
    qualifiers: tuple[tuple[str, str], ...]
    document_path: str  # the stored text, at the evidence where it still has it

    @property
    def statement(self) -> str:
        """What is said, without who says it: never to be shown alone."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def link_word(self) -> str:
        """What joins verb and statement."""
        if self.row.speech_act == "asks":
            return ":"
        if self.row.speech_act == "predicts" and self.told is self.pieces:  # speaks of what has happened
            return " that it will not be so:" if self.negated else " that it will be so:"
        return " that it is not so that" if self.negated else " that"

    @property
    def sentence(self) -> str:
        """The claim with its attribution, as plain text."""
        tail = f" ({self.hedge})" if self.hedge else ""
        return f"{self.who.text} {self.verb}{self.link_word} {''.join(piece.text for piece in self.told)}{tail}"

    @property
    def path(self) -> str:
        """Its permalink."""
        return paths.claim(self.row.id)


def name(reader: Reader, identity: str | None, text: str, nothing: str = "not named") -> Name:
    """The entity behind an id, else the words of the text, else `nothing`."""
    entity = reader.entity(identity)
    return _plain(text, nothing) if entity is None else _linked(entity.kind, entity.id, entity.name)


# a few thousand names stand on tens of thousands of pages
@lru_cache(maxsize=8192)
def _linked(kind: str, identity: str, name: str) -> Name:
    return Name(brief(name, identity, NAME), paths.entity(kind, identity), kind)


@lru_cache(maxsize=8192)
def _plain(text: str, nothing: str) -> Name:
    return Name(brief(text, nothing))


def pieces(reader: Reader, predicate: str, subject: Name, what: Name, foretold: bool = False) -> tuple[Name, ...]:
    """What is said, by the vocabulary's own neutral sentence for the predicate; () if it has none for the future."""
    entry = reader.topic.vocabulary.predicates.get(predicate)
    if foretold and not (entry and entry.foretold):
        return ()
    reads = (
        (entry.foretold if foretold else entry.clause(subject.kind))
        if entry
        else "{subject} " + predicate.replace("_", " ") + " {object}"
    )
    if entry and entry.object == "response" and what.text in words()["response"]:
        reads, what = "{subject} {object}", Name(words()["response"][what.text])
    slots = {"{subject}": subject, "{object}": what}
    return tuple([slots.get(part.text, part) for part in _parts(reads)])


def definition(subject: Name, speaker: Name, term: str, what: Name) -> tuple[Name, ...]:
    """What a term is said to mean; whose meaning it is, where that is not who speaks."""
    if subject.text == speaker.text:
        return (Name(f"“{brief(term)}” means "), what)
    return (subject, Name(f" defines “{brief(term)}” as "), what)


@lru_cache(maxsize=1024)
def _parts(reads: str) -> tuple[Name, ...]:
    return tuple(Name(part) for part in re.split(r"(\{subject\}|\{object\})", reads) if part)


def show(reader: Reader, row: ClaimRow) -> Claim:
    """A row ready to be shown."""
    cited = row.speech_act == "reports" and (row.speaker_id or row.speaker_text)
    verb, stance, colour = words()["stance"]["cited" if cited else row.speech_act]
    negative = row.polarity == "-"
    if negative and row.speech_act != "denies":
        stance, colour = f"{stance} not", "deny" if colour != "open" else "open"
    outlet = Name(row.outlet, paths.source(row.source_id), "outlet")
    speaker = name(reader, row.speaker_id, row.speaker_text, "") if row.speaker_id or row.speaker_text else outlet
    entry = reader.topic.vocabulary.predicates.get(row.predicate)
    subject = name(reader, row.subject_id, row.subject_text, "somebody not named")
    what = name(reader, row.object_id, row.object_text)
    if entry and entry.object == "response":  # "X declined" is what the outlet tells of X, not what X says
        speaker, (verb, stance, colour) = outlet, words()["stance"]["reports"]
    qualifiers = _qualifiers(row.qualifiers)
    term = dict(qualifiers).get("term", "") if entry and entry.group == "definition" else ""
    stated = definition(subject, speaker, term, what) if term else pieces(reader, row.predicate, subject, what)
    coming = pieces(reader, row.predicate, subject, what, True) if row.speech_act == "predicts" and not term else ()
    return Claim(
        row=row,
        who=speaker,
        outlet=outlet,
        through_outlet=speaker is not outlet and speaker.text != outlet.text,
        act=act(reader.topic, row.predicate, subject.kind == "model"),
        verb=verb,
        stance=stance,
        colour=colour,
        negated=negative and row.speech_act != "denies",
        pieces=stated,
        told=coming or stated,
        subject=subject,
        object=what,
        figure=quantity_words(row.quantity_low, row.quantity_high, row.unit, row.approx),
        when=range_words(row.when_start, row.when_end, row.when_precision),
        hedge=words()["hedge"].get(row.hedge, row.hedge),
        published=published_words(row.published_at, row.published_precision),
        accusation=bool(entry and entry.accusation),
        chain=_chain(row.speaker_chain),
        qualifiers=qualifiers,
        document_path=_in_text(reader, row),
    )


def _in_text(reader: Reader, row: ClaimRow) -> str:
    """Where the words of a claim stand; only the text itself where it does not have them any more."""
    if not row.current:
        return paths.document(row.document_id)
    begins = reader.parts.get(row.document_id)
    part = part_of(begins, row.start) if begins else 1
    return f"{paths.document(row.document_id, part)}#c-{paths.safe_name(row.id)}"


@lru_cache(maxsize=1024)
def _chain(stored: str) -> tuple[str, ...]:
    return tuple(part.rstrip(" ,;:") for part in json.loads(stored))


@lru_cache(maxsize=1024)
def _qualifiers(stored: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, str(value)) for key, value in json.loads(stored).items()))


def load(reader: Reader, sql: str, **parameters: str | int) -> list[Claim]:
    """The claims that `sql` selects, ready to be shown."""
    return [show(reader, row) for row in reader.rows(ClaimRow, sql, **parameters)]
