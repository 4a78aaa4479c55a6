"""A laptop: embedded database, no secret, mail kept in a folder that /courrier/ shows."""

from .base import *  # noqa: F403
from .base import LAB
from .env import VAR, env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env("SECRET_KEY", default="development-only-not-a-secret-0000000000000000000000000")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEMO_ALLOWED = True
DEV_MAILBOX = True
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = VAR / "static"  # stays empty: files are found where they are
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_AUTOREFRESH = DEBUG
INTERNAL_IPS = ["127.0.0.1"]
# Passkeys need HTTPS elsewhere than on localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# The demo's staff sign in with a password alone.
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", default=False)
# The demo's bank has a mediator too; a real one names its own.
LAB["MEDIATOR"] = (
    LAB["MEDIATOR"] or "Le médiateur, Banque du Phare, 1 quai du Phare, 29200 Brest, https://mediateur.example/"
)
