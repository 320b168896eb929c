-- The fifteenth migration: indexes for the questions of readers. The published database is a copy of this one, and to
-- keep them as rows change costs less than to make them for every copy.
CREATE INDEX IF NOT EXISTS contradictions_comparison ON contradictions(comparison_id);
CREATE INDEX contradictions_incident ON contradictions(incident_id);
CREATE INDEX claims_by_speaker ON claims(current, speaker_id, document_id, origin_id);
CREATE INDEX claims_by_subject ON claims(subject_id, current, id, document_id);
CREATE INDEX claims_by_object ON claims(object_id, current, id, document_id);
CREATE INDEX claims_of_speaker ON claims(speaker_id, id) WHERE speaker_id IS NOT NULL;
CREATE INDEX claims_by_statement ON claims(current, proposition_id, evidence_class, origin_id,
  document_id, hedge, speech_act, unit, quantity_low, quantity_high, approx);
CREATE INDEX claims_by_document ON claims(current, document_id, evidence_class, speech_act, hedge);
CREATE INDEX claims_by_act ON claims(current, speech_act, proposition_id, subject_id);
CREATE INDEX claims_by_predicate ON claims(current, predicate, unit);
CREATE INDEX claims_outline ON claims(id, document_id);
CREATE INDEX documents_outline ON documents(id, source_id, published_at, outlet);
CREATE INDEX documents_by_kind ON documents(kind, source_id);
CREATE INDEX origins_repeated ON document_origins(origin_id, document_id, relation, similarity)
  WHERE relation <> 'original';
CREATE INDEX revisions_later ON revisions(document_id, seen_at) WHERE number > 1;
CREATE INDEX run_changes_run ON run_changes(run_id);
