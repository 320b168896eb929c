"""A topic is a folder of curated tables: sources, entities, decisions, and the vocabulary that it speaks.

Nothing in the stages knows what the topic is about; a second folder is a second tracker.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Struct

from distillwatch.dates import is_day
from distillwatch.errors import TopicInvalid
from distillwatch.ids import entity_id
from distillwatch.lexicon import Entries, check_entries, check_files
from distillwatch.records import Decision, Entity, EntityKind, Source

_T = TypeVar("_T", bound=Struct)
DECISIONS = {
    "contradictions": ("confirm", "dismiss", "reopen"),
    "entities": ("same", "not_same", "establish", "doubt"),
    "incidents": ("same", "not_same", "part", "rename"),
    "predictions": ("met", "failed", "void"),
}
"""What people can decide about the rows of each table."""


class Predicate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of `predicates.toml`: what a relation means and which rules may compare it."""

    name: str
    reads: str  # "{subject} trained on what {object} produced": used by the site for a neutral sentence
    reads_model: str = ""  # the same where the subject is a model, if that reads otherwise
    foretold: str = ""  # the same of what is yet to come: "{subject} will make {object} public"
    object: Literal["entity", "literal", "stage", "response", "none"]
    subject_kinds: tuple[EntityKind, ...] = ()
    object_kinds: tuple[EntityKind, ...] = ()
    group: str = ""  # predicates of one group speak of one act and are compared with each other
    functional: bool = False  # one value per subject and time
    mutable: bool = False  # its value changes with time
    exclusive: tuple[str, ...] = ()  # predicates that shut this one out when either is said to be the only act
    opposite: str = ""
    one_way: bool = False  # of two parties only one can have done it to the other
    needs_object: bool = False  # the object must have existed at the time
    milestone: str = ""  # what its date dates: two dates are compared only for one milestone
    tolerance: float = 0.0  # relative difference of figures that is still the same figure
    incident: Literal["act", "measure", "sanction", "rule", "letter", "policy", "response", ""] = (
        ""  # its part in an incident
    )
    title: str = ""  # what such an incident is called: "training on outputs of {object} by {subject}"
    accusation: bool = False  # saying it of somebody needs an attribution wherever it is shown
    values: tuple[str, ...] = ()  # the closed list of literals for "stage" and "response"

    def clause(self, subject_kind: str) -> str:
        """The neutral sentence for a subject of that kind, with its slots {subject} and {object}."""
        return self.reads_model if subject_kind == "model" and self.reads_model else self.reads


class Head(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file `topic.toml`; `Topic` says what each entry is."""

    id: str
    title: str
    description: str = ""
    vocabulary: str | None = None
    sample: bool = False
    notice: str = ""
    contact: str = ""
    address: str = ""


class Vocabulary(Struct, frozen=True, kw_only=True):
    """Predicates and lexicons shared by topics."""

    folder: Path
    predicates: dict[str, Predicate]

    def lexicon(self, name: str) -> dict[str, Any]:
        """The parsed `lexicon/<name>.toml`. Raises TopicInvalid naming the file when it cannot be read, and its entry
        when that is missing where it is asked for, unknown or of the wrong kind.
        """
        file = self.folder / "lexicon" / f"{name}.toml"
        table, shipped = _toml(file), bundled("vocabulary") / "lexicon" / file.name
        if shipped.is_file() and not shipped.samefile(file):
            check_entries(table, _toml(shipped), file)
        return Entries(table, str(file))


class Topic(Struct, frozen=True, kw_only=True):
    """Everything that is curated about one topic."""

    id: str
    title: str
    description: str
    folder: Path
    sample: bool  # invented companies and outlets: every page says so
    notice: str  # the sentence that every page of a sample carries
    contact: str  # in the crawler's user agent
    address: str = ""  # where the site is published, ending in "/": feeds and the sitemap name pages by it
    sources: tuple[Source, ...]
    entities: tuple[Entity, ...]
    decisions: tuple[Decision, ...]
    vocabulary: Vocabulary

    def source(self, source_id: str) -> Source | None:
        """The source with that id, if the topic has it."""
        return next((s for s in self.sources if s.id == source_id), None)


def bundled(name: str) -> Path:
    """The folder of a topic that the package itself carries ("distillation", "sample")."""
    return Path(str(resources.files("distillwatch.data"))) / name


def load_topic(folder: Path) -> Topic:
    """Read a topic folder whole. Raises TopicInvalid naming the file, the row and what is wrong with it."""
    head = _head(folder / "topic.toml")
    vocabulary = _vocabulary(_vocabulary_folder(folder, head.vocabulary))
    entities = tuple(_entity(row, where) for where, row in _rows(folder / "entities.tsv"))
    _check_entities(entities, folder / "entities.tsv")
    sources = read_table(folder / "sources.tsv", Source)
    _check_sources(sources, folder / "sources.tsv")
    return Topic(
        id=head.id,
        title=head.title,
        description=head.description,
        folder=folder,
        sample=head.sample,
        notice=head.notice,
        contact=head.contact,
        address=head.address,
        sources=sources,
        entities=entities,
        decisions=tuple(_decision(row, where) for where, row in _rows(folder / "decisions.tsv")),
        vocabulary=vocabulary,
    )


def _head(file: Path) -> Head:
    """The head of a topic. Raises TopicInvalid for an entry that is missing, unknown or of the wrong kind."""
    table = _toml(file)
    missing = [key for key in ("id", "title") if not isinstance(table.get(key), str) or not table[key].strip()]
    if missing:
        raise TopicInvalid(f'{file} has no {" and no ".join(missing)}; add `{missing[0]} = "…"`')
    try:
        head = msgspec.convert(table, Head)
    except msgspec.ValidationError as error:
        raise TopicInvalid(f"{file}: {error}") from error
    if head.address and not (head.address.startswith(("https://", "http://")) and head.address.endswith("/")):
        raise TopicInvalid(f"{file}: the address {head.address!r} is no https://…/ with a slash at its end")
    return head


def read_table(file: Path, kind: type[_T]) -> tuple[_T, ...]:
    """The rows of a tab-separated table with a header, none of a file that is not there.

    Raises TopicInvalid naming the file, the row and what is wrong with it.
    """
    return tuple(_convert(row, kind, where) for where, row in _rows(file))


def _vocabulary_folder(topic: Path, named: str | None) -> Path:
    """The folder that a topic names, else the one beside it, else the one that the package carries."""
    beside = topic / (named or "../vocabulary")
    return (beside if named or beside.is_dir() else bundled("vocabulary")).resolve()


def _vocabulary(folder: Path) -> Vocabulary:
    file = folder / "predicates.toml"
    table = _toml(file)
    check_files(folder / "lexicon", bundled("vocabulary") / "lexicon")
    if not table:
        raise TopicInvalid(f"{file}: it holds no predicate; add a table [name] with what it reads")
    predicates = {name: _predicate(name, fields, f"{file} [{name}]") for name, fields in table.items()}
    for predicate in predicates.values():
        for other in (*predicate.exclusive, *filter(None, [predicate.opposite])):
            if other not in predicates:
                raise TopicInvalid(f"{file}: [{predicate.name}] names the unknown predicate {other!r}")
    return Vocabulary(folder=folder, predicates=predicates)


def _predicate(name: str, fields: object, where: str) -> Predicate:
    """One entry. Raises TopicInvalid for one that is no table, and for a sentence with a slot that nothing fills."""
    if not isinstance(fields, dict):
        raise TopicInvalid(f"{where}: is no table; write `[{name}]` on a line of its own and its entries under it")
    made = _convert({"name": name, **fields}, Predicate, where)
    for key in ("reads", "reads_model", "title"):
        sentence = getattr(made, key)
        try:
            sentence.format(subject="", object="")
        except (KeyError, IndexError, ValueError) as error:
            raise TopicInvalid(
                f"{where}: {key} is {sentence!r}; its slots are {{subject}} and {{object}}, and no other brace"
            ) from error
    return made


def _entity(row: dict[str, str], where: str) -> Entity:
    aliases = tuple(a.strip() for a in row.pop("aliases", "").split(";") if a.strip())
    identity = entity_id(row.get("kind", ""), row.get("name", ""))
    made: Entity = _convert({**row, "aliases": aliases, "id": identity}, Entity, where)
    for column, day in (("born", made.born), ("died", made.died)):
        if day and not is_day(day):
            raise TopicInvalid(f"{where}: {column} is {day!r}; write a day, 2026-05-01, or leave it empty")
    return made


def _decision(row: dict[str, Any], where: str) -> Decision:
    """A judgement of a person; one that no stage would ever apply is refused, for nobody would notice."""
    made = _convert(row, Decision, where)
    if made.target_table not in DECISIONS:
        raise TopicInvalid(f"{where}: no decisions are made on {made.target_table!r}, only on {', '.join(DECISIONS)}")
    known = DECISIONS[made.target_table]
    if made.decision not in known:
        raise TopicInvalid(
            f"{where}: no decision {made.decision!r} on {made.target_table}; there is {', '.join(known)}"
        )
    try:
        datetime.fromisoformat(made.decided_at)
    except ValueError as error:
        raise TopicInvalid(f"{where}: decided_at is {made.decided_at!r}; write a day or time, 2026-05-01") from error
    return made


def _check_sources(sources: tuple[Source, ...], file: Path) -> None:
    twice = sorted(key for key, count in Counter(source.id for source in sources).items() if count > 1)
    if twice:
        raise TopicInvalid(f"{file}: the id {twice[0]!r} stands twice; give each source an id of its own")


def _check_entities(entities: tuple[Entity, ...], file: Path) -> None:
    seen: dict[str, Entity] = {}
    for entity in entities:
        if entity.id in seen:
            raise TopicInvalid(
                f"{file}: {entity.name!r} stands twice; keep one row and put other names into its aliases"
            )
        seen[entity.id] = entity
    names = {e.name for e in entities}
    for entity in entities:
        if entity.family and entity.family not in names:
            raise TopicInvalid(f"{file}: the family {entity.family!r} of {entity.name!r} has no row of its own")


def _rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(place, row) for each line of a TSV with a header; a missing file has no rows; empty cells are left out."""
    if not file.exists():
        return
    with file.open(encoding="utf-8-sig", newline="") as handle:  # spreadsheets write a mark in front
        reader = csv.DictReader(_decoded(handle, file), delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, row in enumerate(reader, start=2):
            if None in row or any(v is None for v in row.values()):
                raise TopicInvalid(
                    f"{file}:{number}: the row has not as many cells as the header; separate cells by one tab"
                )
            cells = {k: v.strip() for k, v in row.items() if v.strip()}
            if cells:
                yield f"{file}:{number}", cells


def _decoded(lines: Iterable[str], file: Path) -> Iterator[str]:
    try:
        yield from lines
    except UnicodeDecodeError as error:
        raise TopicInvalid(f"{file}: it is not UTF-8 ({error}); save it as UTF-8") from error


def _convert(row: dict[str, Any], kind: type[_T], where: str) -> _T:
    options = row.get("options")
    if isinstance(options, str):  # "key=value; key=value"
        row = {**row, "options": _options(options, where)}
    unknown = set(row) - set(kind.__struct_fields__)
    if unknown:
        raise TopicInvalid(f"{where}: unknown column {', '.join(sorted(unknown))}")
    try:
        return msgspec.convert(row, kind, strict=False)
    except msgspec.ValidationError as error:
        raise TopicInvalid(f"{where}: {error}") from error


def _options(cell: str, where: str) -> dict[str, str]:
    parts = [part.strip() for part in cell.split(";") if part.strip()]
    wrong = next((part for part in parts if "=" not in part), None)
    if wrong is not None:
        raise TopicInvalid(f"{where}: the option {wrong!r} has no value; write key=value; key=value")
    return dict(part.split("=", 1) for part in parts)


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise TopicInvalid(f"{file} is missing; a topic folder needs it") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TopicInvalid(f"{file}: {error}") from error
