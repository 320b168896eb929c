-- The twelfth migration: when in a recording a block of its transcript is said.
ALTER TABLE segments ADD COLUMN at REAL;
