# SPDX-License-Identifier: EUPL-1.2
"""Settings, from the environment. Every name is documented in docs/running.md; rules never read them."""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url

from ennakko.municipalities import profile

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("ENNAKKO_VAR", ROOT / "var"))
ASSETS = VAR / "assets"
# The sealed files of documents; in the backup, and as needed as the database.
DOCUMENTS = VAR / "documents"

# Commands on a developer's machine mean the demo; the web server's entry point (wsgi.py) means production unless told
# otherwise, and production refuses whatever belongs to the demo (docs/decisions/0003-profiles.md).
PROFILE = os.environ.get("ENNAKKO_PROFILE", "demo")
if PROFILE not in ("demo", "production"):
    raise ValueError(f"ENNAKKO_PROFILE is {PROFILE!r}: write demo or production")
DEMO = PROFILE == "demo"
PRODUCTION = not DEMO
DEBUG = os.environ.get("ENNAKKO_DEBUG", "") == "1"
DEFAULT_SECRET_KEY = "for-tests-and-the-demo-only"  # noqa: S105
SECRET_KEY = os.environ.get("ENNAKKO_SECRET_KEY", DEFAULT_SECRET_KEY)
# The ring of keys that seal personal data (kernel/keys.py); another secret than SECRET_KEY.
ENNAKKO_DATA_KEY = os.environ.get("ENNAKKO_DATA_KEY", "")
DEFAULT_HOSTS = "localhost,127.0.0.1,[::1],testserver"
ALLOWED_HOSTS = os.environ.get("ENNAKKO_HOSTS", DEFAULT_HOSTS).split(",")
# ENNAKKO_MUNICIPALITY names a folder of ennakko/municipalities; its profile tells what the city is and offers.
MUNICIPALITY = profile.chosen()
# A static file with the municipality's own logo, for a city that holds the licence to it; else the name is written.
LOGO = os.environ.get("ENNAKKO_LOGO", "")
ALLOW_SQLITE = os.environ.get("ENNAKKO_ALLOW_SQLITE", "") == "1"
# "embedded" shows messages on a demo page; "http" sends them to the real services.
CONNECTORS = os.environ.get("ENNAKKO_CONNECTORS", "embedded")

KERNEL = [
    "clock", "access", "audit", "purposes", "registers", "people", "organisations", "messages", "jobs", "documents",
    "records", "payments", "offers", "cases", "figures", "ui", "api",
]  # fmt: skip
SERVICES = [service.replace("-", "_") for service in profile.load(MUNICIPALITY).services]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *(f"ennakko.kernel.{name}" for name in KERNEL),
    "django.forms",
    *(f"ennakko.services.{name}" for name in SERVICES),
    "ennakko.demo_city",
    "ennakko.web",
]

MIDDLEWARE = [
    "ennakko.web.middleware.ReferenceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "ennakko.web.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ennakko.kernel.ui.uploads.UploadLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ennakko.web.signin.middleware.ActorMiddleware",
]

ROOT_URLCONF = "ennakko.web.urls"
WSGI_APPLICATION = "ennakko.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "ennakko.kernel.ui.context.site",
            ]
        },
    }
]
FORM_RENDERER = "ennakko.kernel.ui.forms.HdsRenderer"

VAR.mkdir(parents=True, exist_ok=True)
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("ENNAKKO_DATABASE", f"sqlite:///{VAR / 'ennakko.sqlite3'}"), conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a deferred transaction that turns into a write fails with "database is locked" under load.
    DATABASES["default"]["ENGINE"] = "ennakko.kernel.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # A page that every claim changes goes back to the file once in 120 claims, not once in 12.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456; "
            "PRAGMA wal_autocheckpoint=10000;"
        ),
    }
elif os.environ.get("ENNAKKO_PREPARED_STATEMENTS", "1") == "1":
    # The statements of kernel/statements.py are prepared by the server once a connection; Django's own never are.
    DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = 5
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
    # Drawings hold figures that have passed the disclosure gate; every worker finds what one has drawn.
    "drawings": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR / "drawings"},
}

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
ASSETS.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [ASSETS]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ennakko.kernel.ui.storage.CollectedAssets"},
}
# Before the first collection (tests, a fresh clone) the files are served from where they are.
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_AUTOREFRESH = DEBUG

SESSION_ENGINE = "ennakko.web.signin.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=2).total_seconds())
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "ennakko.web.pages_errors.csrf_refused"
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("ENNAKKO_ORIGINS", "").split(",") if origin]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Whose pages may show in a frame what is made for it (the estimate of a benefit): anybody's, or the origins named here.
EMBEDDED_BY = os.environ.get("ENNAKKO_EMBEDDED_BY", "*")
# Keys by which the city's reporting tool reads statistics over the network; without any nobody does.
STATISTICS_KEYS = [key for key in os.environ.get("ENNAKKO_STATISTICS_KEYS", "").split(",") if len(key) >= 32]
if os.environ.get("ENNAKKO_BEHIND_PROXY", "") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 30
# A form's whole body: two kinds of files, five of each, of ten mebibytes. More is answered with 413 before it is read.
MOST_UPLOADED = 105 * 1024 * 1024

# Sign-in: an OpenID Connect issuer for residents (Suomi.fi behind it) and another for the city's own people.
SIGN_IN = {
    group: {
        "issuer": os.environ.get(f"ENNAKKO_{group.upper()}_ISSUER", ""),
        "client_id": os.environ.get(f"ENNAKKO_{group.upper()}_CLIENT_ID", "ennakko"),
        "client_secret": os.environ.get(f"ENNAKKO_{group.upper()}_CLIENT_SECRET", ""),
        "scope": os.environ.get(f"ENNAKKO_{group.upper()}_SCOPE", "openid profile"),
    }
    for group in ("residents", "staff")
}

# The real connectors (ENNAKKO_CONNECTORS=http); one whose address is empty is not used.
SUOMIFI = {
    "url": os.environ.get("ENNAKKO_SUOMIFI_URL", ""),
    "username": os.environ.get("ENNAKKO_SUOMIFI_USERNAME", ""),
    "password": os.environ.get("ENNAKKO_SUOMIFI_PASSWORD", ""),
    "service_id": os.environ.get("ENNAKKO_SUOMIFI_SERVICE_ID", ""),
}
SMTP = {
    "host": os.environ.get("ENNAKKO_SMTP_HOST", ""),
    "port": os.environ.get("ENNAKKO_SMTP_PORT", "587"),
    "sender": os.environ.get("ENNAKKO_SMTP_SENDER", ""),
    "username": os.environ.get("ENNAKKO_SMTP_USERNAME", ""),
    "password": os.environ.get("ENNAKKO_SMTP_PASSWORD", ""),
}
SMS = {
    "url": os.environ.get("ENNAKKO_SMS_URL", ""),
    "api_key": os.environ.get("ENNAKKO_SMS_API_KEY", ""),
    "sender": os.environ.get("ENNAKKO_SMS_SENDER", "Ennakko"),
}

# Registers and other systems that are asked (web/outside.py); one whose address is empty is not used.
OUTSIDE_SECONDS = float(os.environ.get("ENNAKKO_OUTSIDE_SECONDS", "3"))
BUSINESS_REGISTER = {
    "url": os.environ.get("ENNAKKO_BUSINESS_REGISTER_URL", "https://avoindata.prh.fi/opendata-ytj-api/v3"),
}
ASSOCIATION_REGISTER = {
    "url": os.environ.get("ENNAKKO_ASSOCIATION_REGISTER_URL", ""),
    "username": os.environ.get("ENNAKKO_ASSOCIATION_REGISTER_USERNAME", ""),
    "password": os.environ.get("ENNAKKO_ASSOCIATION_REGISTER_PASSWORD", ""),
}
MANDATES = {
    "url": os.environ.get("ENNAKKO_MANDATES_URL", ""),
    "client_id": os.environ.get("ENNAKKO_MANDATES_CLIENT_ID", ""),
    "api_key": os.environ.get("ENNAKKO_MANDATES_API_KEY", ""),
    "oauth_secret": os.environ.get("ENNAKKO_MANDATES_OAUTH_SECRET", ""),
    "codes": os.environ.get("ENNAKKO_MANDATES_CODES", ""),
}
TAX_DEBTS = {
    "url": os.environ.get("ENNAKKO_TAX_DEBTS_URL", ""),
    "software_key": os.environ.get("ENNAKKO_TAX_DEBTS_SOFTWARE_KEY", ""),
    "software_id": os.environ.get("ENNAKKO_TAX_DEBTS_SOFTWARE_ID", ""),
    "certificate": os.environ.get("ENNAKKO_TAX_DEBTS_CERTIFICATE", ""),
    "key": os.environ.get("ENNAKKO_TAX_DEBTS_KEY", ""),
}
INCOMES = {
    "url": os.environ.get("ENNAKKO_INCOMES_URL", ""),
    "action": os.environ.get("ENNAKKO_INCOMES_ACTION", ""),
    "owner": os.environ.get("ENNAKKO_INCOMES_OWNER", ""),
    "codes": os.environ.get("ENNAKKO_INCOMES_CODES", ""),
    "certificate": os.environ.get("ENNAKKO_INCOMES_CERTIFICATE", ""),
    "key": os.environ.get("ENNAKKO_INCOMES_KEY", ""),
    "signers": os.environ.get("ENNAKKO_INCOMES_SIGNERS", ""),
}
INCOMES_TEST = os.environ.get("ENNAKKO_INCOMES_TEST", "") == "1"
SCANNER = {
    "host": os.environ.get("ENNAKKO_SCANNER_HOST", ""),
    "port": os.environ.get("ENNAKKO_SCANNER_PORT", "3310"),
}
DECISION_ARCHIVE = {
    "url": os.environ.get("ENNAKKO_DECISION_ARCHIVE_URL", ""),
    "token_url": os.environ.get("ENNAKKO_DECISION_ARCHIVE_TOKEN_URL", ""),
    "client_id": os.environ.get("ENNAKKO_DECISION_ARCHIVE_CLIENT_ID", ""),
    "client_secret": os.environ.get("ENNAKKO_DECISION_ARCHIVE_CLIENT_SECRET", ""),
    "refresh_token": os.environ.get("ENNAKKO_DECISION_ARCHIVE_REFRESH_TOKEN", ""),
}
# What other systems show when they call us: the decision archive, finance and the register of aid.
CALLERS = {
    "decision-archive": os.environ.get("ENNAKKO_DECISION_ARCHIVE_CALLER_KEY", ""),
    "finance": os.environ.get("ENNAKKO_FINANCE_CALLER_KEY", ""),
    "aid-register": os.environ.get("ENNAKKO_AID_REGISTER_CALLER_KEY", ""),
}
FINANCE = {
    "url": os.environ.get("ENNAKKO_FINANCE_URL", ""),
    "username": os.environ.get("ENNAKKO_FINANCE_USERNAME", ""),
    "password": os.environ.get("ENNAKKO_FINANCE_PASSWORD", ""),
}

LOG_LEVEL = os.environ.get("ENNAKKO_LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"reference": {"()": "ennakko.web.middleware.ReferenceFilter"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} [{reference}] {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["reference"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # At their lower levels urllib3 writes addresses and signxml whole documents: both would hold identity codes.
    "loggers": {
        "ennakko": {"level": LOG_LEVEL},
        "django.request": {"level": "ERROR"},
        "urllib3": {"level": "WARNING"},
        "signxml": {"level": "WARNING"},
    },
}
