# SPDX-License-Identifier: EUPL-1.2
"""What the decision archive has not taken: who sees it, in what words, sent again by a person; the decision as data."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from ennakko.connectors.decision_archive.embedded import EmbeddedArchive
from ennakko.kernel.access import Refused
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.documents.tests.make import pdf
from ennakko.kernel.people.models import Person
from ennakko.kernel.records import decision_archive as port
from ennakko.services.hiring_benefit import archive_records, archive_twins, wording_archive
from ennakko.services.hiring_benefit.actions import archiving
from ennakko.services.hiring_benefit.actions.archive_again import send_again
from ennakko.services.hiring_benefit.models import DecisionText
from ennakko.services.hiring_benefit.queries import archive as queries
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.values.texts import LANGUAGES

pytestmark = pytest.mark.django_db
WALL = t.WALL


class Archive(EmbeddedArchive):
    """The demo's archive, which can be told not to answer."""

    fails: Exception | None = None
    calls = 0

    def open_case(self, matter: port.Matter, *, callback: str) -> str:
        self.calls += 1
        if self.fails:
            raise self.fails
        return super().open_case(matter, callback=callback)


@pytest.fixture(autouse=True)
def archive(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    settings.VAR = tmp_path
    monkeypatch.setattr(archive_records, "make_pdf", lambda html, language, title: pdf())
    before, there = port.archive(), Archive()
    port.use(there)
    yield there
    port.use(before)


def run(hours: float = 0) -> archiving.Sent:
    return archiving.run(at=t.AT, wall=WALL + timedelta(hours=hours))


def seen(actor: Any = None, hours: float = 0) -> list[queries.Undelivered]:
    found = queries.undelivered(actor or t.handler(), wall=WALL + timedelta(hours=hours))
    return [queries.as_shown(one) for one in found]


def again(case: Any, actor: Any = None, hours: float = 2) -> queries.Undelivered | None:
    return send_again(case, actor=actor or t.handler(), at=t.AT, wall=WALL + timedelta(hours=hours))


def refused(archive: Archive, said: str = "decision archive: HTTP 422") -> Any:
    """An application in handling whose matter the archive did not take."""
    case = t.an_application(state=BenefitState.HANDLING, of=t.person(1)).case
    archive.fails = port.Rejected(said)
    run()
    return case


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("decision archive: HTTP 422", wording_archive.REFUSED.fi.format(code="422")),
        ("decision archive: HTTP 503", wording_archive.SILENT.fi),
        ("decision archive: no answer in time", wording_archive.SILENT.fi),
        ("decision archive: nobody has given the first token", wording_archive.NO_KEY.fi),
        (archiving.NO_PDF, wording_archive.NO_DOCUMENT.fi),
        ("Väärä tehtäväluokka", "Arkisto ilmoitti: Väärä tehtäväluokka"),
    ],
)
def test_every_failure_is_told_in_words_that_say_what_helps(said: str, words: str) -> None:
    assert wording_archive.why_of(said).fi == words


def test_a_failure_stands_in_the_list_with_its_tries_until_it_goes(archive: Archive) -> None:
    case = refused(archive)
    run(1.1)
    (one,) = seen()
    assert (one.request, one.tries, one.since) == ("open_case", 2, WALL)
    assert one.said == ("decision archive: HTTP 422",)
    archive.fails = None
    assert again(case) is None
    assert seen() == []
    assert archive.calls == 3


def test_what_still_does_not_go_is_told_at_once_and_the_person_stands_in_the_log(archive: Archive) -> None:
    case = refused(archive)
    left = again(case)
    assert left is not None
    assert left.tries == 2
    assert Entry.objects.filter(action="hiring-benefit.deliver-to-archive").count() == 1


def test_pressed_twice_it_is_sent_once(archive: Archive) -> None:
    case = refused(archive)
    archive.fails = None
    again(case)
    with pytest.raises(NotNow):
        again(case)
    assert archive.calls == 2


def test_without_a_connection_it_says_so(archive: Archive) -> None:
    case = refused(archive)
    port.use(None)
    with pytest.raises(NotNow) as told:
        again(case)
    assert told.value.reason == wording_archive.NO_ARCHIVE


def test_a_request_without_an_answer_for_a_day_is_shown_and_not_before(archive: Archive) -> None:
    t.an_application(state=BenefitState.HANDLING)
    archive.answers = lambda: ()  # type: ignore[method-assign]
    for hours in (0, 2, 4):
        run(hours)
    assert seen(hours=23) == []
    (one,) = seen(hours=24)
    assert (one.why, one.tries, one.said) == ((wording_archive.UNANSWERED,), 3, ())


def test_only_the_staff_of_the_benefit_send_again(archive: Archive) -> None:
    case = refused(archive)
    for actor in (t.employer(), t.staff("Tuula", "finance"), t.resident(1)):
        with pytest.raises(Refused):
            again(case, actor)


def test_an_employee_under_non_disclosure_is_seen_by_the_named_clerk_alone(archive: Archive) -> None:
    case = refused(archive)
    Person.objects.filter(key=1).update(non_disclosure=True)
    assert [len(seen(actor)) for actor in (t.handler(), t.official())] == [0, 0]
    assert len(seen(t.staff("Sirpa", "protected-clerk"))) == 1
    with pytest.raises(Refused):
        again(Case.objects.get(pk=case.pk))


def test_an_own_document_that_cannot_be_made_is_shown_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(html: str, language: str, title: str) -> bytes:
        raise archiving.PdfUnavailable("no fonts")

    monkeypatch.setattr(archive_records, "make_pdf", broken)
    t.an_application(state=BenefitState.HANDLING)
    assert run().failed == 1
    assert seen()[0].why == (wording_archive.NO_DOCUMENT,)


# --- the decision as data


def decided(**told: Any) -> tuple[Any, Decision]:
    application = p.granted(**told)
    return application, Decision.objects.get(case=application.case)


def xml(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)


def test_the_text_has_two_sections_and_the_attachment_a_table() -> None:
    application, decision = decided()
    text = xml(archive_twins.text_of(application, decision))
    assert (text.tag, [one.get("id") for one in text]) == ("body", ["paatos", "paatoksenperustelut"])
    secret = xml(archive_twins.secret_of(application, decision))
    assert [(one.tag, one.get("id")) for one in secret] == [("main", "paatoksenliite")]
    rows = {row.findtext("th"): row.findtext("td") for row in secret.iter("tr")}
    assert rows["Työntekijä"] == "Noora Salo"
    assert rows["Myönnetty"] == "18 000 €"
    assert "Salo" not in archive_twins.text_of(application, decision).decode()


def test_the_words_and_the_reasons_of_a_decision_stand_apart() -> None:
    application, decision = decided()
    Decision.objects.filter(pk=decision.pk).update(content={**decision.content, "justification": "Näin.\n\nSiksi."})
    DecisionText.objects.create(
        application=application, outcome="accepted", decision="Näin.", justification="Siksi.", written_by="s",
        written_at=t.AT,
    )  # fmt: skip
    first, second = xml(archive_twins.text_of(application, Decision.objects.get(pk=decision.pk)))
    assert "Näin." in [one.text for one in first]
    assert [one.text for one in second][1] == "Siksi."


def test_what_the_archive_cannot_read_is_left_out_and_signs_are_written_safely() -> None:
    application, decision = decided()
    decision.justification = "5\u00a0000\u202f€ <b>&\u200b co.\u0007"
    decision.content = {**decision.content, "justification": ""}
    section = xml(archive_twins.text_of(application, decision))[0]
    assert [one.text for one in section][-1] == "5 000 € <b>& co."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_in_the_decision_s_language(language: str) -> None:
    application, decision = decided()
    decision.content = {**decision.content, "language": language}
    body = xml(archive_twins.text_of(application, decision))
    assert {one.get("lang") for one in body} == {language}
    assert body[0].findtext("h1") == archive_twins.DECISION_HEADING.in_(language)


def test_the_twins_are_made_once() -> None:
    application, decision = decided()
    first = archive_twins.write_down(application, decision, t.AT)
    assert len(first) == 2
    assert archive_twins.write_down(application, decision, t.AT) == first
