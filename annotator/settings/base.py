"""All settings, and all reading of the environment."""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.templatetags.static import static
from django.utils.translation import gettext_lazy

from annotator.lib.staticfiles import is_immutable, static_version

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DATA_DIR = Path(env.str("ANNOTATOR_DATA", default=str(BASE_DIR / ".data")))
SECRET_KEY = env.str("SECRET_KEY", default="")
# Former ones, so that what they signed and sealed still opens.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "annotator.ops",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "annotator.users",
    "annotator.schemas",
    "articles",
]

MIDDLEWARE = [
    "annotator.lib.middleware.refuse_nul",
    "annotator.lib.requests.remember_request",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "annotator.lib.middleware.GZip",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "annotator.users.middleware.LanguageMiddleware",
    "annotator.users.middleware.SeenAsMiddleware",
    "annotator.lib.middleware.frame_sign_in",
    "annotator.lib.pages.RefusalMiddleware",
]

ROOT_URLCONF = "annotator.urls"
WSGI_APPLICATION = "annotator.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "annotator.lib.words.words_address",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- data

DATABASES = {"default": env.db("DATABASE_URL", default="postgresql:///annotator")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "annotator",
    }
}

# --- people

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "annotator.users.adapter.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# A newsroom of fifty that signs in at nine comes from one address.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"login": "120/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Annotator"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "annotator.lib.pages.not_from_here"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/", "/api/docs/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
# Seconds for each step of sending. Without, a mail server that hangs would hold a worker for good.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="annotator@localhost")
# Where people reach this site, for links in letters.
SITE_ADDRESS = env.str("SITE_ADDRESS", default="http://localhost:8000").rstrip("/")

# --- words and pages

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("kk", "Қазақша")]
LOCALE_PATHS = [BASE_DIR / "annotator" / "locale"]
FORMAT_MODULE_PATH = ["annotator.locale"]
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True

STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_VERSION = static_version(BASE_DIR / "static")
STATIC_URL = f"static/{STATIC_VERSION}/"
STATIC_ROOT = Path(env.str("ANNOTATOR_STATIC", default=str(DATA_DIR / "static"))) / STATIC_VERSION
WHITENOISE_IMMUTABLE_FILE_TEST = is_immutable
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "annotator.lib.staticfiles.LeanStaticFilesStorage"},
}

# --- the API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotator.users.authentication.TokenAuthentication",
        "annotator.users.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["articles.api.json.Renderer"],
    "DEFAULT_PARSER_CLASSES": ["articles.api.json.Parser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "articles.api.errors.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Annotator API",
    "DESCRIPTION": "Articles in, suggestions, corrections, gold data out.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "ENUM_NAME_OVERRIDES": {
        "ArticleStatus": "articles.models.Status",
        "JobState": "articles.models.Job.State",
        "LayerState": ["open", "submitted", "approved"],
        "BulkAction": "articles.models.BulkEdit.Action",
        "EditStatus": ["applied", "duplicate", "rejected"],
    },
}

# --- work in the background: a task may run twice, late, or on another machine, and the database decides

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "resume-stale-jobs": {"task": "articles.tasks.jobs.resume_stale_jobs", "schedule": 5.0},
    "start-due-trainings": {"task": "articles.tasks.training.start_due_trainings", "schedule": 30.0},
    "train-at-night": {
        "task": "articles.tasks.training.start_due_trainings",
        "schedule": crontab(hour=3, minute=20),
        "kwargs": {"nightly": True},
    },
    "evaluate-engines": {"task": "articles.tasks.evaluations.evaluate_engines", "schedule": 60.0},
    "rank-where-due": {"task": "articles.tasks.ranks.rank_where_due", "schedule": 60.0},
    "carry-over-where-due": {"task": "articles.tasks.carrying.carry_over_where_due", "schedule": 60.0},
    "compare-readings": {"task": "articles.tasks.agreement.compare_readings", "schedule": 60.0},
    "look-for-errors": {"task": "articles.tasks.doubts.look_for_errors", "schedule": 300.0},
    "return-expired-assignments": {
        "task": "articles.tasks.assignments.return_expired_assignments",
        "schedule": 600.0,
    },
    "deliver-webhooks": {"task": "articles.tasks.webhooks.deliver", "schedule": 5.0},
    "send-hourly-digests": {
        "task": "articles.tasks.notifications.send_digests",
        "schedule": crontab(minute=5),
        "args": ("hourly",),
    },
    "send-daily-digests": {
        "task": "articles.tasks.notifications.send_digests",
        "schedule": crontab(hour=7, minute=35),
        "args": ("daily",),
    },
    "draft-gold-where-missing": {
        "task": "articles.tasks.assignments.draft_gold_where_missing",
        "schedule": 60.0,
    },
    "purge-deleted-projects": {
        "task": "articles.tasks.projects.purge_deleted_projects",
        "schedule": 3_600.0,
    },
    "forget-old-uploads": {"task": "articles.tasks.imports.forget_old_uploads", "schedule": 3_600.0},
}

# --- limits

DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10_000
FILE_UPLOAD_HANDLERS = ["annotator.lib.uploads.OneFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Hosts and networks besides the public internet that engines may connect to, such as localhost,10.0.0.0/8.
ENGINE_HOSTS_ALLOWED = env.list("ENGINE_HOSTS_ALLOWED", default=[])
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_BYTES", default=2 * 1024**3)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # It would write a line for each request, with the whole address.
    "loggers": {"httpx": {"level": "WARNING"}},
}

UNFOLD = {
    "SITE_TITLE": "Annotator",
    "SITE_HEADER": "Annotator",
    "SITE_SUBHEADER": gettext_lazy("Projects, people, articles, jobs"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("icon.svg")},
    ],
    "SITE_SYMBOL": "edit_note",
    "SHOW_VIEW_ON_SITE": True,
    "SITE_URL": "/",
    "COLORS": {
        "primary": {
            "50": "oklch(97% 0.014 256)",
            "100": "oklch(94% 0.03 256)",
            "200": "oklch(88.5% 0.06 256)",
            "300": "oklch(81% 0.1 256)",
            "400": "oklch(71% 0.14 256)",
            "500": "oklch(62% 0.16 256)",
            "600": "oklch(52% 0.16 256)",
            "700": "oklch(45% 0.14 256)",
            "800": "oklch(39% 0.115 256)",
            "900": "oklch(34% 0.09 256)",
            "950": "oklch(26% 0.07 256)",
        }
    },
    "DASHBOARD_CALLBACK": "articles.admin.dashboard.overview",
    "SIDEBAR": {"navigation": "articles.admin.dashboard.navigation"},
}
