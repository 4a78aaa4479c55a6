"""Looking up on PostgreSQL: full text in the configuration `french_unaccent`, near words by trigrams (pg_trgm).

`ideas_search` holds one short row an idea, kept by a trigger on the title and the body alone: a vote, which rewrites the
idea's row, never touches the word index. Titles have an index of their own, so that a word of every body costs nothing
where a title is meant. `ideas_word` holds each word once, so that a typing error costs a look at the vocabulary and not at
all ideas.
"""

from django.db import connection
from django.db.models.expressions import RawSQL

from .expressions import Groups, Language, boolean

LANGUAGE = Language(begun="{}:*", whole="{}", both=" & ", either=" | ")
MOST_COMPARED = 1000  # titles compared letter by letter

INDEXES = """
CREATE INDEX ideas_search_document ON ideas_search USING gin (document);
CREATE INDEX ideas_search_titled ON ideas_search USING gin (titled);
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
    titled tsvector NOT NULL,
    document tsvector NOT NULL
);
CREATE TABLE ideas_word (word text PRIMARY KEY);
CREATE FUNCTION ideas_index() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ideas_search (idea_id, title, titled, document) VALUES (
        NEW.id, lower(unaccent(NEW.title)), to_tsvector('french_unaccent', NEW.title),
        to_tsvector('french_unaccent', NEW.title || ' ' || NEW.body)
    ) ON CONFLICT (idea_id) DO UPDATE
        SET title = EXCLUDED.title, titled = EXCLUDED.titled, document = EXCLUDED.document;
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
DROP INDEX ideas_search_document, ideas_search_titled, ideas_word_near;
INSERT INTO ideas_search (idea_id, title, titled, document)
    SELECT id, lower(unaccent(title)), to_tsvector('french_unaccent', title), to_tsvector('french_unaccent', title || ' ' || body)
    FROM ideas_idea ORDER BY id;
INSERT INTO ideas_word (word)
    SELECT DISTINCT word FROM ideas_idea, unnest(tsvector_to_array(to_tsvector('simple_unaccent', title || ' ' || body))) AS word
    WHERE word ~ '^[[:alpha:]]{3,30}$';
"""
# Words that nobody used are doubted; where all are known, each of them is.
NEAR = """
    WITH asked AS (
        SELECT word, place, EXISTS (SELECT 1 FROM ideas_word known WHERE known.word = asked.word) AS known
        FROM unnest(%s::text[]) WITH ORDINALITY AS asked (word, place)
    ), doubted AS (
        SELECT word FROM asked WHERE NOT known OR NOT EXISTS (SELECT 1 FROM asked WHERE NOT known)
        ORDER BY length(word) DESC, place LIMIT %s
    )
    SELECT doubted.word, near.word FROM doubted
    CROSS JOIN LATERAL (SELECT word FROM ideas_word ORDER BY ideas_word.word <-> doubted.word LIMIT %s) AS near
"""


ANYWHERE = "SELECT idea_id FROM ideas_search WHERE document @@ to_tsquery('french_unaccent', %s)"
IN_TITLES = "SELECT idea_id FROM ideas_search WHERE titled @@ to_tsquery('french_unaccent', %s)"
# Materialized, the words are looked up by their index: with a limit beside them the planner reads the whole table instead.
_NEAREST = """
    WITH found AS MATERIALIZED (SELECT idea_id, title FROM ideas_search WHERE {} @@ to_tsquery('french_unaccent', %s)),
        few AS (SELECT idea_id, title FROM found LIMIT %s)
    SELECT idea_id FROM few ORDER BY title <-> %s LIMIT %s
"""
NEAREST, NEAREST_IN_TITLES = _NEAREST.format("document"), _NEAREST.format("titled")


def is_installed() -> bool:
    return "ideas_search" in connection.introspection.table_names()


def install() -> None:
    _run(INSTALL + INDEXES)


def uninstall() -> None:
    _run(UNINSTALL)


def rebuild() -> None:
    """All anew, the indexes after the rows: quicker than row by row."""
    _run(REBUILD + INDEXES)
    _run("ANALYZE ideas_idea; ANALYZE ideas_search; ANALYZE ideas_word;")


def pause() -> None:
    """Index no idea until `resume()`, in the transaction of a bulk insert."""
    _run("ALTER TABLE ideas_idea DISABLE TRIGGER ideas_index_insert")


def resume() -> None:
    _run("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to be made cannot be altered
    _run("ALTER TABLE ideas_idea ENABLE TRIGGER ideas_index_insert")
    rebuild()


def hide_real_tables() -> None:
    """For this connection alone, empty temporary tables of the same names stand before the real ones."""
    _run(
        "CREATE TEMPORARY TABLE ideas_idea (LIKE ideas_idea INCLUDING ALL);"
        " CREATE TEMPORARY TABLE ideas_ideavector (LIKE ideas_ideavector INCLUDING ALL);"
        " CREATE TEMPORARY TABLE ideas_search (LIKE ideas_search INCLUDING DEFAULTS);"
        " CREATE TEMPORARY TABLE ideas_word (LIKE ideas_word INCLUDING ALL);" + INDEXES
    )


def show_real_tables() -> None:
    _run("DROP TABLE pg_temp.ideas_search, pg_temp.ideas_word, pg_temp.ideas_ideavector, pg_temp.ideas_idea")


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def matching(groups: Groups, *, least: int, in_titles: bool = False, nearest: str = "", limit: int = 0) -> RawSQL:
    """The keys of ideas that hold a word of at least `least` groups; each word may be only begun.

    With `nearest`, the `limit` keys whose title is nearest to it, by shared trigrams, among the first thousand found.
    """
    query = boolean(groups, least, LANGUAGE)
    if not nearest:
        return RawSQL(IN_TITLES if in_titles else ANYWHERE, [query])  # noqa: S611 - two constants
    nearest_first = NEAREST_IN_TITLES if in_titles else NEAREST
    return RawSQL(nearest_first, [query, MOST_COMPARED, nearest, limit])  # noqa: S611 - two constants


def near_words(words: list[str], *, most_asked: int, most: int = 24) -> dict[str, list[str]]:
    """For each doubtful word, those of the vocabulary that look most like it: one query for all."""
    near: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [words, most_asked, most])
        for asked, word in cursor.fetchall():
            near.setdefault(asked, []).append(word)
    return near
