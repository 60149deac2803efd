# SPDX-License-Identifier: EUPL-1.2
"""What early education keeps: units and their pools, the street network, rounds, placements, wishes, corrections."""

from ennakko.services.childcare.models.by_hand import HandProposal as HandProposal
from ennakko.services.childcare.models.calls import Call as Call
from ennakko.services.childcare.models.orders import ComparisonOrder as ComparisonOrder
from ennakko.services.childcare.models.orders import RoundOrder as RoundOrder
from ennakko.services.childcare.models.placements import NeedCorrection as NeedCorrection
from ennakko.services.childcare.models.placements import Placement as Placement
from ennakko.services.childcare.models.placements import WaitWish as WaitWish
from ennakko.services.childcare.models.rounds import Round as Round
from ennakko.services.childcare.models.rounds import RoundInput as RoundInput
from ennakko.services.childcare.models.units import Pool as Pool
from ennakko.services.childcare.models.units import PoolSeats as PoolSeats
from ennakko.services.childcare.models.units import StreetNetwork as StreetNetwork
from ennakko.services.childcare.models.units import Supervision as Supervision
from ennakko.services.childcare.models.units import Unit as Unit
