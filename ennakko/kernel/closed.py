# SPDX-License-Identifier: EUPL-1.2
"""What was asked cannot be done now: one kind of answer, whichever room or service gives it."""

from ennakko.values.texts import Text


class Closed(Exception):
    """It cannot be done now; `reason` says why, and what can be done, in every language of the reader's pages."""

    def __init__(self, reason: Text, said: str = "") -> None:
        super().__init__(said or reason.en)
        self.reason = reason
