-- The next migration: every step in the life of a flag is kept.
CREATE TABLE contradiction_events (
  contradiction_id TEXT NOT NULL REFERENCES contradictions(id), number INTEGER NOT NULL, at TEXT NOT NULL,
  status TEXT NOT NULL, reason TEXT, rule TEXT NOT NULL, rule_version TEXT NOT NULL,
  PRIMARY KEY (contradiction_id, number)
) STRICT;
INSERT INTO contradiction_events
SELECT k.id, 1, coalesce(k.closed_at, k.opened_at), k.status, k.reason, x.rule, x.rule_version
FROM contradictions k JOIN comparisons x ON x.id = k.comparison_id;
