# SPDX-License-Identifier: EUPL-1.2
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ennakko.web.settings")
application = get_wsgi_application()

from ennakko.web.checks import refuse_unfit  # noqa: E402 — the apps must be ready first

refuse_unfit()
