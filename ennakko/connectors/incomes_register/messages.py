# SPDX-License-Identifier: EUPL-1.2
"""The incomes register's messages: the query for one payer and one income earner, and the wage reports that answer it.

Query (schema DataRequestToIR, type of the element WageReportsOnePayerOneIncomeEarnerRequestToIR; read in bindings that
were generated from the published schema): Timestamp, QueryDataType, IncludeAllVersions, ProductionEnvironment,
DeliveryDataOwner, DeliveryDataCreator, DeliveryDataSender (each Type 1 = business ID, Code), DataRequestParameters
(TimespanParameter: ParameterType, StartDate, EndDate; IdCodeParameter: ParameterType, IdType 1 = business ID or 2 =
Finnish personal identity code, IdCode), and an XML signature last. Children are in no namespace.

Answer: the parts of a report are those of the published schema WageReportsToIRTypes — PaymentPeriod (PaymentDate,
StartDate, EndDate), Payer/PayerIds/Id, Report with IncomeEarner/IncomeEarnerIds/Id and Transactions/Transaction with
TransactionBasic (TransactionCode, Amount, NoMoney, Recovery), EarningPeriods and UnitWages (UnitAmount, UnitCode). What
the distribution schema wraps around them is not read: they are found by name wherever they stand.

Wages are income type 101 (total wages) or, where the payer itemises, types 201–299; fringe benefits and allowances
(3xx) and deductions (4xx) are not (Incomes Register, “Descriptions of income types and items deducted from income”).
The numbers of query and parameter types are in the description that a permit holder gets: they come from the settings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from ennakko.kernel.organisations.ports import WagePayment
from ennakko.values.periods import Period

NAMESPACE = "http://www.tulorekisteri.fi/2017/1/DataRequestToIR"
ROOT = "WageReportsOnePayerOneIncomeEarnerRequestToIR"
BUSINESS_ID, IDENTITY_CODE = "1", "2"
TOTAL_WAGES = 101
ITEMISED = range(201, 300)


class Malformed(ValueError):
    """The answer cannot be read; the message never repeats what stands in it."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The register's numbers: of this query, of its parameters payment date, payer and income earner, of an hour."""

    query: str
    paid: str
    payer: str
    earner: str
    hour: str

    @classmethod
    def read(cls, written: str) -> "Codes":
        """From “query=…,paid=…,payer=…,earner=…,hour=…”; raises ValueError naming what is missing."""
        parts = dict(part.strip().partition("=")[::2] for part in written.split(",") if part.strip())
        lacking = [name for name in cls.__slots__ if not parts.get(name, "").isdigit()]
        if lacking or set(parts) - set(cls.__slots__):
            raise ValueError(f"write query=…,paid=…,payer=…,earner=…,hour=… with numbers; wrong: {', '.join(lacking)}")
        return cls(**parts)


def query(
    *, identity_code: str, payer: str, paid: Period, owner: str, codes: Codes, at: datetime, production: bool
) -> etree._Element:
    """The unsigned query for the payments of one payer to one person whose payment date is in the period."""
    if paid.end is None:
        raise ValueError("the register is asked about a period that ends")
    root = etree.Element(f"{{{NAMESPACE}}}{ROOT}", nsmap={"drtir": NAMESPACE})
    _add(root, "Timestamp", f"{at:%Y-%m-%dT%H:%M:%SZ}")
    _add(root, "QueryDataType", codes.query)
    _add(root, "IncludeAllVersions", "false")
    _add(root, "ProductionEnvironment", "true" if production else "false")
    for party in ("DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender"):
        element = etree.SubElement(root, party)
        _add(element, "Type", BUSINESS_ID)
        _add(element, "Code", owner)
    parameters = etree.SubElement(root, "DataRequestParameters")
    timespan = etree.SubElement(parameters, "TimespanParameter")
    _add(timespan, "ParameterType", codes.paid)
    _add(timespan, "StartDate", paid.start.isoformat())
    _add(timespan, "EndDate", paid.end.isoformat())
    for parameter, kind, code in ((codes.payer, BUSINESS_ID, payer), (codes.earner, IDENTITY_CODE, identity_code)):
        element = etree.SubElement(parameters, "IdCodeParameter")
        _add(element, "ParameterType", parameter)
        _add(element, "IdType", kind)
        _add(element, "IdCode", code)
    return root


def payments(
    document: etree._Element, *, identity_code: str, payer: str, period: Period, hour: str
) -> tuple[WagePayment, ...]:
    """The wages told in a document for work that overlaps the period, in order of day; raises Malformed.

    Reports of somebody else's wages or of another payer are passed over: they were not asked for.
    """
    found = []
    for report in _named(document, "Report"):
        if identity_code not in _ids(report, "IncomeEarnerIds") or payer not in _ids(
            _around(report, "Payer"), "PayerIds"
        ):
            continue
        one = _payment(report, hour)
        if one is not None and one.period.overlap(period) is not None:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.paid_on, one.period.start)))


def _payment(report: etree._Element, hour: str) -> WagePayment | None:
    told = _around(report, "PaymentPeriod")
    cents: dict[int, int] = {}
    hours: list[Decimal] = []
    periods = []
    for transaction in _named(report, "Transaction"):
        code = _number(_text(transaction, "TransactionCode"))
        if (code != TOTAL_WAGES and code not in ITEMISED) or _text(transaction, "NoMoney") == "true":
            continue
        amount = int(_decimal(_text(transaction, "Amount") or "0") * 100)
        cents[code] = cents.get(code, 0) + (-amount if _text(transaction, "Recovery") == "true" else amount)
        periods += [_period(one) for one in _named(transaction, "EarningPeriod")]
        hours += [
            _decimal(_text(wage, "UnitAmount"))
            for wage in _named(transaction, "UnitWage")
            if _text(wage, "UnitCode") == hour
        ]
    if not cents:
        return None
    earned = periods or [_period(told)]
    return WagePayment(
        paid_on=_day(_text(told, "PaymentDate")),
        cents=cents.get(TOTAL_WAGES) or sum(sum_ for code, sum_ in cents.items() if code != TOTAL_WAGES),
        hours=sum(hours, Decimal()) if hours else None,
        period=Period(min(one.start for one in earned), max(one.end or one.start for one in earned)),
    )


def _named(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in parent.iter() if isinstance(one.tag, str) and etree.QName(one).localname == name)


def _around(report: etree._Element, name: str) -> etree._Element:
    """The element of a name in the report, else beside it or farther out: what reports share stands once."""
    for element in (report, *report.iterancestors()):
        children = [one for one in element if isinstance(one.tag, str) and etree.QName(one).localname == name]
        if children:
            return children[0]
    inside = next(_named(report, name), None)
    if inside is None:
        raise Malformed(f"a report without {name}")
    return inside


def _ids(element: etree._Element, name: str) -> set[str]:
    return {_text(one, "Code") for ids in _named(element, name) for one in _named(ids, "Id")}


def _text(element: etree._Element, name: str) -> str:
    found = next(_named(element, name), None)
    return "" if found is None else (found.text or "").strip()


def _period(element: etree._Element) -> Period:
    start, end = _day(_text(element, "StartDate")), _day(_text(element, "EndDate"))
    if end < start:
        raise Malformed("a period that ends before it starts")
    return Period(start, end)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise Malformed("a day that cannot be read") from None


def _number(text: str) -> int:
    if not text.isdigit():
        raise Malformed("a code that is no number")
    return int(text)


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Malformed("an amount that cannot be read") from None
    if not value.is_finite():
        raise Malformed("an amount that cannot be read")
    return value


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text
