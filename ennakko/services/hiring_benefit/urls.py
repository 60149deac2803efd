# SPDX-License-Identifier: EUPL-1.2
"""The hiring benefit's addresses: no person, name or identity code ever stands in one."""

from ennakko.services.hiring_benefit import (
    urls_apply,
    urls_estimate,
    urls_handler,
    urls_leader,
    urls_letter,
    urls_money,
)

app_name = "hiring-benefit"
urlpatterns = [
    *urls_estimate.urlpatterns,
    *urls_handler.urlpatterns,
    *urls_letter.urlpatterns,
    *urls_leader.urlpatterns,
    *urls_money.urlpatterns,
    # Last: `organisation/hiring-benefit/<number>/` would take the addresses of the others.
    *urls_apply.urlpatterns,
]
