from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "ennakko.kernel.messages"
    label = "outbox"
