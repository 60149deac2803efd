# SPDX-License-Identifier: EUPL-1.2
"""The place that an offer is about: the one held or taken by its child now, else the latest of its round."""

from django.db.models import Case, IntegerField, Q, Value, When

from ennakko.kernel.offers.models import Offer
from ennakko.services.childcare.models import Placement
from ennakko.services.childcare.states import HOLDING


def of_offer(offer: Offer) -> Placement | None:
    """The place an offer is about: the offered one, or the one it was changed to; None where its round is gone."""
    held = Case(When(state__in=sorted(HOLDING), then=Value(0)), default=Value(1), output_field=IntegerField())
    about = Q(offer=offer) | Q(pk=offer.content["placement"]) | Q(replaces__offer=offer)
    rows = Placement.objects.filter(about, child=offer.subject_id or 0).select_related(
        "pool__unit", "round", "replaces__pool__unit", "replaces__offer"
    )
    return rows.annotate(rank=held).order_by("rank", "-state_at", "-id").first()
