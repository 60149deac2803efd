# SPDX-License-Identifier: EUPL-1.2
"""Settings, from the environment. Every name is documented in docs/running.md; rules never read them."""

import os
from pathlib import Path

import dj_database_url

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("ENNAKKO_VAR", ROOT / "var"))

# Commands on a developer's machine mean the demo; the web server's entry point (wsgi.py) means production unless told
# otherwise, and production's checks refuse whatever belongs to the demo (docs/decisions/0003-profiles.md).
PROFILE = os.environ.get("ENNAKKO_PROFILE", "demo")
if PROFILE not in ("demo", "production"):
    raise ValueError(f"ENNAKKO_PROFILE is {PROFILE!r}: write demo or production")
DEMO = PROFILE == "demo"
DEBUG = os.environ.get("ENNAKKO_DEBUG", "") == "1"
SECRET_KEY = os.environ.get("ENNAKKO_SECRET_KEY", "for-tests-and-the-demo-only")
ALLOWED_HOSTS = os.environ.get("ENNAKKO_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
MUNICIPALITY = os.environ.get("ENNAKKO_MUNICIPALITY", "helsinki")

KERNEL = [
    "clock", "access", "audit", "purposes", "registers", "people", "messages", "jobs", "offers", "cases", "figures",
    "ui", "api",
]  # fmt: skip
SERVICES = ["summer_voucher"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *(f"ennakko.kernel.{name}" for name in KERNEL),
    *(f"ennakko.services.{name}" for name in SERVICES),
    "ennakko.demo_city",
    "ennakko.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
            ]
        },
    }
]

VAR.mkdir(parents=True, exist_ok=True)
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("ENNAKKO_DATABASE", f"sqlite:///{VAR / 'ennakko.sqlite3'}"), conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a deferred transaction that turns into a write fails with "database is locked" under load.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True
USE_I18N = True
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
