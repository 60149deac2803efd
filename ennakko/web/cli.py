"""The command `ennakko`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ennakko.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["ennakko", *sys.argv[1:]])
