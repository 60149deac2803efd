# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "ennakko.kernel.messages"
    # Django's own django.contrib.messages has the label "messages".
    label = "outbox"

    def ready(self) -> None:
        from ennakko.kernel.messages import actions  # noqa: F401 — puts its actions in the table
