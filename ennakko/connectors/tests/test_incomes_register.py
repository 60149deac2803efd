# SPDX-License-Identifier: EUPL-1.2
"""The incomes register: signed questions, signed answers, and which of the sums told are wages."""

import logging
import traceback
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import XMLSigner, XMLVerifier

from ennakko.connectors.asking import Line
from ennakko.connectors.incomes_register.embedded import EmbeddedWages
from ennakko.connectors.incomes_register.http import CANONICAL, SOAP, TulorekisteriWages
from ennakko.connectors.incomes_register.messages import NAMESPACE, Codes, Malformed, payments
from ennakko.connectors.tests.stubs import Answer, http_stub
from ennakko.kernel.organisations.ports import Unavailable, WagePayment
from ennakko.values.periods import Period

CODE, EMPLOYER, CITY = "131052-308T", "1234567-1", "0201256-6"
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
CODES = Codes.read("query=201,paid=1,payer=2,earner=3,hour=1")
PATH = "/WageReportQueryService.svc"
AT = datetime(2026, 8, 1, 9, 30, tzinfo=UTC)


def identity(folder, name: str) -> tuple[str, str]:
    """A certificate of its own maker and its key, as files."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / f"{name}.pem", folder / f"{name}.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(certificate), str(secret)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    found = {name: identity(folder, name) for name in ("city", "register", "stranger")}
    both = folder / "signers.pem"
    both.write_text("".join(Path(found[name][0]).read_text() for name in ("city", "register")))
    return {**found, "signers": str(both)}


@pytest.fixture
def stub():
    with http_stub() as running:
        yield running


def service(stub, keys, seconds: float = 30.0, **more) -> TulorekisteriWages:
    return TulorekisteriWages(
        **{
            "url": f"{stub.url}{PATH}",
            "action": "GetWageReports",
            "owner": CITY,
            "codes": CODES,
            "certificate": keys["city"],
            "signers": keys["signers"],
            "at": lambda: AT,
            "line": Line(name="incomes register", timeout=seconds),
            **more,
        }
    )


def transaction(code: int, amount: str, *, inside: str = "", basic: str = "") -> str:
    return (
        f"<Transaction><TransactionBasic><TransactionCode>{code}</TransactionCode><Amount>{amount}</Amount>{basic}"
        f"</TransactionBasic>{inside}</Transaction>"
    )


def hours(amount: str, unit: int = 1) -> str:
    return (
        f"<UnitWages><UnitWage><UnitPrice>10.00</UnitPrice><UnitAmount>{amount}</UnitAmount>"
        f"<UnitCode>{unit}</UnitCode></UnitWage></UnitWages>"
    )


def report(*transactions: str, earner: str = CODE, payer: str = EMPLOYER, paid: str = "2026-07-15") -> str:
    return (
        f"<Item><PaymentPeriod><PaymentDate>{paid}</PaymentDate><StartDate>2026-06-01</StartDate>"
        f"<EndDate>2026-06-30</EndDate></PaymentPeriod><Payer><PayerIds><Id><Type>1</Type><Code>{payer}</Code></Id>"
        f"</PayerIds></Payer><Report><ReportData><ActionCode>1</ActionCode></ReportData><IncomeEarner>"
        f"<IncomeEarnerIds><Id><Type>2</Type><Code>{earner}</Code></Id></IncomeEarnerIds></IncomeEarner>"
        f"<Transactions>{''.join(transactions)}</Transactions></Report></Item>"
    )


def document(*reports: str) -> str:
    return (
        '<ns0:WageReportsFromIR xmlns:ns0="http://www.tulorekisteri.fi/2017/1/WageReportsFromIR">'
        f"<Reports>{''.join(reports)}</Reports></ns0:WageReportsFromIR>"
    )


def signed(keys, content: str, by: str = "register") -> Answer:
    certificate, key = (Path(name).read_bytes() for name in keys[by])
    signer = XMLSigner(c14n_algorithm=CANONICAL)
    whole = etree.tostring(signer.sign(etree.fromstring(content), key=key, cert=certificate.decode()))
    return enveloped(whole)


def enveloped(content: bytes) -> Answer:
    body = b'<s:Envelope xmlns:s="%s"><s:Body>%s</s:Body></s:Envelope>' % (SOAP.encode(), content)
    return Answer(body=body, headers={"Content-Type": "text/xml; charset=utf-8"})


def read(*reports: str) -> tuple[WagePayment, ...]:
    root = etree.fromstring(document(*reports))
    return payments(root, identity_code=CODE, payer=EMPLOYER, period=JUNE, hour="1")


def test_the_question_is_signed_and_names_payer_earner_and_days(stub, keys):
    stub.answers[PATH] = [signed(keys, document())]
    assert service(stub, keys).paid(CODE, EMPLOYER, JUNE) == ()
    (request,) = stub.requests
    assert (request.method, request.headers["SOAPAction"]) == ("POST", '"GetWageReports"')
    assert request.headers["Content-Type"] == "text/xml; charset=utf-8"
    raw = request.raw.split(b"<soap:Body>")[1].split(b"</soap:Body>")[0]
    told = XMLVerifier().verify(etree.fromstring(raw), x509_cert=Path(keys["city"][0]).read_text()).signed_xml
    assert told.tag == f"{{{NAMESPACE}}}WageReportsOnePayerOneIncomeEarnerRequestToIR"
    assert [one.tag for one in told] == [
        "Timestamp", "QueryDataType", "IncludeAllVersions", "ProductionEnvironment", "DeliveryDataOwner",
        "DeliveryDataCreator", "DeliveryDataSender", "DataRequestParameters",
    ]  # fmt: skip
    assert told.findtext("Timestamp") == "2026-08-01T09:30:00Z"
    assert told.findtext("DeliveryDataOwner/Code") == CITY
    spans = told.find("DataRequestParameters/TimespanParameter")
    assert [one.text for one in spans] == ["1", "2026-06-01", "2026-09-30"]
    ids = told.findall("DataRequestParameters/IdCodeParameter")
    assert [[part.text for part in one] for one in ids] == [["2", "1", EMPLOYER], ["3", "2", CODE]]
    assert etree.fromstring(raw)[-1].tag.endswith("Signature")


def test_wages_come_from_a_signed_answer(stub, keys):
    stub.answers[PATH] = [signed(keys, document(report(transaction(201, "812.50", inside=hours("78.00")))))]
    assert service(stub, keys).paid(CODE, EMPLOYER, JUNE) == (
        WagePayment(date(2026, 7, 15), 81_250, Decimal("78.00"), JUNE),
    )


def test_the_test_environment_is_told_so(stub, keys):
    stub.answers[PATH] = [signed(keys, document())]
    service(stub, keys, production=False).paid(CODE, EMPLOYER, JUNE)
    assert b"<ProductionEnvironment>false</ProductionEnvironment>" in stub.requests[0].raw


def unavailable(call) -> Unavailable:
    with pytest.raises(Unavailable) as caught:
        call()
    assert CODE not in "".join(traceback.format_exception(caught.value, chain=True))
    return caught.value


XML = {"Content-Type": "text/xml"}
FAULT = b"<s:Fault xmlns:s='%s'><faultcode>s:Client</faultcode><faultstring>131052-308T</faultstring></s:Fault>"


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (Answer(hang=30.0), "no answer in time"),
        (Answer(429, headers={"Retry-After": "30"}), "HTTP 429"),
        (Answer(500, headers=XML), "HTTP 500"),
        (Answer(401), "HTTP 401"),
        (Answer(hang_up=True), "no connection, or it broke"),
        (Answer(body={"a": 1}), "an answer of another kind"),
        (Answer(body=b"<a", headers=XML), "the answer is no XML"),
        (Answer(body=b"", headers=XML), "the answer is no XML"),
        (Answer(body=b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", headers=XML), "the answer has a document type"),
        (Answer(body=b"<a/>", headers=XML), "the answer holds no document"),
        (enveloped(b""), "the answer holds no document"),
        (enveloped(FAULT % SOAP.encode()), "the answer is a fault"),
        (enveloped(document(report(transaction(201, "1.00"))).encode()), "the answer is not signed by the register"),
    ],
)
def test_every_failure_is_unavailable_and_names_nobody(stub, keys, answer, what, caplog):
    caplog.set_level(logging.DEBUG)
    stub.answers[PATH] = [answer]
    failure = unavailable(lambda: service(stub, keys, 0.5 if answer.hang else 30).paid(CODE, EMPLOYER, JUNE))
    assert failure.what == f"incomes register: {what}"
    assert failure.retry_after == (30 if answer.status == 429 else None)
    assert CODE not in caplog.text


def test_an_answer_signed_by_a_stranger_is_not_believed(stub, keys):
    stub.answers[PATH] = [signed(keys, document(report(transaction(201, "1.00"))), by="stranger")]
    failure = unavailable(lambda: service(stub, keys).paid(CODE, EMPLOYER, JUNE))
    assert failure.what == "incomes register: the answer is not signed by the register"


def test_a_sum_changed_on_the_way_is_not_believed(stub, keys):
    answer = signed(keys, document(report(transaction(201, "100.00"))))
    stub.answers[PATH] = [Answer(body=answer.content().replace(b"100.00", b"900.00"), headers=XML)]
    failure = unavailable(lambda: service(stub, keys).paid(CODE, EMPLOYER, JUNE))
    assert failure.what == "incomes register: the answer is not signed by the register"


def test_without_its_certificate_nothing_is_asked(stub, keys):
    failure = unavailable(
        lambda: service(stub, keys, certificate=("/nowhere.pem", "/nowhere.key")).paid(CODE, EMPLOYER, JUNE)
    )
    assert failure.what == "incomes register: cannot be asked (FileNotFoundError)"
    assert stub.requests == []


def test_itemised_wages_are_summed_and_benefits_and_deductions_are_not():
    (one,) = read(
        report(
            transaction(201, "500.00", inside=hours("50")),
            transaction(206, "20.10"),
            transaction(330, "7.00"),
            transaction(331, "48.00"),
            transaction(402, "60.00"),
            transaction(413, "30.00"),
        )
    )
    assert (one.cents, one.hours) == (52_010, Decimal(50))


def test_total_wages_are_not_added_to_what_they_hold():
    (one,) = read(report(transaction(101, "520.10"), transaction(201, "500.00")))
    assert one.cents == 52_010


def test_recovered_pay_is_taken_off_and_pay_in_kind_is_not_counted():
    (one,) = read(
        report(
            transaction(201, "500.00"),
            transaction(201, "100.00", basic="<Recovery>true</Recovery>"),
            transaction(203, "40.00", basic="<NoMoney>true</NoMoney>"),
        )
    )
    assert (one.cents, one.hours) == (40_000, None)


def test_days_are_no_hours():
    (one,) = read(report(transaction(201, "500.00", inside=hours("5", unit=2))))
    assert one.hours is None


def test_the_earning_period_counts_where_it_is_told():
    earned = (
        "<EarningPeriods><EarningPeriod><StartDate>{}</StartDate><EndDate>{}</EndDate></EarningPeriod></EarningPeriods>"
    )
    (one,) = read(report(transaction(201, "5.00", inside=earned.format("2026-06-15", "2026-06-28"))))
    assert one.period == Period(date(2026, 6, 15), date(2026, 6, 28))
    assert read(report(transaction(201, "5.00", inside=earned.format("2026-05-01", "2026-05-31")))) == ()


def test_reports_of_others_and_without_wages_are_passed_over_and_the_rest_is_in_order():
    found = read(
        report(transaction(201, "2.00"), paid="2026-07-15"),
        report(transaction(201, "1.00"), paid="2026-06-15"),
        report(transaction(201, "9.00"), earner="010101-0101"),
        report(transaction(201, "9.00"), payer="7654321-4"),
        report(transaction(331, "9.00")),
    )
    assert [(one.paid_on, one.cents) for one in found] == [(date(2026, 6, 15), 100), (date(2026, 7, 15), 200)]


def test_what_reports_share_may_stand_around_them():
    shared = report(transaction(201, "3.00")).replace("<Item>", "").replace("</Item>", "")
    (one,) = read(shared)
    assert one.cents == 300


@pytest.mark.parametrize(
    "broken",
    [
        report(transaction(201, "1.00")).replace("2026-07-15", "15.7.2026"),
        report(transaction(201, "a lot")),
        report(transaction(201, "NaN")),
        report(transaction(201, "1.00")).replace("<TransactionCode>201", "<TransactionCode>x"),
        report(transaction(201, "1.00")).replace("2026-06-30", "2026-05-30"),
        "<Report><IncomeEarnerIds><Id><Code>131052-308T</Code></Id></IncomeEarnerIds></Report>",
    ],
)
def test_reports_that_cannot_be_read_are_malformed_and_name_nobody(broken):
    with pytest.raises(Malformed) as caught:
        read(broken)
    assert CODE not in str(caught.value)


@pytest.mark.parametrize("written", ["", "query=1", "query=1,paid=2,payer=3,earner=4,hour=x", "a=1", CODE])
def test_codes_that_are_not_whole_are_refused(written):
    with pytest.raises(ValueError):
        Codes.read(written)


def demo(on: date) -> EmbeddedWages:
    return EmbeddedWages(lambda: on)


def test_the_demo_tells_the_same_every_time_and_only_what_has_been_paid():
    period = Period(date(2026, 6, 15), date(2026, 7, 20))
    whole = demo(date(2026, 9, 1)).paid(CODE, EMPLOYER, period)
    assert whole == demo(date(2027, 9, 1)).paid(CODE, EMPLOYER, period)
    assert [one.paid_on for one in whole] == [date(2026, 7, 15), date(2026, 8, 15)]
    assert [one.period for one in whole] == [
        Period(date(2026, 6, 15), date(2026, 6, 30)), Period(date(2026, 7, 1), date(2026, 7, 20)),
    ]  # fmt: skip
    assert demo(date(2026, 8, 1)).paid(CODE, EMPLOYER, period) == whole[:1]
    assert demo(date(2026, 7, 14)).paid(CODE, EMPLOYER, period) == ()


def test_in_a_season_the_demo_s_job_takes_some_weeks_of_it():
    season = Period(date(2026, 6, 1), date(2026, 8, 14))
    jobs = []
    for n in range(300):
        paid = demo(date(2027, 1, 1)).paid(f"{n:06}-0000", EMPLOYER, season)
        if paid:
            jobs.append(Period(paid[0].period.start, paid[-1].period.end))
            assert sum(one.hours or 0 for one in paid) <= 37 * (jobs[-1].days + 2) / 7
    assert all(season.start <= job.start and (job.end or season.start) <= season.end for job in jobs)
    assert {job.days for job in jobs} == {12, 19, 26, 33}
    assert {job.start.weekday() for job in jobs} == {0}
    assert len({job.start for job in jobs}) > 5
    whole_year = demo(date(2027, 1, 1)).paid(CODE, EMPLOYER, Period(date(2026, 1, 1)))
    assert whole_year == demo(date(2028, 1, 1)).paid(CODE, EMPLOYER, Period(date(2026, 1, 1)))


def test_most_of_the_demo_s_jobs_are_long_and_paid_enough():
    period = Period(date(2026, 6, 1), date(2026, 6, 28))
    told = [demo(date(2027, 1, 1)).paid(f"{n:06}-0000", EMPLOYER, period) for n in range(500)]
    totals = [(sum(one.hours or 0 for one in paid), sum(one.cents for one in paid)) for paid in told if paid]
    assert 10 <= told.count(()) <= 35
    assert all(60 <= hours <= 37 * 4 for hours, _ in totals)
    assert 440 <= sum(cents >= 1_000 * hours for hours, cents in totals) <= 475
