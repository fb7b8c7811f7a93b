"""Django settings (设置): made from the environment; see ``environment`` for what may be chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import hexi
from hexi.portal.config.database import database_settings
from hexi.portal.config.environment import read_environment, secret_key
from hexi.portal.config.messages import install_catalogues

HEXI = read_environment()
HEXI.home.mkdir(parents=True, exist_ok=True)
PORTAL = Path(__file__).resolve().parent.parent
HEXI_VERSION = getattr(hexi, "__version__", "0.1.0")

SECRET_KEY = secret_key(HEXI.home)
DEBUG = HEXI.debug
ALLOWED_HOSTS = list(HEXI.hosts)
ROOT_URLCONF = "hexi.portal.config.urls"
WSGI_APPLICATION = "hexi.portal.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "core.Person"
APPEND_SLASH = True

INSTALLED_APPS = [
    "hexi.portal.core",
    "hexi.portal.plans",
    "hexi.portal.returns",
    "hexi.portal.figures",
    "hexi.portal.projects",
    "hexi.portal.promotion",
    "hexi.portal.supervision",
    "hexi.portal.admission",
    "hexi.portal.chains",
    "hexi.portal.scoreboard",
    "hexi.portal.evaluations",
    "hexi.portal.breakdown",
    "hexi.portal.assessment",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "hexi.portal.config.security.SecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hexi.portal.config.language.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hexi.portal.core.access.AccessMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PORTAL / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "hexi.portal.templating",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "hexi.portal.core.context.portal",
            ],
        },
    }
]

# Never ATOMIC_REQUESTS: IMMEDIATE transactions would lock the database for every page view.
DATABASES = {"default": database_settings(HEXI.database_url, HEXI.home)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [install_catalogues(HEXI.home)]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HEXI.home / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [PORTAL / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hexi.portal.config.storage.HexiStaticStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HEXI.https
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = HEXI.https
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hexi.portal.core.views.errors.csrf_refused"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HEXI.hosts] if HEXI.https else []
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HEXI.https else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HEXI.https else 0
SILENCED_SYSTEM_CHECKS = [
    # the office's gateway ends https and sends http there; the portal behind it only speaks http
    "security.W008",
    # the other hosts of the office's domain are not ours to bind: whoever keeps the gateway adds
    # includeSubDomains there when all of them speak https
    "security.W005",
    # a place in the browsers' preload list is asked for by the owner of the whole domain
    "security.W021",
]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

UPLOAD_BYTES = HEXI.upload_megabytes * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = HEXI.upload_files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "hexi.portal.plans.upload_limit.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"hexi": {"level": "INFO"}},
}
