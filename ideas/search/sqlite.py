"""Looking up on SQLite: FTS5 without accents over the ideas' own rows, kept by triggers; its vocabulary gives near words."""

import re
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL
from rapidfuzz import fuzz, process

from .expressions import Groups, Language, boolean
from .words import stem

LANGUAGE = Language(begun='"{}"*', whole='"{}"', both=" AND ", either=" OR ")

TABLES = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS ideas_search USING fts5(
        title, body, content='ideas_idea', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3 4'
    )""",
    "CREATE VIRTUAL TABLE IF NOT EXISTS ideas_word USING fts5vocab(ideas_search, 'row')",
)
ANYWHERE = "SELECT rowid FROM ideas_search WHERE ideas_search MATCH %s"
NEAREST = f"{ANYWHERE} ORDER BY bm25(ideas_search, 4.0, 1.0) LIMIT %s"
_ADD = "INSERT INTO ideas_search (rowid, title, body) VALUES (new.id, new.title, new.body);"
_DROP = "INSERT INTO ideas_search (ideas_search, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);"
TRIGGERS = {
    "ideas_index_insert": f"AFTER INSERT ON ideas_idea BEGIN {_ADD} END",
    "ideas_index_delete": f"AFTER DELETE ON ideas_idea BEGIN {_DROP} END",
    "ideas_index_update": f"AFTER UPDATE OF title, body ON ideas_idea BEGIN {_DROP} {_ADD} END",
}


def is_installed() -> bool:
    """Tables and triggers: Django remakes a SQLite table to alter it, and its triggers are gone without a word."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'ideas\\_%' ESCAPE '\\'")
        return {"ideas_search", *TRIGGERS} <= {row[0] for row in cursor.fetchall()}


def install() -> None:
    with connection.cursor() as cursor:
        for sql in TABLES:
            cursor.execute(sql)
        for name, body in TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {body}")
    rebuild()


def uninstall() -> None:
    with connection.cursor() as cursor:
        for name in TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        for table in ("ideas_word", "ideas_search"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")


def rebuild() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO ideas_search (ideas_search) VALUES ('rebuild')")


def pause() -> None:
    """Index no idea until `resume()`, in the transaction of a bulk insert."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS ideas_index_insert")


def resume() -> None:
    install()


def hide_real_tables() -> None:
    """For this connection alone, empty temporary tables of the same names stand before the real ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name IN ('ideas_idea', 'ideas_ideavector')"
            " AND type != 'trigger' ORDER BY type DESC"
        )
        for sql in [row[0] for row in cursor.fetchall() if row[0]]:
            sql = re.sub(r"^(CREATE (?:UNIQUE )?(?:TABLE|INDEX)) ", r"\1 temp.", sql)
            cursor.execute(re.sub(r" REFERENCES \S+ \([^)]*\)( DEFERRABLE INITIALLY DEFERRED)?", "", sql))
        for sql in TABLES:
            cursor.execute(sql.replace("IF NOT EXISTS ", "temp."))


def show_real_tables() -> None:
    with connection.cursor() as cursor:
        for table in ("ideas_word", "ideas_search", "ideas_ideavector", "ideas_idea"):
            cursor.execute(f"DROP TABLE temp.{table}")


def matching(groups: Groups, *, least: int, in_titles: bool = False, nearest: str = "", limit: int = 0) -> RawSQL:
    """The keys of ideas that hold a word of at least `least` groups; each word may be only begun.

    With `nearest`, the `limit` best by BM25: the rarest words weigh most, those of the title four times.
    """
    query = boolean([[stem(first), *others] for first, *others in groups], least, LANGUAGE)
    query = f"{{title}} : ({query})" if in_titles else query
    if not nearest:
        return RawSQL(ANYWHERE, [query])  # noqa: S611 - a constant
    return RawSQL(NEAREST, [query, limit])  # noqa: S611 - a constant


def near_words(words: list[str], *, most_asked: int, most: int = 12) -> dict[str, list[str]]:
    """For each doubtful word, those of the vocabulary that look most like it.

    Words that nobody used are doubted; where all are known, each of them is.
    """
    known = vocabulary()
    unknown = [word for word in words if word not in known]
    doubted = sorted(unknown or words, key=len, reverse=True)[:most_asked]
    near: dict[str, list[str]] = {}
    for word in doubted:
        like = (term for length in range(len(word) - 2, len(word) + 3) for term in known.by_length.get(length, ()))
        found = process.extract(word, like, scorer=fuzz.ratio, score_cutoff=60, limit=most)
        near[word] = [term for term, _score, _place in found]
    return near


class Vocabulary(set):
    """Every word of the ideas, also by its length."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        super().__init__(terms)
        self.by_length: dict[int, list[str]] = {}
        for term in self:
            self.by_length.setdefault(len(term), []).append(term)


_kept: tuple[tuple, Vocabulary] = ((), Vocabulary())


def vocabulary() -> Vocabulary:
    """Kept in memory while the index is what it was: FTS5 writes its sums and its structure anew with each change."""
    global _kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM ideas_search_data WHERE id IN (1, 10) ORDER BY id")
        version = (connection.settings_dict["NAME"], *(row[0] for row in cursor.fetchall()))
        if version != _kept[0]:
            cursor.execute("SELECT term FROM ideas_word WHERE length(term) BETWEEN 3 AND 30")
            _kept = (version, Vocabulary(row[0] for row in cursor.fetchall() if row[0].isalpha()))
    return _kept[1]
