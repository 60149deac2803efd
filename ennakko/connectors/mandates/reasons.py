# SPDX-License-Identifier: EUPL-1.2
"""Why nobody can act for an organisation after the choice, in words for the person."""

from ennakko.values.texts import text

TURNED_BACK = text(
    fi="Et valinnut organisaatiota. Voit valita sen uudelleen tai asioida omissa asioissasi.",
    sv="Du valde ingen organisation. Du kan välja på nytt eller uträtta dina egna ärenden.",
    en="You chose no organisation. You can choose again, or go on with matters of your own.",
)
NOT_THIS_SESSION = text(
    fi="Valinta ei kuulu tähän istuntoon. Aloita organisaation valinta alusta.",
    sv="Valet hör inte till den här sessionen. Börja valet av organisation från början.",
    en="The choice does not belong to this session. Start the choice of organisation again.",
)
TOO_LATE = text(
    fi="Valinta ehti vanhentua. Aloita organisaation valinta alusta.",
    sv="Valet hann föråldras. Börja valet av organisation från början.",
    en="The choice took too long and is no longer valid. Start the choice of organisation again.",
)
