# SPDX-License-Identifier: EUPL-1.2
"""Sessions in the database, as Django keeps them; they are read by a ready query, because every request reads one."""

from django.contrib.sessions.backends.db import SessionStore as StoredSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from ennakko.kernel.ready import Given, Ready

_current: Ready[Session] = Ready(lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now")))


class SessionStore(StoredSessions):
    """A session whose row is found in one short statement; all else is Django's own."""

    def _get_session_from_db(self) -> Session | None:
        found = _current.first(key=self.session_key, now=timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found
