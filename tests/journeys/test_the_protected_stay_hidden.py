# SPDX-License-Identifier: EUPL-1.2
"""A youth under non-disclosure and one who objects stand nowhere that they must not; what is theirs is theirs."""

import json

import pytest

from ennakko.demo_city.personas import HOMES, PERSONAS, RESIDENTS, persona
from tests.journeys.city import City
from tests.journeys.conftest import Visit
from tests.journeys.wandering import names_in, pages_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STAFF = ("ritva", "samuli", "outi", "harri", "leena", "joonas", "anneli", "pekka", "mirja")
STARTS = ("/my/", "/", "/privacy/", "/demo/mailbox/?whose=all", "/api/openapi.json", "/api/figures", "/api/rules")


def _signs_of(slug: str) -> tuple[str, ...]:
    """What would give somebody away: names in either order, identity code, street address."""
    row = next(one for one in RESIDENTS if one.person == persona(slug).person)
    call = row.given_names.split()[0]
    return (
        f"{call} {row.surname}", f"{row.surname} {call}", f"{row.surname}, {call}", row.given_names,
        persona(slug).identity_code, HOMES[row.home].street_address,
    )  # fmt: skip


HIDDEN = _signs_of("iida") + _signs_of("veikko")


@pytest.mark.parametrize("slug", STAFF)
def test_no_page_that_a_worker_can_reach_tells_of_them(visit: Visit, slug: str) -> None:
    found = pages_of(visit(slug), *STARTS)
    assert "/my/" in found
    assert names_in(found, HIDDEN) == []
    if slug == "ritva":
        assert any(path.startswith("/summer-voucher/case/") for path in found), "the queue leads to cases"


@pytest.mark.parametrize("slug", [None, "aino", "marja"])
def test_nothing_that_others_see_tells_of_them(visit: Visit, slug: str | None) -> None:
    found = pages_of(visit(slug), *(STARTS if slug else STARTS[1:]))
    assert "/demo/mailbox/?whose=all" in found
    assert names_in(found, HIDDEN) == []


@pytest.mark.parametrize("slug", ["ritva", "joonas"])
def test_asking_by_name_or_identity_code_does_not_open_the_protected(visit: Visit, slug: str) -> None:
    worker = visit(slug)
    for asked in ("Saarinen", persona("iida").identity_code):
        worker.opens("/summer-voucher/counter/")
        worker.page.locator("[name=whom]").fill(asked)
        worker.page.locator("label[for=id_how_0]").click()
        worker.page.locator("form:has([name=whom]) button[type=submit]").click()
        shown = worker.page.content().replace(asked, "")
        assert names_in({worker.path: shown}, ("Iida", *HIDDEN)) == []
    assert "turvakiel" in worker.reads()
    worker.finds_it_sound()


def test_the_named_clerk_alone_sees_what_no_channel_may_carry(visit: Visit) -> None:
    sirpa = visit("sirpa").opens("/my/")
    sirpa.finds_it_sound()
    found = pages_of(sirpa, "/my/")
    assert names_in(found, _signs_of("veikko")) == []


def test_the_protected_youth_gets_what_others_get(visit: Visit) -> None:
    iida = visit("iida").opens("/my/").finds_it_sound()
    iida.opens("/summer-voucher/").finds_it_sound()
    assert "350 €" in iida.reads()
    iida.opens("/demo/mailbox/").finds_it_sound()


def _rows_about(city: City, *slugs: str) -> list[list[str]]:
    """For each persona, the models and fields of the database that hold the person's key."""
    keys = [persona(slug).person for slug in slugs]
    script = f"""
import json
from django.apps import apps
found = []
for key in {keys}:
    found.append([])
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            whose = field.name in ("person", "subject", "key") or field.name.endswith("person")
            if whose and field.get_internal_type() in ("BigIntegerField", "ForeignKey", "OneToOneField"):
                if model.objects.filter(**{{field.name: key}}).exists():
                    found[-1].append(f"{{model._meta.label}}.{{field.name}}")
print(json.dumps(found))
"""
    answer: list[list[str]] = json.loads(city.answers(script).strip().splitlines()[-1])
    return answer


def test_whoever_objects_has_no_row_with_us_but_the_objection(visit: Visit, city: City) -> None:
    veikko = visit("veikko").opens("/my/").finds_it_sound()
    assert "Kesäseteli, 350 €" not in veikko.reads()
    veikko.opens("/summer-voucher/").finds_it_sound()
    assert "Setelisi numero" not in veikko.reads()
    veikko.opens("/my/switches/").finds_it_sound()
    assert "Emme katso puolestasi eteenpäin" in veikko.reads()
    of_veikko, of_iida = _rows_about(city, "veikko", "iida")
    assert of_veikko == ["purposes.Objection.person"]
    assert "offers.Offer.subject" in of_iida, "whoever has an offer is found, so the search sees rows"


def test_the_log_of_the_pages_names_nobody(city: City) -> None:
    written = (city.folder / "pages.log").read_text()
    names = [sign for one in PERSONAS if one.person for sign in (one.names, one.identity_code)]
    assert [name for name in names if name in written] == []
