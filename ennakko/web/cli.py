# SPDX-License-Identifier: EUPL-1.2
"""The command `ennakko`."""

import io
import os
import sys
from importlib import import_module
from pathlib import Path

INTERRUPTED = 130
"""What a shell expects of a program that was stopped with Ctrl-C."""


def main() -> None:
    """Run the command of the command line; text goes out as UTF-8 whatever the machine's locale."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ennakko.web.settings")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # A command's own modules, such as the reforms that `simulate` names, are looked for where it is given.
    sys.path.append(os.getcwd())
    try:
        _run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has had enough (`| head`); what is still in the buffer goes nowhere, quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted. Nothing is half done: run the command again.\n")
        sys.exit(INTERRUPTED)


def _run(arguments: list[str]) -> None:
    """A command of the product; what a service computes from files alone starts without the rest of it.

    Such a command stands in the service's `command_line.py`, beside the ordinary one by which help lists it.
    """
    name = arguments[0] if arguments else ""
    services = Path(__file__).parents[1] / "services"
    if name.isidentifier() and (services / name / "command_line.py").exists():
        sys.exit(import_module(f"ennakko.services.{name}.command_line").main(arguments[1:]))
    from django.core.management import execute_from_command_line

    execute_from_command_line(["ennakko", *arguments])


if __name__ == "__main__":
    main()
