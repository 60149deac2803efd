# SPDX-License-Identifier: EUPL-1.2
"""Money that leaves: lines, batches, files, confirmations, recovery; each exactly once (docs/decisions)."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.payments.batching import dissolve as dissolve
    from ennakko.kernel.payments.batching import make_batch as make_batch
    from ennakko.kernel.payments.batching import release as release
    from ennakko.kernel.payments.confirming import confirm as confirm
    from ennakko.kernel.payments.formats import PaymentFormat as PaymentFormat
    from ennakko.kernel.payments.models import Payee as Payee
    from ennakko.kernel.payments.planning import KeyTaken as KeyTaken
    from ennakko.kernel.payments.planning import NewLine as NewLine
    from ennakko.kernel.payments.planning import NotPayable as NotPayable
    from ennakko.kernel.payments.planning import cancel_line as cancel_line
    from ennakko.kernel.payments.planning import pay_again as pay_again
    from ennakko.kernel.payments.planning import plan_line as plan_line
    from ennakko.kernel.payments.planning import plan_lines as plan_lines
    from ennakko.kernel.payments.queries import lines_of as lines_of
    from ennakko.kernel.payments.queries import lines_of_many as lines_of_many
    from ennakko.kernel.payments.queries import lines_of_organisation as lines_of_organisation
    from ennakko.kernel.payments.queries import totals as totals
    from ennakko.kernel.payments.recovering import end_recovery as end_recovery
    from ennakko.kernel.payments.recovering import recover as recover
    from ennakko.kernel.payments.retention import forget as forget
    from ennakko.kernel.payments.sending import send as send
else:
    __getattr__ = exported_from(
        __name__,
        batching=("dissolve", "make_batch", "release"),
        confirming=("confirm",),
        formats=("PaymentFormat",),
        models=("Payee",),
        planning=("KeyTaken", "NewLine", "NotPayable", "cancel_line", "pay_again", "plan_line", "plan_lines"),
        queries=("lines_of", "lines_of_many", "lines_of_organisation", "totals"),
        recovering=("end_recovery", "recover"),
        retention=("forget",),
        sending=("send",),
    )
