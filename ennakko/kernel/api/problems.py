# SPDX-License-Identifier: EUPL-1.2
"""Every error of the programming interface is a problem in the sense of RFC 9457, in the reader's language."""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from ennakko.kernel.access import Refused
from ennakko.kernel.figures import UnknownFigure
from ennakko.kernel.registers import BrokenSnapshot, NoSnapshot, PermitMissing
from ennakko.rules.errors import EvaluationError, RuleError, UnknownRule
from ennakko.values.texts import Text, text

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger("ennakko.api")

TITLES: dict[int, Text] = {
    400: text(fi="Pyyntöä ei voitu lukea", sv="Begäran kunde inte läsas", en="The request could not be read"),
    403: text(fi="Sinulla ei ole oikeutta tähän", sv="Du har inte rätt till detta", en="You may not do this"),
    404: text(fi="Tällaista ei ole", sv="Det finns inget sådant", en="There is no such thing"),
    405: text(fi="Näin ei voi pyytää", sv="Så kan man inte begära", en="This method does not work here"),
    406: text(fi="Tällaista muotoa ei ole", sv="Formatet finns inte", en="There is no such format"),
    409: text(fi="Tätä ei voi tehdä nyt", sv="Detta kan inte göras nu", en="This cannot be done now"),
    415: text(fi="Lähetä JSON-muodossa", sv="Skicka i JSON-format", en="Send JSON"),
    422: text(fi="Tarkista tiedot", sv="Kontrollera uppgifterna", en="Check the data"),
    500: text(fi="Palvelussa tapahtui virhe", sv="Ett fel uppstod i tjänsten", en="Something broke in the service"),
    503: text(fi="Palvelu ei ole nyt käytössä", sv="Tjänsten är inte i bruk nu", en="The service is not available now"),
}


NOT_A_DAY = text(
    fi="Kirjoita päivä muodossa 2026-04-15.", sv="Skriv dagen i formen 2026-04-15.", en="Write the day as 2026-04-15."
)
NOT_A_NUMBER = text(
    fi="Tähän tarvitaan kokonaisluku.", sv="Här behövs ett heltal.", en="A whole number is needed here."
)  # fmt: skip
NOT_AN_OBJECT = text(
    fi='Tähän tarvitaan JSON-olio, kuten {{"nimi": "arvo"}}.',
    sv='Här behövs ett JSON-objekt, såsom {{"namn": "värde"}}.',
    en='A JSON object is needed here, as {{"name": "value"}}.',
)
WRONG: dict[str, Text] = {
    "missing": text(
        fi="Tieto puuttuu. Lisää se.", sv="Uppgiften saknas. Lägg till den.", en="This is missing. Add it."
    ),
    "extra_forbidden": text(
        fi="Tällaista tietoa ei tunneta tässä. Poista se tai tarkista nimi.",
        sv="En sådan uppgift finns inte här. Ta bort den eller kontrollera namnet.",
        en="No such field is known here. Leave it out or check its name.",
    ),
    "literal_error": text(
        fi="Valitse jokin näistä: {expected}.", sv="Välj något av dessa: {expected}.", en="Write one of {expected}."
    ),
    "greater_than_equal": text(
        fi="Luvun pitää olla vähintään {ge}.", sv="Talet ska vara minst {ge}.", en="The number must be at least {ge}."
    ),
    "less_than_equal": text(
        fi="Luku saa olla enintään {le}.", sv="Talet får vara högst {le}.", en="The number must be at most {le}."
    ),
    "string_type": text(fi="Tähän tarvitaan tekstiä.", sv="Här behövs text.", en="Text is needed here."),
    "dict_type": NOT_AN_OBJECT,
    "model_attributes_type": NOT_AN_OBJECT,
    "not_a_day": NOT_A_DAY,
    "int_type": NOT_A_NUMBER,
    "int_parsing": NOT_A_NUMBER,
    "int_parsing_size": NOT_A_NUMBER,
    "int_from_float": NOT_A_NUMBER,
}
"""What is wrong and what to write, by the validator's own kind of error; other kinds keep the validator's words."""


def _what(error: Mapping[str, Any]) -> str:
    known = WRONG.get(str(error.get("type")))
    if known is None:
        return str(error["msg"])
    listed = {name: str(value) for name, value in (error.get("ctx") or {}).items()}
    return known.in_(language()).format(**listed)


class Wrong(Schema):
    """One thing that is wrong: where in the request, and what to write instead."""

    where: str = Field(description="Path in the request, such as body.case.birth_date")
    what: str


class Problem(Schema):
    """A problem (RFC 9457)."""

    type: str = Field("about:blank", description="A URI that names the kind of problem")
    title: str
    status: int
    detail: str = ""
    instance: str = ""
    errors: list[Wrong] = Field(default_factory=list)


def language() -> str:
    """The reader's language, as negotiated from Accept-Language."""
    return (get_language() or "fi")[:2]


def problem(
    request: HttpRequest, status: int, detail: str = "", errors: Sequence[Mapping[str, str]] = ()
) -> HttpResponse:
    """An answer that says what went wrong."""
    title = TITLES.get(status, TITLES[500 if status >= 500 else 400])
    body = {
        "type": "about:blank",
        "title": title.in_(language()),
        "status": status,
        "detail": detail,
        "instance": request.path,
        "errors": [dict(one) for one in errors],
    }
    # What was sent can hold half a character, which no UTF-8 can: it goes back as the escape that it came as.
    written = json.dumps(body, ensure_ascii=False).encode(errors="backslashreplace")
    answer = HttpResponse(written, status=status, content_type=MEDIA_TYPE)
    answer["Content-Language"] = language()
    return answer


class Unusable(Exception):
    """The request can be read, but not used: each wrong thing with its place."""

    def __init__(self, *errors: tuple[str, str]) -> None:
        super().__init__("; ".join(f"{where}: {what}" for where, what in errors))
        self.errors = [{"where": where, "what": what} for where, what in errors]


def answer_with_problems(api: NinjaAPI) -> None:
    """Makes every error of an interface a problem."""

    def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        wrong = [{"where": ".".join(str(part) for part in one["loc"]), "what": _what(one)} for one in error.errors]
        return problem(request, 422, errors=wrong)

    def not_usable(request: HttpRequest, error: Unusable) -> HttpResponse:
        return problem(request, 422, errors=error.errors)

    def of_status(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(request, error.status_code, str(error))

    def missing(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem(request, 404, "" if isinstance(error, Http404) else str(error))

    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        return problem(request, 403, error.reason.in_(language()))

    def no_permit(request: HttpRequest, error: PermitMissing) -> HttpResponse:
        return problem(request, 403, error.reason.in_(language()))

    def not_decidable(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem(request, 422, str(error))

    def no_registers(request: HttpRequest, error: Exception) -> HttpResponse:
        log.error("The registers cannot be read: %s", error)
        return problem(request, 503, str(error))

    def broken(request: HttpRequest, error: Exception) -> HttpResponse:
        log.exception("An operation of the interface failed", exc_info=error)
        return problem(request, 500)

    handlers: list[tuple[type[Exception], Any]] = [
        (ValidationError, not_valid),
        (Unusable, not_usable),
        (HttpError, of_status),
        (Http404, missing),
        (UnknownRule, missing),
        (UnknownFigure, missing),
        (Refused, refused),
        (PermitMissing, no_permit),
        (EvaluationError, not_decidable),
        (RuleError, not_decidable),
        (NoSnapshot, no_registers),
        (BrokenSnapshot, no_registers),
        (Exception, broken),
    ]
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)
