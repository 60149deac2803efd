# SPDX-License-Identifier: EUPL-1.2
"""Where the demo's personas live: planted households with their addresses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Home:
    """A planted household's address; the point is of the sub-district, not of a house."""

    household: int
    street_address: str
    postal_code: str
    district: str
    sub_district: str
    latitude: float
    longitude: float


HOMES: dict[str, Home] = {
    "koskela": Home(1, "Fleminginkatu 14 A 22", "00530", "301", "0913301112", 60.1873, 24.9536),
    "lindqvist": Home(2, "Otavantie 6 B 11", "00200", "105", "0911105311", 60.1607, 24.8792),
    "warsame": Home(3, "Kontulankaari 11 C 38", "00940", "703", "0917703471", 60.2373, 25.0829),
    "rantanen": Home(4, "Kirkkonummentie 3 A 5", "00390", "205", "0912205331", 60.2409, 24.8818),
    "saarinen": Home(5, "Nervanderinkatu 9 A 4", "00100", "103", "0911103130", 60.1726, 24.9274),
    "makela": Home(6, "Siltavuorenranta 16 D 60", "00170", "101", "0911101010", 60.1739, 24.9543),
    "heikkinen": Home(7, "Porolahdentie 5 A 7", "00820", "602", "0916602432", 60.2018, 25.0557),
    "aho": Home(8, "Untamontie 2 B 14", "00610", "305", "0913305250", 60.2141, 24.9489),
    "salo": Home(9, "Malminkaari 19 E 91", "00700", "503", "0915503381", 60.2512, 25.0093),
    "tuominen": Home(10, "Haapalahdenkatu 8 A 3", "00300", "201", "0912201150", 60.1975, 24.8964),
    "laakso": Home(11, "Vaasankatu 12 C 19", "00500", "301", "0913301113", 60.1869, 24.9585),
    "moving": Home(12, "Aurinkotuulenkatu 4 A 16", "00990", "704", "0917704545", 60.2046, 25.1412),
    "smirnov": Home(13, "Kontulankaari 3 B 12", "00940", "703", "0917703471", 60.2365, 25.0818),
    "hassan": Home(14, "Fleminginkatu 20 B 31", "00510", "301", "0913301112", 60.1881, 24.9549),
}
