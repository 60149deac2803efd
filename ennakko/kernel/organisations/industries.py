# SPDX-License-Identifier: EUPL-1.2
"""Names of industries by the first two digits of their code (Statistics Finland, TOL 2008): the section they are in."""

from typing import Final

from ennakko.values.texts import Text, text

_SECTIONS: Final[tuple[tuple[int, int, Text], ...]] = (
    (1, 3, text(fi="Maatalous, metsätalous ja kalatalous", sv="Jordbruk, skogsbruk och fiske",
                en="Agriculture, forestry and fishing")),
    (5, 9, text(fi="Kaivostoiminta", sv="Gruvverksamhet", en="Mining")),
    (10, 33, text(fi="Teollisuus", sv="Tillverkning", en="Manufacturing")),
    (35, 35, text(fi="Sähkö- ja lämpöhuolto", sv="El och värme", en="Electricity and heat")),
    (36, 39, text(fi="Vesi- ja jätehuolto", sv="Vatten och avfall", en="Water and waste")),
    (41, 43, text(fi="Rakentaminen", sv="Byggverksamhet", en="Construction")),
    (45, 47, text(fi="Kauppa", sv="Handel", en="Trade")),
    (49, 53, text(fi="Kuljetus ja varastointi", sv="Transport och magasinering", en="Transport and storage")),
    (55, 56, text(fi="Majoitus ja ravitsemis", sv="Hotell och restaurang", en="Accommodation and food")),
    (58, 63, text(fi="Informaatio ja viestintä", sv="Information och kommunikation",
                  en="Information and communication")),
    (64, 66, text(fi="Rahoitus ja vakuutus", sv="Finans och försäkring", en="Finance and insurance")),
    (68, 68, text(fi="Kiinteistöala", sv="Fastigheter", en="Real estate")),
    (69, 75, text(fi="Asiantuntijapalvelut", sv="Expertservice", en="Professional services")),
    (77, 82, text(fi="Hallinto- ja tukipalvelut", sv="Stödtjänster", en="Support services")),
    (84, 84, text(fi="Julkinen hallinto", sv="Offentlig förvaltning", en="Public administration")),
    (85, 85, text(fi="Koulutus", sv="Utbildning", en="Education")),
    (86, 88, text(fi="Terveys- ja sosiaalipalvelut", sv="Vård och omsorg", en="Health and social work")),
    (90, 93, text(fi="Taiteet, viihde ja virkistys", sv="Kultur, nöje och fritid", en="Arts and recreation")),
    (94, 96, text(fi="Muu palvelutoiminta", sv="Annan service", en="Other services")),
    (97, 98, text(fi="Kotitaloudet työnantajina", sv="Hushåll som arbetsgivare", en="Households as employers")),
)  # fmt: skip
UNKNOWN: Final = text(fi="Ei tiedossa", sv="Okänt", en="Not known")


def industry_name(code: str) -> Text:
    """The name of a code's section with the two digits before it; of a code that is none, that it is not known."""
    digits = code[:2]
    number = int(digits) if digits.isdigit() else -1
    found = next((name for first, last, name in _SECTIONS if first <= number <= last), None)
    if found is None:
        return UNKNOWN
    return text(fi=f"{digits} {found.fi}", sv=f"{digits} {found.sv}", en=f"{digits} {found.en}")


def industry_in_words(code: str, told: str) -> Text:
    """A code with its name: in Finnish as the register tells it, in other languages the section that it is in."""
    name = industry_name(code)
    if name is UNKNOWN:
        return text(fi=f"{code} {told}".strip() or "–", sv=code or "–", en=code or "–")
    digits = len(code[:2])
    return text(fi=f"{code} {told or name.fi[digits:].strip()}", sv=f"{code}{name.sv[digits:]}",
                en=f"{code}{name.en[digits:]}")  # fmt: skip


def section_of(code: str) -> str:
    """The first division of a code's section, two digits ("55" of hotels and restaurants); "" for no code."""
    number = int(code[:2]) if code[:2].isdigit() else -1
    return next((f"{first:02}" for first, last, _ in _SECTIONS if first <= number <= last), "")


def section_name(section: str) -> Text:
    """The name of a section by its first division."""
    number = int(section) if section.isdigit() else -1
    return next((name for first, _, name in _SECTIONS if first == number), UNKNOWN)
