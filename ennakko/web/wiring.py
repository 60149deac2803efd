# SPDX-License-Identifier: EUPL-1.2
"""At start-up: the municipality's profile, the clock of the demo's bar, the menu, the personas."""

from django.conf import settings

from ennakko.kernel import clock, organisations
from ennakko.kernel.access import StaffRole, register_roles
from ennakko.kernel.payments.policy import Policy, use_policy
from ennakko.kernel.ui import areas, context, profile
from ennakko.municipalities import profile as profile_data
from ennakko.values.texts import text
from ennakko.web import channels, front_figures, outside, pages_audit, pages_payments, records_wiring, services

EVERY_STAFF = frozenset({"worker", "leader", "auditor", "administrator"})
MENU = (
    profile.MenuItem(
        label=text(fi="Oma sivu", sv="Min sida", en="My page"), route="home", roles=frozenset({"resident"}), order=10
    ),
    profile.MenuItem(
        label=text(fi="Viestit", sv="Meddelanden", en="Messages"), route="messages", roles=frozenset({"resident"}),
        order=70,
    ),
    profile.MenuItem(
        label=text(fi="Omat tiedot", sv="Mina uppgifter", en="My data"), route="looked-up",
        roles=frozenset({"resident"}), order=80,
    ),
    profile.MenuItem(
        label=text(fi="Valinnat", sv="Mina val", en="Switches"), route="switches", roles=frozenset({"resident"}),
        order=81,
    ),
    profile.MenuItem(
        label=text(fi="Organisaation sivu", sv="Organisationens sida", en="The organisation's page"),
        route="organisation", roles=frozenset({"organisation"}), order=10,
    ),
    profile.MenuItem(
        label=text(fi="Viestit", sv="Meddelanden", en="Messages"), route="organisation-messages",
        roles=frozenset({"organisation"}), order=70,
    ),
    profile.MenuItem(
        label=text(fi="Tiedot", sv="Uppgifter", en="Details"), route="organisation-details",
        roles=frozenset({"organisation"}), order=80,
    ),
    profile.MenuItem(label=text(fi="Työt", sv="Arbete", en="Work"), route="home", roles=EVERY_STAFF, order=10),
    profile.MenuItem(
        label=text(fi="Loki", sv="Logg", en="The log"), route="audit", roles=EVERY_STAFF, order=80,
        staff_roles=frozenset({"data-protection-officer", "auditor"}),
    ),
    profile.MenuItem(
        label=text(fi="Työntekijät ja roolit", sv="Personal och roller", en="Staff and roles"), route="staff",
        roles=EVERY_STAFF, order=90, staff_roles=frozenset({"administrator"}),
    ),
)  # fmt: skip
RULES = profile.MenuItem(
    label=text(fi="Säännöt", sv="Regler", en="Rules"), route="rules", roles=frozenset(profile.ROLES), order=75
)
SHARED_ROLES = (
    StaffRole("director", text(fi="Johtaja", sv="Direktör", en="Director")),
    StaffRole("unit-supervisor", text(fi="Lähiesihenkilö", sv="Närmaste chef", en="Unit supervisor")),
    StaffRole("auditor", text(fi="Tarkastaja", sv="Revisor", en="Auditor")),
)


def wire() -> None:
    """Called once, when every app is ready."""
    services.wire()
    city = profile_data.load(settings.MUNICIPALITY)
    profile.use_profile(_shown(city))
    # The demo's batches go by themselves; elsewhere the municipality says.
    release = "automatic" if settings.DEMO else city.payments.release
    use_policy(Policy(release, city.payments.second_approval_above_cents))
    channels.wire()
    outside.wire()
    context.show_day(clock.today)
    areas.use_areas(front_figures.areas)
    profile.add_to_menu(*MENU, RULES)
    register_roles(*SHARED_ROLES)
    pages_audit.register()
    records_wiring.wire()
    pages_payments.register()
    if settings.DEMO:
        from ennakko.demo_city.personas import signatories_of
        from ennakko.web import demo, demo_people
        from ennakko.web.personas_idp import roster

        roster.use(demo_people.identities)
        organisations.signatories_from(signatories_of)
        demo.follow_days()


def _shown(city: profile_data.Profile) -> profile.Profile:
    """What the pages say of a municipality."""
    return profile.Profile(
        name=city.names.name,
        genitive=city.names.genitive,
        controller=city.names.city,
        contact=_contact(city.contact),
        data_protection=_contact(city.data_protection),
        logo=settings.LOGO,
    )


def _contact(told: profile_data.Contact) -> profile.Contact:
    return profile.Contact(name=told.name, phone=told.phone, email=told.email, hours=told.hours)
