"""What every environment shares. Nothing here is secret."""

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from .env import ROOT, VAR, cache, database, env

BASE_DIR = ROOT
SITE_NAME = "Customer Lab"

INSTALLED_APPS = [
    "lab",
    "cms",
    "notifications",
    "betas",
    "board",
    "complaints",
    "trust",
    "ideas",
    "polls",
    "members",
    "core",
    "vote",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.headless",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "members.wagtail_users.LabUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.middleware.RequestIdMiddleware",
    "core.middleware.PermissionsPolicyMiddleware",
    "core.incoming.IncomingTextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.TextCompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.PersonalAnswersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.DeskPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "members.middleware.DeskLanguageMiddleware",
    "members.middleware.DeskDoorMiddleware",
    "core.incoming.IncomingFormMiddleware",
    "core.middleware.RefusalMiddleware",
    "cms.guarding.WagtailInputMiddleware",
]

ROOT_URLCONF = "lab.urls"
WSGI_APPLICATION = "lab.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "lab.context.site",
                "notifications.context.bell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "core.templatetags.ui",
                "lab.templatetags.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": cache()}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "nickname")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "members.passwords.EasilyGuessedValidator"},
]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [ROOT / "lab" / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
PRIVATE_MEDIA_ROOT = VAR / "private"  # screenshots of findings: never served by a web server
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Wagtail: the desk.
WAGTAIL_SITE_NAME = SITE_NAME
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")  # what links in mail begin with
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = False  # pages are published by who may; its list also breaks three axe rules
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/compte/connexion/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 24_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# Background work. Wagtail's own indexing runs at once; ours waits in the database for the worker.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "outbox": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}
WORKER_LEASE_SECONDS = env.int("WORKER_LEASE_SECONDS", default=120)

# Mail
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Le Lab <lab@lab.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Accounts (members/adapter.py has the rules of the house)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_lab"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "members.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "members.adapter.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
# A code by e-mail or a passkey first: a password may be chosen, now or later, or never.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False  # offered to new addresses alone, it would tell which are known
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
SOCIALACCOUNT_AUTO_SIGNUP = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", default=True)
USERSESSIONS_TRACK_ACTIVITY = False
HEADLESS_SERVE_SPECIFICATION = True
HEADLESS_ADAPTER = "members.headless.HeadlessAdapter"
HEADLESS_CLIENTS = ("app",)
HEADLESS_ONLY = False

# API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.api.authentication.AppTokenAuthentication",
        "core.api.authentication.SiteSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "core.api.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "core.api.pagination.CursorPages",
    "DEFAULT_FILTER_BACKENDS": [],
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.ProblemSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env("API_RATE_ANON", default="300/min"),
        "user": env("API_RATE_MEMBER", default="600/min"),
    },
    # Without it a made-up X-Forwarded-For would be a new visitor at each request.
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
    "EXCEPTION_HANDLER": "core.api.problems.handle",
    "PAGE_SIZE": 20,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Customer Lab",
    "DESCRIPTION": "Ideas, votes, polls, beta programmes and the roadmap of a bank's co-creation community.",
    "VERSION": "1",
    "SERVE_URLCONF": "lab.api_urls",
    # Its own check would walk the desk's URLs; `manage.py openapi --check` looks at ours.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api.schema.without_column_bounds",
    ],
    "ENUM_NAME_OVERRIDES": {
        "IdeaState": "ideas.states.State",
        "PollState": "polls.states.State",
        "BetaState": "betas.states.State",
        "BetaOutcome": "betas.states.Outcome",
        "EnrolmentState": "betas.states.Enrolled",
        "ApartKind": "polls.states.Apart",
        "FindingKind": "betas.states.Kind",
        "FindingSeverity": "betas.states.Severity",
        "FindingState": "betas.states.Review",
        "ComplaintState": "complaints.states.State",
        "ComplaintOutcome": "complaints.states.Outcome",
        "QuarterState": "board.states.QuarterState",
        "BoardColumn": "board.states.Column",
        "RoadmapLaneKey": "board.states.LANE_CHOICES",
        "FactorKey": "board.states.FactorKey",
        "Language": "core.language.CHOICES",
        "ReportReceiptStateEnum": "trust.states.ReportState",
        "StatementKindEnum": "trust.states.Kind",
        "HoldRuleKindEnum": "trust.states.RuleKind",
        "SegmentsKindEnum": "members.states.Kind",
        "ActivityEnum": "members.states.Segment",
        "VisualReactionKind": "polls.states.Feeling",
        "VerdictEnum": "trust.states.Verdict",
    },
}

# Content security policy: no inline script or style on public pages. The desk's is relaxed in core.middleware.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
    }
}
# What a page may ask of the browser: nothing of what the site does not use, and passkeys for itself alone.
PERMISSIONS_POLICY = {
    **dict.fromkeys(
        [
            "accelerometer", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation",
            "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
            "xr-spatial-tracking",
        ],
        "()",
    ),
    "publickey-credentials-create": "(self)",
    "publickey-credentials-get": "(self)",
}  # fmt: skip
# Who has found a hole writes here (an e-mail address or a page): /.well-known/security.txt.
SEARCH_BY_MEANING = env.bool("SEARCH_BY_MEANING", default=True)  # where requirements-semantic.txt is installed
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")
SECURITY_POLICY_URL = env("SECURITY_POLICY_URL", default="")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "lab.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "core.logs.JsonFormatter"},
        "plain": {"()": "core.logs.PlainFormatter", "format": "%(levelname)s %(name)s %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": env("LOG_FORMAT", default="plain")}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {"lab": {"level": "INFO"}},
}

LAB_REFERRALS_SECONDS = env.int("LAB_REFERRALS_SECONDS", default=60)  # how often readings are written; 0: never

# The house rules, which a bank may change.
LAB = {
    "BANK_NAME": env("BANK_NAME", default="Banque du Phare"),
    "RESERVED_NAMES": env.list(
        "RESERVED_NAMES", default=[]
    ),  # nobody may call themselves so (members/domain/naming.py)
    "MINIMUM_AGE": 18,
    "CONSENT_VERSIONS": {"charter": 3, "newsletter": 1, "profiling": 1},  # raise one when its text changes
    "BALLOT_KEY": env("BALLOT_KEY", default=""),  # derived from SECRET_KEY where empty: docs/polls.md
    "BALLOT_ACCOUNT_HOURS": 24,  # ballots of accounts younger than this are counted apart, until the bank counts them in
    "BALLOT_BURST": 30,  # and so are those of young accounts after so many of them within BURST_HOURS
    "BALLOT_CHANGES_PER_MINUTE": 20,  # of one member, in all polls; the first ballot in a poll is no change
    "RECEIPTS_PER_MINUTE": 20,  # looked up in the published tally, by one person
    "CHARTS_PER_MINUTE": 60,  # drawn to be saved, for one person, on the site and by the API together
    "RESULT_STEP": 5,  # while a poll is open its result moves by so many ballots at a time
    "SMALLEST_CELL": 5,  # no breakdown shows fewer people than this
    "PROMISE_VOTES": 50,  # past so many votes ...
    "PROMISE_DAYS": 15,  # ... an official answer is due within so many days
    "ESCALATE_OWNER_PERCENT": 70,  # the theme's owner is told at this share of the time ...
    "ESCALATE_MANAGER_PERCENT": 100,  # ... and their manager at this one; themes may have figures of their own
    "COMPLAINT_ACKNOWLEDGE_DAYS": 10,  # working days, from the posting ...
    "COMPLAINT_ANSWER_MONTHS": 2,  # ... and months (ACPR 2024-R-02): docs/complaints.md
    "COMPLAINT_WARN_ACKNOWLEDGE_DAYS": 2,  # so many days before each limit, who handles it is told, once; 0: no warning
    "COMPLAINT_WARN_ANSWER_DAYS": 10,
    "COMPLAINT_KEEP_YEARS": 5,  # letters after the last word (Code civil, art. 2224: docs/complaints.md); 0: they stay
    "WORKING_WEEKDAYS": (0, 1, 2, 3, 4, 5),  # Monday to Saturday: « jours ouvrables »
    "HOLIDAYS_REGION": env("HOLIDAYS_REGION", default=""),  # "57", "GP" … where a region has days of its own
    # Named in every refusal of a complaint: who, and how to reach them.
    "MEDIATOR": env("MEDIATOR", default=""),
    "UNDO_SECONDS": 10,
    "COMMENT_EDIT_MINUTES": 15,
    "DELETED_TEXT_DAYS": 30,  # what a member deletes is kept so long for those who moderate, and for nobody else
    "IDEAS_PER_HOUR": 8,  # of one member
    "IDEAS_PER_DAY": 20,
    "COMMENTS_PER_MINUTE": 6,  # of one member
    "COMMENTS_PER_HOUR": 60,
    "REACTIONS_PER_MINUTE": 40,
    "BETA_SILENT_DAYS": 14,  # a tester without a sign of life for so long gives the seat to the waiting list
    "HOLD_HOURS": 24,  # what a rule holds is read within so many hours
    "APPEAL_DAYS": 183,  # six months to contest a decision
    "REPORTS_AN_HOUR": 30,  # tries from one address on the network
    "REPORTS_A_DAY": 20,  # of one member
    "REPORTS_A_DAY_UNKNOWN": 5,  # of a member who is suspended; and receipts that one e-mail gets without an account
    "STRIKE_DAYS": 180,  # a strike counts for so long
    "STRIKES_TO_BAN": 3,  # from so many on, the desk proposes a suspension
    "BURST_VOTES": 30,  # a burst: so many votes for an idea ...
    "BURST_HOURS": 12,  # ... within so many hours ...
    "BURST_SHARE": 0.6,  # ... of which more than this share comes ...
    "BURST_ACCOUNT_DAYS": 7,  # ... from accounts younger than this
    "SECURE_MESSAGING_URL": env("SECURE_MESSAGING_URL", default="/messagerie-securisee/"),
}
