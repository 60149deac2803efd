# SPDX-License-Identifier: EUPL-1.2
"""What the summer voucher keeps: vouchers and applications, employers' claims, and the nudges' experiments."""

from ennakko.services.summer_voucher.models.claims import Claim as Claim
from ennakko.services.summer_voucher.models.claims import ClaimDraftHold as ClaimDraftHold
from ennakko.services.summer_voucher.models.claims import ClaimRow as ClaimRow
from ennakko.services.summer_voucher.models.claims import ClaimStatistic as ClaimStatistic
from ennakko.services.summer_voucher.models.experiments import Experiment as Experiment
from ennakko.services.summer_voucher.models.experiments import ExperimentMember as ExperimentMember
from ennakko.services.summer_voucher.models.vouchers import Application as Application
from ennakko.services.summer_voucher.models.vouchers import CallRequest as CallRequest
from ennakko.services.summer_voucher.models.vouchers import Voucher as Voucher
