# SPDX-License-Identifier: EUPL-1.2
"""E-Authorizations with no outside world: who may act for whom stands in the demo's own table.

The browser is sent to a page of the demo that offers the organisations, or straight back where there is no such page.
State and query are checked as in the real service, so that a wrong one is refused in the same words.
"""

import hmac
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ennakko.connectors.mandates import reasons
from ennakko.kernel.organisations.ports import MandatedOrganisation, MandateNotGiven, MandateStart

Holder = Callable[[str], Sequence[MandatedOrganisation]]
"""The organisations of an identity code."""
NEEDED = frozenset({"state", "organisations"})
CODE = "demo"


@dataclass(frozen=True, slots=True)
class EmbeddedMandates:
    """Answers from the demo's table; `page` gives the address of its page, "" sends the browser straight back.

    The page is called with `state`, `callback` and `organisations` (the business IDs, by commas); it comes back to the
    callback with `state`, `code` = “demo” and, for one of them only, `organisation`; or with `error`.
    """

    holder: Holder
    page: Callable[[], str] = str

    def start(self, identity_code: str, *, callback: str, language: str) -> MandateStart:
        """Where the browser goes next, and what the person may do, kept in their session."""
        state = secrets.token_urlsafe(24)
        held = [[one.business_id, one.name, sorted(one.roles)] for one in self.holder(identity_code)]
        page = self.page()
        if page:
            ids = ",".join(str(one[0]) for one in held)
            url = _with(page, {"state": state, "callback": callback, "organisations": ids})
        else:
            url = _with(callback, {"state": state, "code": CODE})
        return MandateStart(url, {"state": state, "organisations": json.dumps(held)})

    def finish(self, state: Mapping[str, str], callback_params: Mapping[str, str]) -> tuple[MandatedOrganisation, ...]:
        """The organisations kept at the start, or the one chosen of them. Raises MandateNotGiven."""
        if not set(state) >= NEEDED or not hmac.compare_digest(
            callback_params.get("state", "").encode(), state["state"].encode()
        ):
            raise MandateNotGiven(reasons.NOT_THIS_SESSION)
        if callback_params.get("error") or callback_params.get("code") != CODE:
            raise MandateNotGiven(reasons.TURNED_BACK)
        chosen = callback_params.get("organisation", "")
        held = [
            MandatedOrganisation(business_id, name, frozenset(roles))
            for business_id, name, roles in json.loads(state["organisations"])
        ]
        return tuple(one for one in held if not chosen or one.business_id == chosen)


def _with(address: str, query: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"
