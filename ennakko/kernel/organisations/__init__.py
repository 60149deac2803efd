# SPDX-License-Identifier: EUPL-1.2
"""Organisations: one record of each company, association and parish, for every service of the city."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.organisations.accounts import NotTaken as NotTaken
    from ennakko.kernel.organisations.accounts import account_of as account_of
    from ennakko.kernel.organisations.accounts import accounts_like as accounts_like
    from ennakko.kernel.organisations.accounts import accounts_of as accounts_of
    from ennakko.kernel.organisations.accounts import contact_of as contact_of
    from ennakko.kernel.organisations.accounts import contacts_of as contacts_of
    from ennakko.kernel.organisations.accounts import use_account as use_account
    from ennakko.kernel.organisations.accounts import use_contact as use_contact
    from ennakko.kernel.organisations.aid import aid_of as aid_of
    from ennakko.kernel.organisations.aid import aid_rows as aid_rows
    from ennakko.kernel.organisations.aid import record_aid as record_aid
    from ennakko.kernel.organisations.aid import withdraw_aid as withdraw_aid
    from ennakko.kernel.organisations.asking import ensure as ensure
    from ennakko.kernel.organisations.asking import refresh as refresh
    from ennakko.kernel.organisations.mandates import acting_began as acting_began
    from ennakko.kernel.organisations.mandates import acting_ended as acting_ended
    from ennakko.kernel.organisations.mandates import signatories as signatories
    from ennakko.kernel.organisations.mandates import signatories_from as signatories_from
    from ennakko.kernel.organisations.mandates import uses_by as uses_by
    from ennakko.kernel.organisations.mandates import uses_of as uses_of
    from ennakko.kernel.organisations.preferences import do_not_send as do_not_send
    from ennakko.kernel.organisations.preferences import send_again as send_again
    from ennakko.kernel.organisations.preferences import unwilling as unwilling
    from ennakko.kernel.organisations.queries import ended_by as ended_by
    from ennakko.kernel.organisations.queries import find as find
    from ennakko.kernel.organisations.queries import known as known
    from ennakko.kernel.organisations.queries import known_many as known_many
else:
    __getattr__ = exported_from(
        __name__,
        accounts=(
            "NotTaken", "account_of", "accounts_like", "accounts_of", "contact_of", "contacts_of",
            "use_account", "use_contact",
        ),
        aid=("aid_of", "aid_rows", "record_aid", "withdraw_aid"),
        asking=("ensure", "refresh"),
        mandates=("acting_began", "acting_ended", "signatories", "signatories_from", "uses_by", "uses_of"),
        preferences=("do_not_send", "send_again", "unwilling"),
        queries=("ended_by", "find", "known", "known_many"),
    )  # fmt: skip
