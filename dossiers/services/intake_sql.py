"""The statements of an import. Names of tables and columns come from the models, never from a caller."""

# ruff: noqa: S608  # statements are put together from the models' own names only

from dataclasses import fields

from dossiers.models import Dossier, DossierRevision, ImportIssue
from dossiers.rules.facts import Facts

DOSSIER, REVISION, ISSUE = (model._meta.db_table for model in (Dossier, DossierRevision, ImportIssue))
FACTS = tuple(name.name for name in fields(Facts))
# The first due date ever seen never changes, and the code is what rows are joined by: both are no news.
COMPARED = tuple(name for name in FACTS if name not in ("code", "original_due"))

RAW_COLUMNS = ("line", "code", "hash")
CREATE_RAW = """
DROP TABLE IF EXISTS intake_raw;
CREATE TEMP TABLE intake_raw (line integer, code text, hash bytea, taken boolean DEFAULT true) ON COMMIT DROP
"""

HASH_AGAIN = "UPDATE intake_raw SET hash = substring(sha256(hash || convert_to(%s, 'UTF8')) FOR 16)"

# What a judged row says; of a new dossier also where it came from, of a known one which it is.
SAID = (*FACTS, "row_hash", "search_text")
NEW_COLUMNS = (*SAID, "system_id", "batch_id", "data_as_of", "seen_at")
TOLD, TOLD_COLUMNS = "intake_told", (*SAID, "dossier_id")
CREATE_TOLD = f"""
DROP TABLE IF EXISTS {TOLD};
CREATE TEMP TABLE {TOLD} ON COMMIT DROP AS
SELECT {", ".join(SAID)}, id AS dossier_id FROM {DOSSIER} WITH NO DATA
"""

# Rows of one code, and whether all are in the same words.
DUPLICATES = """
SELECT code, count(DISTINCT hash) > 1, array_agg(line ORDER BY line) FROM intake_raw
WHERE code IN (SELECT code FROM intake_raw WHERE code <> '' GROUP BY code HAVING count(*) > 1)
GROUP BY code ORDER BY min(line)
"""
LEAVE_LINES = "UPDATE intake_raw SET taken = false WHERE line = ANY(%s)"

# What the newest full extract does not have has no words, and only change extracts vouch for it.
OLDER = "%(data_as_of)s < CASE WHEN d.row_hash = '' THEN d.seen_at ELSE greatest(d.seen_at, %(newest_full)s::timestamptz) END"
# One look at all that is known tells what is not known in exactly these words, and what a full extract does not have.
NEWS = f"""
DROP TABLE IF EXISTS intake_news;
CREATE TEMP TABLE intake_news ON COMMIT DROP AS
SELECT r.line, r.hash, d.id AS dossier_id, CASE
    WHEN r.line IS NULL THEN 'missing' WHEN d.id IS NULL THEN 'new' WHEN {OLDER} THEN 'stale' ELSE 'reworded' END AS kind
FROM intake_raw r {{join}} JOIN (SELECT * FROM {DOSSIER} WHERE system_id = %(system)s) d ON d.code = r.code
WHERE r.taken AND d.row_hash IS DISTINCT FROM r.hash
"""
NEWS_OF_PART = NEWS.format(join="LEFT")
NEWS_OF_ALL = f"""{NEWS.format(join="FULL")}
    OR r.line IS NULL AND d.ended_on IS NULL AND d.received_on IS NOT NULL AND d.seen_at <= %(data_as_of)s
"""
KINDS = ("new", "reworded", "stale", "missing")
COUNT = "SELECT kind, count(*) FROM intake_news GROUP BY kind"

KNOWN_COLUMNS = ", ".join(f"d.{name}::text" if name == "stops" else f"d.{name}" for name in FACTS)
NEW = "SELECT line, hash FROM intake_news WHERE kind = 'new' ORDER BY line"
REWORDED = f"""
SELECT n.line, n.hash, d.id, {KNOWN_COLUMNS}
FROM intake_news n JOIN {DOSSIER} d ON d.id = n.dossier_id WHERE n.kind = 'reworded' ORDER BY n.line
"""
# All events of a dossier together, with everything known of it.
EVENTS = f"""
SELECT array_agg(r.line ORDER BY r.line), string_agg(r.hash, ''::bytea ORDER BY r.line), r.code, d.id, {OLDER}, {KNOWN_COLUMNS}
FROM intake_raw r LEFT JOIN {DOSSIER} d ON d.system_id = %(system)s AND d.code = r.code
GROUP BY r.code, d.id ORDER BY min(r.line)
"""

# Of which rows the cells are wanted, in the order in which they are judged.
LINES_OF_NEWS = "SELECT line FROM intake_news WHERE kind IN ('reworded', 'new') ORDER BY kind DESC, line"
LINES_OF_EVENTS = "SELECT line FROM intake_raw ORDER BY min(line) OVER (PARTITION BY code), line"
LINES_OF_ALL = "SELECT line FROM intake_raw ORDER BY line"

# Before the known ones are changed, those of this batch are the new ones.
FIRST_REVISIONS = f"""
INSERT INTO {REVISION} (dossier_id, changed, system_id, {", ".join(FACTS)}, data_as_of, batch_id)
SELECT id, '[]', system_id, {", ".join(FACTS)}, data_as_of, batch_id FROM {DOSSIER} WHERE batch_id = %(batch)s
"""

DIFFERS = " OR ".join(f"d.{name} IS DISTINCT FROM t.{name}" for name in COMPARED)
NAMES_CHANGED = ", ".join(f"CASE WHEN old.{name} IS DISTINCT FROM new.{name} THEN '{name}' END" for name in COMPARED)
# What an update of dossiers wrote becomes a revision of each.
REVISED = f"""
    RETURNING new.*, to_jsonb(array_remove(ARRAY[{NAMES_CHANGED}], NULL)) AS changed
)
INSERT INTO {REVISION} (dossier_id, changed, system_id, {", ".join(FACTS)}, data_as_of, batch_id)
SELECT id, changed, system_id, {", ".join(FACTS)}, data_as_of, batch_id FROM written
"""
UPDATE_CHANGED = f"""
WITH written AS (
    UPDATE {DOSSIER} d SET {", ".join(f"{name} = t.{name}" for name in COMPARED)},
        original_due = coalesce(d.original_due, t.original_due), search_text = t.search_text, row_hash = t.row_hash,
        data_as_of = %(data_as_of)s, batch_id = %(batch)s, seen_at = greatest(d.seen_at, %(data_as_of)s)
    FROM {TOLD} t WHERE d.id = t.dossier_id AND ({DIFFERS})
{REVISED}"""
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
VANISHED = f"""
SELECT d.code FROM intake_news n JOIN {DOSSIER} d ON d.id = n.dossier_id WHERE n.kind = 'missing'
ORDER BY d.overdue_from, d.code LIMIT %(shown)s
"""
# Until now the full extract before this one vouched for it.
UPDATE_VANISHED = f"""
UPDATE {DOSSIER} d SET row_hash = '', seen_at = greatest(d.seen_at, %(newest_full)s)
FROM intake_news n WHERE n.kind = 'missing' AND d.id = n.dossier_id AND d.row_hash <> ''
"""
PREPARE = "SET LOCAL jit = off; SET LOCAL work_mem = '64MB'"
# One import of a system at a time; the other waits.
PATIENCE = "SELECT set_config('lock_timeout', %s, true)"  # milliseconds of this transaction; 0: for ever
LOCK = "SELECT pg_advisory_xact_lock(hashtext('intake'), hashtext(%s))"

# Taking a batch back. A hash no row has makes the next file's row be judged again, whatever it says.
NO_ROWS_HASH = r"'\x00'::bytea"
UNDO_CHANGED = f"""
WITH before AS (
    SELECT DISTINCT ON (r.dossier_id) r.* FROM {REVISION} r
    JOIN {REVISION} wrong ON wrong.dossier_id = r.dossier_id AND wrong.batch_id = %(batch)s
    WHERE r.id < wrong.id ORDER BY r.dossier_id, r.data_as_of DESC, r.id DESC
), written AS (
    UPDATE {DOSSIER} d SET {", ".join(f"{name} = before.{name}" for name in COMPARED)},
        original_due = before.original_due, batch_id = %(undo)s, seen_at = before.data_as_of, row_hash = {NO_ROWS_HASH}
    FROM before WHERE d.id = before.dossier_id
{REVISED}"""
# What the batch was the first to tell of was received nowhere as far as anybody knows now: no figure holds it.
UNDO_NEW = f"""
WITH written AS (
    UPDATE {DOSSIER} d SET received_on = NULL, due_on = NULL, overdue_from = NULL, stopped_on = NULL,
        batch_id = %(undo)s, row_hash = {NO_ROWS_HASH}
    WHERE d.batch_id = %(batch)s
{REVISED}"""
