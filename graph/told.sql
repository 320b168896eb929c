-- The fourteenth migration: what readers were last told of each row, so that a run that is broken off before it tells
-- what it changed is made up for by the next. What stands in an older file counts as told.
CREATE TABLE told (
  table_name TEXT NOT NULL, row_id TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (table_name, row_id)
) STRICT, WITHOUT ROWID;
INSERT INTO told (table_name, row_id, state)
  SELECT 'documents', id, CAST(revision AS TEXT) FROM documents
  UNION ALL SELECT 'incidents', id, coalesce(moved_to, '') FROM incidents
  UNION ALL SELECT 'contradictions', id, status FROM contradictions;
