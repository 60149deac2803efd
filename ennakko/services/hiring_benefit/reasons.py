# SPDX-License-Identifier: EUPL-1.2
"""Why somebody may not act in the hiring benefit, in words for the one who was refused."""

from ennakko.values.texts import text

CLERKS = text(
    fi="Tätä hakemusta hoitaa nimetty turvakieltoasioiden hoitaja.",
    sv="Den här ansökan sköts av den utsedda handläggaren för spärrmarkering.",
    en="This application is handled by the named clerk for non-disclosure.",
)
