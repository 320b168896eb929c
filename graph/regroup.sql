-- The next migration: disputes are brought up to date from the flags that changed, and repeats are counted when asked for.
DROP VIEW dispute_sides;
DROP TABLE dispute_pairs;
CREATE TABLE dispute_pairs (
  contradiction_id TEXT PRIMARY KEY REFERENCES contradictions(id), dispute_id TEXT NOT NULL REFERENCES disputes(id),
  node_a TEXT NOT NULL, node_b TEXT NOT NULL
) STRICT;
CREATE INDEX dispute_pairs_dispute ON dispute_pairs(dispute_id);
CREATE INDEX dispute_pairs_a ON dispute_pairs(node_a);
CREATE INDEX dispute_pairs_b ON dispute_pairs(node_b);
DELETE FROM dispute_claims;
ALTER TABLE dispute_claims DROP COLUMN paired;
CREATE INDEX disputes_seed ON disputes(seed_contradiction_id);
CREATE INDEX IF NOT EXISTS contradictions_comparison ON contradictions(comparison_id);

-- The statements of a dispute, with those of other texts that say the same in the same way.
CREATE VIEW dispute_statements AS
SELECT dispute_id, side, says, claim_id, 1 AS paired FROM dispute_claims
UNION ALL
SELECT DISTINCT x.dispute_id, x.side, x.says, r.id, 0
FROM dispute_claims x JOIN claims c ON c.id = x.claim_id
JOIN claims r ON r.proposition_id = c.proposition_id AND r.current AND r.speaker_id IS c.speaker_id
  AND r.speaker_text = c.speaker_text AND r.speech_act = c.speech_act AND r.polarity = c.polarity AND r.hedge = c.hedge
  AND r.quantity_low IS c.quantity_low AND r.quantity_high IS c.quantity_high AND r.approx IS c.approx
  AND r.when_start IS c.when_start AND r.when_end IS c.when_end AND r.qualifiers = c.qualifiers
WHERE NOT EXISTS (SELECT 1 FROM dispute_claims y WHERE y.dispute_id = x.dispute_id AND y.claim_id = r.id);

-- A side is what its claims say; it is supported by origins, not by pages. Each figure is asked for by itself, so that
-- one dispute is looked up without counting all of them.
CREATE VIEW dispute_sides AS
SELECT x.dispute_id, x.side,
  (SELECT group_concat(says, '; ') FROM (SELECT DISTINCT y.says FROM dispute_claims y
     WHERE y.dispute_id = x.dispute_id AND y.side = x.side ORDER BY y.says)) AS says,
  (SELECT count(DISTINCT c.document_id) FROM dispute_statements y JOIN claims c ON c.id = y.claim_id
     WHERE y.dispute_id = x.dispute_id AND y.side = x.side) AS pages,
  (SELECT count(DISTINCT coalesce(c.origin_id, c.document_id)) FROM dispute_statements y
     JOIN claims c ON c.id = y.claim_id WHERE y.dispute_id = x.dispute_id AND y.side = x.side) AS origins,
  (SELECT count(DISTINCT coalesce(c.origin_id, c.document_id)) FROM dispute_statements y
     JOIN claims c ON c.id = y.claim_id JOIN documents d ON d.id = c.document_id JOIN segments s ON s.id = c.segment_id
     WHERE y.dispute_id = x.dispute_id AND y.side = x.side AND d.kind NOT IN ('forum', 'podcast')
       AND s.kind != 'comment') AS reporting_origins,
  (SELECT min(coalesce(d.published_at, substr(d.first_seen, 1, 10))) FROM dispute_statements y
     JOIN claims c ON c.id = y.claim_id JOIN documents d ON d.id = c.document_id
     WHERE y.dispute_id = x.dispute_id AND y.side = x.side) AS first_published
FROM (SELECT DISTINCT dispute_id, side FROM dispute_claims) x;
