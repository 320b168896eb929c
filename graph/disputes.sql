-- The fifth migration: flags are pairs; a dispute is one question on which the sources give different answers.
CREATE TABLE disputes (
  id TEXT PRIMARY KEY, incident_id TEXT REFERENCES incidents(id), kind TEXT NOT NULL, title TEXT NOT NULL, status TEXT NOT NULL,
  opened_at TEXT NOT NULL, closed_at TEXT, pairs INTEGER NOT NULL, open_pairs INTEGER NOT NULL,
  seed_contradiction_id TEXT NOT NULL REFERENCES contradictions(id), moved_to TEXT REFERENCES disputes(id)
) STRICT;
CREATE INDEX disputes_incident ON disputes(incident_id);
CREATE TABLE dispute_pairs (
  contradiction_id TEXT PRIMARY KEY REFERENCES contradictions(id), dispute_id TEXT NOT NULL REFERENCES disputes(id)
) STRICT;
CREATE INDEX dispute_pairs_dispute ON dispute_pairs(dispute_id);
CREATE TABLE dispute_claims (
  dispute_id TEXT NOT NULL REFERENCES disputes(id), claim_id TEXT NOT NULL REFERENCES claims(id), side INTEGER NOT NULL,
  says TEXT NOT NULL, paired INTEGER NOT NULL, PRIMARY KEY (dispute_id, claim_id)
) STRICT;
CREATE INDEX dispute_claims_claim ON dispute_claims(claim_id);
