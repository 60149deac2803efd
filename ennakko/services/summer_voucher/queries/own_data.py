# SPDX-License-Identifier: EUPL-1.2
"""Everything the service knows of one person, as they get it (General Data Protection Regulation, articles 15 and 20)."""

from typing import Any

from ennakko.kernel.access import Actor


def own_data(actor: Actor, *, identity_code: str = "") -> dict[str, Any]:
    """JSON values: contact, offers with facts and history, vouchers with numbers, applications, decisions, messages.

    `identity_code`: for somebody signed in strongly whom the registers do not know. Raises Refused for others.
    """
    raise NotImplementedError
