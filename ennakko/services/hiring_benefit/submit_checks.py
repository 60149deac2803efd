# SPDX-License-Identifier: EUPL-1.2
"""What an application must hold when it is sent: the law's lists held against it (act 5 §, 6 §, 8 §, 17 §)."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from ennakko.services.hiring_benefit import conditions
from ennakko.services.hiring_benefit.form_values import PAPER, BenefitValues, EmployeeValues, ToCorrect
from ennakko.services.hiring_benefit.law import application_2026 as law
from ennakko.services.hiring_benefit.law.aid_2024 import Aid
from ennakko.services.hiring_benefit.law.aid_answers import form_problems
from ennakko.services.hiring_benefit.law.calendar_2021 import longest_end
from ennakko.services.hiring_benefit.law.names import SALARY
from ennakko.services.hiring_benefit.law.refusals import Refusal
from ennakko.values.texts import Text, text

FIELD_OF: Final[Mapping[str, str]] = {
    "company_bank_account_number": "iban",
    "company_contact_person_first_name": "contact_first_name",
    "company_contact_person_last_name": "contact_last_name",
    "company_contact_person_phone_number": "contact_phone",
    "company_contact_person_email": "contact_email",
    "co_operation_negotiations": "negotiations",
    "pay_subsidy_granted": "pay_subsidy",
    "benefit_type": "benefit_type",
    "start_date": "start",
    "end_date": "end",
    "association_has_business_activities": "business_activity",
    "association_immediate_manager_check": "manager_available",
    "de_minimis_aid": "de_minimis_aid",
    "de_minimis_aid_set": "aid",
    "apprenticeship_program": "apprenticeship",
}
"""The law's name of a field → the form's."""
OF_EMPLOYEE: Final = frozenset({"pay_subsidy", "start", "end", "apprenticeship", "pay_subsidy_percent", "benefit_type"})
NEEDED_OF_EMPLOYEE: Final[Mapping[str, Text]] = {
    "first_name": text(fi="Kirjoita työntekijän etunimi.", sv="Skriv den anställdas förnamn.",
                       en="Write the employee's first name."),
    "last_name": text(fi="Kirjoita työntekijän sukunimi.", sv="Skriv den anställdas efternamn.",
                      en="Write the employee's surname."),
    "identity_code": text(fi="Kirjoita työntekijän henkilötunnus.", sv="Skriv den anställdas personbeteckning.",
                          en="Write the employee's personal identity code."),
    "job_title": text(fi="Kirjoita tehtävänimike.", sv="Skriv yrkesbeteckningen.", en="Write the job title."),
    "weekly_hours": text(fi="Kirjoita työaika viikossa.", sv="Skriv arbetstiden per vecka.",
                         en="Write the hours a week."),
    "monthly_pay": text(fi="Kirjoita kuukausipalkka.", sv="Skriv månadslönen.", en="Write the monthly pay."),
}  # fmt: skip
VALUE_OF: Final[Mapping[str, str]] = {"monthly_pay": "pay_cents"}
"""The form's name of a field → the value's, where they differ."""
NOT_RESIDENT = text(
    fi="Lisä on tarkoitettu kaupungissa asuvan palkkaamiseen. Vahvista, että työntekijä asuu kaupungissa.",
    sv="Tillägget är avsett för anställning av dem som bor i staden. Bekräfta att den anställda bor i staden.",
    en="The benefit is for hiring somebody who lives in the city. Confirm that the employee lives in the city.",
)
NO_MANAGER = text(
    fi="Yhdistyksessä työntekijällä on oltava lähiesihenkilö.",
    sv="I en förening ska den anställda ha en närmaste chef.",
    en="In an association the employee must have an immediate manager.",
)
FEW_HOURS = text(
    fi="Työaikaa on oltava vähintään {least} ja enintään {most} tuntia viikossa.",
    sv="Arbetstiden ska vara minst {least} och högst {most} timmar per vecka.",
    en="The working time must be at least {least} and at most {most} hours a week.",
)
NO_PAY = text(
    fi="Palkan on oltava yli nolla euroa.", sv="Lönen ska vara över noll euro.", en="The pay must be above zero euros."
)
END_FIRST = text(
    fi="Viimeinen päivä on ennen ensimmäistä. Korjaa jompikumpi.",
    sv="Den sista dagen är före den första. Rätta någondera.",
    en="The last day is before the first. Correct one of them.",
)
DESCRIBE = text(
    fi="Kerro muutosneuvotteluista.", sv="Berätta om omställningsförhandlingarna.",
    en="Tell about the change negotiations.",
)  # fmt: skip
NOT_DESCRIBED = text(
    fi="Poista kuvaus tai vastaa, että muutosneuvotteluja on ollut.",
    sv="Ta bort beskrivningen eller svara att omställningsförhandlingar har förts.",
    en="Remove the description, or answer that there have been change negotiations.",
)
HOW_MANY = text(
    fi="Kerro, montako työntekijää on palkattu tuella.", sv="Ange hur många som har anställts med stöd.",
    en="Tell how many employees have been hired with a subsidy.",
)  # fmt: skip
NOT_SO_MANY = text(
    fi="Poista määrä tai vastaa, että muita on palkattu tuella.",
    sv="Ta bort antalet eller svara att andra har anställts med stöd.",
    en="Remove the number, or answer that others have been hired with a subsidy.",
)
NO_ACTIVITY_OF_COMPANY = text(
    fi="Kysymys taloudellisesta toiminnasta koskee vain yhdistyksiä. Jätä se tyhjäksi.",
    sv="Frågan om ekonomisk verksamhet gäller bara föreningar. Lämna den tom.",
    en="The question about economic activity concerns associations only. Leave it empty.",
)
TOO_EARLY_AID = text(
    fi="Tuki on myönnetty yli neljä vuotta sitten, joten sitä ei tarvitse kertoa. Poista rivi.",
    sv="Stödet beviljades för över fyra år sedan och behöver inte anges. Ta bort raden.",
    en="The aid was granted over four years ago and need not be told. Remove the row.",
)
TWICE = text(
    fi="Sama työntekijä on hakemuksessa kahdesti samalta ajalta. Poista toinen.",
    sv="Samma anställda finns två gånger i ansökan för samma tid. Ta bort den ena.",
    en="The same employee is in the application twice for the same time. Remove one.",
)


def is_association(legal_form: str, kind: str, on: date) -> bool:
    """Whether the employer is taken as an association: by the register's code of the form, or by its kind."""
    forms = conditions.decided("association_forms", on) or ()
    return kind in ("association", "foundation") or (legal_form.isdigit() and int(legal_form) in forms)


def problems(values: BenefitValues, *, association: bool, on: date, staff: bool = False) -> tuple[ToCorrect, ...]:
    """Everything to correct before it can be sent, each beside its field. `staff`: a paper application's dates."""
    found = list(_of_employer(values, association, on))
    for row, one in enumerate(values.employees):
        found += _of_employee(values, one, row, association, on, staff)
    return (*found, *_same_twice(values))


def employee_problems(one: EmployeeValues, row: int, *, on: date, staff: bool = False) -> list[ToCorrect]:
    """What an employee's own part lacks."""
    return [each for each in _of_employee(BenefitValues(), one, row, False, on, staff) if each.row is not None]


def employer_problems(values: BenefitValues, *, association: bool, on: date) -> list[ToCorrect]:
    """What the employer's own part lacks."""
    return _of_employer(values, association, on)


def with_ends(values: BenefitValues, on: date) -> BenefitValues:
    """The values with the longest period there is where no last day was told; an apprenticeship tells its own."""
    return replace(values, employees=tuple(with_end(one, on) for one in values.employees))


def with_end(one: EmployeeValues, on: date) -> EmployeeValues:
    """An employee with the longest period, where no last day was told."""
    if one.start is None or one.end is not None or one.apprenticeship:
        return one
    return replace(one, end=longest_end(one.start, int(conditions.value("most_months", on))))


def _of_employer(values: BenefitValues, association: bool, on: date) -> list[ToCorrect]:
    told = law_names(values, EmployeeValues(), association=association)
    found = [_placed(one, None) for one in law.lacking(told) if FIELD_OF[one.field] not in OF_EMPLOYEE]
    if association and values.manager_available is False:
        found.append(ToCorrect("manager_available", NO_MANAGER, code="no_manager"))
    if not association and values.business_activity is not None:
        found.append(ToCorrect("business_activity", NO_ACTIVITY_OF_COMPANY, code="not_asked"))
    if values.negotiations and not values.negotiations_description:
        found.append(ToCorrect("negotiations_description", DESCRIBE, code="required"))
    if values.negotiations is False and values.negotiations_description:
        found.append(ToCorrect("negotiations_description", NOT_DESCRIBED, code="not_asked"))
    return found + _aid_problems(values, association, on)


def _aid_problems(values: BenefitValues, association: bool, on: date) -> list[ToCorrect]:
    if association and not values.business_activity:
        return []
    aids = [Aid(one.granter, one.granted_on, one.amount_cents) for one in values.aid]
    ceiling = conditions.value("de_minimis_ceiling", on).at(on)
    answers = form_problems(
        association=association, answer=values.de_minimis_aid, aids=aids, today=on, ceiling=int(ceiling)
    )
    found = [_placed(one, None) for one in answers if one.code != "answer_missing"]
    old = date(on.year - 4, 1, 1)
    found += [
        ToCorrect(f"aid-{number}-granted_on", TOO_EARLY_AID, code="aid_too_old")
        for number, one in enumerate(values.aid)
        if one.granted_on < old
    ]
    return found


def _of_employee(
    values: BenefitValues, one: EmployeeValues, row: int, association: bool, on: date, staff: bool
) -> list[ToCorrect]:
    told = law_names(values, one, association=association)
    lacking = [each for each in law.lacking(told) if FIELD_OF[each.field] in OF_EMPLOYEE]
    found = [_placed(each, row) for each in lacking]
    for name, words in NEEDED_OF_EMPLOYEE.items():
        if getattr(one, VALUE_OF.get(name, name)) in (None, ""):
            found.append(ToCorrect(name, words, row, "required"))
    if one.lives_here is not True:
        found.append(ToCorrect("lives_here", NOT_RESIDENT, row, "not_resident"))
    if one.pay_cents == 0:
        found.append(ToCorrect("monthly_pay", NO_PAY, row, "no_pay"))
    found += _hours(one, row, on) + _period(one, row, on, staff) + _counts(one, row)
    caps = conditions.value("pay_subsidy_caps", one.start or on)
    answers = law.subsidy_problems(
        one.pay_subsidy or None, (one.pay_subsidy_percent, one.additional_pay_subsidy_percent),
        [int(step) for step, _ in caps.steps],
    )  # fmt: skip
    return found + [_placed(each, row) for each in answers]


def _hours(one: EmployeeValues, row: int, on: date) -> list[ToCorrect]:
    least, most = conditions.value("least_hours", on), conditions.value("most_hours", on)
    if one.weekly_hours is None or least * 100 <= one.weekly_hours <= most * 100:
        return []
    return [ToCorrect("weekly_hours", FEW_HOURS.format(least=least, most=most), row, "hours")]


def _period(one: EmployeeValues, row: int, on: date, staff: bool) -> list[ToCorrect]:
    if one.start is None or one.end is None:
        return []
    if one.end < one.start:
        return [ToCorrect("end", END_FIRST, row, "end_before_start")]
    found = law.period_problems(
        one.start, one.end, today=None if staff else on, least_months=int(conditions.value("least_months", on)),
        most_months=None if staff or one.apprenticeship else int(conditions.value("most_months", on)),
        back_months=-int(conditions.value("back_months", on)),
    )  # fmt: skip
    return [_placed(each, row) for each in found]


def _counts(one: EmployeeValues, row: int) -> list[ToCorrect]:
    if one.other_subsidised and one.other_subsidised_count is None:
        return [ToCorrect("other_subsidised_count", HOW_MANY, row, "required")]
    if not one.other_subsidised and one.other_subsidised_count is not None:
        return [ToCorrect("other_subsidised_count", NOT_SO_MANY, row, "not_asked")]
    return []


def _same_twice(values: BenefitValues) -> list[ToCorrect]:
    found = []
    for row, one in enumerate(values.employees):
        for before in values.employees[:row]:
            same = bool(one.identity_code) and one.identity_code == before.identity_code
            if same and _overlap(one, before):
                found.append(ToCorrect("identity_code", TWICE, row, "twice"))
    return found


def _overlap(one: EmployeeValues, other: EmployeeValues) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start <= other.end and other.start <= one.end


def _placed(one: Refusal, row: int | None) -> ToCorrect:
    field = FIELD_OF.get(one.field, one.field)
    return ToCorrect(field, one.text, row if field in OF_EMPLOYEE else None, one.code)


def law_names(
    values: BenefitValues, one: EmployeeValues, *, association: bool, by_staff: bool = False
) -> dict[str, Any]:
    """An application by the names that the law's lists use."""
    return {
        "is_association": association, "entered_by_handler": by_staff, "company_bank_account_number": values.iban,
        "company_contact_person_first_name": values.contact_first_name,
        "company_contact_person_last_name": values.contact_last_name,
        "company_contact_person_phone_number": values.contact_phone,
        "company_contact_person_email": values.contact_email, "co_operation_negotiations": values.negotiations,
        "pay_subsidy_granted": one.pay_subsidy or None, "pay_subsidy_percent": one.pay_subsidy_percent,
        "benefit_type": SALARY, "start_date": one.start, "end_date": one.end,
        "association_has_business_activities": values.business_activity,
        "association_immediate_manager_check": values.manager_available, "de_minimis_aid": values.de_minimis_aid,
        "apprenticeship_program": one.apprenticeship,
    }  # fmt: skip


def papers_needed(one: EmployeeValues, *, by_staff: bool = False) -> tuple[str, ...]:
    """The kinds of papers an employee's application needs; who confirms online gives no paper (act 17 §)."""
    needed = law.attachments_needed(law_names(BenefitValues(), one, association=False, by_staff=by_staff))
    return tuple(kind for kind in needed if kind != "employee_consent" or one.consent_by == PAPER)


def papers_lacking(one: EmployeeValues, given: Collection[str], *, by_staff: bool = False) -> tuple[str, ...]:
    """Of those, the kinds that are not there."""
    return tuple(kind for kind in papers_needed(one, by_staff=by_staff) if kind not in given)
