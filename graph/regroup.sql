-- The next migration: disputes are brought up to date from the flags that changed, and repeats are counted when asked for.
DROP VIEW IF EXISTS dispute_sides;  -- an earlier form of the step before had it
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
SELECT DISTINCT x.dispute_id, x.side, x.says, r.id AS claim_id,
  EXISTS (SELECT 1 FROM dispute_claims y WHERE y.dispute_id = x.dispute_id AND y.claim_id = r.id) AS paired
FROM dispute_claims x JOIN claims c ON c.id = x.claim_id
JOIN claims r ON r.id = c.id OR (r.proposition_id = c.proposition_id AND r.current AND r.speaker_id IS c.speaker_id
  AND r.speaker_text = c.speaker_text AND r.speech_act = c.speech_act AND r.polarity = c.polarity AND r.hedge = c.hedge
  AND r.quantity_low IS c.quantity_low AND r.quantity_high IS c.quantity_high AND r.approx IS c.approx
  AND r.when_start IS c.when_start AND r.when_end IS c.when_end AND r.qualifiers = c.qualifiers);

-- A side is what its claims say; it is supported by origins, not by pages.
CREATE VIEW dispute_sides AS
SELECT x.dispute_id, x.side,
  (SELECT group_concat(says, '; ') FROM (SELECT DISTINCT y.says FROM dispute_claims y
     WHERE y.dispute_id = x.dispute_id AND y.side = x.side ORDER BY y.says)) AS says,
  count(DISTINCT r.document_id) AS pages, count(DISTINCT coalesce(r.origin_id, r.document_id)) AS origins,
  count(DISTINCT CASE WHEN d.kind NOT IN ('forum', 'podcast') AND s.kind != 'comment'
    THEN coalesce(r.origin_id, r.document_id) END) AS reporting_origins,
  min(coalesce(d.published_at, substr(d.first_seen, 1, 10))) AS first_published
FROM dispute_claims x JOIN claims c ON c.id = x.claim_id
JOIN claims r ON r.id = c.id OR (r.proposition_id = c.proposition_id AND r.current AND r.speaker_id IS c.speaker_id
  AND r.speaker_text = c.speaker_text AND r.speech_act = c.speech_act AND r.polarity = c.polarity AND r.hedge = c.hedge
  AND r.quantity_low IS c.quantity_low AND r.quantity_high IS c.quantity_high AND r.approx IS c.approx
  AND r.when_start IS c.when_start AND r.when_end IS c.when_end AND r.qualifiers = c.qualifiers)
JOIN documents d ON d.id = r.document_id JOIN segments s ON s.id = r.segment_id
GROUP BY x.dispute_id, x.side;
