# SPDX-License-Identifier: EUPL-1.2
"""Pages of docs/ that are made from the code: each rule as a lawyer reads it, and the tables of actions and states."""

from collections.abc import Iterator
from pathlib import Path

from ennakko.kernel.access.tables import actions
from ennakko.kernel.cases.kinds import case_types
from ennakko.kernel.jobs.registry import jobs
from ennakko.kernel.manifest import services
from ennakko.rules.page import to_markdown
from ennakko.rules.registry import all_rules
from ennakko.values.texts import LANGUAGES

NOTICE = "<!-- Made by `make docs`; change the rule, not this page. -->\n\n"
NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}


def pages() -> Iterator[tuple[Path, str]]:
    """Path below docs/ and contents of every generated page."""
    enabled = {service.id for service in services()}
    ours = (rule for rule in all_rules() if str(rule.id).partition(".")[0] in enabled)
    rules = sorted(ours, key=lambda rule: str(rule.id))
    lines = ["# The rules, as a lawyer reads them", "", "Each rule with its figures, citations and inputs.", ""]
    for rule in rules:
        links = " · ".join(f"[{NAMES[lang]}]({lang}/{rule.id}.md)" for lang in LANGUAGES)
        lines.append(f"- `{rule.id}` {rule.title.en}: {links}")
        for lang in LANGUAGES:
            yield Path("law") / lang / f"{rule.id}.md", NOTICE + to_markdown(rule, lang).rstrip() + "\n"
    yield Path("law") / "README.md", NOTICE + "\n".join(lines) + "\n"
    yield Path("tables.md"), NOTICE + _tables()


def _tables() -> str:
    lines = ["# Tables", "", "## Who may do what", "", "| action | button | who |", "|---|---|---|"]
    for action in sorted(actions(), key=lambda one: one.name):
        who = " · ".join(grant.reason.en for grant in action.who)
        lines.append(f"| `{action.name}` | {action.title.en} | {who} |")
    lines += ["", "## States of cases", ""]
    for kind in case_types():
        lines += [f"### {kind.title.en}", "", "| from | verb | to | action |", "|---|---|---|---|"]
        lines += [f"| {move.start} | {move.verb} | {move.to} | `{move.action}` |" for move in kind.states.moves]
        lines.append("")
    lines += ["## Jobs", "", "| job | every | what |", "|---|---|---|"]
    lines += [f"| `{job.name}` | {job.every} | {job.title.en} |" for job in jobs()]
    return "\n".join(lines) + "\n"
