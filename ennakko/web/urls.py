# SPDX-License-Identifier: EUPL-1.2
"""All addresses. A service brings its own in `services/<name>/urls.py`; the demo's exist only in the demo."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from ennakko.web import (
    pages_about,
    pages_audit,
    pages_demo,
    pages_demo_mandates,
    pages_errors,
    pages_front,
    pages_health,
    pages_home,
    pages_language,
    pages_offer_link,
    pages_organisation,
    pages_organisation_details,
    pages_own_data,
    pages_roles,
    pages_rules,
)


def addresses(*, demo: bool) -> list[URLPattern | URLResolver]:
    """Every address; the demo's identity provider, clock and mailbox exist only in the demo."""
    found: list[URLPattern | URLResolver] = [
        path("", pages_front.front, name="front"),
        path("api/", include("ennakko.kernel.api.urls")),
        path("", include("ennakko.web.signin.urls")),
        path("my/", pages_home.home, name="home"),
        path("my/messages/", pages_own_data.messages_to_me, name="messages"),
        path("my/looked-up/", pages_own_data.looked_up, name="looked-up"),
        path("my/switches/", pages_own_data.switches, name="switches"),
        path("my/switches/change", pages_own_data.switch, name="switch"),
        path("organisation/", pages_organisation.organisation, name="organisation"),
        path("organisation/messages/", pages_organisation.organisation_messages, name="organisation-messages"),
        path("organisation/details/", pages_organisation_details.details, name="organisation-details"),
        path("organisation/details/contact/", pages_organisation_details.contact, name="organisation-contact"),
        path("organisation/details/account/", pages_organisation_details.account, name="organisation-account"),
        path("organisation/details/wish", pages_organisation_details.wish, name="organisation-wish"),
        path("organisation/details/fetch", pages_organisation_details.ask_registers, name="organisation-fetch"),
        path("o/<str:token>/", pages_offer_link.offer_link, name="offer-link"),
        path("rules/", pages_rules.rules, name="rules"),
        path("rules/<str:id>/", pages_rules.rule, name="rule"),
        path("staff/", pages_roles.staff_list, name="staff"),
        path("staff/<int:number>/", pages_roles.staff_member, name="staff-member"),
        path("staff/<int:number>/deactivate", pages_roles.deactivate, name="staff-deactivate"),
        path("staff/roles/<int:number>/end", pages_roles.end_role, name="end-role"),
        path("audit/", pages_audit.audit_page, name="audit"),
        path("audit/verify", pages_audit.audit_verify, name="audit-verify"),
        path("language/", pages_language.choose, name="language"),
        path("feedback/", pages_language.feedback, name="feedback"),
        path("accessibility/", pages_about.accessibility, name="accessibility"),
        path("privacy/", pages_about.privacy, name="privacy"),
        path("sources/", pages_about.sources, name="sources"),
        path("health", pages_health.health, name="health"),
        path("ready", pages_health.ready, name="ready"),
        path("", include("ennakko.web.urls_records")),
        path("", include("ennakko.web.urls_case")),
        path("", include("ennakko.web.urls_payments")),
    ]
    for service in settings.SERVICES:
        if find_spec(f"ennakko.services.{service}.urls"):
            found.append(path("", include(f"ennakko.services.{service}.urls")))
    if demo:
        found += [
            path("demo/clock/", pages_demo.demo_clock, name="demo-clock"),
            path("demo/mailbox/", pages_demo.demo_mailbox, name="demo-mailbox"),
            path("demo/mandates/", pages_demo_mandates.demo_mandates, name="demo-mandates"),
            path("demo/identity/", include("ennakko.web.personas_idp.urls")),
        ]
    return found


urlpatterns = addresses(demo=settings.DEMO)

handler400 = pages_errors.bad_request
handler403 = pages_errors.refused
handler404 = pages_errors.not_found
handler500 = pages_errors.broken
