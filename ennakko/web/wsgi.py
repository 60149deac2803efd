# SPDX-License-Identifier: EUPL-1.2
"""The web server's entry point: production, unless the environment says demo; then it must be fit for it."""

import os

os.environ.setdefault("ENNAKKO_PROFILE", "production")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ennakko.web.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from ennakko.web.checks import refuse_unfit  # noqa: E402 — the apps must be ready first

refuse_unfit()
