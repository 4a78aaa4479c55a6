"""Tests: the same database engine and the same task backend as in life; only hashing is quicker."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .env import env

DEBUG = False
SECRET_KEY = "tests-only-0000000000000000000000000000000000000000000000"  # noqa: S105
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = Path(tempfile.gettempdir()) / "customer-lab-tests" / "media"
PRIVATE_MEDIA_ROOT = Path(tempfile.gettempdir()) / "customer-lab-tests" / "private"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEMO_ALLOWED = True
DEV_MAILBOX = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, not memory: WAL and several connections behave as they do in life.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.mkdtemp(prefix="lab-test-")) / "test.sqlite3")}  # noqa: F405
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = {"anon": "100000/min", "user": "100000/min"}  # noqa: F405
ACCOUNT_RATE_LIMITS = (env.bool("TEST_RATE_LIMITS", default=False) and {}) or False
STAFF_MFA_REQUIRED = False

if CACHES["default"]["BACKEND"].endswith("RedisCache"):  # noqa: F405
    # Each test process has a Redis database of its own, which a test may empty.
    _place, _, _number = CACHES["default"]["LOCATION"].rpartition("/")  # noqa: F405
    _worker = int(env("PYTEST_XDIST_WORKER", default="gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = f"{_place}/{(int(_number or 0) + _worker) % 16}"  # noqa: F405
SEARCH_BY_MEANING = False  # but in the tests of it
LAB_REFERRALS_SECONDS = 0  # no thread beside the tests: they write by hand
# Members of the tests have just joined, vote in crowds and post in rows; tests of what is held back set these themselves.
LAB = LAB | {  # noqa: F405
    "BALLOT_ACCOUNT_HOURS": 0, "BALLOT_BURST": 10**6, "IDEAS_PER_HOUR": 10**6, "IDEAS_PER_DAY": 10**6,
}  # fmt: skip
