# SPDX-License-Identifier: EUPL-1.2
"""Error pages: what happened, that nothing was lost, what one can do, and the reference to ask by."""

import logging
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ennakko.kernel.access import Refused
from ennakko.kernel.ui.doors import safe_address
from ennakko.values.texts import Text, text
from ennakko.web.middleware import reference

log = logging.getLogger("ennakko.errors")

BAD = text(fi="Pyyntöä ei voinut käsitellä", sv="Begäran kunde inte behandlas", en="The request could not be handled")
BAD_WHY = text(
    fi="Osoitteessa tai lähetetyissä tiedoissa on jotakin, mitä emme voi lukea. Mitään ei tallennettu.",
    sv="Adressen eller uppgifterna innehåller något som vi inte kan läsa. Ingenting sparades.",
    en="The address or what was sent holds something that we cannot read. Nothing was saved.",
)
NOT_NOW = text(fi="Tätä ei saa juuri nyt", sv="Det här går inte att få just nu", en="This cannot be had right now")
TOO_BIG = text(fi="Lähetys on liian suuri", sv="Försändelsen är för stor", en="Too much was sent at once")
TOO_BIG_WHY = text(
    fi="Lähetä vähemmän tai pienempiä tiedostoja kerralla. Mitään ei tallennettu. Palaa selaimen paluupainikkeella.",
    sv="Skicka färre eller mindre filer åt gången. Ingenting sparades. Gå tillbaka med webbläsarens knapp.",
    en="Send fewer or smaller files at a time. Nothing was saved. Go back with your browser's button.",
)
REFUSED = text(fi="Tämä sivu ei ole sinulle", sv="Den här sidan är inte för dig", en="This page is not for you")
REFUSED_WHY = text(
    fi="Sinulla ei ole oikeutta tähän. Jos sen pitäisi olla, kerro meille viite.",
    sv="Du har inte rätt till detta. Om du borde ha det, uppge referensen för oss.",
    en="You may not do this. If you should be able to, tell us the reference.",
)
MISSING = text(fi="Sivua ei löydy", sv="Sidan finns inte", en="There is no such page")
MISSING_WHY = text(
    fi="Linkki voi olla vanha tai siinä voi olla kirjoitusvirhe. Tietosi ovat tallessa.",
    sv="Länken kan vara gammal eller felskriven. Dina uppgifter finns kvar.",
    en="The link may be old or mistyped. Your information is safe.",
)
ANOTHERS_WHY = text(
    fi="Linkki voi olla vanha, tai sivu on toisen organisaation. Asioit nyt tämän puolesta: {name}. "
       "Tiedot ovat tallessa.",
    sv="Länken kan vara gammal, eller så är sidan en annan organisations. Du företräder nu: {name}. "
       "Uppgifterna finns kvar.",
    en="The link may be old, or the page is another organisation's. You now act for: {name}. "
       "The information is safe.",
)  # fmt: skip
BROKEN = text(fi="Jokin meni meillä rikki", sv="Något gick sönder hos oss", en="Something broke on our side")
BROKEN_WHY = text(
    fi="Vika on meillä, ei sinussa. Aiemmin tallentamasi on tallessa. Yritä hetken päästä uudelleen.",
    sv="Felet är vårt, inte ditt. Det du har sparat finns kvar. Försök igen om en stund.",
    en="The fault is ours, not yours. What you saved before is safe. Try again in a moment.",
)
OLD_FORM = text(fi="Sivu ehti vanhentua", sv="Sidan hann bli för gammal", en="The page grew too old")
OLD_FORM_WHY = text(
    fi="Kirjauduit toisessa välilehdessä sivun avaamisen jälkeen, tai selaimesi ei hyväksy evästeitä. "
       "Mitään ei tallennettu. Avaa sivu uudelleen.",
    sv="Du loggade in på en annan flik efter att sidan öppnades, eller så godkänner din webbläsare inte kakor. "
       "Ingenting sparades. Öppna sidan på nytt.",
    en="You signed in in another tab after this page was opened, or your browser refuses cookies. "
       "Nothing was saved. Open the page again.",
)  # fmt: skip
SWITCHED = text(fi="Asioit nyt toisen puolesta: {name}", sv="Du företräder nu någon annan: {name}",
                en="You now act for another: {name}")  # fmt: skip
SWITCHED_WHY = text(
    fi="Sivu avattiin, kun asioit itsesi tai toisen organisaation puolesta. Mitään ei tallennettu kenellekään. "
       "Valitse, kenen puolesta jatkat.",
    sv="Sidan öppnades när du skötte dina egna ärenden eller en annan organisations. Ingenting sparades för någon. "
       "Välj för vem du fortsätter.",
    en="The page was opened when you acted for yourself or for another organisation. Nothing was saved for anybody. "
       "Choose for whom you go on.",
)  # fmt: skip
PLAIN = (
    '<!doctype html><html lang="fi"><head><meta charset="utf-8"><title>Ennakko</title></head><body><main>'
    "<h1>{title}</h1><p>{why}</p><p>{reference}</p></main></body></html>"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 for a body that is larger than any form of ours."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent | TooManyFieldsSent):
        return _page(request, TOO_BIG, TOO_BIG_WHY, status=413)
    return _page(request, BAD, BAD_WHY, status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: with the reason where the access table gave one."""
    reason = exception.reason if isinstance(exception, Refused) else REFUSED_WHY
    log.info("refused %s: %s", request.path, reason.en)
    return _page(request, REFUSED, reason, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; whoever acts for an organisation may have opened a page of another one."""
    name = _acts_for(request)
    if name:
        choose = reverse("organisation-choice") + "?" + urlencode({"next": request.path})
        return _page(request, MISSING, ANOTHERS_WHY.format(name=name), status=404, choose=choose)
    return _page(request, MISSING, MISSING_WHY, status=404)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form that was opened for somebody else: before signing in, or before acting for this organisation."""
    log.info("form without a valid token on %s: %s", request.path, reason)
    again = _came_from(request)
    name = _acts_for(request)
    if not name:
        return _page(request, OLD_FORM, OLD_FORM_WHY, status=403, again=again)
    choose = reverse("organisation-choice") + ("?" + urlencode({"next": again}) if again else "")
    return _page(request, SWITCHED.format(name=name), SWITCHED_WHY, status=403, again=again, choose=choose)


def _acts_for(request: HttpRequest) -> str:
    """The name of the organisation that the reader acts for, "" for none."""
    return str(request.organisation_name()) if hasattr(request, "organisation_name") else ""


def _came_from(request: HttpRequest) -> str:
    """The page of ours on which the form stood, "" where the browser does not tell."""
    parts = urlsplit(request.headers.get("Referer", ""))
    return safe_address(parts.path, request, otherwise="") if parts.netloc == request.get_host() else ""


def broken(request: HttpRequest) -> HttpResponse:
    """500: the full page where it can still be made, a plain one in three languages where it cannot."""
    try:
        return _page(request, BROKEN, BROKEN_WHY, status=500)
    except Exception:  # the database or the template may be what is broken
        log.exception("the error page itself could not be made")
        body = PLAIN.format(
            title=" · ".join((BROKEN.fi, BROKEN.sv, BROKEN.en)),
            why=" ".join((BROKEN_WHY.fi, BROKEN_WHY.sv, BROKEN_WHY.en)),
            reference=reference(),
        )
        return HttpResponse(body, status=500)


def say_why(request: HttpRequest, why: Text, *, status: int) -> HttpResponse:
    """A page that says why something could not be had now, and what to do."""
    return _page(request, NOT_NOW, why, status=status)


def _page(request: HttpRequest, title: Text, why: Text, *, status: int, **ways: str) -> HttpResponse:
    """`ways`: other ways on than the front page."""
    context: dict[str, Any] = {"heading": title, "why": why, "reference": reference(), "no_feedback": True, **ways}
    # A part of a page that was asked for by script gets the words alone, not a page within the page.
    template = "web/error_words.html" if "HX-Request" in request.headers else "web/error.html"
    return render(request, template, context, status=status)
