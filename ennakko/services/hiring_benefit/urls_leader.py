# SPDX-License-Identifier: EUPL-1.2
"""The director's addresses, the employers to tell of the estimate, and where they tell what became of the work."""

from django.urls import path

from ennakko.services.hiring_benefit import pages_hints, pages_leader, pages_outcomes

urlpatterns = [
    path("hiring-benefit/situation/", pages_leader.situation, name="figures"),
    path("hiring-benefit/simulation/", pages_leader.simulation, name="simulation"),
    path("hiring-benefit/statistics/", pages_leader.statistics, name="statistics"),
    path("hiring-benefit/employers/", pages_hints.hints, name="hints"),
    path("hiring-benefit/employers/release", pages_hints.release, name="release-hints"),
    path("organisation/hiring-benefit/employment/", pages_outcomes.questions, name="outcomes"),
    path("organisation/hiring-benefit/employment/<int:number>/tell", pages_outcomes.tell, name="tell-outcome"),
]
