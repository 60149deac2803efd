# SPDX-License-Identifier: EUPL-1.2
"""Matters in the decision and archive system: what is sent when, what is answered, in whatever order it comes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from ennakko.connectors.decision_archive.embedded import EmbeddedArchive
from ennakko.kernel.cases.letter_archive import archive_letter
from ennakko.kernel.cases.models import AppendOnly, Decision
from ennakko.kernel.documents.tests.make import pdf
from ennakko.kernel.records import decision_archive as port
from ennakko.services.hiring_benefit import archive_records, papers
from ennakko.services.hiring_benefit.actions import archiving
from ennakko.services.hiring_benefit.models import Application, ArchivedMatter, ArchiveEvent
from ennakko.services.hiring_benefit.queries import archive as archive_queries
from ennakko.services.hiring_benefit.states import BenefitState, BenefitVerb
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
WALL = t.WALL
PDF, XML = "application/pdf", "application/xml"
OWN = pdf() + b"\n% the application itself"


class Archive(EmbeddedArchive):
    """The demo's archive, which can be told not to answer, and writes down what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.fails: Exception | None = None
        self.calls: list[tuple[str, Any]] = []

    def open_case(self, matter: port.Matter, *, callback: str) -> str:
        self.calls.append(("open", matter))
        if self.fails:
            raise self.fails
        return super().open_case(matter, callback=callback)

    def add_records(self, case: str, records: Any, *, callback: str) -> str:
        self.calls.append(("add", records))
        if self.fails:
            raise self.fails
        return super().add_records(case, records, callback=callback)

    def delete_case(self, case: str, **told: Any) -> str:
        self.calls.append(("delete", case))
        return super().delete_case(case, **told)


@pytest.fixture(autouse=True)
def archive(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    settings.VAR = tmp_path
    monkeypatch.setattr(archive_records, "make_pdf", lambda html, language, title: OWN)
    before, there = port.archive(), Archive()
    port.use(there)
    yield there
    port.use(before)


def run(hours: float = 0) -> archiving.Sent:
    return archiving.run(at=t.AT, wall=WALL + timedelta(hours=hours))


def undelivered(hours: float = 0, actor: Any = None) -> list[archive_queries.Undelivered]:
    rows = archive_queries.undelivered(actor or t.handler(), wall=WALL + timedelta(hours=hours))
    return [archive_queries.as_shown(one) for one in rows]


def states(application: Application) -> list[str]:
    return list(ArchiveEvent.objects.filter(application=application).order_by("pk").values_list("state", flat=True))


def paper(application: Application, kind: str = "employment_contract") -> None:
    about = f"case:{application.case_id}"
    papers.documents.store(pdf(), about=about, kind=kind, name=f"{kind}.pdf", actor=t.employer(), at=t.AT)


def test_a_matter_is_opened_when_the_application_is_taken_in_hand(archive: Archive) -> None:
    received = t.an_application()
    handled = t.an_application(state=BenefitState.HANDLING, key="k2")
    paper(handled.application)
    run()
    assert states(received.application) == []
    assert states(handled.application) == ["request_to_open_case_sent", "case_opened"]
    ((_, matter),) = archive.calls
    assert matter.reference == handled.case.number
    assert [(one.kind, one.received_by) for one in matter.records] == [
        ("hakemus", "sähköinen asiointi"), ("hakemuksen liite", ""),
    ]  # fmt: skip
    assert "Salo" not in matter.title + matter.internal_title, "no employee stands in a title"
    known = ArchivedMatter.objects.get(application=handled.application)
    assert known.case_id == f"HEL {handled.case.number}"
    assert set(known.series) == {one.files[0].sha256 for one in matter.records}


def test_running_again_sends_nothing_new(archive: Archive) -> None:
    t.an_application(state=BenefitState.HANDLING)
    assert [run().sent, run().sent, run(2).sent] == [1, 0, 0]


def test_a_late_paper_is_added_once(archive: Archive) -> None:
    application = t.an_application(state=BenefitState.HANDLING).application
    run()
    paper(application)
    assert [run().sent, run().sent] == [1, 0]
    assert states(application)[-2:] == ["new_record_request_sent", "new_record_received"]


def test_the_signed_decision_goes_when_its_letter_stands_in_our_register(archive: Archive) -> None:
    application = p.granted()
    run()
    run()
    assert states(application)[-1] == "case_opened", "the letter has not left yet"
    decision = Decision.objects.get(case=application.case)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ennakko.kernel.cases.letter_archive.pdf_of", lambda letter: pdf())
        archive_letter(decision, at=t.AT)
    run()
    assert states(application)[-4:] == [
        "decision_proposal_sent",
        "decision_proposal_accepted",
        "signed",
        "details_received",
    ]
    record, secret = archive.calls[-1][1]
    assert (record.kind, [one.media_type for one in record.files]) == ("viranhaltijan päätös", [PDF, XML])
    assert (secret.kind, secret.publicity, [one.media_type for one in secret.files]) == (
        "viranhaltijan päätöksen liite", "secret", [XML],
    )  # fmt: skip
    assert {(one.role, one.name) for one in record.agents if one.role != "mainCreator"} == {
        ("decisionMaker", "Outi"), ("signer", "Outi"),
    }  # fmt: skip
    matter = ArchivedMatter.objects.get(application=application)
    assert (matter.section, matter.decided_on) == ("1 §", t.ON)


def test_a_request_without_an_answer_is_sent_again_after_an_hour(archive: Archive) -> None:
    application = t.an_application(state=BenefitState.HANDLING).application
    archive.fails = port.Unavailable("decision archive: no answer in time")
    assert run().failed == 1
    archive.fails = None
    assert [run(0.9).sent, run(1.1).sent] == [0, 1]
    assert states(application)[-1] == "case_opened"


def test_when_the_archive_is_silent_nothing_more_is_tried_in_that_run(archive: Archive) -> None:
    for number in range(3):
        t.an_application(state=BenefitState.HANDLING, key=f"k{number}")
    archive.fails = port.Unavailable("decision archive: HTTP 503")
    assert run().failed == 1
    assert len(archive.calls) == 1


def test_what_is_rejected_is_seen_and_stops_no_other(archive: Archive) -> None:
    for number in range(2):
        t.an_application(state=BenefitState.HANDLING, key=f"k{number}")
    archive.fails = port.Rejected("decision archive: HTTP 422")
    assert run().failed == 2
    assert [one.said for one in undelivered()] == [("decision archive: HTTP 422",)] * 2


def test_at_most_fifty_go_in_a_run(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving, "AT_ONCE", 2)
    for number in range(3):
        t.an_application(state=BenefitState.HANDLING, key=f"k{number}")
    assert [run().sent, run().sent] == [2, 1]


def answer(**more: Any) -> port.Answer:
    given: dict[str, Any] = {"outcome": "success", "request": "r1", "case_id": "HEL 1", "case_guid": "g"}
    return port.Answer(**{**given, **more})


def test_an_answer_that_comes_twice_counts_once_and_keeps_the_ids(archive: Archive) -> None:
    sent = t.an_application(state=BenefitState.HANDLING)
    archive.waiting.clear()
    for _ in range(2):
        filed = (port.Filed("a" * 64, "V1"),)
        assert archiving.hear("open_case", sent.case.number, answer(filed=filed), wall=WALL) == "case_opened"
    matter = ArchivedMatter.objects.get(application=sent.application)
    assert (matter.case_id, matter.guid, matter.series) == ("HEL 1", "g", {"a" * 64: "V1"})
    assert states(sent.application) == ["case_opened"]


def test_an_answer_before_our_own_note_opens_the_matter_and_it_is_not_opened_again(archive: Archive) -> None:
    sent = t.an_application(state=BenefitState.HANDLING)
    archiving.hear("open_case", sent.case.number, answer(), wall=WALL)
    run()
    run(2)
    assert "open" not in [name for name, _ in archive.calls]


def test_a_late_second_answer_does_not_turn_a_matter_back(archive: Archive) -> None:
    sent = t.an_application(state=BenefitState.HANDLING)
    run()
    paper(sent.application)
    run()
    assert archiving.hear("open_case", sent.case.number, answer(), wall=WALL) == "new_record_received"


def test_a_failure_is_kept_with_its_reason_and_the_request_goes_again(archive: Archive) -> None:
    sent = t.an_application(state=BenefitState.HANDLING)
    told = answer(outcome="failure", failures=("Väärä tehtäväluokka",))
    for _ in range(2):
        archiving.hear("open_case", sent.case.number, told, wall=WALL)
    (event,) = ArchiveEvent.objects.all()
    assert (event.state, event.failures) == ("request_to_open_case_sent", ["Väärä tehtäväluokka"])
    assert [one.application.pk for one in undelivered()] == [sent.application.pk]
    assert run(2).sent == 1
    assert undelivered() == []


@pytest.mark.parametrize(("kind", "number"), [("open_case", "HL-2026-999999"), ("brew_coffee", None)])
def test_an_answer_about_nothing_is_nobody_s(archive: Archive, kind: str, number: str | None) -> None:
    sent = t.an_application(state=BenefitState.HANDLING)
    assert archiving.hear(kind, number or sent.case.number, answer(), wall=WALL) is None


def test_a_cancelled_application_s_matter_is_deleted_and_never_one_that_is_decided(archive: Archive) -> None:
    sent = t.an_application(state=BenefitState.HANDLING)
    run()
    p.cases.move(sent.case, BenefitVerb.CANCEL, actor=t.handler(), at=t.AT)
    run()
    assert states(sent.application)[-3:] == ["scheduled_for_deletion", "delete_request_sent", "delete_request_received"]
    assert [run().sent, run(2).sent] == [0, 0]
    granted = p.granted(key="k9")
    ArchiveEvent.objects.create(application=granted, state="decision_proposal_sent", at=WALL)
    assert archiving.schedule_deletions(wall=WALL) == 0


def test_notices_are_kept_once_and_removal_is_told(archive: Archive) -> None:
    sent = t.an_application(state=BenefitState.HANDLING)
    run()
    case = ArchivedMatter.objects.get().case_id
    told = [archiving.notice(port.Notice(case, one), wall=WALL) for one in ("Added", "Added", "Updated", "Removed")]
    assert told == ["signed", "signed", "updated", "removed"]
    assert states(sent.application)[-3:] == ["signed", "updated", "removed"]
    assert archiving.notice(port.Notice("HEL 0", "Added"), wall=WALL) is None


def test_what_was_asked_and_answered_is_never_changed(archive: Archive) -> None:
    t.an_application(state=BenefitState.HANDLING)
    run()
    event = ArchiveEvent.objects.all()[0]
    for attempt in (event.save, event.delete, ArchiveEvent.objects.all().delete):
        with pytest.raises(AppendOnly):
            attempt()
    with pytest.raises(AppendOnly):
        ArchiveEvent.objects.update(state="signed")


def test_without_an_archive_nothing_is_sent_and_nothing_lost() -> None:
    t.an_application(state=BenefitState.HANDLING)
    port.use(None)
    assert run() == archiving.Sent()
    assert not ArchiveEvent.objects.exists()
