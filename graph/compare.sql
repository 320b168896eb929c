-- The second migration: where each claim is compared, and what a broken run has still to compare.
CREATE TABLE claim_blocks (
  block TEXT NOT NULL, claim_id TEXT NOT NULL REFERENCES claims(id), document_id TEXT NOT NULL REFERENCES documents(id),
  signature TEXT NOT NULL, origin TEXT NOT NULL, rank TEXT NOT NULL, affairs TEXT NOT NULL,
  state INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (block, rank, claim_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_blocks_open ON claim_blocks(block) WHERE state < 2;
CREATE INDEX claim_blocks_document ON claim_blocks(document_id);
CREATE TABLE compare_queue (
  task TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (task, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_predicate ON claims(predicate);
