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

-- A side is what its claims say; it is supported by origins, not by pages.
CREATE VIEW dispute_sides AS
SELECT x.dispute_id, x.side,
  (SELECT group_concat(says, '; ') FROM (SELECT DISTINCT y.says FROM dispute_claims y
     WHERE y.dispute_id = x.dispute_id AND y.side = x.side ORDER BY y.says)) AS says,
  count(DISTINCT c.document_id) AS pages, count(DISTINCT coalesce(c.origin_id, c.document_id)) AS origins,
  count(DISTINCT CASE WHEN d.kind NOT IN ('forum', 'podcast') AND s.kind != 'comment'
    THEN coalesce(c.origin_id, c.document_id) END) AS reporting_origins,
  min(coalesce(d.published_at, substr(d.first_seen, 1, 10))) AS first_published
FROM dispute_claims x JOIN claims c ON c.id = x.claim_id JOIN documents d ON d.id = c.document_id
JOIN segments s ON s.id = c.segment_id
GROUP BY x.dispute_id, x.side;
