-- The first migration: every table people write SQL against. Names and meanings are an interface; see dictionary.toml.
CREATE TABLE sources (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, url TEXT NOT NULL, homepage TEXT, country TEXT,
  language TEXT, owner TEXT, tier TEXT NOT NULL, interval_hours REAL
) STRICT;

CREATE TABLE captures (
  id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id), url TEXT NOT NULL, final_url TEXT NOT NULL,
  fetched_at TEXT NOT NULL, status INTEGER, content_type TEXT, sha256 TEXT, warc_file TEXT, warc_offset INTEGER,
  etag TEXT, last_modified TEXT, error TEXT
) STRICT;
CREATE INDEX captures_url ON captures(url, fetched_at);
CREATE INDEX captures_source ON captures(source_id);

CREATE TABLE documents (
  id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id), url TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  language TEXT NOT NULL, title TEXT NOT NULL, outlet TEXT, byline TEXT, published_at TEXT, published_precision TEXT,
  published_from TEXT, modified_at TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, text TEXT NOT NULL,
  text_sha256 TEXT NOT NULL, content_sha256 TEXT NOT NULL, revision INTEGER NOT NULL, revision_id TEXT NOT NULL, depth TEXT,
  file TEXT
) STRICT;
CREATE INDEX documents_source ON documents(source_id);
CREATE INDEX documents_published ON documents(published_at);

CREATE TABLE revisions (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id), number INTEGER NOT NULL,
  capture_id TEXT REFERENCES captures(id), seen_at TEXT NOT NULL, title TEXT NOT NULL, published_at TEXT, modified_at TEXT,
  text TEXT NOT NULL, text_sha256 TEXT NOT NULL, UNIQUE (document_id, text_sha256)
) STRICT;

CREATE TABLE segments (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id), revision_id TEXT NOT NULL REFERENCES revisions(id),
  position INTEGER NOT NULL, kind TEXT NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, speaker TEXT,
  parent_id TEXT REFERENCES segments(id), head TEXT, cells TEXT
) STRICT;
CREATE INDEX segments_document ON segments(document_id, revision_id, position);

CREATE TABLE document_links (
  document_id TEXT NOT NULL REFERENCES documents(id), url TEXT NOT NULL, PRIMARY KEY (document_id, url)
) STRICT;

CREATE TABLE entities (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, wikidata TEXT, owner_id TEXT REFERENCES entities(id),
  family_id TEXT REFERENCES entities(id), description TEXT, first_seen TEXT, status TEXT NOT NULL DEFAULT 'registered',
  canonical_id TEXT REFERENCES entities(id), born TEXT, died TEXT
) STRICT;
CREATE TABLE entity_aliases (
  entity_id TEXT NOT NULL REFERENCES entities(id), alias TEXT NOT NULL, language TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (entity_id, alias)
) STRICT;
CREATE INDEX entity_aliases_alias ON entity_aliases(alias);
CREATE INDEX entities_canonical ON entities(canonical_id);
CREATE TABLE entity_links (
  entity_id TEXT PRIMARY KEY REFERENCES entities(id), canonical_id TEXT NOT NULL REFERENCES entities(id), basis TEXT NOT NULL,
  reason TEXT NOT NULL, decision_id TEXT
) STRICT;

CREATE TABLE mentions (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id), revision_id TEXT NOT NULL REFERENCES revisions(id),
  "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL,
  entity_id TEXT REFERENCES entities(id), score REAL NOT NULL, reason TEXT
) STRICT;
CREATE INDEX mentions_document ON mentions(document_id);
CREATE INDEX mentions_entity ON mentions(entity_id);

CREATE TABLE dates (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id), revision_id TEXT NOT NULL REFERENCES revisions(id),
  "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, date_start TEXT, date_end TEXT,
  precision TEXT NOT NULL, anchor TEXT NOT NULL
) STRICT;
CREATE INDEX dates_document ON dates(document_id);

CREATE TABLE incidents (
  id TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT NOT NULL, started_on TEXT, precision TEXT,
  status TEXT, summary TEXT, seed_claim_id TEXT REFERENCES claims(id), moved_to TEXT REFERENCES incidents(id)
) STRICT;
CREATE TABLE incident_documents (
  incident_id TEXT NOT NULL REFERENCES incidents(id), document_id TEXT NOT NULL REFERENCES documents(id), role TEXT NOT NULL,
  PRIMARY KEY (incident_id, document_id)
) STRICT;
CREATE TABLE incident_entities (
  incident_id TEXT NOT NULL REFERENCES incidents(id), entity_id TEXT NOT NULL REFERENCES entities(id), role TEXT NOT NULL,
  PRIMARY KEY (incident_id, entity_id, role)
) STRICT;

CREATE TABLE incident_claims (
  incident_id TEXT NOT NULL REFERENCES incidents(id), claim_id TEXT NOT NULL REFERENCES claims(id), role TEXT NOT NULL,
  PRIMARY KEY (incident_id, claim_id)
) STRICT;
CREATE INDEX incident_claims_claim ON incident_claims(claim_id);
CREATE INDEX incident_documents_document ON incident_documents(document_id);

CREATE TABLE propositions (
  id TEXT PRIMARY KEY, incident_id TEXT REFERENCES incidents(id), subject_id TEXT REFERENCES entities(id),
  subject_text TEXT, predicate TEXT NOT NULL, object_id TEXT REFERENCES entities(id), object_text TEXT, scope TEXT NOT NULL
) STRICT;
CREATE INDEX propositions_incident ON propositions(incident_id);

CREATE TABLE origins (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id), kind TEXT NOT NULL
) STRICT;
CREATE TABLE document_origins (
  document_id TEXT NOT NULL REFERENCES documents(id), origin_id TEXT NOT NULL REFERENCES origins(id), relation TEXT NOT NULL,
  similarity REAL, reason TEXT, PRIMARY KEY (document_id, origin_id)
) STRICT;
CREATE INDEX document_origins_origin ON document_origins(origin_id);
CREATE TABLE signatures (
  document_id TEXT PRIMARY KEY REFERENCES documents(id), text_sha256 TEXT NOT NULL, method TEXT NOT NULL, shingles INTEGER NOT NULL,
  sketch BLOB NOT NULL, credits TEXT NOT NULL, figures TEXT NOT NULL
) STRICT;
CREATE TABLE overlaps (
  text_a TEXT NOT NULL, text_b TEXT NOT NULL, shared INTEGER NOT NULL, size_a INTEGER NOT NULL, size_b INTEGER NOT NULL,
  PRIMARY KEY (text_a, text_b)
) STRICT;

CREATE TABLE claims (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id), revision_id TEXT NOT NULL REFERENCES revisions(id),
  segment_id TEXT NOT NULL REFERENCES segments(id), "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, evidence TEXT NOT NULL,
  subject_id TEXT REFERENCES entities(id), subject_text TEXT NOT NULL, predicate TEXT NOT NULL,
  object_id TEXT REFERENCES entities(id), object_text TEXT NOT NULL,
  speaker_id TEXT REFERENCES entities(id), speaker_text TEXT NOT NULL, speaker_chain TEXT NOT NULL DEFAULT '[]',
  speech_act TEXT NOT NULL, polarity TEXT NOT NULL, hedge TEXT NOT NULL,
  quantity_low REAL, quantity_high REAL, unit TEXT, approx TEXT, when_start TEXT, when_end TEXT, when_precision TEXT,
  evidence_class TEXT NOT NULL, confidence REAL NOT NULL, extractor TEXT NOT NULL, qualifiers TEXT NOT NULL DEFAULT '{}',
  current INTEGER NOT NULL DEFAULT 1, proposition_id TEXT REFERENCES propositions(id), origin_id TEXT REFERENCES origins(id)
) STRICT;
CREATE INDEX claims_document ON claims(document_id);
CREATE INDEX claims_subject ON claims(subject_id, predicate);
CREATE INDEX claims_object ON claims(object_id, predicate);
CREATE INDEX claims_proposition ON claims(proposition_id);

CREATE TABLE comparisons (
  id TEXT PRIMARY KEY, claim_a TEXT NOT NULL REFERENCES claims(id), claim_b TEXT NOT NULL REFERENCES claims(id),
  verdict TEXT NOT NULL, kind TEXT NOT NULL, rule TEXT NOT NULL, rule_version TEXT NOT NULL, explanation TEXT NOT NULL,
  confidence REAL NOT NULL, severity TEXT NOT NULL
) STRICT;
CREATE INDEX comparisons_a ON comparisons(claim_a);
CREATE INDEX comparisons_b ON comparisons(claim_b);
CREATE TABLE contradictions (
  id TEXT PRIMARY KEY, comparison_id TEXT NOT NULL REFERENCES comparisons(id), incident_id TEXT REFERENCES incidents(id),
  kind TEXT NOT NULL, status TEXT NOT NULL, opened_at TEXT NOT NULL, closed_at TEXT, reason TEXT
) STRICT;

CREATE TABLE predictions (
  claim_id TEXT PRIMARY KEY REFERENCES claims(id), due_start TEXT, due_end TEXT, status TEXT NOT NULL,
  resolved_by TEXT REFERENCES claims(id)
) STRICT;
CREATE TABLE responses (
  incident_id TEXT NOT NULL REFERENCES incidents(id), entity_id TEXT NOT NULL REFERENCES entities(id),
  claim_id TEXT REFERENCES claims(id), status TEXT NOT NULL, as_of TEXT NOT NULL, PRIMARY KEY (incident_id, entity_id, status, as_of)
) STRICT;
CREATE TABLE policies (entity_id TEXT PRIMARY KEY REFERENCES entities(id), jurisdiction TEXT) STRICT;
CREATE TABLE policy_events (
  policy_id TEXT NOT NULL REFERENCES policies(entity_id), on_date TEXT, stage TEXT NOT NULL,
  claim_id TEXT NOT NULL REFERENCES claims(id), PRIMARY KEY (policy_id, stage, claim_id)
) STRICT;

CREATE TABLE runs (
  id TEXT PRIMARY KEY, command TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT, status TEXT NOT NULL,
  version TEXT NOT NULL, summary TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE TABLE source_runs (
  run_id TEXT NOT NULL REFERENCES runs(id), source_id TEXT NOT NULL REFERENCES sources(id), items_seen INTEGER NOT NULL,
  items_expected REAL, new_documents INTEGER NOT NULL, revised_documents INTEGER NOT NULL, unchanged INTEGER NOT NULL,
  blocked INTEGER NOT NULL, robots_forbidden INTEGER NOT NULL, empty INTEGER NOT NULL, off_topic INTEGER NOT NULL,
  failed INTEGER NOT NULL, note TEXT, PRIMARY KEY (run_id, source_id)
) STRICT;
CREATE TABLE run_changes (
  run_id TEXT NOT NULL REFERENCES runs(id), table_name TEXT NOT NULL, row_id TEXT NOT NULL, change TEXT NOT NULL,
  PRIMARY KEY (run_id, table_name, row_id, change)
) STRICT;
CREATE TABLE issues (
  id TEXT PRIMARY KEY, run_id TEXT REFERENCES runs(id), stage TEXT NOT NULL, source_id TEXT, level TEXT NOT NULL,
  code TEXT NOT NULL, message TEXT NOT NULL, url TEXT
) STRICT;
CREATE TABLE decisions (
  id TEXT PRIMARY KEY, target_table TEXT NOT NULL, target_id TEXT NOT NULL, decision TEXT NOT NULL, value TEXT,
  reason TEXT NOT NULL, author TEXT NOT NULL, decided_at TEXT NOT NULL
) STRICT;
CREATE TABLE work (
  stage TEXT NOT NULL, input_id TEXT NOT NULL, input_hash TEXT NOT NULL, stage_version TEXT NOT NULL, done_at TEXT NOT NULL,
  PRIMARY KEY (stage, input_id)
) STRICT;
-- Every text that people search, kept in step by the writers; rowid is a hash of (table_name, row_id).
CREATE VIRTUAL TABLE search USING fts5(
  table_name UNINDEXED, row_id UNINDEXED, title, body, grams, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
