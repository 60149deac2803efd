# SPDX-License-Identifier: EUPL-1.2
"""The web server's entry point: production, unless the environment says demo; then it must be fit for it."""

import os
import sys

os.environ.setdefault("ENNAKKO_PROFILE", "production")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ennakko.web.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from ennakko.web import gates  # noqa: E402 — the apps must be ready first
from ennakko.web.checks import refuse_unfit  # noqa: E402

refuse_unfit()
gates.tell()
# Threads take turns ten times as often as Python has it: one that holds the database's only place to write is not to
# wait at each of its statements for another thread that makes a page.
sys.setswitchinterval(0.0005)
