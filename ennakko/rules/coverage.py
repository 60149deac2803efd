# SPDX-License-Identifier: Apache-2.0
"""Condition coverage of rule tests: has each named condition been seen true, false and, where it can be, unknown?

In a test of one rule: `assert_condition_coverage(rule, decisions)`. Over a whole run, as a pytest plugin:
`pytest -p ennakko.rules.coverage --rule-coverage=report` (or `=fail`) tells what no test has seen of any registered
rule. The fixture `condition_coverage` records what one test decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from ennakko.rules.binding import BoundRule, Definition
from ennakko.rules.decision import Decision
from ennakko.rules.registry import all_rules

if TYPE_CHECKING:
    from ennakko.rules.rule import Rule

SEEN_NAMES = {"true": True, "false": False, "unknown": None}


class ConditionCoverage:
    """What has been seen of each yes-or-no step of each rule."""

    def __init__(self) -> None:
        self.seen: dict[str, dict[str, set[str]]] = {}

    def record(self, decision: Decision) -> None:
        """Count one decision; outside the scope no condition is looked at."""
        found = self.seen.setdefault(decision.rule, {})
        for step in decision.bound.definition.steps:
            if step.type == "bool" and step.name in decision.values:
                value = decision.values[step.name]
                found.setdefault(step.name, set()).add(next(n for n, each in SEEN_NAMES.items() if each is value))

    def add(self, seen: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        """Add what another process has seen."""
        for rule, steps in seen.items():
            for step, values in steps.items():
                self.seen.setdefault(rule, {}).setdefault(step, set()).update(values)

    def missing(self, definition: Definition, exempt: Iterable[str] = ()) -> tuple[str, ...]:
        """What has not been seen, as lines `right_age: unknown`; "unknown" only where a fact in it may be missing.

        `exempt` leaves out steps, or single values of them as `right_age: unknown`.
        """
        seen, left_out = self.seen.get(definition.id, {}), set(exempt)
        lines = (
            f"{step.name}: {name}"
            for step in definition.steps
            if step.type == "bool" and step.name not in left_out
            for name in SEEN_NAMES
            if name not in seen.get(step.name, ()) and (name != "unknown" or step.x.nullable)
        )
        return tuple(line for line in lines if line not in left_out)

    def assert_complete(self, rule: type[Rule], exempt: Iterable[str] = ()) -> None:
        """Fail with the list of what was not seen of the rule."""
        missing = self.missing(rule.definition, exempt)
        assert not missing, f"{rule.definition.id}: no case has shown {', '.join(missing)}"


def assert_condition_coverage(rule: type[Rule], decisions: Iterable[Decision], exempt: Iterable[str] = ()) -> None:
    """Fail unless the decisions show each yes-or-no step of the rule true, false and, where it can be, unknown."""
    coverage = ConditionCoverage()
    for decision in decisions:
        coverage.record(decision)
    coverage.assert_complete(rule, exempt)


@contextmanager
def recording() -> Iterator[ConditionCoverage]:
    """Record every decision that is made inside the block."""
    coverage = ConditionCoverage()
    decide = BoundRule.decide

    def watched(self: BoundRule, facts: Mapping[str, Any]) -> Decision:
        decision = decide(self, facts)
        coverage.record(decision)
        return decision

    BoundRule.decide = watched  # type: ignore[method-assign]
    try:
        yield coverage
    finally:
        BoundRule.decide = decide  # type: ignore[method-assign]


# --- the pytest plugin


@pytest.fixture
def condition_coverage() -> Iterator[ConditionCoverage]:
    """What the test's decisions have seen; end it with `condition_coverage.assert_complete(rule)`."""
    with recording() as coverage:
        yield coverage


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rule-coverage",
        choices=("report", "fail"),
        default=None,
        help="tell which conditions of registered rules no test has seen true, false and unknown; or fail for them",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--rule-coverage") and not config.pluginmanager.has_plugin("rule-coverage"):
        config.pluginmanager.register(RunCoverage(str(config.getoption("--rule-coverage"))), "rule-coverage")


class RunCoverage:
    """Condition coverage of a whole run, its worker processes included."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self._recording = recording()
        self.coverage = self._recording.__enter__()

    def missing(self) -> dict[str, tuple[str, ...]]:
        """By rule id, what no test has seen of it."""
        rules = (each for each in all_rules() if isinstance(each, type))
        found = {rule.id: self.coverage.missing(rule.definition) for rule in rules}
        return {id: lines for id, lines in found.items() if lines}

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Take over what a worker process has seen."""
        self.coverage.add(getattr(node, "workeroutput", {}).get("rule_coverage", {}))

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        self._recording.__exit__(None, None, None)
        worker = getattr(session.config, "workeroutput", None)
        if worker is not None:
            seen = self.coverage.seen.items()
            worker["rule_coverage"] = {rule: {step: sorted(v) for step, v in found.items()} for rule, found in seen}
        elif self.mode == "fail" and exitstatus == pytest.ExitCode.OK and self.missing():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        missing = self.missing()
        terminalreporter.section("conditions of rules")
        for id, lines in missing.items():
            terminalreporter.write_line(f"{id}: not seen {', '.join(lines)}", red=self.mode == "fail")
        if not missing:
            terminalreporter.write_line("every condition has been seen true, false and, where it can be, unknown")
