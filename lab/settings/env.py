"""The one place that reads the environment. Every variable is listed in docs/configuration.md."""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
if (ROOT / ".env").exists():
    env.read_env(ROOT / ".env")

VAR = Path(env("LAB_VAR", default=str(ROOT / "var")))

SQLITE_OPTIONS = {
    "timeout": 20,
    # A deferred transaction that later writes fails at once with "locked"; IMMEDIATE waits its turn.
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-20000;PRAGMA journal_size_limit=27103364;"
    ),
}


def database(default_name: str = "lab.sqlite3") -> dict:
    """DATABASE_URL, or an embedded SQLite file under LAB_VAR. SQLite runs in WAL with IMMEDIATE transactions."""
    VAR.mkdir(parents=True, exist_ok=True)
    config = env.db("DATABASE_URL", default=f"sqlite:///{VAR / default_name}")
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS | config.get("OPTIONS", {})
    else:
        # A new connection per request costs more than the request: keep them (or pool, see docs/production.md).
        # PostgreSQL takes a page out of order for four times the price of the next one, as on a turning disk: it then walks
        # all ideas rather than use the index of a theme. Empty for a pooler that refuses start-up options.
        if options := env("DATABASE_OPTIONS", default="-c random_page_cost=1.1"):
            config.setdefault("OPTIONS", {}).setdefault("options", options)
        config.setdefault("CONN_MAX_AGE", env.int("DATABASE_CONN_MAX_AGE", default=60))
        config.setdefault("CONN_HEALTH_CHECKS", True)
    return config


def cache() -> dict:
    """REDIS_URL, or the database: login throttling needs a cache that all processes share."""
    url = env("REDIS_URL", default="")
    if url:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url, "KEY_PREFIX": "lab"}
    return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "lab_cache"}
