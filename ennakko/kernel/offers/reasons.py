# SPDX-License-Identifier: EUPL-1.2
"""Why an offer cannot be answered now, in words for the resident."""

from collections.abc import Sequence
from datetime import date

from ennakko.kernel.access import Refused
from ennakko.kernel.access.reasons import ACTS_FOR, STRONG
from ennakko.values.dates import format_date
from ennakko.values.texts import Text, text

NOT_YET = text(
    fi="Tarjous ei ole vielä valmis. Katso uudelleen hetken kuluttua.",
    sv="Erbjudandet är inte klart än. Titta igen om en stund.",
    en="The offer is not ready yet. Look again in a moment.",
)
ANSWERED = text(
    fi="Tähän on jo vastattu. Jos haluat muuttaa vastausta, ota yhteyttä.",
    sv="Det här är redan besvarat. Kontakta oss om du vill ändra svaret.",
    en="This has been answered already. Contact us if you want to change the answer.",
)
ENDED = text(
    fi="Tarjous ei ole enää voimassa.",
    sv="Erbjudandet gäller inte längre.",
    en="The offer is no longer valid.",
)
NOT_DECLINED = text(
    fi="Et ole sanonut tähän ei, joten peruttavaa ei ole.",
    sv="Du har inte tackat nej, så det finns inget att ångra.",
    en="You have not said no to this, so there is nothing to undo.",
)
ANOTHER_OPEN = text(
    fi="Sinulla on jo uudempi tarjous. Vastaa siihen.",
    sv="Du har redan ett nyare erbjudande. Svara på det.",
    en="You already have a newer offer. Answer that one.",
)
NOT_CORRECTABLE = text(
    fi="Tätä tietoa ei voi korjata tässä. Korjaa se siinä rekisterissä, josta tieto on peräisin.",
    sv="Uppgiften kan inte rättas här. Rätta den i det register som den kommer från.",
    en="This cannot be corrected here. Correct it in the register it comes from.",
)
NOT_COMPLETE = text(
    fi="Tarjousten tekeminen on kesken. Aja se ensin loppuun.",
    sv="Erbjudandena är inte färdiga. Kör klart först.",
    en="The offers are not all made yet. Finish the run first.",
)
NEEDS_OFFICIAL = text(
    fi="Tarjoukset lähtevät vasta, kun nimetty viranhaltija vapauttaa ne.",
    sv="Erbjudandena går ut först när en namngiven tjänsteinnehavare frisläpper dem.",
    en="The offers go out only when a named official releases them.",
)


def too_late(answer_by: date) -> Text:
    """The time to answer has passed."""
    return text(
        fi=f"Vastausaika päättyi {format_date(answer_by, 'fi')}.",
        sv=f"Svarstiden gick ut {format_date(answer_by, 'sv')}.",
        en=f"The time to answer ended on {format_date(answer_by, 'en')}.",
    )


def unknown_answer(labels: Sequence[Text]) -> Text:
    """No such answer; these can be given."""
    return text(
        fi="Valitse jokin näistä: " + ", ".join(label.fi for label in labels) + ".",
        sv="Välj ett av dessa: " + ", ".join(label.sv for label in labels) + ".",
        en="Choose one of these: " + ", ".join(label.en for label in labels) + ".",
    )


def needs_strong(choice: str) -> Refused:
    """This answer is not given by a link alone."""
    return Refused(STRONG, f"offers.answer.{choice}")


def needs_mandate(choice: str) -> Refused:
    """An organisation's offer is answered by somebody who acts for it."""
    return Refused(ACTS_FOR, f"offers.answer.{choice}")
