# SPDX-License-Identifier: EUPL-1.2
"""The decision and archive system: Ahjo's interface over HTTP, misbehaving in every way, and the demo's own archive."""

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs

import pytest

from ennakko.connectors.asking import Line
from ennakko.connectors.decision_archive.embedded import EmbeddedArchive
from ennakko.connectors.decision_archive.http import AhjoArchive
from ennakko.connectors.tests.stubs import Answer, http_stub
from ennakko.kernel.records import decision_archive as port
from ennakko.kernel.records.models import OutsideToken
from ennakko.kernel.records.outside_tokens import KeptToken

AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
CALLBACK = "https://city.example/callback/open_case/1"
TOKENS, CASES = "/token", "/ahjo/cases"
RECORDS = "/ahjo/cases/HEL%202026-000123/records"


class Kept:
    """A keeper of one token, in memory."""

    def __init__(self, token: str = "first") -> None:
        self.all = [token]

    def token(self) -> str:
        return self.all[-1]

    def keep(self, token: str) -> None:
        self.all.append(token)


@pytest.fixture
def stub():
    with http_stub() as running:
        running.answers[TOKENS] = [granted()]
        yield running


def granted(**more: Any) -> Answer:
    return Answer(body={"access_token": "let-me-in", "expires_in": 30_000, "refresh_token": "second", **more})


def archive(stub, kept: Kept | None = None, seconds: float = 30.0, **more: Any) -> AhjoArchive:
    line = Line(name="decision archive", timeout=seconds)
    return AhjoArchive(
        url=f"{stub.url}/ahjo", token_url=f"{stub.url}{TOKENS}", client_id="ennakko", client_secret="hush",
        tokens=kept or Kept(), line=line, **more,
    )  # fmt: skip


def file(number: int = 1) -> port.File:
    return port.File(
        f"hakemus{number}.pdf", "application/pdf", f"{number:064x}", f"https://city.example/files/{number}"
    )


def record(kind: str = "hakemus", **more: Any) -> port.Record:
    given: dict[str, Any] = {
        "title": "Helsinki-lisä, hakemus", "kind": kind, "acquired": AT, "publicity": "secret",
        "grounds": ["JulkL (621/1999) 24.1 § 25 k"], "language": "fi", "files": [file()],
        "agents": [port.Agent(role="mainCreator", name="Hanna Käsittelijä", id="hkasi")],
    }  # fmt: skip
    return port.Record(**{**given, **more})


def matter(**more: Any) -> port.Matter:
    sender = port.Agent(
        role="sender_initiator", name="Petri Yrittäjä", kind="ExternalOwner", organisation="Kahvila Oy",
        email="petri@kahvila.example", street="Katu 1", postal_code="00100", post_office="Helsinki",
    )  # fmt: skip
    given: dict[str, Any] = {
        "reference": "2026-000123", "title": "Avustuksen myöntäminen, Kahvila Oy", "internal_title": "Kahvila Oy",
        "acquired": AT, "task_class": "02 05 01 00", "task_title": "Kunnan myöntämät avustukset", "language": "fi",
        "publicity": "partly-secret", "subjects": ["Helsinki-lisät", "kunnan tuet"], "agents": [sender],
        "records": [record(received_by="sähköinen asiointi")],
    }  # fmt: skip
    return port.Matter(**{**given, **more})


def test_a_matter_is_opened_as_the_interface_has_it_and_its_outcome_is_told_elsewhere(stub):
    stub.answers[CASES] = [Answer(202, body=b"{A1B2C3D4-0000}", headers={"Content-Type": "text/plain"})]
    assert archive(stub).open_case(matter(), callback=CALLBACK) == "A1B2C3D4-0000"
    _, request = stub.requests
    headers = {name: request.headers[name] for name in ("Authorization", "Accept", "X-CallbackURL")}
    assert headers == {
        "Authorization": "Bearer let-me-in", "Accept": "application/hal+json", "X-CallbackURL": CALLBACK,
    }  # fmt: skip
    body = request.body
    assert (request.method, body["ClassificationCode"], body["Reference"]) == ("POST", "02 05 01 00", "2026-000123")
    assert (body["Acquired"], body["PublicityClass"]) == ("2026-03-02T08:30:00Z", "Osittain salassa pidettävä")
    assert body["Agents"] == [
        {
            "Role": "sender_initiator", "Type": "ExternalOwner", "CorporateName": "Kahvila Oy",
            "ContactPerson": "Petri Yrittäjä", "Email": "petri@kahvila.example", "AddressStreet": "Katu 1",
            "AddressPostalCode": "00100", "AddressCity": "Helsinki",
        }
    ]  # fmt: skip
    (first,) = body["Records"]
    assert first["MannerOfReceipt"] == "sähköinen asiointi"
    assert "VersionSeriesId" not in first
    assert first["Agents"] == [{"Role": "mainCreator", "Name": "Hanna Käsittelijä", "ID": "hkasi"}]
    assert first["Documents"] == [
        {
            "FileName": "hakemus1.pdf", "FormatName": "application/pdf", "HashAlgorithm": "sha256",
            "HashValue": f"{1:064x}", "FileURI": "https://city.example/files/1",
        }
    ]  # fmt: skip


def test_titles_are_cut_to_what_the_interface_takes(stub):
    stub.answers[CASES] = [Answer(201)]
    archive(stub).open_case(matter(title="ä" * 600, internal_title="b " * 200), callback=CALLBACK)
    body = stub.requests[-1].body
    assert (len(body["Title"]), body["Title"][-1]) == (512, "…")
    assert len(body["InternalTitle"]) <= 150


@pytest.mark.parametrize(("change", "method"), [("add_records", "POST"), ("update_records", "PUT")])
def test_records_go_to_their_matter_an_updated_one_with_its_series(stub, change, method):
    stub.answers[RECORDS] = [Answer(200, body={"requestId": "req-0001"})]
    send = getattr(archive(stub), change)
    assert send("HEL 2026-000123", [record(series="{V-1}")], callback=CALLBACK) == "req-0001"
    request = stub.requests[-1]
    assert (request.method, request.body["records"][0]["VersionSeriesId"]) == (method, "{V-1}")


def test_a_matter_is_deleted_with_who_asks_and_why(stub):
    path = "/ahjo/cases/HEL%202026-000123"
    stub.answers[path] = [Answer(200, body=b'"req-0002"', headers={"Content-Type": "application/json"})]
    found = archive(stub).delete_case(
        "HEL 2026-000123", draftsman="hkasi", reason="Hakemus peruttiin", language="fi", callback=CALLBACK
    )
    request = stub.requests[-1]
    assert (found, request.method) == ("req-0002", "DELETE")
    assert request.query == {"draftsmanid": "hkasi", "reason": "Hakemus peruttiin", "apireqlang": "fi"}


def test_the_decision_is_read_with_its_maker_section_and_day(stub):
    stub.answers["/ahjo/decisions/HEL%201"] = [
        Answer(body=[decision()], headers={"Content-Type": "application/hal+json"})
    ]
    found = archive(stub).decision("HEL 1")
    assert found == port.Details("Päivi Päättäjä", "Tiimipäällikkö", "17 §", date(2026, 3, 4))


def decision(**more: Any) -> dict[str, Any]:
    content = '<p>x</p><div class="Puheenjohtajanimi"> Päivi  Päättäjä </div>'
    given = {"Content": content, "Organization": {"Name": "Tiimipäällikkö"}, "Section": "17"}
    return {**given, "DateDecision": "2026-03-04T12:00:00.000", **more}


@pytest.mark.parametrize(
    ("broken", "part"),
    [
        ({"Content": "<p>nobody</p>"}, "Content"), ({"Content": None}, "Content"), ({"Section": ""}, "Section"),
        ({"Section": None}, "Section"), ({"Organization": None}, "Organization"),
        ({"DateDecision": "4.3.2026"}, "DateDecision"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_read_is_asked_for_again_later_and_says_which_part(stub, broken, part):
    stub.answers["/ahjo/decisions/1"] = [Answer(body=decision(**broken))]
    with pytest.raises(port.Unavailable, match=f"{part} could not be read"):
        archive(stub).decision("1")


def test_decision_makers_and_signers_are_listed_and_what_is_no_decision_maker_is_left_out(stub):
    decides = {"Name": "Tiimipäällikkö", "ID": "U0212", "IsDecisionMaker": True}
    rows = [{"Organization": decides}, {"Organization": {**decides, "IsDecisionMaker": False}}, {"Organization": {}}, 7]
    stub.answers["/ahjo/agents/decisionmakers"] = [Answer(body={"decisionMakers": rows})]
    stub.answers["/ahjo/organization/persons"] = [Answer(body={"agentList": [{"ID": "a", "Name": "A"}, {"ID": "b"}]})]
    asked = archive(stub)
    assert asked.decision_makers("02978") == (port.Choice("U0212", "Tiimipäällikkö"),)
    assert asked.signers("U0212") == (port.Choice("a", "A"),)
    assert stub.requests[1].query == {"start": "02978"}


@pytest.mark.parametrize("status", [400, 404, 409, 413, 415, 422])
def test_what_will_never_be_taken_is_rejected(stub, status):
    stub.answers[CASES] = [Answer(status)]
    with pytest.raises(port.Rejected) as caught:
        archive(stub).open_case(matter(), callback=CALLBACK)
    assert caught.value.what == f"decision archive: HTTP {status}"


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (Answer(hang=30.0), "no answer in time"),
        (Answer(429, headers={"Retry-After": "120"}), "HTTP 429"),
        (Answer(500), "HTTP 500"),
        (Answer(503), "HTTP 503"),
        (Answer(403), "HTTP 403"),
        (Answer(302, headers={"Location": "/"}), "HTTP 302"),
        (Answer(hang_up=True), "no connection, or it broke"),
        (Answer(body=b"x", headers={"Content-Type": "image/png"}), "an answer of another kind"),
    ],
)
def test_every_other_failure_leaves_the_request_for_later_and_is_not_sent_twice(stub, answer, what, caplog):
    stub.answers[CASES] = [answer]
    # Two requests in this time, of which the first is answered.
    asked = archive(stub, seconds=3.0 if answer.hang else 30.0)
    with pytest.raises(port.Unavailable) as caught:
        asked.open_case(matter(), callback=CALLBACK)
    assert caught.value.what == f"decision archive: {what}"
    assert caught.value.retry_after == (120 if answer.status == 429 else None)
    assert [request.path for request in stub.requests] == [TOKENS, CASES]
    assert not any(word in caplog.text + repr(asked) for word in ("hush", "let-me-in", "first", "second"))


def test_a_taken_request_whose_answer_makes_no_sense_was_taken_all_the_same(stub):
    stub.answers[CASES] = [Answer(200, body=b"<html>kiitos</html>", headers={"Content-Type": "text/html"})]
    assert archive(stub).open_case(matter(), callback=CALLBACK) == ""


def test_the_refresh_token_is_replaced_and_the_access_token_used_until_its_end(stub):
    stub.answers[CASES] = [Answer(201)]
    kept, now = Kept(), [0.0]
    asked = archive(stub, kept, now=lambda: now[0])
    for _ in range(2):
        asked.open_case(matter(), callback=CALLBACK)
    now[0] = 29_950.0
    asked.open_case(matter(), callback=CALLBACK)
    refreshes = [request for request in stub.requests if request.path == TOKENS]
    assert [parse_qs(request.raw.decode())["refresh_token"] for request in refreshes] == [["first"], ["second"]]
    assert kept.all == ["first", "second", "second"]


def test_a_token_that_is_not_known_any_more_is_refreshed_once_and_only_once(stub):
    stub.answers[CASES] = [Answer(401), Answer(201), Answer(401)]
    asked = archive(stub)
    asked.open_case(matter(), callback=CALLBACK)
    with pytest.raises(port.Unavailable, match="HTTP 401"):
        asked.open_case(matter(), callback=CALLBACK)
    assert [request.path for request in stub.requests] == [TOKENS, CASES, TOKENS, CASES, CASES, TOKENS, CASES]


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (Answer(400), r"HTTP 400 \(token\)"),
        (Answer(body=b"{", headers={"Content-Type": "application/json"}), "the token could not be read"),
        (Answer(body=[]), "the token could not be read"),
        (granted(access_token=None), "the token could not be read"),
    ],
)
def test_without_a_token_nothing_is_asked(stub, answer, what):
    stub.answers[TOKENS] = [answer]
    with pytest.raises(port.Unavailable, match=what):
        archive(stub).open_case(matter(), callback=CALLBACK)
    assert [request.path for request in stub.requests] == [TOKENS]


def test_before_anybody_has_given_the_first_token_it_says_so(stub):
    with pytest.raises(port.Unavailable, match="nobody has given the first token"):
        archive(stub, Kept("")).refresh()
    assert stub.requests == []


@pytest.mark.django_db
def test_the_token_is_kept_sealed_and_the_newest_is_used():
    keeper = KeptToken("ahjo", "by-hand")
    assert keeper.token() == "by-hand"
    keeper.keep("newer")
    keeper.keep("newest")
    assert KeptToken("ahjo", "by-hand").token() == "newest"
    assert b"newest" not in bytes(OutsideToken.objects.get(pk="ahjo").sealed)


def answers(kept: EmbeddedArchive) -> list[tuple[str, str]]:
    return [
        (one.outcome, one.case_id) if isinstance(one, port.Answer) else (one.update, one.case_id)
        for _, one in kept.answers()
    ]


def test_the_demo_s_archive_keeps_what_it_gets_and_decides_nothing():
    kept = EmbeddedArchive()
    kept.open_case(matter(), callback=CALLBACK)
    ((callback, answer),) = kept.answers()
    assert (callback, answer.outcome, answer.case_id) == (CALLBACK, "success", "HEL 2026-000123")
    assert answer.filed == (port.Filed(f"{1:064x}", f"version-{'0' * 12}"),)
    with pytest.raises(port.Rejected, match="no decision"):
        kept.decision(answer.case_id)
    maker = port.Agent(role="decisionMaker", name="Päivi Päättäjä", organisation="Tiimipäällikkö")
    kept.add_records(answer.case_id, [record("viranhaltijan päätös", agents=[maker])], callback=CALLBACK)
    assert answers(kept) == [("success", answer.case_id), ("Added", answer.case_id)]
    assert kept.decision(answer.case_id) == port.Details("Päivi Päättäjä", "Tiimipäällikkö", "1 §", date(2026, 3, 2))
    assert kept.answers() == ()


def test_the_demo_s_archive_deletes_only_what_is_not_decided_and_knows_only_what_it_has():
    kept = EmbeddedArchive()
    kept.open_case(matter(), callback=CALLBACK)
    kept.open_case(matter(reference="2026-000124"), callback=CALLBACK)
    kept.add_records("HEL 2026-000124", [record("viranhaltijan päätös")], callback=CALLBACK)
    kept.answers()
    for case in ("HEL 2026-000123", "HEL 2026-000124"):
        kept.delete_case(case, draftsman="", reason="", language="fi", callback=CALLBACK)
    assert answers(kept) == [("success", "HEL 2026-000123"), ("failure", "HEL 2026-000124")]
    for unknown in ("HEL 2026-000123", "HEL 1"):
        with pytest.raises(port.Rejected):
            kept.add_records(unknown, [record()], callback=CALLBACK)
