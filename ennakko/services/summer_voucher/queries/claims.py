# SPDX-License-Identifier: EUPL-1.2
"""Claims looked up: the employer's own, the handlers' queue and desk, search.

Claims of a voucher whose holder is under non-disclosure stand in no list or search: only the named clerk sees those.
"""

from ennakko.services.summer_voucher.queries.claim_desk import ClaimDesk as ClaimDesk
from ennakko.services.summer_voucher.queries.claim_desk import Told as Told
from ennakko.services.summer_voucher.queries.claim_desk import desk as desk
from ennakko.services.summer_voucher.queries.claim_queue import ClaimLine as ClaimLine
from ennakko.services.summer_voucher.queries.claim_queue import case_of as case_of
from ennakko.services.summer_voucher.queries.claim_queue import counted_as as counted_as
from ennakko.services.summer_voucher.queries.claim_queue import counts as counts
from ennakko.services.summer_voucher.queries.claim_queue import in_order as in_order
from ennakko.services.summer_voucher.queries.claim_queue import keys_of as keys_of
from ennakko.services.summer_voucher.queries.claim_queue import lines_of as lines_of
from ennakko.services.summer_voucher.queries.claim_queue import protected as protected
from ennakko.services.summer_voucher.queries.claim_queue import queue as queue
from ennakko.services.summer_voucher.queries.claim_queue import ready as ready
from ennakko.services.summer_voucher.queries.claim_queue import search as search
from ennakko.services.summer_voucher.queries.own_claims import OwnClaim as OwnClaim
from ennakko.services.summer_voucher.queries.own_claims import OwnDraft as OwnDraft
from ennakko.services.summer_voucher.queries.own_claims import OwnRow as OwnRow
from ennakko.services.summer_voucher.queries.own_claims import Standing as Standing
from ennakko.services.summer_voucher.queries.own_claims import draft as draft
from ennakko.services.summer_voucher.queries.own_claims import drafts as drafts
from ennakko.services.summer_voucher.queries.own_claims import just_sent as just_sent
from ennakko.services.summer_voucher.queries.own_claims import own_case as own_case
from ennakko.services.summer_voucher.queries.own_claims import own_claim as own_claim
from ennakko.services.summer_voucher.queries.own_claims import own_claims as own_claims
from ennakko.services.summer_voucher.queries.own_claims import standing as standing
from ennakko.services.summer_voucher.queries.own_claims import years as years
