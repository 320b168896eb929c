-- The third migration: how well a proposition is supported, and what stake its speakers have.
CREATE TABLE stakes (
  incident_id TEXT NOT NULL REFERENCES incidents(id), entity_id TEXT NOT NULL REFERENCES entities(id), stake TEXT NOT NULL,
  reason TEXT NOT NULL, PRIMARY KEY (incident_id, entity_id, stake)
) STRICT;

-- Support is counted in origins: forty pages that carry one text are one. Comments and podcasts repeat what they heard.
CREATE VIEW support AS
SELECT c.proposition_id, c.polarity, count(DISTINCT c.document_id) AS pages, count(DISTINCT c.origin_id) AS origins,
       count(DISTINCT CASE WHEN d.kind NOT IN ('forum', 'podcast') AND s.kind != 'comment' THEN c.origin_id END)
         AS reporting_origins,
       count(DISTINCT c.speaker_id) AS named_speakers
FROM claims c JOIN documents d ON d.id = c.document_id JOIN segments s ON s.id = c.segment_id
WHERE c.current AND c.proposition_id IS NOT NULL
GROUP BY c.proposition_id, c.polarity;
