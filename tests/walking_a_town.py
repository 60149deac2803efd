# SPDX-License-Identifier: EUPL-1.2
"""Boots the municipality of ENNAKKO_MUNICIPALITY in a folder of its own and walks its pages; prints what it found.

Run as a program (`python -m tests.walking_a_town 3000`), so that the settings are the municipality's from the start. It
signs in as several personas in each language, follows the links of the pages, and prints JSON: how many pages were
opened, which answered with a fault, and which say a word that belongs to another city.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape

import django

LANGUAGES = ("fi", "sv", "en")
VISITORS = {
    "": ("", "/"), "aino": ("residents", "/my/"), "petri": ("residents", "/organisation/"), "ritva": ("staff", "/"),
    "outi": ("staff", "/"), "harri": ("staff", "/"), "tuula": ("staff", "/"), "anneli": ("staff", "/"),
    "noora": ("residents", "/childcare/"), "paula": ("staff", "/"), "eeva": ("staff", "/"), "kaisa": ("staff", "/"),
}  # fmt: skip
"""Who walks: slug → how they sign in and where they begin."""

OWN_NAMES = ("Kaislaranta", "Vasstrand")

MOST = 45
"""Pages that one visitor opens in one language."""

ANOTHER_CITY = re.compile(r"helsin[gk]|\bhel\.fi\b", re.IGNORECASE)
SOURCES = re.compile(r"Helsinki Design System\w*")
"""The design system's own name; the page of sources, which names publishers as their licences require, is not read."""

MONEY = re.compile(r"€[0-9]+(?:–[0-9]+)?|[0-9]+(?:–[0-9]+)? €")
"""A sum or two as a page writes them: 175–700 €, €175–700."""

LINK = re.compile(r'href="(/[^"#?]*)')
LEFT_OUT = re.compile(r"^/(static|api|sign-out|demo|sources|language)\b|\.(css|js|svg|woff2|png|ico)$")


def walk(client, start: str, language: str) -> Iterator[tuple[str, int, str]]:
    """Pages from a start, breadth first: address, status, what it says."""
    waiting, seen = [start, "/"], {start, "/"}
    for _ in range(MOST):
        if not waiting:
            return
        address = waiting.pop(0)
        answer = client.get(address, headers={"accept-language": language}, follow=True)
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content
        words = said.decode("utf-8", "replace") if "html" in answer.headers.get("Content-Type", "") else ""
        yield address, answer.status_code, words
        for found in LINK.findall(words):
            if found not in seen and not LEFT_OUT.search(found):
                seen.add(found)
                waiting.append(found)


def signed_in(slug: str, group: str):
    """A client that has signed in as a persona through the pages."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    if slug:
        there = client.post(f"/sign-in/{group}/", {"next": ""}).headers["Location"]
        page = client.get(there).content.decode()
        asked = unescape(re.search(r'name="asked" value="([^"]*)"', page)[1])
        client.post(there, {"asked": asked, "persona": slug})
        back = client.post(there, {"asked": asked, "persona": slug, "confirmed": "yes"}).headers["Location"]
        client.get(back, follow=True)
    return client


def act_for_an_organisation(client) -> None:
    """Choose the first organisation of the mandates, through the pages."""
    page = client.post("/organisation/choose/ask").headers["Location"]
    words = client.get(page).content.decode()
    asked = unescape(re.search(r'name="asked" value="([^"]*)"', words)[1])
    organisation = re.search(r'name="organisation" [^>]*value="([^"]*)"', words)[1]
    back = client.post(page, {"asked": asked, "organisation": organisation, "do": "choose"}).headers["Location"]
    client.get(back, follow=True)


def conditions() -> dict:
    """What the town offers, to whom, and what it says to claims of some lengths."""
    from datetime import date

    from ennakko.kernel.manifest import services
    from ennakko.kernel.offers.models import Offer
    from ennakko.services.summer_voucher import conditions as of_town
    from ennakko.services.summer_voucher.law.claim import judge

    on = date(2026, 7, 1)
    claim = {
        "voucher_found": True, "surname_fits": True, "voucher_year": 2026, "voucher_state": "issued", "used_by": "",
        "employer_kind": "association", "work_start": date(2026, 6, 1), "work_end": date(2026, 6, 28),
        "birth_date": date(2007, 1, 1), "claimed_on": on, "tax_debt": False, "contract_given": True,
        "payslip_given": True, "employer_claims_this_year": 9, "city_claims_this_year": 499,
        "budget_left_cents": 70_000, "iban_valid": True, "foreign_account_complete": True, "self_hire": False,
        "account_shared": False,
    }  # fmt: skip
    judged = {
        str(hours): judge({**claim, "hours": hours * 100, "pay_cents": hours * 1_000}, on)
        for hours in (29, 30, 60, 120)
    }
    ages = of_town.ages(on)
    return {
        "services": sorted(service.id for service in services()),
        "offered": dict(Counter(Offer.objects.values_list("service", flat=True))),
        "places": places(),
        "ages": [min(ages), max(ages)],
        "sums": [str(of_town.value("voucher_value", on) // 100), str((of_town.most_value(on) or 0) // 100)],
        "claims": {hours: str(found.outcome) for hours, found in judged.items()},
        "worths": {hours: found.value_cents for hours, found in judged.items() if hours != "29"},
    }


def granted() -> dict:
    """What the town's claims were granted and paid, and what its pages say a voucher brings."""
    from ennakko.kernel.payments.models import Line
    from ennakko.services.summer_voucher.claim_states import ClaimState
    from ennakko.services.summer_voucher.models import ClaimRow, Voucher

    accepted = ClaimRow.objects.filter(case__state=ClaimState.ACCEPTED)
    decided = (
        accepted.exclude(hours=None).order_by("pk").values_list("hours", "value_cents", "case__decisions__amount_cents")
    )
    told = ("hours", "value_cents", "case__decisions__amount_cents")
    client, said = signed_in("petri", "residents"), {}
    act_for_an_organisation(client)
    for language in LANGUAGES:
        page = client.get("/organisation/summer-voucher/", headers={"accept-language": language}).content.decode()
        said[language] = sorted(set(MONEY.findall(unescape(page).replace("\N{NO-BREAK SPACE}", " "))))
    return {
        "granted": [[hours / 100, value, sum_] for hours, value, sum_ in decided.values_list(*told)],
        "paid": sorted(set(Line.objects.filter(service="summer-voucher").values_list("amount_cents", flat=True))),
        "vouchers": sorted(set(Voucher.objects.values_list("value_cents", flat=True))),
        "said": said,
    }


def places() -> dict:
    """Whose units the town's children are placed in, by what weights, and whose turn they were."""
    from ennakko.municipalities import profile
    from ennakko.services.childcare.models import Round, Unit

    here = profile.load(profile.chosen())
    shapes = json.loads(here.districts_file.read_text("utf-8"))["features"]
    own = {one["properties"]["name_fi"] for one in shapes}
    first = Round.objects.order_by("pk")[0]
    return {
        "units": Unit.objects.count(),
        "units named after another place": [
            name for name in Unit.objects.values_list("name_fi", flat=True) if name.rpartition(", ")[2] not in own
        ],
        "placed": first.counts["placed"],
        "sibling_metres": first.policy["sibling_metres"],
        "open_questions": first.open_questions,
    }


def main(residents: int) -> dict:
    """Boot, walk, and tell."""
    django.setup()
    from django.core.management import call_command

    call_command("demo", residents=residents, no_serve=True, stdout=sys.stderr, stderr=sys.stderr)
    pages, faults, foreign, titles, named = 0, [], [], set(), {}
    for slug, (group, start) in VISITORS.items():
        client = signed_in(slug, group)
        if start == "/organisation/":
            act_for_an_organisation(client)
        for language in LANGUAGES:
            for address, status, words in walk(client, start, language):
                pages += 1
                if status >= 500 or status == 404:
                    faults.append(f"{slug} {language} {address}: {status}")
                for word in ANOTHER_CITY.findall(SOURCES.sub("", words)):
                    foreign.append(f"{slug} {language} {address}: {word}")
                titles.update(re.findall(r"<title>(.*?)</title>", words, re.DOTALL)[:1])
                named.setdefault(language, next((name for name in OWN_NAMES if name in words), ""))
    return {
        "pages": pages, "faults": sorted(set(faults)), "foreign": sorted(set(foreign)), "titles": len(titles),
        "named": named, **conditions(), **granted(),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1])), ensure_ascii=False))
