"""The database that is published: a compact copy of the working one, made ready for the questions of its readers."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from distillwatch.graph.connection import address_to_read
from distillwatch.site.as_of import cut
from distillwatch.site.datasette_config import kept_tables
from distillwatch.topic import Topic

# The working database is indexed for writing; readers of the copy ask other questions.
INDEXES = """
CREATE INDEX IF NOT EXISTS contradictions_comparison ON contradictions(comparison_id);
CREATE INDEX IF NOT EXISTS contradictions_incident ON contradictions(incident_id);
CREATE INDEX IF NOT EXISTS claims_by_speaker ON claims(current, speaker_id, document_id, origin_id);
CREATE INDEX IF NOT EXISTS claims_by_subject ON claims(subject_id, current, id, document_id);
CREATE INDEX IF NOT EXISTS claims_by_object ON claims(object_id, current, id, document_id);
CREATE INDEX IF NOT EXISTS claims_of_speaker ON claims(speaker_id, id) WHERE speaker_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS claims_by_statement ON claims(current, proposition_id, evidence_class, origin_id,
  document_id, hedge, speech_act, unit, quantity_low, quantity_high, approx);
CREATE INDEX IF NOT EXISTS claims_by_document ON claims(current, document_id, evidence_class, speech_act, hedge);
CREATE INDEX IF NOT EXISTS claims_by_act ON claims(current, speech_act, proposition_id, subject_id);
CREATE INDEX IF NOT EXISTS claims_by_predicate ON claims(current, predicate, unit);
CREATE INDEX IF NOT EXISTS claims_outline ON claims(id, document_id);
CREATE INDEX IF NOT EXISTS documents_outline ON documents(id, source_id, published_at, outlet);
CREATE INDEX IF NOT EXISTS documents_by_kind ON documents(kind, source_id);
CREATE INDEX IF NOT EXISTS origins_repeated ON document_origins(origin_id, document_id, relation, similarity)
  WHERE relation <> 'original';
CREATE INDEX IF NOT EXISTS revisions_later ON revisions(document_id, seen_at) WHERE number > 1;
CREATE INDEX IF NOT EXISTS run_changes_run ON run_changes(run_id);
"""
# that the site was built tells nothing of the topic: left in, building it again would be a change to tell of
BUILT = """
DELETE FROM runs WHERE command = 'publish' AND id NOT IN (SELECT run_id FROM source_runs UNION SELECT run_id FROM
  run_changes UNION SELECT run_id FROM issues WHERE run_id IS NOT NULL)
"""
LOOKED_AT = 1000  # entries of an index that SQLite looks at to know how it is filled


def copy_database(database: Path, target: Path, as_of: str, topic: Topic) -> None:
    """A compact copy of one consistent state of the database, on the topic `topic`."""
    connection = sqlite3.connect(address_to_read(database), uri=True)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # of the copy: nobody reads it before it is whole
        connection.execute("VACUUM INTO ?", [str(target)])
    finally:
        connection.close()
    copy = sqlite3.connect(target)
    try:
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("PRAGMA synchronous = OFF")
        if as_of:
            cut(copy, as_of, topic)
        with copy:
            built = copy.execute(BUILT).rowcount
        if as_of or built:
            copy.execute("VACUUM")
        copy.executescript(INDEXES)
        copy.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        copy.execute("ANALYZE")
        for name, table in kept_tables().items():
            copy.execute(f'CREATE TABLE "{name}" AS {table["sql"]}')
        copy.commit()
    finally:
        copy.close()


def file_digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
