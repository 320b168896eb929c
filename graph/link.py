"""Link: entities, copies, incidents, propositions and ledgers out of claims. A rerun with nothing new is free."""

from __future__ import annotations

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from distillwatch.graph.acts import load_acts
from distillwatch.graph.canonical import establish, link_entities, save_decisions
from distillwatch.graph.connection import transaction
from distillwatch.graph.entities import load_entities, sync_entities
from distillwatch.graph.incident_decisions import kept, rulings, titles
from distillwatch.graph.incident_rows import describe, save_incidents
from distillwatch.graph.incidents import incidents
from distillwatch.graph.lineage import load_lineage
from distillwatch.graph.names import legal_forms
from distillwatch.graph.origins import link_origins
from distillwatch.graph.policies import link_policies, policy_incidents
from distillwatch.graph.predictions import link_predictions
from distillwatch.graph.propositions import link_propositions
from distillwatch.graph.responses import link_responses
from distillwatch.graph.rows import changes, touch
from distillwatch.graph.stakes import link_stakes
from distillwatch.graph.work import is_done, mark_done, version_done
from distillwatch.ids import hash_id, text_hash
from distillwatch.topic import Topic

VERSION = "6"
STAGE = "link"


class LinkReport(Struct, frozen=True, kw_only=True):
    """What stands linked, and how many rows this run changed (0 when nothing was new)."""

    documents: int
    origins: int
    copies: int
    translations: int
    citations: int
    incidents: int
    policies: int
    propositions: int
    changed: int


def link(db: Database, topic: Topic, now: str) -> LinkReport:
    """Bring all links up to date in one transaction; skipped when neither claims, topic, version nor day changed."""
    with transaction(db):
        sync_entities(db, topic.entities)
        state = hash_id(changes(db), _fingerprint(topic), now[:10])
        if is_done(db, STAGE, "", state, VERSION):
            return _report(db, 0)
        changed = _link(db, topic, now)
        if changed:
            touch(db)
        mark_done(db, STAGE, "", hash_id(changes(db), _fingerprint(topic), now[:10]), VERSION, now)
        return _report(db, changed)


def _link(db: Database, topic: Topic, now: str) -> int:
    predicates = topic.vocabulary.predicates
    save_decisions(db, topic)
    changed = link_entities(db, topic)
    changed += link_origins(db, topic.vocabulary).changed
    changed += establish(db, topic.decisions)
    lineage = load_lineage(db, list(load_entities(db)), legal_forms(topic.vocabulary))
    acts = load_acts(db, predicates, lineage)
    found = incidents(acts, rulings(db, topic.decisions, lineage))
    origins = dict(db.conn.execute("SELECT document_id, origin_id FROM document_origins WHERE relation != 'cites'"))
    rows = [describe(incident, lineage, predicates, origins) for incident in found]
    rows_of_policies = policy_incidents(acts, lineage)
    ids, incident_changes = save_incidents(
        db, [*rows, *rows_of_policies], titles(topic.decisions), kept(topic.decisions)
    )
    changed += incident_changes
    changed += link_propositions(db, anew=version_done(db, STAGE) != VERSION)
    told = list(zip(ids, found, strict=False))  # the policies' ids come after those of the incidents
    changed += link_responses(db, told, lineage)
    changed += link_stakes(db, told, lineage)
    stages = [value for p in predicates.values() if p.object == "stage" for value in p.values]
    changed += link_policies(db, acts, lineage, stages)
    return changed + link_predictions(db, now, topic.decisions)


def _fingerprint(topic: Topic) -> str:
    """Hash of what the topic says on linking: decisions, vocabulary, lexicon of credits, forms of law."""
    words = topic.vocabulary
    read = [topic.decisions, words.predicates, words.lexicon("credits"), sorted(legal_forms(words))]
    return text_hash(msgspec.json.encode(read).decode())


def _report(db: Database, changed: int) -> LinkReport:
    def count(table: str, where: str) -> int:
        return int(db.conn.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])

    return LinkReport(
        documents=count("documents", "1"),
        origins=count("origins", "1"),
        copies=count("document_origins", "relation = 'copy'"),
        translations=count("document_origins", "relation = 'translation'"),
        citations=count("document_origins", "relation = 'cites'"),
        incidents=count("incidents", "moved_to IS NULL AND kind != 'policy' AND status != 'withdrawn'"),
        policies=count("policies", "1"),
        propositions=count("propositions", "1"),
        changed=changed,
    )
