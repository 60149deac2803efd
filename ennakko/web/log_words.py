# SPDX-License-Identifier: EUPL-1.2
"""The log's ids in words: a purpose, a fact, an action and a kind of actor, in the reader's language."""

from ennakko import facts
from ennakko.kernel.access.tables import UnknownAction, action
from ennakko.kernel.purposes.registry import UnknownPurpose, purpose
from ennakko.kernel.ui.filters import say
from ennakko.values.texts import Text, text

KINDS: dict[str, Text] = {
    "anonymous": text(fi="joku kirjautumatta", sv="någon utan inloggning", en="somebody not signed in"),
    "resident": text(fi="asukas", sv="invånare", en="resident"),
    "organisation": text(
        fi="organisaation edustaja", sv="organisationens företrädare", en="somebody acting for an organisation"
    ),
    "staff": text(fi="työntekijä", sv="anställd", en="member of staff"),
    "system": text(fi="kone", sv="maskinen", en="the machine"),
}


def purpose_title(name: str) -> str:
    """A purpose's title; one that is no longer declared is told by its id."""
    try:
        return say(purpose(name).title)
    except UnknownPurpose:
        return name


def fact_label(name: str) -> str:
    """A fact's name in words; a fact that is no longer known is told by its old name."""
    return next((say(one.label) for one in facts.catalogue() if one.name == name), name)


def action_title(name: str) -> str:
    """An action's title; what stands in no access table (a job's own deed, a sign-in) is told by its id."""
    try:
        return say(action(name).title)
    except UnknownAction:
        return name


def kind_title(kind: str) -> str:
    """Who acts, where no name is told."""
    return say(KINDS[kind]) if kind in KINDS else kind
