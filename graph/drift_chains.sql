-- The next migration: what becomes firmer, or is quoted in other words, while it is handed on from text to text. A chain leads from
-- a text over texts that carry, translate or cite the one before; it has three texts at least, is given once, at its full length, and
-- its end is firmer than its beginning (certainty) or each step has other words (quotation). Headlines are left out: they are short.
-- A text that rests on several goes with the one that it carries, else with the latest: chains branch but never multiply.
CREATE VIEW drift_chains AS
WITH RECURSIVE links AS MATERIALIZED (
  SELECT DISTINCT o.document_id AS earlier, r.document_id AS later, r.relation FROM document_origins r JOIN origins o ON o.id = r.origin_id
  WHERE r.relation != 'original' AND o.document_id != r.document_id
), linked AS MATERIALIZED (SELECT earlier AS id FROM links UNION SELECT later FROM links), told AS MATERIALIZED (
  SELECT c.document_id, c.proposition_id, c.id AS claim_id, min(CASE WHEN c.hedge = 'strong' THEN 0
      WHEN c.hedge = 'weak' OR c.speech_act IN ('reports', 'alleges') THEN 1 ELSE 2 END) AS certainty
  FROM linked l CROSS JOIN claims c ON c.document_id = l.id JOIN segments s ON s.id = c.segment_id
  WHERE c.current AND c.polarity = '+' AND c.proposition_id IS NOT NULL AND s.kind != 'headline'
    AND c.speech_act IN ('asserts', 'confirms', 'reports', 'alleges')
  GROUP BY c.document_id, c.proposition_id
), every(kind, earlier, later, relation, first, last) AS MATERIALIZED (
  SELECT 'certainty', a.claim_id, b.claim_id, l.relation, a.certainty, b.certainty
  FROM links l CROSS JOIN told a ON a.document_id = l.earlier
    CROSS JOIN told b ON b.document_id = l.later AND b.proposition_id = a.proposition_id AND b.certainty >= a.certainty
  UNION ALL
  SELECT 'quotation', a.id, b.id, l.relation, 0, 1 FROM comparisons x CROSS JOIN claims a ON a.id IN (x.claim_a, x.claim_b)
    CROSS JOIN claims b ON b.id IN (x.claim_a, x.claim_b) AND b.id != a.id
    JOIN links l ON l.earlier = a.document_id AND l.later = b.document_id 
  WHERE (x.kind = 'quotation' OR x.explanation LIKE '%One quotation of % in different words: %') AND a.current AND b.current
), steps AS MATERIALIZED (
  SELECT * FROM (SELECT e.*, row_number() OVER (PARTITION BY e.kind, e.later ORDER BY e.relation = 'cites', d.published_at DESC, e.earlier) AS place
    FROM every e JOIN claims c ON c.id = e.earlier JOIN documents d ON d.id = c.document_id) WHERE place = 1
), walk(kind, start, at, first, last, texts, claims) AS (
  SELECT kind, earlier, later, first, last, 2, json_array(earlier, later) FROM steps s
  WHERE NOT EXISTS (SELECT 1 FROM steps p WHERE p.kind = s.kind AND p.later = s.earlier)
  UNION ALL
  SELECT w.kind, w.start, s.later, w.first, s.last, w.texts + 1, json_insert(w.claims, '$[#]', s.later)
  FROM walk w JOIN steps s ON s.kind = w.kind AND s.earlier = w.at
  WHERE NOT EXISTS (SELECT 1 FROM json_each(w.claims) WHERE value = s.later)
)
SELECT w.kind, p.incident_id, c.proposition_id, w.texts, w.start AS first_claim_id, w.at AS last_claim_id, w.claims,
  (SELECT group_concat(word, ' → ') FROM (SELECT coalesce(nullif(d.outlet, ''), u.name) || ' (' || coalesce(substr(d.published_at, 1, 10), 'undated')
      || ') ' || k.speech_act || CASE k.hedge WHEN 'strong' THEN ', as possible' WHEN 'weak' THEN ', as likely' ELSE '' END AS word
    FROM json_each(w.claims) j JOIN claims k ON k.id = j.value JOIN documents d ON d.id = k.document_id JOIN sources u ON u.id = d.source_id
    ORDER BY j.key)) AS path
FROM walk w JOIN claims c ON c.id = w.start LEFT JOIN propositions p ON p.id = c.proposition_id
WHERE w.texts > 2 AND w.last > w.first AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.kind = w.kind AND s.earlier = w.at);
