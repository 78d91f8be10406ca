"""The one settings file. What differs between places comes from the environment (docs/configuration.md)."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from kontum_tthc import env

BASE_DIR = Path(__file__).resolve().parent.parent

# Who we are
SECRET_KEY = env.text("KONTUM_SECRET_KEY")
DEBUG = False
DEMO = env.boolean("KONTUM_DEMO", default=False)
CLOCK_PINNED_AT = env.moment("KONTUM_CLOCK")
ALLOWED_HOSTS = env.words("KONTUM_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("KONTUM_ORIGINS")
DATA_DIR = Path(env.text("KONTUM_DATA_DIR", str(BASE_DIR / "var" / "data")))

INSTALLED_APPS = [
    "kontum_tthc",
    "worktime",
    "journal",
    "ui",
    "accounts",
    "agencies",
    "dossiers",
    "exchange",
    "directives",
    "deliveries",
    "reports",
    "notices",
    "accountability",
    "drafting",
    "demo",
    "kontum_tthc.admin_app.OperatorAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "pgtrigger",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
]

MIDDLEWARE = [
    "kontum_tthc.middleware.numbered",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kontum_tthc.middleware.keep_nothing",
    "csp.middleware.CSPMiddleware",
    "kontum_tthc.preferences.spoken",
    "kontum_tthc.middleware.nul_names_nothing",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kontum_tthc.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kontum_tthc.middleware.refused_methods_explained",
]

ROOT_URLCONF = "kontum_tthc.urls"
WSGI_APPLICATION = "kontum_tthc.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kontum_tthc.context.shell",
            ],
        },
    },
]

# Services
DATABASES: dict[str, Any] = {
    "default": {
        **env.database("DATABASE_URL"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
CELERY_BROKER_URL, REDIS_CACHE_URL = env.redis_urls("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_CACHE_URL}}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# Language and time: Vietnamese msgids, so the default can never fall back to another language.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]  # the first unless chosen otherwise (kontum_tthc/preferences.py)
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["kontum_tthc.formats"]

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend", "agencies.backends.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "assets"]  # built from static/ by tools/assets.py
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
INTAKE_MAX_BYTES = env.integer("KONTUM_INTAKE_MAX_MB", 600, least=1, most=4096) * 1024 * 1024
INTAKE_MAX_ROWS = env.integer("KONTUM_INTAKE_MAX_ROWS", 3_000_000, least=1_000, most=50_000_000)
INTAKE_HOLD_LEAST = 20  # rows or dossiers that may be a reason to ask a person before a file is taken in
DROP_DIR = Path(env.text("KONTUM_DROP_DIR", str(DATA_DIR / "giao-nop")))
DROP_SETTLES = 30  # seconds without a write after which a file in a drop folder is whole
# What the process that reads a file may use: address space, of which a quarter is programs; seconds of the processor.
INTAKE_READER_MEMORY, INTAKE_READER_SECONDS = 640 * 1024 * 1024, 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"

# Security. KONTUM_HTTPS=0 is for one machine's loopback only; a startup check refuses it elsewhere.
HTTPS = env.boolean("KONTUM_HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
BEHIND_PROXY = env.boolean("KONTUM_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # attempts to sign in are counted by caller, not all as the proxy's
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kontum_tthc.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}},
    "filters": {"request_id": {"()": "kontum_tthc.request_id.WithRequestId"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["console"], "level": env.text("KONTUM_LOG_LEVEL", "INFO")},
}
