# SPDX-License-Identifier: EUPL-1.2
"""What instalments need every day: payslips asked for, ended ones completed."""

from datetime import date, datetime

from ennakko.kernel import clock
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.kernel.records import decision_archive
from ennakko.services.hiring_benefit.actions import archiving, payslips, tax_checking, wages_known
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.values.texts import text

MACHINE = SYSTEM(SERVICE)


def ask_payslips(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Ask for payslips whose time has come, and the incomes register where a permit lets us; complete."""
    asked = payslips.ask_due(actor=MACHINE, at=at, on=on)
    wages = wages_known.gather_due(actor=MACHINE, at=at, on=on)
    completed = payslips.complete_ended(actor=MACHINE, at=at, on=on)
    return JobReport({"asked": asked, "wages": wages, "completed": completed})


def tax_debts(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Ask the tax debt register again what it has not answered."""
    return JobReport(tax_checking.ask_waiting(actor=MACHINE, at=at, on=on))


def archive(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Tell the decision and archive system what is new, and hear what it answers."""
    done = archiving.run(at=at, wall=clock.wall())
    return JobReport({"sent": done.sent, "failed": done.failed, "heard": done.heard})


def refresh_archive(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Renew what lets us into the archive, so that it does not grow old in a quiet week."""
    system = decision_archive.archive()
    if system is not None:
        system.refresh()
    return JobReport({"refreshed": int(system is not None)})


MONEY_JOBS = (
    Job(
        "hiring-benefit.payslips",
        text(fi="Pyydä palkkalaskelmat toista maksuerää varten", sv="Begär lönespecifikationer för den andra raten",
             en="Ask for payslips for the second instalment"),
        ask_payslips,
    ),
    Job(
        "hiring-benefit.tax-debts",
        text(fi="Kysy verovelat uudelleen", sv="Fråga om skatteskulder på nytt", en="Ask about tax debts again"),
        tax_debts, "hour",
    ),
    Job(
        "hiring-benefit.archive",
        text(fi="Vie asiat päätös- ja arkistojärjestelmään", sv="För ärendena till besluts- och arkivsystemet",
             en="Take matters to the decision and archive system"),
        archive, "hour",
    ),
    Job(
        "hiring-benefit.archive-refresh",
        text(fi="Uusi arkistojärjestelmän tunniste", sv="Förnya arkivsystemets nyckel",
             en="Renew the archive system's token"),
        refresh_archive, "hour",
    ),
)  # fmt: skip
