# SPDX-License-Identifier: EUPL-1.2
"""Why a file is not taken or not handed out, and what to do instead."""

from ennakko.values.texts import text

EMPTY = text(
    fi="Tiedosto on tyhjä. Tarkista, että valitsit oikean tiedoston, ja lisää se uudelleen.",
    sv="Filen är tom. Kontrollera att du valde rätt fil och lägg till den på nytt.",
    en="The file is empty. Check that you chose the right file, and add it again.",
)
TOO_BIG = text(
    fi="Tiedosto on liian suuri: enintään {most} megatavua. Skannaa pienemmällä tarkkuudella tai jaa se osiin.",
    sv="Filen är för stor: högst {most} megabyte. Skanna med lägre upplösning eller dela upp den.",
    en="The file is too big: at most {most} megabytes. Scan it at a lower resolution, or split it.",
)
TOO_MANY = text(
    fi="Tätä lajia voi olla enintään {most} tiedostoa. Poista ensin jokin niistä tai yhdistä sivut yhteen tiedostoon.",
    sv="Det får finnas högst {most} filer av det här slaget. Ta först bort någon, eller samla sidorna i en fil.",
    en="There can be at most {most} files of this kind. Remove one first, or put the pages into one file.",
)
OTHER_TYPE = text(
    fi="Tiedoston sisältö ei ole {types}. Tallenna se PDF-muodossa tai ota siitä kuva, ja lisää se uudelleen.",
    sv="Filens innehåll är inte {types}. Spara den som PDF eller ta en bild av den, och lägg till den på nytt.",
    en="What the file holds is not {types}. Save it as a PDF or take a picture of it, and add it again.",
)
DISGUISED = text(
    fi="Tiedoston nimi on kuin {types}, mutta sisältö on jotakin muuta. Avaa se omassa ohjelmassaan, tallenna PDF:nä "
    "ja lisää uudelleen.",
    sv="Filens namn är som {types}, men innehållet är något annat. Öppna den i sitt eget program, spara som PDF och "
    "lägg till den på nytt.",
    en="The file is named like {types}, but holds something else. Open it in its own program, save it as a PDF and "
    "add it again.",
)
TWO_IN_ONE = text(
    fi="Tiedostossa on kaksi tiedostoa yhdessä, joten emme voi ottaa sitä vastaan. Tulosta tai tallenna se uutena "
    "PDF-tiedostona ja lisää se.",
    sv="Filen innehåller två filer i en, och därför kan vi inte ta emot den. Skriv ut eller spara den som en ny "
    "PDF-fil och lägg till den.",
    en="The file is two files in one, so we cannot take it. Print or save it as a new PDF file and add that.",
)
CUT_SHORT = text(
    fi="Tiedosto on katkennut kesken: sen loppu puuttuu. Lisää se uudelleen alkuperäisestä.",
    sv="Filen är avbruten: slutet saknas. Lägg till den på nytt från originalet.",
    en="The file was cut short: its end is missing. Add it again from the original.",
)
UNREADABLE = text(
    fi="Tiedosto ei aukea: se on vioittunut. Avaa se itse, tallenna uudelleen ja lisää se.",
    sv="Filen går inte att öppna: den är skadad. Öppna den själv, spara den på nytt och lägg till den.",
    en="The file does not open: it is damaged. Open it yourself, save it again and add it.",
)
LOCKED = text(
    fi="PDF-tiedosto on suojattu salasanalla. Tallenna se ilman salasanaa ja lisää se uudelleen.",
    sv="PDF-filen är skyddad med lösenord. Spara den utan lösenord och lägg till den på nytt.",
    en="The PDF file is protected by a password. Save it without the password and add it again.",
)
TOO_LARGE_PICTURE = text(
    fi="Kuva on liian suuri: enintään {pixels} megapikseliä. Pienennä kuvaa ja lisää se uudelleen.",
    sv="Bilden är för stor: högst {pixels} megapixel. Gör bilden mindre och lägg till den på nytt.",
    en="The picture is too large: at most {pixels} megapixels. Make it smaller and add it again.",
)
INFECTED = text(
    fi="Tiedostosta löytyi haittaohjelma, joten sitä ei otettu vastaan. Tarkista laitteesi ja lisää puhdas tiedosto.",
    sv="I filen hittades ett skadligt program, och därför togs den inte emot. Kontrollera din enhet och lägg till en "
    "ren fil.",
    en="Malware was found in the file, so it was not taken. Check your device and add a clean file.",
)
STILL_WAITING = text(
    fi="Tiedostoa ei ole vielä tarkistettu haittaohjelmien varalta, joten sitä ei voi avata. Yritä hetken päästä "
    "uudelleen.",
    sv="Filen har ännu inte kontrollerats mot skadliga program och kan därför inte öppnas. Försök igen om en stund.",
    en="The file has not been checked for malware yet, so it cannot be opened. Try again in a moment.",
)
WAS_INFECTED = text(
    fi="Tiedostosta löytyi haittaohjelma, joten se poistettiin. Pyydä lähettäjältä puhdas tiedosto.",
    sv="I filen hittades ett skadligt program, och därför togs den bort. Be avsändaren om en ren fil.",
    en="Malware was found in the file, so it was removed. Ask the sender for a clean one.",
)
REMOVED = text(
    fi="Tiedosto on poistettu.",
    sv="Filen har tagits bort.",
    en="The file has been removed.",
)
BYTES_GONE = text(
    fi="Tiedostoa ei voi avata juuri nyt. Vika on meillä: kerro siitä tukeen.",
    sv="Filen kan inte öppnas just nu. Felet är vårt: meddela stödet.",
    en="The file cannot be opened just now. The fault is ours: tell the support.",
)
