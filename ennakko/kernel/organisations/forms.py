# SPDX-License-Identifier: EUPL-1.2
"""Names of legal forms in the reader's language; the registers tell them in Finnish, or in Swedish alone."""

from typing import Final

from ennakko.values.texts import Text, text

_FORMS: Final = {
    "asoy": text(fi="Asunto-osakeyhtiö", sv="Bostadsaktiebolag", en="Housing company"),
    "ay": text(fi="Avoin yhtiö", sv="Öppet bolag", en="General partnership"),
    "koy": text(fi="Keskinäinen kiinteistöosakeyhtiö", sv="Ömsesidigt fastighetsaktiebolag",
                en="Mutual real estate company"),
    "kunta": text(fi="Kunta tai muu julkisyhteisö", sv="Kommun eller annat offentligt samfund",
                  en="Municipality or another public body"),
    "ky": text(fi="Kommandiittiyhtiö", sv="Kommanditbolag", en="Limited partnership"),
    "osk": text(fi="Osuuskunta", sv="Andelslag", en="Cooperative"),
    "oy": text(fi="Osakeyhtiö", sv="Aktiebolag", en="Limited company"),
    "oyj": text(fi="Julkinen osakeyhtiö", sv="Publikt aktiebolag", en="Public limited company"),
    "ry": text(fi="Yhdistys", sv="Förening", en="Association"),
    "sr": text(fi="Säätiö", sv="Stiftelse", en="Foundation"),
    "srk": text(fi="Seurakunta tai uskonnollinen yhteisö", sv="Församling eller religiöst samfund",
                en="Parish or religious community"),
    "tmi": text(fi="Yksityinen elinkeinonharjoittaja", sv="Enskild näringsidkare", en="Sole trader"),
    "valtio": text(fi="Valtio", sv="Staten", en="The State"),
}  # fmt: skip
"""By the codes of the fact `form`."""


def form_name(code: str, told: str) -> Text:
    """The name of a form; the register's own words in Finnish, and everywhere where the code is not here."""
    found, own = _FORMS.get(code), told or code or "–"
    if found is None:
        return text(fi=own, sv=own, en=own)
    return text(fi=told or found.fi, sv=found.sv, en=found.en)
