-- The fourth migration: pages that are gone, hosts that are left alone, texts cut short, and what an edit did to the claims.
ALTER TABLE documents ADD COLUMN gone_at TEXT;
ALTER TABLE source_runs ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_runs ADD COLUMN truncated INTEGER NOT NULL DEFAULT 0;

CREATE INDEX revisions_capture ON revisions(capture_id);

CREATE TABLE hosts (
  host TEXT PRIMARY KEY, closed_until TEXT NOT NULL, closures INTEGER NOT NULL, reason TEXT NOT NULL, noted_at TEXT NOT NULL
) STRICT;

-- The claims that the latest reading found in each revision: an edit is told from a better extractor by it.
CREATE TABLE revision_claims (
  revision_id TEXT NOT NULL REFERENCES revisions(id), claim_id TEXT NOT NULL REFERENCES claims(id), PRIMARY KEY (revision_id, claim_id)
) STRICT;
CREATE INDEX revision_claims_claim ON revision_claims(claim_id);
CREATE TABLE claim_changes (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id), revision_id TEXT NOT NULL REFERENCES revisions(id),
  change TEXT NOT NULL, claim_id TEXT REFERENCES claims(id), earlier_id TEXT REFERENCES claims(id), explanation TEXT NOT NULL
) STRICT;
CREATE INDEX claim_changes_document ON claim_changes(document_id, revision_id);
