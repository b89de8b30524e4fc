"""The tables of an archive, as statements of SQL, one tuple for each version of the archive.

`PRAGMA user_version` of a file says how many of the tuples in `UPGRADES` it has been through. A
change to the tables is a new tuple at the end; what stands here is never edited once released.

What hangs on what:

- Sentences, mentions, events, ties, shifts and causes belong to their article and go with it.
- Parties and counts belong to their event, the members of an incident to both its ends.
- Ids of actors are deliberately no foreign keys: a record of a text keeps the id that it was
  resolved to, though the register of actors is computed anew (`replace_actors`) from all articles.
- Likewise `near_copy_of` and `version_of` may name an article of another archive, a cause may name
  words instead of an event, and a decision outlives the record that it judges.
"""

from __future__ import annotations

__all__ = ["APPLICATION_ID", "COUNTED", "UPGRADES", "VERSION"]

APPLICATION_ID = 0x44524147
"""`PRAGMA application_id` of an archive: "DRAG"."""

COUNTED = (
    "articles",
    "sentences",
    "mentions",
    "actors",
    "events",
    "ties",
    "shifts",
    "causes",
    "incidents",
    "decisions",
    "unread",
)
"""The tables whose rows `Archive.counts` counts."""

_ARTICLES = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    user_id TEXT,
    title TEXT,
    standfirst TEXT,
    author TEXT,
    outlet TEXT,
    place TEXT,
    published TEXT,
    published_basis TEXT,
    url TEXT,
    text TEXT NOT NULL,
    furniture TEXT NOT NULL,
    language TEXT,
    near_copy_of TEXT,
    version_of TEXT,
    flags TEXT NOT NULL,
    source TEXT NOT NULL
)
"""

# `number` is there for the full-text index, which refers to rows by a number that must not change.
_SENTENCES = """
CREATE TABLE sentences (
    number INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    "index" INTEGER NOT NULL,
    part TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (article, "index")
)
"""

_PARSES = """
CREATE TABLE parses (
    article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    parse BLOB NOT NULL
) WITHOUT ROWID
"""

_SEARCH = (
    """
CREATE VIRTUAL TABLE sentences_fts USING fts5 (
    text, content='sentences', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2'
)
""",
    """
CREATE TRIGGER sentences_indexed AFTER INSERT ON sentences BEGIN
    INSERT INTO sentences_fts (rowid, text) VALUES (new.number, new.text);
END
""",
    """
CREATE TRIGGER sentences_unindexed AFTER DELETE ON sentences BEGIN
    INSERT INTO sentences_fts (sentences_fts, rowid, text) VALUES ('delete', old.number, old.text);
END
""",
    """
CREATE TRIGGER sentences_reindexed AFTER UPDATE OF text ON sentences BEGIN
    INSERT INTO sentences_fts (sentences_fts, rowid, text) VALUES ('delete', old.number, old.text);
    INSERT INTO sentences_fts (rowid, text) VALUES (new.number, new.text);
END
""",
)

_MENTIONS = """
CREATE TABLE mentions (
    number INTEGER PRIMARY KEY,
    article TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    head INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    why TEXT NOT NULL,
    political INTEGER NOT NULL,
    FOREIGN KEY (article, sentence) REFERENCES sentences (article, "index") ON DELETE CASCADE
)
"""

_ACTORS = """
CREATE TABLE actors (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    country TEXT NOT NULL,
    sectors TEXT NOT NULL,
    aliases TEXT NOT NULL,
    part_of TEXT NOT NULL,
    offices TEXT NOT NULL,
    start TEXT,
    "end" TEXT,
    gender TEXT
)
"""

_EVENTS = """
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    article TEXT REFERENCES articles (id) ON DELETE CASCADE,
    sentence INTEGER,
    "trigger" TEXT,
    trigger_start INTEGER,
    trigger_end INTEGER,
    type TEXT,
    mode TEXT,
    quad TEXT,
    score REAL,
    status TEXT NOT NULL,
    date_from TEXT,
    date_to TEXT,
    date_precision TEXT,
    date_text TEXT,
    date_basis TEXT,
    place_text TEXT,
    place_name TEXT,
    place_country TEXT,
    lat REAL,
    lon REAL,
    place_precision TEXT,
    said_by_text TEXT,
    said_by_name TEXT,
    frame TEXT NOT NULL,
    confidence REAL NOT NULL,
    contexts TEXT NOT NULL,
    source_file TEXT,
    source_line INTEGER,
    source_id TEXT,
    FOREIGN KEY (article, sentence) REFERENCES sentences (article, "index") ON DELETE CASCADE
)
"""

_PARTIES = """
CREATE TABLE event_parties (
    event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    actor TEXT,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (event, side, position)
) WITHOUT ROWID
"""

_COUNTS = """
CREATE TABLE event_counts (
    event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    what TEXT NOT NULL,
    low INTEGER,
    high INTEGER,
    text TEXT NOT NULL,
    PRIMARY KEY (event, position)
) WITHOUT ROWID
"""


def _asserted(table: str, columns: str) -> str:
    """A table of what a text asserts in some words: ties, shifts, causes."""
    return f"""
CREATE TABLE {table} (
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    sentence INTEGER NOT NULL,
    words TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    {columns},
    pattern TEXT NOT NULL,
    FOREIGN KEY (article, sentence) REFERENCES sentences (article, "index") ON DELETE CASCADE
)
"""


def _party(role: str, needed: str = "") -> str:
    """The columns of a party that stands in a row of its own record."""
    return (
        f"{role}_text TEXT{needed}, {role}_start INTEGER{needed}, {role}_end INTEGER{needed}, {role}_actor TEXT, "
        f"{role}_name TEXT{needed}, {role}_code TEXT{needed}, {role}_why TEXT{needed}"
    )


_ASSERTED = (
    _asserted(
        "ties",
        f"{_party('source', ' NOT NULL')}, kind TEXT NOT NULL, {_party('target', ' NOT NULL')}, "
        "polarity TEXT NOT NULL, time TEXT",
    ),
    _asserted(
        "shifts",
        f"{_party('who', ' NOT NULL')}, {_party('away_from')}, {_party('toward')}, date_from TEXT, date_to TEXT, "
        "date_precision TEXT, date_text TEXT, date_basis TEXT, after TEXT",
    ),
    _asserted("causes", "cause TEXT NOT NULL, effect TEXT NOT NULL"),
)

_INCIDENTS = (
    """
CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    agreed TEXT NOT NULL,
    single TEXT NOT NULL,
    disputed TEXT NOT NULL,
    updated TEXT NOT NULL
)
""",
    """
CREATE TABLE incident_events (
    incident TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    PRIMARY KEY (incident, position)
) WITHOUT ROWID
""",
)

# A decision is never rewritten: it can only be undone, once.
_DECISIONS = (
    """
CREATE TABLE decisions (
    id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    kind TEXT NOT NULL,
    judgement TEXT NOT NULL,
    correction TEXT,
    who TEXT NOT NULL,
    "when" TEXT NOT NULL,
    why TEXT,
    undone TEXT
)
""",
    """
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN
    SELECT RAISE(ABORT, 'decisions are never deleted; undo them');
END
""",
    """
CREATE TRIGGER decisions_stand BEFORE UPDATE ON decisions
WHEN old.undone IS NOT NULL OR new.id IS NOT old.id OR new.record IS NOT old.record OR new.kind IS NOT old.kind
    OR new.judgement IS NOT old.judgement OR new.correction IS NOT old.correction OR new.who IS NOT old.who
    OR new."when" IS NOT old."when" OR new.why IS NOT old.why
BEGIN
    SELECT RAISE(ABORT, 'decisions are never changed; undo them');
END
""",
)

_HOUSEKEEPING = (
    """
CREATE TABLE unread (
    source TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (source, code, message)
) WITHOUT ROWID
""",
    "CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)

_INDEXES = tuple(
    f"CREATE INDEX {name} ON {table} ({columns})"
    for name, table, columns in (
        ("articles_by_published", "articles", "published, id"),
        ("articles_by_outlet", "articles", "outlet"),
        ("mentions_by_sentence", "mentions", "article, sentence, start"),
        ("mentions_by_actor", "mentions", "actor"),
        ("events_by_sentence", "events", "article, sentence, trigger_start"),
        ("events_by_type", "events", "type"),
        ("events_by_date", "events", "date_from, date_to"),
        ("events_by_place", "events", "place_name"),
        ("parties_by_actor", "event_parties", "actor, side"),
        ("parties_by_name", "event_parties", "name, side"),
        ("parties_by_code", "event_parties", "code, side"),
        ("ties_by_sentence", "ties", "article, sentence, start"),
        ("shifts_by_sentence", "shifts", "article, sentence, start"),
        ("causes_by_sentence", "causes", "article, sentence, start"),
        ("incident_events_by_event", "incident_events", "event"),
        ("decisions_by_record", "decisions", "record"),
    )
)

_VIEWS = (
    """
CREATE VIEW dyad_events AS
SELECT
    event.id AS event, event.article, article.published, article.outlet, event.date_from, event.date_to,
    actor.actor AS actor, actor.name AS actor_name, actor.code AS actor_code,
    recipient.actor AS recipient, recipient.name AS recipient_name, recipient.code AS recipient_code,
    event.type, event.mode, event.quad, event.score, event.status, sentence.text AS sentence_text
FROM events AS event
JOIN event_parties AS actor ON actor.event = event.id AND actor.side = 'actor'
JOIN event_parties AS recipient ON recipient.event = event.id AND recipient.side = 'recipient'
LEFT JOIN articles AS article ON article.id = event.article
LEFT JOIN sentences AS sentence ON sentence.article = event.article AND sentence."index" = event.sentence
""",
    """
CREATE VIEW dyads AS
SELECT
    actor_name, actor_code, recipient_name, recipient_code, count(*) AS events,
    count(DISTINCT article) AS articles, avg(score) AS mean_score,
    min(date_from) AS first_date, max(date_to) AS last_date
FROM dyad_events
WHERE status = 'actual'
GROUP BY actor_name, actor_code, recipient_name, recipient_code
""",
    """
CREATE VIEW event_list AS
SELECT
    event.id, article.published, article.outlet, article.title,
    (SELECT group_concat(name, '; ') FROM (SELECT name FROM event_parties
     WHERE event = event.id AND side = 'actor' ORDER BY position)) AS actors,
    event.type, event.mode,
    (SELECT group_concat(name, '; ') FROM (SELECT name FROM event_parties
     WHERE event = event.id AND side = 'recipient' ORDER BY position)) AS recipients,
    event.status, event.date_from, event.date_to, event.place_name, event.said_by_name,
    event."trigger", sentence.text AS sentence_text, event.frame, event.confidence
FROM events AS event
LEFT JOIN articles AS article ON article.id = event.article
LEFT JOIN sentences AS sentence ON sentence.article = event.article AND sentence."index" = event.sentence
""",
)

_IMPORTED = (
    "ALTER TABLE events ADD COLUMN source_text TEXT",
    # One flat table for Datasette: `latitude` and `longitude` are what its maps look for.
    """
CREATE VIEW event_table AS
SELECT
    event.id, event.date_from AS date, event.date_to, event.type, event.mode, event.quad, event.score, event.status,
    (SELECT group_concat(name, '; ') FROM (SELECT name FROM event_parties
     WHERE event = event.id AND side = 'actor' ORDER BY position)) AS actor,
    (SELECT group_concat(code, '; ') FROM (SELECT code FROM event_parties
     WHERE event = event.id AND side = 'actor' ORDER BY position)) AS actor_code,
    (SELECT group_concat(name, '; ') FROM (SELECT name FROM event_parties
     WHERE event = event.id AND side = 'recipient' ORDER BY position)) AS recipient,
    (SELECT group_concat(code, '; ') FROM (SELECT code FROM event_parties
     WHERE event = event.id AND side = 'recipient' ORDER BY position)) AS recipient_code,
    (SELECT low FROM event_counts WHERE event = event.id AND what = 'killed' ORDER BY position LIMIT 1) AS killed_low,
    (SELECT high FROM event_counts WHERE event = event.id AND what = 'killed' ORDER BY position LIMIT 1) AS killed_high,
    event.place_name AS place, event.place_country AS country, event.lat AS latitude, event.lon AS longitude,
    event.said_by_name AS said_by, article.outlet, article.published, article.title, article.url,
    coalesce(sentence.text, event.source_text) AS words, event.frame, event.confidence,
    event.article, event.source_file, event.source_line, event.source_id
FROM events AS event
LEFT JOIN articles AS article ON article.id = event.article
LEFT JOIN sentences AS sentence ON sentence.article = event.article AND sentence."index" = event.sentence
""",
)

# What a person judged stays readable when the record is coded anew; a run of reading keeps what it changed.
_JUDGED_AND_RUN = (
    "ALTER TABLE decisions ADD COLUMN other TEXT",
    "ALTER TABLE decisions ADD COLUMN judged TEXT",
    "CREATE INDEX decisions_by_article ON decisions (json_extract(judged, '$.article'))",
    """
CREATE TRIGGER decisions_stand_as_judged BEFORE UPDATE ON decisions
WHEN new.other IS NOT old.other OR new.judged IS NOT old.judged
BEGIN
    SELECT RAISE(ABORT, 'decisions are never changed; undo them');
END
""",
    """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    what TEXT NOT NULL CHECK (what IN ('read', 'reread')),
    version TEXT NOT NULL,
    model TEXT NOT NULL,
    articles INTEGER NOT NULL,
    events INTEGER NOT NULL
)
""",
    """
CREATE TABLE run_changes (
    run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    event TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (run, position)
) WITHOUT ROWID
""",
)

# The workbench asks for the near-copies and versions of an article, and goes from one article to the next.
_KIN = (
    "CREATE INDEX articles_by_original ON articles (near_copy_of)",
    "CREATE INDEX articles_by_version ON articles (version_of)",
    "CREATE INDEX articles_in_order ON articles (published IS NULL, published, id, title, outlet, source)",
    "CREATE INDEX articles_by_basis ON articles (published_basis)",
    "CREATE INDEX events_by_article ON events (article, status)",
)

UPGRADES: tuple[tuple[str, ...], ...] = (
    (
        _ARTICLES,
        _SENTENCES,
        _PARSES,
        *_SEARCH,
        _MENTIONS,
        _ACTORS,
        _EVENTS,
        _PARTIES,
        _COUNTS,
        *_ASSERTED,
        *_INCIDENTS,
        *_DECISIONS,
        *_HOUSEKEEPING,
        *_INDEXES,
        *_VIEWS,
    ),
    ("ALTER TABLE articles ADD COLUMN other TEXT NOT NULL DEFAULT '[]'",),
    _IMPORTED,
    ("ALTER TABLE articles ADD COLUMN bases TEXT NOT NULL DEFAULT '[]'",),
    _JUDGED_AND_RUN,
    _KIN,
    ("ALTER TABLE event_counts ADD COLUMN said_by TEXT", "ALTER TABLE event_counts ADD COLUMN said_by_name TEXT"),
)
"""What makes version n + 1 of an archive of version n; the first makes it of an empty file."""

VERSION = len(UPGRADES)
"""The version of archives that this version of the package writes."""
