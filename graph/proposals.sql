-- The sixth migration: what each text by itself shows unregistered names to be, and what two sources agree on.
CREATE TABLE proposals (
  document_id TEXT NOT NULL REFERENCES documents(id), kind TEXT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (document_id, kind, name)
) STRICT;
CREATE TABLE agreed_names (kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind, name)) STRICT;
