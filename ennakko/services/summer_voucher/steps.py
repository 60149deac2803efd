# SPDX-License-Identifier: EUPL-1.2
"""The questions of the application, one page each, and the answers so far: sealed in the session, never in an address.

Answers survive a new version of the form: what it no longer asks is dropped, what it newly asks is asked.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from ennakko.kernel import keys
from ennakko.kernel.access import Actor
from ennakko.services.summer_voucher.actions.applications import FIELDS, FORM_VERSION, Form, refused_fields
from ennakko.values.texts import Text, text

KEY = "summer-voucher-application"
SENT = "summer-voucher-sent"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form: its name in the address, the question, why we ask, and the fields."""

    name: str
    question: Text
    why: Text
    fields: tuple[str, ...]


STEPS: tuple[Step, ...] = (
    Step(
        "name", text(fi="Mikä on nimesi?", sv="Vad heter du?", en="What is your name?"),
        text(fi="Seteli kirjoitetaan sinun nimellesi. Kirjoita nimi niin kuin se on passissa tai kortissa.",
             sv="Sedeln skrivs i ditt namn. Skriv namnet som det står i passet eller kortet.",
             en="The voucher is written in your name. Write it as in your passport or card."),
        ("first_name", "last_name"),
    ),
    Step(
        "code", text(fi="Mikä on henkilötunnuksesi?", sv="Vilken är din personbeteckning?",
                     en="What is your personal identity code?"),
        text(fi="Sen avulla katsomme rekisteristä, kuuluuko seteli sinulle ilman lisäselvityksiä.",
             sv="Med den ser vi i registret om sedeln hör till dig utan ytterligare utredningar.",
             en="With it we see in the register whether the voucher is yours without further questions."),
        ("social_security_number",),
    ),
    Step(
        "age", text(fi="Minkä ikäinen olet?", sv="Hur gammal är du?", en="How old are you?"),
        text(fi="Kaupunki päättää joka vuosi, ketkä saavat setelin.",
             sv="Staden beslutar varje år vilka som får sedeln.",
             en="Each year the city decides who gets the voucher."),
        ("target_group",),
    ),
    Step(
        "school", text(fi="Missä käyt koulua?", sv="Var går du i skola?", en="Where do you go to school?"),
        text(fi="Koulu ei ratkaise, saatko setelin. Se auttaa, jos asut muualla kuin rekisterissä lukee.",
             sv="Skolan avgör inte om du får sedeln. Den hjälper om du bor på annan ort än registret säger.",
             en="School does not decide whether you get the voucher. It helps if you live elsewhere than registered."),
        ("school", "is_unlisted_school"),
    ),
    Step(
        "home", text(fi="Missä asut?", sv="Var bor du?", en="Where do you live?"),
        text(fi="Postinumero riittää. Osoitetta emme tarvitse.", sv="Postnumret räcker. Vi behöver ingen adress.",
             en="The postcode is enough. We need no address."),
        ("postcode",),
    ),
    Step(
        "why",
        text(fi="Miksi haet seteliä?", sv="Varför ansöker du om sedeln?", en="Why do you apply for the voucher?"),
        text(fi="Useimmat saavat setelin hakematta. Kerro, miksi rekisteri ei ehkä tiedä sinun vuoroasi.",
             sv="De flesta får sedeln utan ansökan. Berätta varför registret kanske inte vet att det är din tur.",
             en="Most get the voucher without applying. Tell us why the register may not know that it is your turn."),
        ("additional_info_user_reasons", "additional_info_description"),
    ),
    Step(
        "contact", text(fi="Miten tavoitamme sinut?", sv="Hur når vi dig?", en="How do we reach you?"),
        text(fi="Päätös ja setelin numero tulevat näiden kautta.", sv="Beslutet och sedelns nummer kommer hit.",
             en="The decision and the number of the voucher come this way."),
        ("email", "phone_number", "language"),
    ),
)  # fmt: skip
ASKED_LATER = ("additional_info_user_reasons", "additional_info_description")
"""Not asked from somebody signed in: the register may settle it, and otherwise the question comes afterwards."""


def form_for(actor: Actor) -> Form:
    """Which form is filled in: somebody signed in strongly is asked neither name nor identity code."""
    return "signed-in" if actor.kind == "resident" and actor.strong else "open"


def steps_of(form: Form) -> tuple[Step, ...]:
    """The pages of a form, in order."""
    asked = set(FIELDS[form]) - (set(ASKED_LATER) if form == "signed-in" else set())
    narrowed = (
        Step(step.name, step.question, step.why, tuple(name for name in step.fields if name in asked)) for step in STEPS
    )
    return tuple(step for step in narrowed if step.fields)


@dataclass(slots=True)
class Answers:
    """The answers given so far, by field name."""

    form: Form
    values: dict[str, Any]

    def first_open(self) -> Step | None:
        """The first page on which something is missing or must be corrected; None when all is answered."""
        for step in steps_of(self.form):
            if any(name not in self.values for name in step.fields):
                return step
            if refused_fields(self.values, form=self.form, only=step.fields):
                return step
        return None


def answers_of(session: SessionBase, form: Form) -> Answers:
    """What has been answered; answers to a form of another version are kept as far as this one asks for them."""
    sealed = session.get(KEY)
    if not sealed:
        return Answers(form, {})
    kept: Mapping[str, Any] = json.loads(keys.unseal(b64decode(sealed), context=KEY))
    return Answers(form, {name: one for name, one in kept["values"].items() if name in FIELDS[form]})


def keep(session: SessionBase, answers: Answers) -> None:
    """Save the answers."""
    said = json.dumps({"version": FORM_VERSION, "values": answers.values}, ensure_ascii=False)
    session[KEY] = b64encode(keys.seal(said, context=KEY)).decode()


def forget(session: SessionBase) -> None:
    """The form was sent: its answers are with the city and no longer here."""
    session.pop(KEY, None)
