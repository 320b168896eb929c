"""The knowledge graph: schema and store, identity, incidents, propositions, contradiction rules."""
