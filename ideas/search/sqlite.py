"""Looking up on SQLite: FTS5 without accents over the ideas' own rows, kept by triggers; its vocabulary gives near words."""

from django.db import connection
from django.db.models.expressions import RawSQL
from rapidfuzz import fuzz, process

from .words import stem

TABLES = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS ideas_search USING fts5(
        title, body, content='ideas_idea', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3 4'
    )""",
    "CREATE VIRTUAL TABLE IF NOT EXISTS ideas_word USING fts5vocab(ideas_search, 'row')",
)
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


def _query(groups: list[list[str]], every: bool) -> str:
    terms = ["(" + " OR ".join(f'"{stem(word)}"*' for word in group) + ")" for group in groups]
    return (" AND " if every else " OR ").join(terms)


def matching(groups: list[list[str]], *, every: bool = True) -> RawSQL:
    """The keys of ideas that hold a word of every group (of any one, unless `every`); each word may be only begun."""
    return RawSQL("SELECT rowid FROM ideas_search WHERE ideas_search MATCH %s", [_query(groups, every)])


def near_words(words: list[str], most: int = 12) -> dict[str, list[str]]:
    """For each word, those of the vocabulary that look most like it, of its length within two letters."""
    shortest, longest = max(3, min(map(len, words)) - 2), max(map(len, words)) + 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT term FROM ideas_word WHERE length(term) BETWEEN %s AND %s", [shortest, longest])
        terms = [row[0] for row in cursor.fetchall()]
    return {
        word: [term for term, _score, _place in process.extract(word, terms, scorer=fuzz.ratio, limit=most)]
        for word in words
    }


def closest(words: list[str], title: str, most: int) -> RawSQL:
    """Keys of ideas that share words of the title, the rarest first (BM25), titles before bodies."""
    return RawSQL(
        "SELECT rowid FROM ideas_search WHERE ideas_search MATCH %s ORDER BY bm25(ideas_search, 4.0, 1.0) LIMIT %s",
        [_query([[word] for word in words], every=False), most],
    )
