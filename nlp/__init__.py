"""`Document` in; `Mention`, `DateMention` and `Claim` records out."""
