# SPDX-License-Identifier: EUPL-1.2
"""Work that falls due: registered jobs, run by tick."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.jobs.actions import tick as tick
    from ennakko.kernel.jobs.registry import Job as Job
    from ennakko.kernel.jobs.registry import JobReport as JobReport
    from ennakko.kernel.jobs.registry import Progress as Progress
    from ennakko.kernel.jobs.registry import register_jobs as register_jobs
else:
    __getattr__ = exported_from(__name__, actions=("tick",), registry=("Job", "JobReport", "Progress", "register_jobs"))
