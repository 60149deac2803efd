# SPDX-License-Identifier: EUPL-1.2
"""Why somebody may not act in the summer voucher, in words for the one who was refused."""

from ennakko.values.texts import text

CLERKS = text(
    fi="Tätä asiaa hoitaa nimetty turvakieltoasioiden hoitaja.",
    sv="Det här ärendet sköts av den utsedda handläggaren för spärrmarkering.",
    en="This matter is handled by the named clerk for non-disclosure.",
)
