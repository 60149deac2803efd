# SPDX-License-Identifier: EUPL-1.2
"""Why something cannot be done to an application now, in words for the handler or the official who tried."""

from ennakko.values.texts import text

ANOTHER_HAS_IT = text(
    fi="Hakemusta käsittelee {name}. Ota se ensin itsellesi, jos jatkat sitä.",
    sv="{name} handlägger ansökan. Ta först över den om du fortsätter.",
    en="{name} is handling this application. Take it over first if you go on with it.",
)
NOT_HANDLED = text(
    fi="Hakemusta ei vielä käsitellä. Ota se ensin käsittelyyn.",
    sv="Ansökan är inte under handläggning än. Ta den först till handläggning.",
    en="The application is not being handled yet. Take it into handling first.",
)
NOT_CHANGED_NOW = text(
    fi="Hakemusta ei voi muuttaa tässä vaiheessa. Palauta se ensin käsittelyyn.",
    sv="Ansökan kan inte ändras i det här skedet. Återför den först till handläggning.",
    en="The application cannot be changed at this stage. Take it back into handling first.",
)
SAY_WHY = text(
    fi="Kerro, miksi muutat. Perustelu jää historiaan.",
    sv="Berätta varför du ändrar. Motiveringen blir kvar i historiken.",
    en="Say why you change this. The reason stays in the history.",
)
NOTHING_CHANGED = text(
    fi="Mikään ei muuttunut, joten mitään ei tallennettu.",
    sv="Inget ändrades, så inget sparades.",
    en="Nothing changed, so nothing was saved.",
)
MANUAL_NEEDS_COMMENT = text(
    fi="Perustele käsin annettu määrä. Ilman perustelua sitä ei voi tallentaa.",
    sv="Motivera beloppet som ges manuellt. Utan motivering kan det inte sparas.",
    en="Give a reason for the amount by hand. It cannot be saved without one.",
)
MARK_OPEN = text(
    fi="Tarkista ensin: {marks}. Jokainen kohta on kunnossa tai perusteltu, ennen kuin esität myöntämistä.",
    sv="Kontrollera först: {marks}. Varje punkt ska vara i ordning eller motiverad innan du föreslår bifall.",
    en="Look at these first: {marks}. Each must be in order, or explained, before you propose a grant.",
)
MARK_NEEDS_WORDS = text(
    fi="Kerro, miksi kohta on kunnossa, vaikka kone näkee sen toisin.",
    sv="Berätta varför punkten är i ordning fast maskinen ser det annorlunda.",
    en="Say why this is in order although the machine sees it otherwise.",
)
NOT_WAIVED = text(
    fi="Vähämerkityksisen tuen enimmäismäärästä ei voi poiketa (komission asetus (EU) 2023/2831).",
    sv="Taket för stöd av mindre betydelse kan inte åsidosättas (kommissionens förordning (EU) 2023/2831).",
    en="The ceiling of de minimis aid cannot be put aside (Commission Regulation (EU) 2023/2831).",
)
NO_CALCULATION = text(
    fi="Laske lisä ensin. Ilman laskelmaa sitä ei voi esittää myönnettäväksi.",
    sv="Beräkna först tillägget. Utan beräkning kan det inte föreslås bli beviljat.",
    en="Calculate the benefit first. Without a calculation it cannot be proposed.",
)
NOTHING_TO_GRANT = text(
    fi="Laskelman mukaan lisää ei jää maksettavaksi. Esitä hylkäämistä tai tarkista laskelma.",
    sv="Enligt beräkningen finns inget att betala. Föreslå avslag eller kontrollera beräkningen.",
    en="By the calculation there is nothing to pay. Propose a refusal, or check the calculation.",
)
OVER_CEILING = text(
    fi="Vähämerkityksistä tukea olisi tämän lisän kanssa {sum}, enintään {ceiling}. Lisää ei voi myöntää.",
    sv="Stödet av mindre betydelse skulle med detta tillägg vara {sum}, högst {ceiling}. Tillägget kan inte beviljas.",
    en="De minimis aid with this benefit would be {sum}, at most {ceiling}. The benefit cannot be granted.",
)
TELL_INDUSTRY = text(
    fi="Kerro yrityksen toimiala (TOL). Vähämerkityksinen tuki ilmoitetaan rekisteriin sen kanssa.",
    sv="Ange företagets bransch (TOL). Stöd av mindre betydelse anmäls till registret med den.",
    en="Tell the employer's industry (TOL). De minimis aid is reported to the register with it.",
)
WRONG_INDUSTRY = text(
    fi="Toimiala on TOL 2008 -koodi, 2–5 numeroa. Esimerkiksi 56101.",
    sv="Branschen är en TOL 2008-kod med 2–5 siffror. Till exempel 56101.",
    en="The industry is a TOL 2008 code of 2–5 digits. For example 56101.",
)
NO_SUCH_COLLEAGUE = text(
    fi="Valitse käsittelijä luettelosta.", sv="Välj en handläggare i listan.", en="Choose a handler from the list."
)
PERIOD_TURNED = text(
    fi="Lisän viimeinen päivä on ensimmäisen jälkeen. Korjaa päivät.",
    sv="Tilläggets sista dag är efter den första. Rätta datumen.",
    en="The last day of the benefit is after the first. Put the days right.",
)
UNKNOWN_CODE = text(
    fi="Kirjoita henkilötunnus muodossa 010190-123A.",
    sv="Skriv personbeteckningen i formen 010190-123A.",
    en="Write the personal identity code in the form 010190-123A.",
)
REMOVED_ALREADY = text(
    fi="Rivi on jo poistettu.", sv="Raden är redan borttagen.", en="The row has been removed already."
)
CHANGED_MEANWHILE = text(
    fi="{name} on tallentanut tekstin sinun jälkeesi. Tarkista, kumpi jää, ja tallenna uudelleen.",
    sv="{name} har sparat texten efter dig. Kontrollera vilken som ska gälla och spara igen.",
    en="{name} has saved the text after you opened it. Check which one stays and save again.",
)
NOT_PROPOSED = text(
    fi="Hakemuksesta ei ole esitystä. Käsittelijä esittää ensin ratkaisua.",
    sv="Det finns inget förslag i ärendet. Handläggaren föreslår först ett avgörande.",
    en="Nothing has been proposed. The handler proposes first.",
)
IS_AID = text(
    fi="Tämä lisä on vähämerkityksistä tukea (ehtojen 8 §). Merkitse se päätökseen.",
    sv="Det här tillägget är stöd av mindre betydelse (villkoren 8 §). Anteckna det i beslutet.",
    en="This benefit is de minimis aid (conditions, 8 §). Say so in the decision.",
)
