-- The eleventh migration: which clause of whose terms stood on which days, read off the archived texts of the terms' own page.
-- A page is the terms' own where it is of kind policy and its source belongs to whoever owns the terms. A text stands from the
-- day that it names itself, if later than the text before it was seen, else from the day that the page bears, else from the
-- day it was fetched. A text that nobody has read for claims yet ends nothing; one that came back is a text of its own.
CREATE VIEW terms_in_force AS
WITH owners AS MATERIALIZED (
  SELECT DISTINCT s.id AS source_id, coalesce(e.canonical_id, e.id) AS owner_id
  FROM sources s CROSS JOIN entities e ON e.name = s.owner WHERE s.owner != '' AND e.kind IN ('company', 'agency', 'country', 'group')
), own AS MATERIALIZED (
  SELECT d.id, d.revision_id, d.content_sha256, d.last_seen, o.owner_id
  FROM documents d CROSS JOIN owners o ON o.source_id = d.source_id WHERE d.kind = 'policy'
), read AS MATERIALIZED (
  SELECT o.id AS document_id, o.owner_id, r.id AS revision_id, r.number, r.seen_at, r.published_at, r.modified_at, 0 AS again
  FROM own o CROSS JOIN revisions r ON r.document_id = o.id
  WHERE r.superseded_by IS NULL AND (EXISTS (SELECT 1 FROM revision_claims x WHERE x.revision_id = r.id) OR EXISTS (
    SELECT 1 FROM work w WHERE w.stage = 'extract' AND w.input_id = o.id AND w.input_hash = o.content_sha256 AND r.id = o.revision_id
    UNION ALL SELECT 1 FROM work w WHERE w.stage = 'extract_earlier' AND w.input_id = r.id))
  UNION ALL
  SELECT o.id, o.owner_id, r.id, max(m.number) + 1, o.last_seen, NULL, NULL, 1
  FROM own o CROSS JOIN revisions r ON r.id = o.revision_id CROSS JOIN revisions m ON m.document_id = o.id
  WHERE m.superseded_by IS NULL GROUP BY o.id, o.owner_id HAVING max(m.number) > r.number
), placed AS MATERIALIZED (
  SELECT *, row_number() OVER w AS place, substr(seen_at, 1, 10) AS seen,
    substr(lag(seen_at, 1, '') OVER w, 1, 10) AS before, max(substr(coalesce(published_at, ''), 1, 10), substr(coalesce(modified_at, ''), 1, 10)) AS borne
  FROM read WINDOW w AS (PARTITION BY document_id, owner_id ORDER BY number)
), stated AS MATERIALIZED (
  SELECT p.document_id, p.owner_id, p.place, max(c.when_start) AS day
  FROM placed p CROSS JOIN revision_claims x ON x.revision_id = p.revision_id CROSS JOIN claims c ON c.id = x.claim_id
    CROSS JOIN entities e ON e.id = c.subject_id CROSS JOIN entities f ON f.id = coalesce(e.canonical_id, e.id)
  WHERE p.again = 0 AND c.predicate = 'policy_status' AND c.object_text = 'in force' AND c.polarity = '+'
    AND c.speech_act IN ('asserts', 'confirms', 'predicts') AND c.hedge = 'none' AND c.when_precision = 'day'
    AND (SELECT coalesce(o.canonical_id, o.id) FROM entities o WHERE o.id = f.owner_id) = p.owner_id AND c.when_start > p.before
  GROUP BY p.document_id, p.owner_id, p.place
), texts AS MATERIALIZED (
  SELECT p.*, coalesce(t.day, CASE WHEN p.borne > p.before AND p.borne <= p.seen AND length(p.borne) = 10 THEN p.borne END, p.seen) AS day,
    CASE WHEN t.day IS NOT NULL THEN 'stated' WHEN p.borne > p.before AND p.borne <= p.seen AND length(p.borne) = 10 THEN 'page'
      ELSE 'fetched' END AS basis
  FROM placed p LEFT JOIN stated t ON t.document_id = p.document_id AND t.owner_id = p.owner_id AND t.place = p.place
), clauses AS MATERIALIZED (
  SELECT t.document_id, t.owner_id, t.place, f.id AS subject_id, f.kind, c.evidence, max(c.current || c.id) AS claim
  FROM texts t CROSS JOIN revision_claims x ON x.revision_id = t.revision_id CROSS JOIN claims c ON c.id = x.claim_id
    CROSS JOIN entities e ON e.id = c.subject_id CROSS JOIN entities f ON f.id = coalesce(e.canonical_id, e.id)
  WHERE c.predicate = 'prohibits' AND c.polarity = '+' AND c.speech_act IN ('asserts', 'confirms')
    AND (f.id = t.owner_id OR f.kind = 'policy'
      AND (SELECT coalesce(o.canonical_id, o.id) FROM entities o WHERE o.id = f.owner_id) = t.owner_id)
  GROUP BY t.document_id, t.owner_id, t.place, f.id, c.evidence
), begun AS MATERIALIZED (
  SELECT *, place - row_number() OVER (PARTITION BY document_id, owner_id, subject_id, evidence ORDER BY place) AS stretch FROM clauses
), spans AS MATERIALIZED (
  SELECT document_id, owner_id, subject_id, kind, evidence, min(place) AS first, max(place) AS last, max(claim) AS claim
  FROM begun GROUP BY document_id, owner_id, subject_id, kind, evidence, stretch
), ended AS MATERIALIZED (
  SELECT DISTINCT coalesce(e.canonical_id, e.id) AS policy_id, v.on_date AS day
  FROM policy_events v CROSS JOIN claims c ON c.id = v.claim_id CROSS JOIN documents d ON d.id = c.document_id
    CROSS JOIN entities e ON e.id = v.policy_id CROSS JOIN entities f ON f.id = coalesce(e.canonical_id, e.id)
    CROSS JOIN entities o ON o.id = f.owner_id LEFT JOIN entities p ON p.id = c.speaker_id
    LEFT JOIN owners w ON w.source_id = d.source_id AND w.owner_id = coalesce(o.canonical_id, o.id)
  WHERE v.stage IN ('withdrawn', 'lifted') AND length(v.on_date) = 10 AND c.current = 1 AND c.polarity = '+' AND c.hedge = 'none'
    AND c.speech_act IN ('asserts', 'confirms')
    AND (coalesce(p.canonical_id, p.id) = coalesce(o.canonical_id, o.id) OR c.speaker_id IS NULL AND w.owner_id IS NOT NULL)
)
SELECT CASE s.kind WHEN 'policy' THEN s.subject_id END AS policy_id, s.owner_id, s.evidence AS clause, substr(s.claim, 2) AS claim_id, s.document_id,
  a.revision_id, a.day AS valid_from, a.basis AS valid_from_basis,
  nullif(min(coalesce(n.day, '~'), coalesce((SELECT min(x.day) FROM ended x WHERE x.policy_id = s.subject_id AND x.day >= a.day), '~')), '~')
    AS valid_to,
  substr(CASE WHEN n.place IS NULL THEN d.last_seen ELSE z.seen_at END, 1, 10) AS seen_until, k.sha256 AS capture_sha256
FROM spans s CROSS JOIN texts a ON a.document_id = s.document_id AND a.owner_id = s.owner_id AND a.place = s.first
  CROSS JOIN texts z ON z.document_id = s.document_id AND z.owner_id = s.owner_id AND z.place = s.last
  CROSS JOIN documents d ON d.id = s.document_id
  LEFT JOIN texts n ON n.document_id = s.document_id AND n.owner_id = s.owner_id AND n.place = s.last + 1
  LEFT JOIN revisions r ON r.id = a.revision_id LEFT JOIN captures k ON k.id = r.capture_id;
