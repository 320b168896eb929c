-- The next migration: blocks of which only the first statements of each incident are compared, since there are so many.
CREATE TABLE crowded_blocks (block TEXT PRIMARY KEY, stale INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
