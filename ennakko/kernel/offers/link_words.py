# SPDX-License-Identifier: EUPL-1.2
"""The words of the page behind a message's link, in every language that some service's offers stand in.

Short and plain: the page is read on a phone by people who know the city's own languages little.
"""

from collections.abc import Mapping
from typing import Final

from ennakko.values.texts import Text, text

NAMES: Final[Mapping[str, str]] = {
    "fi": "Suomi", "sv": "Svenska", "en": "English", "ru": "Русский", "et": "Eesti", "so": "Soomaali",
    "ar": "العربية", "uk": "Українська",
}  # fmt: skip
"""A language as its speakers call it."""

WORDS: Final[Mapping[str, Text]] = {
    "answer_by": text(
        fi="Vastaa viimeistään {day}.", sv="Svara senast {day}.", en="Answer by {day}.",
        ru="Ответьте не позднее {day}.", et="Vastake hiljemalt {day}.", so="Ka jawaab ugu dambayn {day}.",
        ar="يُرجى الرد في موعد أقصاه {day}.", uk="Дайте відповідь не пізніше {day}.",
    ),
    "waiting": text(
        fi="Sinua odottaa tarjous.", sv="Ett erbjudande väntar på dig.", en="Something is waiting for you.",
        ru="Для вас есть предложение.", et="Teid ootab pakkumine.", so="Waxaa ku sugaya dalab.",
        ar="هناك عرض في انتظارك.", uk="Для вас є пропозиція.",
    ),
    "answered": text(
        fi="Olet vastannut: {answer}.", sv="Du har svarat: {answer}.", en="You have answered: {answer}.",
        ru="Ваш ответ: {answer}.", et="Teie vastus: {answer}.", so="Jawaabtaadu waa: {answer}.",
        ar="لقد أجبت: {answer}.", uk="Ваша відповідь: {answer}.",
    ),
    "change": text(
        fi="Kirjaudu sisään, jos haluat muuttaa vastausta.", sv="Logga in om du vill ändra svaret.",
        en="Sign in to change your answer.", ru="Чтобы изменить ответ, войдите в систему.",
        et="Vastuse muutmiseks logige sisse.", so="Haddii aad rabto inaad jawaabta beddesho, gal adeegga.",
        ar="لتغيير إجابتك، سجّل الدخول.", uk="Щоб змінити відповідь, увійдіть у систему.",
    ),
    "over": text(
        fi="Tähän ei voi enää vastata tässä.", sv="Det går inte längre att svara här.",
        en="This can no longer be answered here.", ru="Здесь больше нельзя ответить.",
        et="Siin ei saa enam vastata.", so="Halkan hadda lagama jawaabi karo.",
        ar="لم يعد بالإمكان الرد هنا.", uk="Тут більше не можна відповісти.",
    ),
    "more": text(
        fi="Katso kaikki tiedot", sv="Se alla uppgifter", en="See everything", ru="Посмотреть все сведения",
        et="Vaadake kõiki andmeid", so="Eeg xogta oo dhan", ar="الاطلاع على كل المعلومات",
        uk="Переглянути всі відомості",
    ),
    "why_sign_in": text(
        fi="Kun kirjaudut sisään, näet mistä on kyse, miksi se on sinun ja mitä voit tehdä. Tällä sivulla ei ole "
        "nimeäsi "
        "eikä muita tietojasi, koska linkki voi joutua jollekin toiselle.",
        sv="När du loggar in ser du vad det gäller, varför det är ditt och vad du kan göra. På den här sidan finns "
        "varken "
        "ditt namn eller andra uppgifter om dig, för en länk kan hamna hos någon annan.",
        en="Sign in, and you see what this is, why it is yours and what you can do. This page shows nothing of you, "
        "because a link can end up with somebody else.",
        ru="Войдите в систему, и вы увидите, о чём идёт речь, почему это предложено вам и что можно сделать. На этой "
        "странице нет ни вашего имени, ни других ваших данных: ссылка может попасть к другому человеку.",
        et="Kui logite sisse, näete, millega on tegu, miks see on teile ja mida saate teha. Sellel lehel ei ole teie "
        "nime "
        "ega muid andmeid, sest link võib sattuda kellegi teise kätte.",
        so="Markaad gasho adeegga, waxaad arkaysaa waxa uu yahay, sababta laguu siiyey iyo waxa aad samayn karto. "
        "Boggan "
        "magacaaga iyo xogtaada kuma qorna, maxaa yeelay linkiga qof kale ayaa heli kara.",
        ar="عند تسجيل الدخول ترى ما هو هذا العرض، ولماذا قُدِّم لك، وما يمكنك فعله. لا تظهر في هذه الصفحة أي معلومات "
        "عنك "
        "ولا اسمك، لأن الرابط قد يصل إلى شخص آخر.",
        uk="Увійдіть у систему, і ви побачите, про що йдеться, чому це запропоновано вам і що можна зробити. На цій "
        "сторінці немає ні вашого імені, ні інших даних про вас: посилання може потрапити до іншої людини.",
    ),
    "by_mandate": text(
        fi="Kirjaudu sisään ja valitse organisaatio: jolla on sen valtuus, näkee mistä on kyse ja vastaa. Tällä "
        "sivulla ei "
        "ole siitä mitään, koska linkki voi joutua jollekin toiselle.",
        sv="Logga in och välj organisationen: den som har dess fullmakt ser vad det gäller och svarar. Den här sidan "
        "visar "
        "inget av det, för en länk kan hamna hos någon annan.",
        en="Sign in and choose the organisation: whoever has its mandate sees what this is and answers. This page "
        "shows "
        "nothing of it, because a link can end up with somebody else.",
    ),
    "sign_in": text(
        fi="Kirjaudu sisään", sv="Logga in", en="Sign in", ru="Войти", et="Logige sisse", so="Gal adeegga",
        ar="تسجيل الدخول", uk="Увійти",
    ),
    "languages": text(
        fi="Lue toisella kielellä", sv="Läs på ett annat språk", en="Read in another language",
        ru="Читать на другом языке", et="Lugege teises keeles", so="Ku akhri luqad kale", ar="اقرأ بلغة أخرى",
        uk="Читати іншою мовою",
    ),
    "received": text(
        fi="Vastauksesi on otettu vastaan.", sv="Ditt svar har tagits emot.", en="Your answer has been received.",
        ru="Ваш ответ получен.", et="Teie vastus on kätte saadud.", so="Jawaabtaada waa la helay.",
        ar="تم استلام إجابتك.", uk="Вашу відповідь отримано.",
    ),
}  # fmt: skip


def in_language(language: str) -> dict[str, str]:
    """Every phrase in one language; the Finnish one where it does not stand in it."""
    return {name: words.in_(language) for name, words in WORDS.items()}
