"""The statements of an import. Names of tables and columns come from the models, never from a caller."""

# ruff: noqa: S608  # statements are put together from the models' own names only

from dataclasses import fields

from dossiers.models import Dossier, DossierRevision, ImportIssue
from dossiers.rules.facts import Facts

DOSSIER, REVISION, ISSUE = (model._meta.db_table for model in (Dossier, DossierRevision, ImportIssue))
FACTS = tuple(name.name for name in fields(Facts))
# The first due date ever seen never changes, and the code is what rows are joined by: both are no news.
COMPARED = tuple(name for name in FACTS if name not in ("code", "original_due"))

RAW_COLUMNS = ("line", "code", "hash", "cells")
CREATE_RAW = """
DROP TABLE IF EXISTS intake_raw;
CREATE TEMP TABLE intake_raw (line integer, code text, hash bytea, cells text, taken boolean DEFAULT true) ON COMMIT DROP
"""

# What a judged row says; of a new dossier also where it came from, of a known one which it is.
SAID = (*FACTS, "row_hash", "search_text")
NEW_COLUMNS = (*SAID, "system_id", "batch_id", "data_as_of", "seen_at")
TOLD, TOLD_COLUMNS = "intake_told", (*SAID, "dossier_id")
CREATE_TOLD = f"""
DROP TABLE IF EXISTS {TOLD};
CREATE TEMP TABLE {TOLD} ON COMMIT DROP AS
SELECT {", ".join(SAID)}, id AS dossier_id FROM {DOSSIER} WITH NO DATA
"""

# Rows of one code: the same content once, different contents not at all.
DUPLICATES = """
SELECT code, array_agg(line ORDER BY line), count(DISTINCT hash) > 1 FROM intake_raw
WHERE code IN (SELECT code FROM intake_raw WHERE code <> '' GROUP BY code HAVING count(*) > 1)
GROUP BY code ORDER BY min(line)
"""
LEAVE_LINES = "UPDATE intake_raw SET taken = false WHERE line = ANY(%s)"

# What the newest full extract does not have has no words, and only change extracts vouch for it.
OLDER = "%(data_as_of)s < CASE WHEN d.row_hash = '' THEN d.seen_at ELSE greatest(d.seen_at, %(newest_full)s::timestamptz) END"
# Rows that are new, known in exactly these words, older than what is known, and known in other words.
COUNT = f"""
SELECT count(*) FILTER (WHERE d.id IS NULL), count(*) FILTER (WHERE d.row_hash = r.hash),
    count(*) FILTER (WHERE d.row_hash <> r.hash AND {OLDER}), count(*) FILTER (WHERE d.row_hash <> r.hash AND NOT {OLDER})
FROM intake_raw r LEFT JOIN {DOSSIER} d ON d.system_id = %(system)s AND d.code = r.code WHERE r.taken
"""

KNOWN_COLUMNS = ", ".join(f"d.{name}::text" if name == "stops" else f"d.{name}" for name in FACTS)
NEW = f"""
SELECT r.line, r.hash, r.cells
FROM intake_raw r LEFT JOIN {DOSSIER} d ON d.system_id = %(system)s AND d.code = r.code
WHERE r.taken AND d.id IS NULL ORDER BY r.line
"""
REWORDED = f"""
SELECT r.line, r.hash, r.cells, d.id, {KNOWN_COLUMNS}
FROM intake_raw r JOIN {DOSSIER} d ON d.system_id = %(system)s AND d.code = r.code
WHERE r.taken AND d.row_hash <> r.hash AND NOT {OLDER} ORDER BY r.line
"""
# All events of a dossier together, with everything known of it.
EVENTS = f"""
SELECT array_agg(r.line ORDER BY r.line), string_agg(r.hash, ''::bytea ORDER BY r.line), array_agg(r.cells ORDER BY r.line),
    r.code, d.id, {OLDER}, {KNOWN_COLUMNS}
FROM intake_raw r LEFT JOIN {DOSSIER} d ON d.system_id = %(system)s AND d.code = r.code
GROUP BY r.code, d.id ORDER BY min(r.line)
"""

# Before the known ones are changed, those of this batch are the new ones.
FIRST_REVISIONS = f"""
INSERT INTO {REVISION} (dossier_id, changed, system_id, {", ".join(FACTS)}, data_as_of, batch_id)
SELECT id, '[]', system_id, {", ".join(FACTS)}, data_as_of, batch_id FROM {DOSSIER} WHERE batch_id = %(batch)s
"""

DIFFERS = " OR ".join(f"d.{name} IS DISTINCT FROM t.{name}" for name in COMPARED)
NAMES_CHANGED = ", ".join(f"CASE WHEN old.{name} IS DISTINCT FROM new.{name} THEN '{name}' END" for name in COMPARED)
UPDATE_CHANGED = f"""
WITH written AS (
    UPDATE {DOSSIER} d SET {", ".join(f"{name} = t.{name}" for name in COMPARED)},
        original_due = coalesce(d.original_due, t.original_due), search_text = t.search_text, row_hash = t.row_hash,
        data_as_of = %(data_as_of)s, batch_id = %(batch)s, seen_at = greatest(d.seen_at, %(data_as_of)s)
    FROM {TOLD} t WHERE d.id = t.dossier_id AND ({DIFFERS})
    RETURNING new.*, to_jsonb(array_remove(ARRAY[{NAMES_CHANGED}], NULL)) AS changed
)
INSERT INTO {REVISION} (dossier_id, changed, system_id, {", ".join(FACTS)}, data_as_of, batch_id)
SELECT id, changed, system_id, {", ".join(FACTS)}, data_as_of, batch_id FROM written
"""
# Other words for the same facts: remembered, so that the next file's row is not judged again.
UPDATE_HASH = f"""
UPDATE {DOSSIER} d SET row_hash = t.row_hash, seen_at = greatest(d.seen_at, %(data_as_of)s)
FROM {TOLD} t WHERE d.id = t.dossier_id AND (d.row_hash <> t.row_hash OR d.seen_at < %(data_as_of)s)
"""
# A change extract vouches for each dossier it names; a full one vouches for all, which its own moment says.
UPDATE_SEEN = f"""
UPDATE {DOSSIER} d SET seen_at = %(data_as_of)s
FROM intake_raw r
WHERE d.system_id = %(system)s AND d.code = r.code AND r.taken AND d.row_hash = r.hash AND d.seen_at < %(data_as_of)s
"""
MISSING = """
d.system_id = %(system)s AND d.ended_on IS NULL AND d.received_on IS NOT NULL AND d.seen_at <= %(data_as_of)s
AND NOT EXISTS (SELECT FROM intake_raw r WHERE r.code = d.code)
"""
VANISHED = f"SELECT d.code, count(*) OVER () FROM {DOSSIER} d WHERE {MISSING} ORDER BY d.overdue_from, d.code LIMIT %(shown)s"
# Until now the full extract before this one vouched for it.
UPDATE_VANISHED = f"""
UPDATE {DOSSIER} d SET row_hash = '', seen_at = greatest(d.seen_at, %(newest_full)s) WHERE {MISSING} AND d.row_hash <> ''
"""
PREPARE = "SET LOCAL jit = off; SET LOCAL work_mem = '64MB'"
# One import of a system at a time; the other waits.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('intake'), hashtext(%s))"
