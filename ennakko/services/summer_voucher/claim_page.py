# SPDX-License-Identifier: EUPL-1.2
"""The claim's one page as values: each youth with what is known, asked and attached, and the machine's answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from ennakko.kernel.ui.filters import day, iban, language, money, say
from ennakko.services.summer_voucher.actions.claims import Prefill, Prefilled, RowJudged
from ennakko.services.summer_voucher.claim_files import Refused, Uploads, uploads_of
from ennakko.services.summer_voucher.claim_reading import cents
from ennakko.services.summer_voucher.claim_values import ToCorrect, raw_rows
from ennakko.services.summer_voucher.forms_employer import FOREIGN, INVOICER, AsTyped, EmployerForm, RowForm
from ennakko.services.summer_voucher.law import fields as law_fields
from ennakko.services.summer_voucher.law.claim import Check, Judged, Outcome
from ennakko.services.summer_voucher.law.claim_2026 import MISTAKES
from ennakko.values.iban import country
from ennakko.values.texts import Text, text

F = TypeVar("F", bound=AsTyped)
Link = tuple[str, str]
"""The id of a field, or "", and words that lead there."""
ASIDE = frozenset({*FOREIGN, *INVOICER, "is_separate_invoicer", "job_type", "description", "confirmed"})
"""Fields that are asked of nobody, and stand where one can tell more."""
PAIRS = (("work_start", "work_end"), ("hours", "pay"))
"""Fields of a row that stand side by side."""
TOGETHER: Mapping[str, tuple[str, ...]] = {
    "contact_name": ("contact_name", "contact_email", "contact_phone"),
    "street_address": ("street_address", "postal_code", "post_office"),
    "work_start": ("work_start", "work_end"),
}
"""Known fields that are read as one line, under the label of the first."""

YES = text(fi="Kyllä", sv="Ja", en="Yes")
YOUR_OWN = text(
    fi="Teidän kirjoittamanne. {source}: {registered}", sv="Ni skrev detta. {source}: {registered}",
    en="You wrote this. {source}: {registered}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownLine:
    """One thing known beforehand, as it is read: label, value, where it comes from and of which day."""

    label: str
    value: str
    source: Text
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition in the machine's answer: met, not met, or not known yet."""

    holds: bool | None
    words: Text
    cite: tuple[str, ...]


@dataclass(slots=True)
class Answer:
    """What the machine says of one youth: `standing` is ready, fill, correct, reject or manual ("" before it looked).

    `fill` is what the employer has yet to tell, `wrong` what does not fit, `person` what a person looks at.
    """

    standing: str = ""
    cents: int | None = None
    fill: list[Link] = field(default_factory=list)
    wrong: list[Link] = field(default_factory=list)
    person: list[Text] = field(default_factory=list)
    waits_for: tuple[Text, ...] = ()
    conditions: list[Condition] = field(default_factory=list)

    @property
    def met(self) -> int:
        """How many conditions hold."""
        return sum(one.holds is True for one in self.conditions)


@dataclass(slots=True)
class RowPart:
    """One youth on the page; `asked` are groups of fields that stand side by side."""

    position: int
    youth: str
    number: str
    form: RowForm
    known: list[KnownLine]
    asked: list[list[Any]]
    rest: list[Any]
    needs_documents: bool
    uploads: list[Uploads]
    missing_documents: list[Uploads] = field(default_factory=list)
    judged: RowJudged | None = None
    answer: Answer = field(default_factory=Answer)

    @property
    def rest_open(self) -> bool:
        """Whether something in the folded part needs correcting."""
        folded = {one.name for one in self.rest}
        return any(name in folded for name in self.form.errors)

    @property
    def insists(self) -> Any:
        """The box by which the employer sends what does not fit the conditions; only where something does not."""
        judged = self.judged.judged if self.judged is not None else None
        slips = judged is not None and any(one.rule in MISTAKES and one.holds is False for one in judged.checks)
        return self.form["confirmed"] if slips else None


@dataclass(slots=True)
class ClaimPage:
    """The whole page."""

    parts: list[RowPart]
    employer: EmployerForm
    known: list[KnownLine]
    asked: list[Any]
    rest: list[Any]
    fill: list[Link]
    errors: list[Link]

    @property
    def rest_open(self) -> bool:
        """Whether something in the folded part needs correcting."""
        folded = {one.name for one in self.rest}
        # What is said of a foreign account concerns the fields of its bank too.
        abroad = "iban" in self.employer.errors and country(str(self.employer.data_of("iban"))) != "FI"
        return abroad or any(name in folded for name in self.employer.errors)

    @property
    def total_cents(self) -> int:
        """What would be paid in all as the machine sees it now."""
        return sum(part.answer.cents or 0 for part in self.parts if part.answer.standing in ("ready", "fill", "manual"))

    @property
    def complete(self) -> bool:
        """Whether nothing is left to tell."""
        return not self.fill and not any(part.answer.fill for part in self.parts)

    @property
    def said(self) -> str:
        """The answer in one sentence, for those who listen."""
        return " ".join(f"{part.youth}: {headline(part.answer)}." for part in self.parts if part.answer.standing)


def headline(answer: Answer) -> str:
    """The machine's answer in a few words."""
    words = {
        "ready": _("Every condition is met"),
        "fill": _("Something is still needed"),
        "correct": _("Correct these first"),
        "reject": _("A condition is not met"),
        "manual": _("A person looks at this before the decision"),
    }
    return words.get(answer.standing, "")


def page_of(
    raw: Mapping[str, Any], known: Prefill, *, places: Sequence[str], judged: Iterable[RowJudged] = (),
    refusals: Iterable[ToCorrect] = (), refused: Refused | None = None, sending: bool = False,
) -> ClaimPage:  # fmt: skip
    """The page of a raw claim beside what is known of it; `places`: where each row's documents are."""
    answers = {one.position: one for one in judged}
    wrong = list(refusals)
    parts = []
    for position, row in enumerate(raw_rows(raw)):
        beforehand = known.rows[position] if position < len(known.rows) else {}
        form = filled(RowForm, row, beforehand, prefix=f"r{position}")
        form.refuse(one for one in wrong if one.row == position)
        uploads = uploads_of(places[position], prefix=f"r{position}-", refused=refused or {})
        parts.append(_part(position, row, form, beforehand, known, uploads, answers.get(position), sending=sending))
    employer = filled(EmployerForm, raw, known.fields)
    employer.refuse(one for one in wrong if one.row is None)
    missing = not_known(employer, known.fields)
    return ClaimPage(
        parts=parts,
        employer=employer,
        known=_known_lines(employer, known.fields),
        asked=[employer[name] for name in missing],
        rest=[employer[name] for name in employer.fields if name not in missing],
        fill=_empty(employer, missing),
        errors=_errors(employer, parts),
    )


def filled(kind: type[F], raw: Mapping[str, Any], known: Mapping[str, Prefilled], *, prefix: str | None = None) -> F:
    """A form with what was typed, and what is known where nothing was; bound, so that refusals can stand in it."""
    values = {}
    for name in kind.base_fields:
        typed = raw.get(name)
        value = known[name].value if typed in (None, "") and name in known else typed
        if value not in (None, "", False):
            values[f"{prefix}-{name}" if prefix else name] = "on" if value is True else str(value)
    return kind(values, prefix=prefix)


def not_known(form: AsTyped, known: Mapping[str, Prefilled]) -> list[str]:
    """The fields that nobody knows beforehand and that are always asked."""
    return [name for name in form.fields if name not in known and name not in ASIDE]


def _part(
    position: int, row: Mapping[str, Any], form: RowForm, beforehand: Mapping[str, Prefilled], known: Prefill,
    uploads: list[Uploads], judged: RowJudged | None, *, sending: bool,
) -> RowPart:  # fmt: skip
    missing, youth = not_known(form, beforehand), beforehand.get("youth")
    needed = known.documents_needed[position] if position < len(known.documents_needed) else True
    found = judged.judged if judged is not None else None
    if found is not None and found.decision.facts.get("wages_confirmed") is not True:
        needed = True  # the register does not tell what the employer does, so the papers are needed after all
    part = RowPart(
        position=position, youth=str(youth.value if youth else row.get("surname", "")), form=form,
        number=str(row.get("number", "")), known=_known_lines(form, beforehand), asked=_grouped(form, missing),
        rest=[form[name] for name in form.fields if name not in missing and name != "confirmed"],
        needs_documents=needed, uploads=uploads, judged=judged,
        missing_documents=[one for one in uploads if needed and not one.documents],
    )  # fmt: skip
    if sending:
        for one in part.missing_documents:
            one.missing = not one.refused
    part.answer = _answer(part, found, missing)
    return part


def _grouped(form: RowForm, names: Sequence[str]) -> list[list[Any]]:
    groups: list[list[Any]] = []
    for name in names:
        beside = next((pair for pair in PAIRS if name in pair), (name,))
        if beside[0] == name or beside[0] not in names:
            groups.append([form[one] for one in beside if one in names])
    return groups


def _answer(part: RowPart, judged: Judged | None, missing: Sequence[str]) -> Answer:
    """The machine's words about one youth, in the order in which the employer can act on them."""
    answer = Answer(fill=[*_empty(part.form, missing), *_documents(part)])
    if judged is None:
        return answer
    answer.waits_for = part.judged.waits_for if part.judged is not None else ()
    answer.cents = judged.value_cents
    answer.conditions = [_condition(one, judged) for one in judged.checks]
    for one in judged.failing():
        if one.outcome is Outcome.ASK:
            continue
        if one.holds is None:
            if not answer.waits_for and not answer.fill:
                answer.person.append(one.text)
        elif one.outcome is Outcome.MANUAL:
            answer.person.append(one.text)
        else:
            answer.wrong.append((_anchor(part, one), say(one.text)))
    answer.standing = _standing(judged, answer)
    return answer


def _standing(judged: Judged, answer: Answer) -> str:
    if judged.outcome is Outcome.ASK or (judged.outcome is Outcome.MANUAL and not answer.person and answer.fill):
        return "fill"
    return str(judged.outcome)


def _condition(check: Check, judged: Judged) -> Condition:
    untold = check.holds is None and check.outcome is Outcome.ASK
    return Condition(check.holds, judged.condition(check.rule) if untold else check.text, check.cite)


def _anchor(part: RowPart, check: Check) -> str:
    told = {"voucher_number": "", "attachments": f"id_r{part.position}-payslip", "iban": "id_iban"}
    if check.field in told:
        return told[check.field]
    return part.form[check.field].id_for_label if check.field in part.form.fields else ""


def _empty(form: AsTyped, names: Iterable[str]) -> list[Link]:
    """What is yet to be told, with the way to its field."""
    return [
        (form[name].id_for_label or form[name].auto_id, say(form[name].label))
        for name in names
        if form.data_of(name) in (None, "")
    ]


def _documents(part: RowPart) -> list[Link]:
    return [(f"id_{one.field}", say(one.title)) for one in part.missing_documents]


def _known_lines(form: AsTyped, known: Mapping[str, Prefilled]) -> list[KnownLine]:
    """What was filled in beforehand, as lines with their source."""
    found, told = [], set[str]()
    for name in form.fields:
        if name in told or name not in known or known[name].value in (None, "", False):
            continue
        names = [one for one in TOGETHER.get(name, (name,)) if one in known and known[one].value]
        told.update(names)
        value = _together(name, [shown(form, one) for one in names])
        registered = _together(name, [worded(form, one, known[one].value) for one in names])
        label, source = _label(form, name, whole=len(names) > 1), known[name].source_title
        if value == registered:
            found.append(KnownLine(label, value, source, known[name].as_of))
        else:  # what was typed instead is nobody's but the employer's
            found.append(KnownLine(label, value, YOUR_OWN.format(source=source, registered=registered), None))
    return found


def _together(name: str, values: Sequence[str]) -> str:
    """Values that are read as one line, under the field of the first."""
    if name == "work_start":
        return "–".join(values)
    if name == "street_address":
        return " ".join((values[0] + ("," if len(values) > 1 else ""), *values[1:]))
    return ", ".join(values)


def _label(form: AsTyped, name: str, *, whole: bool) -> str:
    """What a known value is read under; fields that are told together have a label of their own."""
    together = {"work_start": _("Work"), "street_address": _("Address of the employer")}
    alone = {"pay": _("Gross pay in all"), "language": _("Language of our letters")}
    if name in alone:
        return alone[name]
    return together[name] if whole and name in together else say(form[name].label)


def shown(form: AsTyped, name: str) -> str:
    """A field's value as it is read."""
    return worded(form, name, form.data_of(name))


def worded(form: AsTyped, name: str, value: Any) -> str:
    """A value as it is read: the words of a choice, a day as people write it, an account in fours."""
    if value is True or (value == "on" and not hasattr(form.fields[name], "choices")):
        return say(YES)
    choices = dict(getattr(form.fields[name], "choices", ()))
    if value in choices:
        return str(choices[value])
    said = str(value if value is not None else "")
    if name == "iban":
        return iban(said)
    if name in ("work_start", "work_end"):
        try:
            return day(date.fromisoformat(said))
        except ValueError:
            return said
    if name == "pay":
        return _money(said)
    if name == "hours" and language().startswith("en"):
        return said.replace(",", ".")
    return said


def _money(said: str) -> str:
    try:
        return money(cents(said))
    except ValueError:
        return said


def _errors(employer: EmployerForm, parts: Sequence[RowPart]) -> list[Link]:
    """Every error of the page with the id of its field, for the list on top; what is only empty says which it is."""
    many = len(parts) > 1
    found: list[Link] = []
    for part in parts:
        found += _errors_of(part.form, part.youth if many else "")
        for one in part.uploads:
            who = f"{part.youth}: " if many else ""
            found += [(f"id_{one.field}", f"{who}{file.name}: {say(file.reason)}") for file in one.refused]
            if one.missing:
                found.append((f"id_{one.field}", f"{who}{say(one.title)}: {_('Add the file here.')}"))
    return found + _errors_of(employer, "")


def _errors_of(form: AsTyped, who: str) -> list[Link]:
    found = []
    for name, errors in form.errors.items():
        known = name in form.fields
        anchor = (form[name].id_for_label or form[name].auto_id) if known else ""
        for error in errors:
            words = f"{say(form[name].label)}: {error}" if known and str(error) == say(law_fields.EMPTY) else str(error)
            found.append((anchor, f"{who}: {words}" if who else words))
    return found
