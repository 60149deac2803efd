# SPDX-License-Identifier: EUPL-1.2
"""Payment files to the city's finance system, and its confirmations back.

There is no public interface of the City's finance centre (Talpa): in the City's own build a robot fetches a file and
posts back which rows went well (yjdh, `talpa-integration/callback`). What its robot would speak with us is this, over
HTTPS with Basic authentication:

PUT <url>/batches/<reference>, the file as it is, with Content-Disposition (its name), Digest (“sha-256=…”, base64),
X-Lines and X-Amount-Cents (control totals). 200, 201 and 204: taken. 409 with {"sha256": …} in hexadecimal: taken
before; the same sum means that all is well. 400, 413, 415, 422: refused as it is.
GET <url>/confirmations?after=<cursor> → {"confirmations": [{"id", "reference", "line", "state": "paid" | "returned",
"paid_on", "reason", "amount_cents"}], "next": cursor or null}: what has not been acknowledged, the earliest first.
POST <url>/acknowledgements {"ids": […]}: these need not come again.
"""

import base64
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from ennakko.connectors.asking import Line, NoAnswer, Reply, Request
from ennakko.kernel.payments.ports import Confirmation, Rejected, Unavailable

logger = logging.getLogger(__name__)

TAKEN_BEFORE = 409
REFUSED = frozenset({400, 413, 415, 422})
MOST_PAGES = 10_000
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class HttpTransfer:
    """Carries files and confirmations. `url` has no slash at the end."""

    url: str
    username: str
    password: str = field(repr=False)
    line: Line = field(default_factory=lambda: Line(name="finance system", timeout=30.0))

    def send(self, name: str, content: bytes, reference: str, *, lines: int, amount_cents: int) -> None:
        """Hand a file over under its reference, once. Raises Unavailable, Rejected."""
        digest = sha256(content)
        request = Request(
            method="PUT",
            address=f"{self.url}/batches/{quote(reference, safe='')}",
            body=content,
            headers={
                "Content-Type": "application/octet-stream",
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
                "Digest": f"sha-256={base64.b64encode(digest.digest()).decode()}",
                "X-Lines": str(lines),
                "X-Amount-Cents": str(amount_cents),
            },
            login=(self.username, self.password),
            safe=True,
            expected=frozenset({200, 201, 204, TAKEN_BEFORE}),
            media=frozenset({"application/json", "text/plain", ""}),
        )
        reply = self._asked(request, refusing=True)
        if reply.status == TAKEN_BEFORE and self._read(reply).get("sha256") != digest.hexdigest():
            raise Rejected(f"{self.line.name}: another file was taken under this reference")

    def confirmations(self) -> Iterator[Confirmation]:
        """What has been confirmed and not acknowledged, page by page. Raises Unavailable.

        A confirmation that cannot be read is told to the log and left unacknowledged; the others go on.
        """
        after = ""
        for _ in range(MOST_PAGES):
            request = Request(
                method="GET",
                address=f"{self.url}/confirmations",
                query={"after": after},
                login=(self.username, self.password),
                safe=True,
            )
            page = self._read(self._asked(request))
            rows, following = page.get("confirmations"), page.get("next")
            if not isinstance(rows, list) or not isinstance(following, str | None):
                raise Unavailable(f"{self.line.name}: the answer could not be read")
            for row in rows:
                one = confirmation(row)
                if one is None:
                    logger.error("%s: a confirmation could not be read", self.line.name)
                else:
                    yield one
            if not following or following == after:
                return
            after = following
        raise Unavailable(f"{self.line.name}: the confirmations have no end")

    def acknowledge(self, confirmations: Sequence[Confirmation]) -> None:
        """Tell that these are stored. Raises Unavailable."""
        request = Request(
            method="POST",
            address=f"{self.url}/acknowledgements",
            json={"ids": [one.id for one in confirmations]},
            login=(self.username, self.password),
            safe=True,
            expected=frozenset({200, 202, 204}),
            media=frozenset({"application/json", "text/plain", ""}),
        )
        self._asked(request)

    def _asked(self, request: Request, *, refusing: bool = False) -> Reply:
        try:
            return self.line.ask(request)
        except NoAnswer as failure:
            if refusing and failure.status in REFUSED:
                raise Rejected(failure.what) from None
            raise Unavailable(failure.what, failure.wait) from None

    def _read(self, reply: Reply) -> Mapping[str, Any]:
        try:
            document = reply.json()
        except ValueError:
            document = None
        if not isinstance(document, dict):
            raise Unavailable(f"{self.line.name}: the answer could not be read")
        return document


def confirmation(row: object) -> Confirmation | None:
    """A row of the answer; None for one that cannot be read."""
    if not isinstance(row, dict):
        return None
    try:
        state, number, cents = row["state"], row["line"], row.get("amount_cents")
        known = state in ("paid", "returned") and type(number) is int and number > 0
        if not known or not (cents is None or type(cents) is int) or not row["id"] or not row["reference"]:
            return None
        day = row.get("paid_on")
        return Confirmation(
            id=str(row["id"]),
            reference=str(row["reference"]),
            line=number,
            state=state,
            paid_on=date.fromisoformat(day) if day else None,
            reason=str(row.get("reason") or "")[:LONGEST_REASON],
            amount_cents=cents,
        )
    except (KeyError, TypeError, ValueError):
        return None
