WITH RECURSIVE flag AS (
  SELECT k.id, k.kind, k.status, x.rule, x.rule_version, x.explanation, x.claim_a, x.claim_b
  FROM contradictions k JOIN comparisons x ON x.id = k.comparison_id WHERE k.id = :id
), said AS (
  SELECT c.id, c.predicate, c.speech_act AS act, c.polarity, c.hedge, c.unit, c.approx, c.evidence, c.object_text, c.qualifiers,
    coalesce(s.canonical_id, c.subject_text) AS subject, coalesce(o.canonical_id, c.object_text) AS object,
    coalesce(v.canonical_id, c.speaker_text) AS speaker, o.born, coalesce(g.origin_id, c.document_id) AS origin,
    substr(d.published_at, 1, 10) AS published, d.url, d.title, coalesce(nullif(d.outlet, ''), u.name) AS outlet,
    coalesce(c.when_start, '0001-01-01') AS first_day, coalesce(c.when_end, '9999-12-31') AS last_day, c.when_start, c.when_end,
    CASE WHEN c.quantity_low IS NULL THEN c.quantity_high WHEN c.quantity_high IS NULL THEN c.quantity_low
      ELSE (c.quantity_low + c.quantity_high) / 2 END AS figure, c.quantity_low AS low, c.quantity_high AS high
  FROM claims c JOIN documents d ON d.id = c.document_id JOIN sources u ON u.id = d.source_id
    LEFT JOIN entities s ON s.id = c.subject_id LEFT JOIN entities o ON o.id = c.object_id LEFT JOIN entities v ON v.id = c.speaker_id
    LEFT JOIN document_origins g ON g.document_id = d.id AND g.relation != 'cites'
  WHERE c.id IN (SELECT claim_a FROM flag UNION SELECT claim_b FROM flag)
), written AS (
  SELECT *, CASE WHEN instr(text, 'e') THEN substr(text, 1, instr(text, 'e') - 1) ELSE text END AS mantissa,
    CASE WHEN instr(text, 'e') THEN CAST(substr(text, instr(text, 'e') + 1) AS INTEGER) ELSE 0 END AS shift
  FROM (SELECT *, CAST(abs(figure) AS TEXT) AS text FROM said)
), read AS (
  SELECT *, length(trim(replace(mantissa, '.', ''), '0')) AS digits, shift + CASE WHEN CAST(mantissa AS REAL) >= 1 THEN instr(mantissa, '.') - 2
    ELSE length(ltrim(substr(mantissa, 3), '0')) - length(mantissa) + 1 END AS power
  FROM written
), wide AS (
  SELECT *, CASE WHEN figure IS NULL THEN NULL WHEN figure = 0 OR (abs(figure) < 100 AND figure = CAST(figure AS INTEGER)) THEN 0.0
    ELSE CAST('5e' || (power - CASE WHEN digits = 1 AND abs(figure) < 1000000 THEN 2 ELSE digits END) AS REAL) END AS half
  FROM read
), spanned AS (
  SELECT *, CASE approx WHEN 'over' THEN figure WHEN 'under' THEN -9e999 WHEN 'up_to' THEN -9e999 WHEN 'nearly' THEN min(0.9 * figure, figure)
      WHEN 'about' THEN min(0.9 * figure, 1.1 * figure) WHEN 'range' THEN coalesce(low, -9e999) ELSE figure - half END AS least,
    CASE approx WHEN 'over' THEN 9e999 WHEN 'under' THEN figure WHEN 'up_to' THEN figure WHEN 'nearly' THEN max(0.9 * figure, figure)
      WHEN 'about' THEN max(0.9 * figure, 1.1 * figure) WHEN 'range' THEN coalesce(high, 9e999) ELSE figure + half END AS most
  FROM wide
), up(claim, role, id, step) AS (
  SELECT id, 'subject', subject, 0 FROM said UNION SELECT id, 'object', object, 0 FROM said UNION
  SELECT u.claim, u.role, coalesce(p.canonical_id, p.id), u.step + 1 FROM up u JOIN entities e ON e.id = u.id
    JOIN entities p ON p.id = coalesce(e.family_id, e.owner_id) WHERE u.step < 6
), pair AS (
  SELECT f.*, a.outlet AS outlet_a, a.published AS published_a, a.url AS url_a, a.evidence AS evidence_a,
    b.outlet AS outlet_b, b.published AS published_b, b.url AS url_b, b.evidence AS evidence_b,
    a.subject AS subject_a, a.predicate AS predicate_a, a.object AS object_a, a.speaker AS speaker_a, a.act AS act_a, a.polarity AS polarity_a,
    a.hedge AS hedge_a, a.figure AS figure_a, a.unit AS unit_a, a.approx AS approx_a, a.least AS least_a, a.most AS most_a,
    a.when_start AS start_a, a.when_end AS end_a, a.qualifiers AS qualifiers_a, a.born AS born_a,
    b.subject AS subject_b, b.predicate AS predicate_b, b.object AS object_b, b.speaker AS speaker_b, b.act AS act_b, b.polarity AS polarity_b,
    b.hedge AS hedge_b, b.figure AS figure_b, b.unit AS unit_b, b.approx AS approx_b, b.least AS least_b, b.most AS most_b,
    b.when_start AS start_b, b.when_end AS end_b, b.qualifiers AS qualifiers_b,
    CASE WHEN a.subject = b.subject THEN 'same' WHEN EXISTS (SELECT 1 FROM up WHERE claim = a.id AND role = 'subject' AND id = b.subject)
      OR EXISTS (SELECT 1 FROM up WHERE claim = b.id AND role = 'subject' AND id = a.subject) THEN 'one belongs to the other' ELSE 'differ' END AS subjects,
    CASE WHEN a.object = b.object THEN 'same' WHEN EXISTS (SELECT 1 FROM up WHERE claim = a.id AND role = 'object' AND id = b.object)
      OR EXISTS (SELECT 1 FROM up WHERE claim = b.id AND role = 'object' AND id = a.object) THEN 'one belongs to the other' ELSE 'differ' END AS objects,
    a.origin = b.origin AS one_origin, abs(julianday(a.published) - julianday(b.published)) AS days_between_texts,
    max(a.least, b.least) < min(a.most, b.most) OR (max(a.least, b.least) = min(a.most, b.most)
      AND NOT (a.approx = 'exact' AND b.approx = 'exact' AND a.half > 0 AND b.half > 0)) AS figures_meet,
    a.first_day <= b.last_day AND b.first_day <= a.last_day AS days_meet
  FROM flag f JOIN spanned a ON a.id = f.claim_a JOIN spanned b ON b.id = f.claim_b
)
SELECT kind, rule, rule_version, status, explanation, CASE rule
    WHEN 'denial' THEN polarity_a != polarity_b OR (act_a = 'denies') != (act_b = 'denies')
    WHEN 'polarity' THEN polarity_a != polarity_b
    WHEN 'numeric' THEN NOT figures_meet
    WHEN 'parts' THEN unit_a IS unit_b AND subject_a != subject_b
    WHEN 'unit_clash' THEN unit_a IS NOT unit_b AND figure_a = figure_b
    WHEN 'date' THEN NOT days_meet
    WHEN 'mechanism' THEN predicate_a != predicate_b
    WHEN 'attribution' THEN CASE WHEN speaker_a IS NOT speaker_b OR json_extract(qualifiers_a, '$.to') IS NOT json_extract(qualifiers_b, '$.to')
      THEN 1 END
    WHEN 'entity' THEN CASE WHEN subject_a != subject_b OR object_a != object_b OR qualifiers_a != qualifiers_b THEN 1 END
    WHEN 'seat' THEN subject_a != subject_b
    WHEN 'swapped' THEN subject_a != subject_b AND object_a != object_b
    WHEN 'vote' THEN qualifiers_a != qualifiers_b
    WHEN 'silence' THEN object_a != object_b
    WHEN 'modality' THEN hedge_a != hedge_b OR (act_a IN ('asserts', 'confirms') AND hedge_a = 'none') != (act_b IN ('asserts', 'confirms') AND hedge_b = 'none')
    WHEN 'legality' THEN ((predicate_a = 'violates') = (polarity_a = '+')) != ((predicate_b = 'violates') = (polarity_b = '+'))
    WHEN 'definition' THEN object_a != object_b
    WHEN 'status' THEN (act_a = 'supposes') != (act_b = 'supposes') AND figure_a = figure_b
    WHEN 'anachronism' THEN CASE WHEN act_a = 'predicts' THEN end_a < published_a
      WHEN start_a > published_a OR coalesce(end_a, published_a) < born_a THEN 1 END
  END AS recomputed, * FROM pair
