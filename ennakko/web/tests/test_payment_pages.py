# SPDX-License-Identifier: EUPL-1.2
"""The pages of finance: what they show, what they let whom do, and that bad input loses nothing."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ennakko.kernel import audit
from ennakko.kernel.access import SYSTEM, add_staff, grant_role
from ennakko.kernel.cases.models import Case
from ennakko.kernel.payments import make_batch, pay_again, policy, ports, recover
from ennakko.kernel.payments.models import Batch, Line, Received
from ennakko.kernel.payments.tests import paying as p
from ennakko.kernel.ui.checker import flaws
from ennakko.web.tests.test_every_page import _sign_in

pytestmark = pytest.mark.django_db
LANGUAGES = ("fi", "sv", "en")


@pytest.fixture(autouse=True)
def _by_hand():
    wired = ports.transfer()
    ports.use(None)
    p.told.clear()
    p.failing.clear()
    with p.let_go():
        yield
    ports.use(wired)


def works_as(client: Client, *roles: str, name: str = "aino") -> Client:
    member = add_staff(subject=name, name=name.title(), by=SYSTEM("test"), at=p.AT)
    for role in roles:
        grant_role(member, role=role, by=SYSTEM("test"), at=p.AT, start=date(2020, 1, 1))
    _sign_in(client, p.finance(name))
    return client


def page(client: Client, name: str, *args: object, status: int = 200, language: str = "en", **query: str) -> str:
    answer = client.get(reverse(name, args=args), query, headers={"accept-language": language})
    assert answer.status_code == status
    html = answer.content.decode()
    assert flaws(html, language=language) == []
    return html


def do(client: Client, name: str, *args: object, status: int = 302, **told: object) -> str:
    answer = client.post(reverse(name, args=args), told, headers={"accept-language": "en"})
    assert answer.status_code == status, answer.content.decode()[:2000]
    if status == 302:
        answer = client.get(answer.headers["Location"], headers={"accept-language": "en"})
    html = answer.content.decode()
    assert flaws(html, language="en") == []
    return html


def a_bit_of_everything() -> Batch:
    """A batch with lines paid, returned and waiting, odd confirmations, a line that waits, one paid again."""
    batch = p.sent_batch(4)
    p.hear(p.says(batch, 1), p.says(batch, 2, "returned", reason="Tili suljettu"), p.says(batch, 1, "returned"))
    p.hear(p.says("elsewhere-1", 1), p.says(batch, 3, amount_cents=1))
    p.line(9)
    return batch


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_sound_in_every_state(client: Client, language: str):
    works_as(client, "finance")
    page(client, "payments", language=language)
    page(client, "payment-lines", language=language)
    batch = a_bit_of_everything()
    page(client, "payments", language=language, batches="all")
    for only in ("", "sent", "paid", "returned", "nonsense"):
        page(client, "payment-batch", batch.reference, language=language, state=only)
    for state in ("returned", "in_transit", "recovering", "nonsense"):
        page(client, "payment-lines", language=language, state=state, service="sample")
    for line in Line.objects.all():
        page(client, "payment-line", line.pk, language=language)
    for odd in Received.objects.filter(outcome="odd"):
        page(client, "payment-odd", odd.pk, language=language)
    make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    page(client, "payment-batch", "sample-00002", language=language)


def test_the_first_page_shows_sums_differences_and_what_needs_a_person(client: Client):
    works_as(client, "finance")
    a_bit_of_everything()
    html = page(client, "payments")
    assert html.count("sample-00001") >= 3
    for words in ("returned, though it was paid", "the batch is not known", "the sum is not what was sent"):
        assert words in html
    assert "Tili suljettu" in html
    assert "€1,750" in html
    assert "Your work" in page(client, "home")


def test_constant_queries_however_much_there_is(client: Client):
    works_as(client, "finance")
    batch = a_bit_of_everything()
    page(client, "payments")

    def queries(name: str, *args: object, **query: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, name, *args, **query)
        return len(seen)

    places = (
        ("payments", (), {"batches": "all"}),
        ("payment-batch", (batch.reference,), {}),
        ("payment-lines", (), {}),
    )
    before = [queries(name, *args, **query) for name, args, query in places]
    for number in range(20, 32):
        p.line(number)
        if number % 3 == 0:
            make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    p.hear(*(p.says(f"x-{number}", 1) for number in range(10)), p.says(batch, 4, "returned"))
    assert [queries(name, *args, **query) for name, args, query in places] == before


def test_the_whole_way_by_hand_from_planned_to_paid(client: Client):
    works_as(client, "finance")
    p.lines(3)
    html = do(client, "payment-make", service="sample")
    assert "The batch holds 3 payments." in html
    reference = Batch.objects.get().reference
    assert "The batch was released." in do(client, "payment-release", reference)
    assert "There is no connection" in do(client, "payment-send", reference)
    assert "marked as sent" in do(client, "payment-delivered", reference)
    told = {"outcome": "returned", "numbers": "2", "reason": "Account closed"}
    assert "1 line was settled." in do(client, "payment-outcome", reference, **told)
    told = {"outcome": "paid", "numbers": "", "paid_on": "2026-01-15", "reason": "Statement"}
    assert "2 lines were settled." in do(client, "payment-outcome", reference, **told)
    assert p.states() == ["paid", "returned", "paid"]
    assert "None of these lines waits" in do(client, "payment-outcome", reference, **told)
    assert "There is nothing to pay now." in do(client, "payment-make", service="sample")
    assert "Choose one of the alternatives." in do(client, "payment-make", service="burglary")


def test_the_whole_way_through_a_payment_system_that_stumbles(client: Client):
    works_as(client, "finance")
    p.line(1)
    do(client, "payment-make", service="sample")
    reference = Batch.objects.get().reference
    do(client, "payment-release", reference)
    with p.other_side() as there:
        there.before_taking = ports.Unavailable("finance: 503")
        html = do(client, "payment-send", reference)
        assert "did not take the file: finance: 503." in html
        assert "tried again by itself" in html
        assert "could not be sent" in page(client, "payments")
        there.before_taking = None
        assert "has the file" in do(client, "payment-send", reference)
        assert "goes to the payment system by itself" in do(client, "payment-delivered", reference)
        assert "has the file" in do(client, "payment-send", reference)
    assert len(there.taken) == 1


def test_bad_input_says_what_to_do_and_keeps_what_was_written(client: Client):
    works_as(client, "finance")
    batch = p.sent_batch(2)
    for told, words in (
        ({"outcome": "paid", "reason": "Statement"}, "Write the day of the payment"),
        ({"outcome": "paid", "paid_on": "32.13.2026", "reason": "Statement"}, "Write the day"),
        ({"outcome": "paid", "paid_on": "2126-01-01", "reason": "Statement"}, "cannot be in the future"),
        ({"outcome": "paid", "paid_on": "2026-01-01"}, "Write the reason."),
        ({"outcome": "paid", "paid_on": "2026-01-01", "reason": "x" * 501}, "500 characters"),
        ({"outcome": "burned", "reason": "Statement"}, ""),
        ({"outcome": "returned", "numbers": "1; DROP", "reason": "Statement"}, "Write numbers"),
        ({"outcome": "returned", "numbers": "99999999", "reason": "Statement"}, "Write numbers"),
        ({"outcome": "returned", "numbers": "7", "reason": "Statement"}, "None of these lines"),
    ):
        html = do(client, "payment-outcome", batch.reference, status=422, **told)
        assert words in html
        assert str(told.get("reason", "")) in html
    assert p.states() == ["sent", "sent"]
    assert client.get(reverse("payment-outcome", args=[batch.reference])).status_code == 302
    assert client.get(reverse("payment-batch", args=["no-such"])).status_code == 404
    assert client.get(reverse("payment-line", args=[10**15])).status_code == 404


def test_a_batch_is_dissolved_with_a_reason(client: Client):
    works_as(client, "finance")
    p.line(1)
    do(client, "payment-make", service="sample")
    reference = Batch.objects.get().reference
    assert "Write the reason." in do(client, "payment-dissolve", reference, status=422)
    assert "wait for the next one" in do(client, "payment-dissolve", reference, **{"dissolve-reason": "Wrong day"})
    assert "Wrong day" in page(client, "payment-batch", reference)


def test_two_pairs_of_eyes_and_nobody_releases_their_own_decision(client: Client):
    p.line(1, decided_by="staff:olli")
    make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    with p.let_go("official", above=1):
        assert policy.policy().needs_two(Batch.objects.get())
        works_as(client, "finance")
        assert "Another official still has to approve" in do(client, "payment-release", "sample-00001")
        assert "You have approved this batch already." in do(client, "payment-release", "sample-00001")
        works_as(client, "finance", name="olli")
        assert "that you decided yourself" in do(client, "payment-release", "sample-00001")
        works_as(client, "finance", name="kaisa")
        html = do(client, "payment-release", "sample-00001")
    assert "Kaisa" in html
    assert Batch.objects.get().state == "released"


def test_an_odd_confirmation_is_settled_with_a_choice_and_a_reason(client: Client):
    works_as(client, "finance")
    batch = p.sent_batch(1)
    p.hear(p.says(batch, 1), p.says(batch, 1, "returned"))
    odd = Received.objects.get(outcome="odd")
    assert "Write the reason." in do(client, "payment-odd", odd.pk, status=422, choice="believe")
    assert "Choose one." in do(client, "payment-odd", odd.pk, status=422, choice="burn", reason="x")
    assert "still odd" in do(client, "payment-odd", odd.pk, status=422, choice="again", reason="x")
    do(client, "payment-odd", odd.pk, choice="believe", reason="Called the bank")
    assert p.states() == ["returned"]
    assert "Called the bank" in page(client, "payment-odd", odd.pk)
    assert Received.objects.filter(outcome="odd").count() == 0


def test_a_payee_is_found_by_name_account_number_and_batch_and_not_by_the_address(client: Client):
    works_as(client, "finance")
    p.line(1, payee=p.payee(name="Ääkkösten Äänitys Oy", business_id="0201256-6", iban=p.OTHER_IBAN))
    p.line(2)
    for words in ("ääKKÖSTEN", "0201256-6", "FI42 5000 1510 0000 23", "sample:1", "case:1"):
        html = do(client, "payment-lines", status=200, words=words)
        assert "Ääkkösten" in html
        assert "Kahvila" not in html
    assert "No payments here." in do(client, "payment-lines", status=200, words="nobody\x00")
    assert "words=" not in page(client, "payment-lines")


def test_the_file_and_the_lists_are_saved_and_that_they_were_is_logged(client: Client):
    works_as(client, "finance")
    p.line(1, payee=p.payee(name="=HYPERLINK(1) Oy"))
    p.line(2)
    make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    file = client.get(reverse("payment-file", args=["sample-00001"]))
    assert file.status_code == 200
    assert "sample-00001.csv" in file.headers["Content-Disposition"]
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    lines = client.get(reverse("payment-lines-csv"), headers={"accept-language": "en"}).content.decode("utf-8-sig")
    assert lines.splitlines()[0].startswith('"Service";"Year";"Payee"')
    assert '"\'=HYPERLINK(1) Oy"' in lines
    assert len(lines.splitlines()) == 3
    of_batch = client.get(reverse("payment-lines-csv"), {"batch": "sample-00009"}).content.decode("utf-8-sig")
    assert len(of_batch.splitlines()) == 1
    batches = client.get(reverse("payment-batches-csv"), headers={"accept-language": "en"}).content.decode("utf-8-sig")
    assert '"sample-00001";"waiting for release"' in batches
    assert len(audit.entries_about("payments")) == 3
    assert len(audit.entries_about("batch:sample-00001")) == 3
    do(client, "payment-dissolve", "sample-00001", **{"dissolve-reason": "x"})
    assert client.get(reverse("payment-file", args=["sample-00001"])).status_code == 302


CHANGES = ("payment-release", "payment-send", "payment-delivered", "payment-dissolve", "payment-outcome")


def test_an_auditor_sees_everything_and_changes_nothing(client: Client):
    batch = a_bit_of_everything()
    make_batch("sample", on=p.ON, at=p.AT, actor=p.MACHINE)
    works_as(client, "auditor")
    for html in (
        page(client, "payments"),
        page(client, "payment-batch", "sample-00002"),
        page(client, "payment-lines"),
    ):
        assert "Make the batch now" not in html
        assert "Release for payment" not in html
        assert "Dissolve" not in html
    assert client.get(reverse("payment-file", args=[batch.reference])).status_code == 200
    for name in CHANGES:
        assert client.post(reverse(name, args=["sample-00002"])).status_code == 403
    assert client.post(reverse("payment-make"), {"service": "sample"}).status_code == 403
    odd = Received.objects.filter(outcome="odd").first()
    assert client.post(reverse("payment-odd", args=[odd.pk]), {"choice": "aside", "reason": "x"}).status_code == 403
    assert "Settle it" not in page(client, "payment-odd", odd.pk)


def test_others_do_not_enter(client: Client):
    batch = a_bit_of_everything()
    addresses = [
        reverse("payments"), reverse("payment-lines"), reverse("payment-lines-csv"), reverse("payment-batches-csv"),
        reverse("payment-batch", args=[batch.reference]), reverse("payment-file", args=[batch.reference]),
        reverse("payment-line", args=[Line.objects.first().pk]),
        reverse("payment-odd", args=[Received.objects.filter(outcome="odd").first().pk]),
    ]  # fmt: skip
    assert {client.get(address).status_code for address in addresses} == {302}
    works_as(client, "summer-voucher.handler", "director")
    assert {client.get(address).status_code for address in addresses} == {403}
    assert "payments/" not in client.get(reverse("home")).content.decode()


def test_a_look_changes_nothing(client: Client):
    works_as(client, "finance")
    batch = a_bit_of_everything()
    before = (p.states(), Batch.objects.get(pk=batch.pk).state, Received.objects.count())
    for name in ("payment-release", "payment-send", "payment-delivered"):
        assert client.get(reverse(name, args=[batch.reference])).status_code == 405
    assert client.get(reverse("payment-make")).status_code == 405
    for name in ("payment-dissolve", "payment-outcome"):
        client.get(reverse(name, args=[batch.reference]))
    assert (p.states(), Batch.objects.get(pk=batch.pk).state, Received.objects.count()) == before


def test_what_was_claimed_back_is_written_down_when_it_comes(client: Client):
    p.hear(p.says(p.sent_batch(1), 1))
    line = Line.objects.get()
    claims = [
        recover(line, 1_000, key=f"r{n}", decision="X 2026-1", reason="Osa", actor=p.MACHINE, at=p.AT) for n in (1, 2)
    ]
    address = reverse("payment-recovery", args=[claims[0].pk])
    assert address not in page(works_as(client, "auditor", name="eeva"), "payment-line", line.pk)
    assert client.get(address).status_code == 403
    works_as(client, "finance")
    assert address in page(client, "payment-line", line.pk)
    page(client, "payment-recovery", claims[0].pk)
    assert "Choose what happened." in do(client, "payment-recovery", claims[0].pk, status=422)
    assert "Write the reason" in do(client, "payment-recovery", claims[0].pk, status=422, outcome="waived")
    assert "got back" in do(client, "payment-recovery", claims[0].pk, outcome="recovered")
    assert "claim given up" in do(client, "payment-recovery", claims[1].pk, outcome="waived", reason="Oikaisu")
    assert client.get(address).status_code == 302
    line.refresh_from_db()
    assert (line.recovering_cents, line.recovered_cents) == (0, 1_000)


def test_a_payment_paid_again_leads_both_ways(client: Client):
    works_as(client, "finance")
    p.hear(p.says(p.sent_batch(1), 1, "returned"))
    old = Line.objects.get()
    new = pay_again(old, key="again", due=p.ON, at=p.AT, actor=p.MACHINE)
    assert reverse("payment-line", args=[new.pk]) in page(client, "payment-line", old.pk)
    assert reverse("payment-line", args=[old.pk]) in page(client, "payment-line", new.pk)
    assert "Returned payments" not in page(client, "payments")


def test_a_payment_tells_the_number_of_its_matter(client: Client):
    works_as(client, "finance")
    case = Case.objects.create(
        number="KS-2026-000007", service="summer-voucher", kind="claim", state="accepted", state_at=p.AT, opened_at=p.AT
    )
    assert "KS-2026-000007" in page(client, "payment-line", p.line(1, about=f"case:{case.pk}").pk)
    assert "case:999999" in page(client, "payment-line", p.line(2, about="case:999999").pk)
