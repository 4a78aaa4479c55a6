"""Looking up on PostgreSQL: full text in the configuration `french_unaccent`, near words by trigrams (pg_trgm).

`ideas_search` holds one short row an idea, kept by a trigger on the title and the body alone: a vote, which rewrites the
idea's row, never touches the word index. `ideas_word` holds each word once, so that a typing error costs a look at the
vocabulary and not at all ideas.
"""

from django.db import connection
from django.db.models.expressions import RawSQL

INDEXES = """
CREATE INDEX ideas_search_document ON ideas_search USING gin (document);
CREATE INDEX ideas_search_title ON ideas_search USING gist (title gist_trgm_ops (siglen = 128));
CREATE INDEX ideas_word_near ON ideas_word USING gist (word gist_trgm_ops);
"""
INSTALL = """
CREATE TEXT SEARCH CONFIGURATION french_unaccent (COPY = french);
ALTER TEXT SEARCH CONFIGURATION french_unaccent
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
CREATE TEXT SEARCH CONFIGURATION simple_unaccent (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION simple_unaccent ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
CREATE TABLE ideas_search (
    idea_id bigint PRIMARY KEY REFERENCES ideas_idea (id) ON DELETE CASCADE,
    title text NOT NULL,
    document tsvector NOT NULL
);
CREATE TABLE ideas_word (word text PRIMARY KEY);
CREATE FUNCTION ideas_index() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ideas_search (idea_id, title, document) VALUES (
        NEW.id, lower(unaccent(NEW.title)),
        setweight(to_tsvector('french_unaccent', NEW.title), 'A') || setweight(to_tsvector('french_unaccent', NEW.body), 'B')
    ) ON CONFLICT (idea_id) DO UPDATE SET title = EXCLUDED.title, document = EXCLUDED.document;
    INSERT INTO ideas_word (word)
        SELECT word FROM unnest(tsvector_to_array(to_tsvector('simple_unaccent', NEW.title || ' ' || NEW.body))) AS word
        WHERE word ~ '^[[:alpha:]]{3,30}$' ORDER BY word
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER ideas_index_insert AFTER INSERT ON ideas_idea FOR EACH ROW EXECUTE FUNCTION ideas_index();
CREATE TRIGGER ideas_index_update AFTER UPDATE OF title, body ON ideas_idea FOR EACH ROW
    WHEN (OLD.title IS DISTINCT FROM NEW.title OR OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION ideas_index();
"""
UNINSTALL = """
DROP TRIGGER IF EXISTS ideas_index_insert ON ideas_idea;
DROP TRIGGER IF EXISTS ideas_index_update ON ideas_idea;
DROP FUNCTION IF EXISTS ideas_index();
DROP TABLE IF EXISTS ideas_word;
DROP TABLE IF EXISTS ideas_search;
DROP TEXT SEARCH CONFIGURATION IF EXISTS simple_unaccent;
DROP TEXT SEARCH CONFIGURATION IF EXISTS french_unaccent;
"""
REBUILD = """
TRUNCATE ideas_search, ideas_word;
DROP INDEX ideas_search_document, ideas_search_title, ideas_word_near;
INSERT INTO ideas_search (idea_id, title, document)
    SELECT id, lower(unaccent(title)),
        setweight(to_tsvector('french_unaccent', title), 'A') || setweight(to_tsvector('french_unaccent', body), 'B')
    FROM ideas_idea ORDER BY id;
INSERT INTO ideas_word (word)
    SELECT DISTINCT word FROM ideas_idea, unnest(tsvector_to_array(to_tsvector('simple_unaccent', title || ' ' || body))) AS word
    WHERE word ~ '^[[:alpha:]]{3,30}$';
"""
NEAR = """
    SELECT asked, near.word FROM unnest(%s::text[]) AS asked
    CROSS JOIN LATERAL (SELECT word FROM ideas_word ORDER BY word <-> asked LIMIT %s) AS near
"""


def is_installed() -> bool:
    return "ideas_search" in connection.introspection.table_names()


def install() -> None:
    _run(INSTALL + INDEXES)


def uninstall() -> None:
    _run(UNINSTALL)


def rebuild() -> None:
    """All anew, the indexes after the rows: quicker than row by row."""
    _run(REBUILD + INDEXES)
    _run("ANALYZE ideas_search; ANALYZE ideas_word;")


def pause() -> None:
    """Index no idea until `resume()`, in the transaction of a bulk insert."""
    _run("ALTER TABLE ideas_idea DISABLE TRIGGER ideas_index_insert")


def resume() -> None:
    _run("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to be made cannot be altered
    _run("ALTER TABLE ideas_idea ENABLE TRIGGER ideas_index_insert")
    rebuild()


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def matching(groups: list[list[str]], *, every: bool = True) -> RawSQL:
    """The keys of ideas that hold a word of every group (of any one, unless `every`); each word may be only begun."""
    query = (" & " if every else " | ").join("(" + " | ".join(f"{word}:*" for word in group) + ")" for group in groups)
    return RawSQL(
        "SELECT idea_id FROM ideas_search WHERE document @@ to_tsquery('french_unaccent', %s)",
        [query],
    )


def near_words(words: list[str], most: int = 12) -> dict[str, list[str]]:
    """For each word, those of the vocabulary that look most like it: one query for all."""
    near = {word: [] for word in words}
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [words, most])
        for asked, word in cursor.fetchall():
            near[asked].append(word)
    return near


def closest(words: list[str], title: str, most: int) -> RawSQL:
    """Keys of the ideas whose title is nearest, by shared trigrams."""
    return RawSQL("SELECT idea_id FROM ideas_search ORDER BY title <-> %s LIMIT %s", [title, most])
