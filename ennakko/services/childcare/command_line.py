# SPDX-License-Identifier: EUPL-1.2
"""`ennakko childcare …`: numbers in, numbers out. `allocate` needs neither database nor settings, the rest do."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ennakko.services.childcare.allocation import answers
from ennakko.services.childcare.allocation.instance import MODES, read

HELP = "Places in early education: allocate solves a round given as numbers; round, compare and streets use the city's"
FORMS = ("preschool", "early-education")


def day(value: str) -> date:
    """A day of the command line."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a day. Write it as 2026-08-01.") from None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    what = parser.add_subparsers(dest="what", required=True, metavar="allocate | round | compare | streets")
    allocate = what.add_parser("allocate", help="solve a round of children, pools and costs")
    allocate.add_argument("instance", type=Path, metavar="INSTANCE.json")
    allocate.add_argument("--reasons", action="store_true", help="with prices and, for each child, why this place")
    one = what.add_parser("round", help="make a draft of a round; an official releases it in the pages")
    one.add_argument("form", choices=FORMS)
    one.add_argument("--starts", type=day, required=True, metavar="DATE", help="the first day of the places")
    one.add_argument("--trial", type=Path, metavar="TRIAL.json", help="weights other than the city's own")
    one.add_argument("--mode", choices=MODES, default="flow")
    one.add_argument("--seed", type=int, help="the draw for ties; drawn if not given, and recorded")
    two = what.add_parser("compare", help="two ways of giving the same places, side by side; nothing is stored")
    two.add_argument("form", choices=FORMS)
    two.add_argument("first", type=Path, metavar="FIRST.json")
    two.add_argument("second", type=Path, metavar="SECOND.json")
    two.add_argument("--starts", type=day, required=True, metavar="DATE")
    streets = what.add_parser("streets", help="take a street network into use from GeoJSON")
    streets.add_argument("file", type=Path, metavar="STREETS.geojson")
    streets.add_argument("--name", required=True)
    streets.add_argument("--attribution", default="", help="what the licence asks to be said with distances")


def told(instance: Path, *, reasons: bool) -> str:
    """The answer of `allocate` as one line of JSON; raises BadInstance."""
    return json.dumps(answers.allocate(read(instance), reasons=reasons), separators=(",", ":"))


def main(arguments: Sequence[str]) -> int:
    """Answer on the standard output; 1 and a sentence for an instance that cannot be read."""
    parser = argparse.ArgumentParser(prog="ennakko childcare", description=HELP)
    add_arguments(parser)
    given = parser.parse_args(arguments)
    if given.what != "allocate":
        from django.core.management import execute_from_command_line

        execute_from_command_line(["ennakko", "childcare", *arguments])
        return 0
    try:
        line = told(given.instance, reasons=given.reasons)
    except answers.BadInstance as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(line + "\n")
    return 0
