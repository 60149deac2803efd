# SPDX-License-Identifier: EUPL-1.2
"""The jobs of cases."""

from ennakko.kernel.cases.deadlines import mark_late_job
from ennakko.kernel.cases.draft_keeping import warn_and_drop
from ennakko.kernel.cases.letter_archive import archive_job
from ennakko.kernel.cases.retention import destroy_old
from ennakko.kernel.cases.sampling import pick_job
from ennakko.kernel.jobs.registry import Job
from ennakko.values.texts import text

JOBS = (
    Job(
        "cases.mark-late",
        text(fi="Merkitse myöhästyneet asiat", sv="Märk försenade ärenden", en="Mark late cases"),
        mark_late_job,
    ),
    Job(
        "cases.sample-automatic",
        text(
            fi="Arvo automaattisia päätöksiä tarkistettavaksi", sv="Lotta automatiska beslut för granskning",
            en="Pick automatic decisions for review",
        ),
        pick_job,
    ),
    Job(
        "cases.archive-letters",
        text(fi="Arkistoi päätöskirjeet", sv="Arkivera beslutsbreven", en="Archive decision letters"),
        archive_job,
        every="minute",
    ),
    Job(
        "cases.drafts",
        text(fi="Poista vanhat luonnokset", sv="Ta bort gamla utkast", en="Remove old drafts"),
        warn_and_drop,
    ),
    Job(
        "cases.destroy-old",
        text(fi="Hävitä vanhat asiat", sv="Förstör gamla ärenden", en="Destroy old cases"),
        destroy_old,
    ),
)  # fmt: skip
