# SPDX-License-Identifier: EUPL-1.2
"""The offer's own words in all its languages: what it is called, its answers, what the link and the page's core say.

Short and plain, and nobody's name in any of them: the link shows some of these to whoever holds it.
"""

from typing import Final

from ennakko.values.texts import Text, text

LANGUAGES: Final = ("fi", "sv", "en", "ru", "et", "so", "ar", "uk")
"""The languages of the offer: messages, the link's page, the core of the offer's page."""

TITLE: Final = text(
    fi="Paikka päiväkodissa tai esiopetuksessa", sv="Plats i daghem eller förskola", en="Place in day care or "
    "pre-school",
    ru="Место в детском саду или в предшкольной группе", et="Koht lasteaias või eelkoolis",
    so="Boos xannaanada carruurta ama dugsiga ka horreeya", ar="مكان في الحضانة أو التعليم التمهيدي",
    uk="Місце в дитячому садку або в передшкільній групі",
)  # fmt: skip
FORMS: Final = {
    "preschool": text(
        fi="Esiopetuspaikka", sv="Förskoleplats", en="Pre-school place", ru="Место в предшкольной группе",
        et="Eelkooli koht", so="Boos dugsiga ka horreeya", ar="مكان في التعليم التمهيدي",
        uk="Місце в передшкільній групі",
    ),
    "early-education": text(
        fi="Varhaiskasvatuspaikka", sv="Plats i småbarnspedagogik", en="Early education place",
        ru="Место в детском саду", et="Alushariduse koht", so="Boos xannaanada carruurta",
        ar="مكان في التربية المبكرة", uk="Місце в дитячому садку",
    ),
}  # fmt: skip

TAKE: Final = text(
    fi="Otamme paikan", sv="Vi tar platsen", en="We take the place", ru="Берём место", et="Võtame koha vastu",
    so="Haa, waan qaadanaynaa booska", ar="نقبل المكان", uk="Беремо місце",
)  # fmt: skip
ANOTHER: Final = text(
    fi="Otamme toisen yksikön", sv="Vi väljer en annan enhet", en="We choose another unit",
    ru="Выбираем другое учреждение", et="Valime teise asutuse", so="Xarun kale ayaan dooranaynaa",
    ar="نختار وحدة أخرى", uk="Обираємо інший заклад",
)  # fmt: skip
NO_NEED: Final = text(
    fi="Emme tarvitse paikkaa", sv="Vi behöver ingen plats", en="We do not need a place", ru="Нам не нужно место",
    et="Me ei vaja kohta", so="Boos uma baahnin", ar="لا نحتاج إلى مكان", uk="Нам не потрібне місце",
)  # fmt: skip
CALL: Final = text(
    fi="Soittakaa minulle", sv="Ring mig", en="Call me", ru="Позвоните мне", et="Helistage mulle", so="I soo wac",
    ar="اتصلوا بي", uk="Зателефонуйте мені",
)  # fmt: skip

UNIT: Final = text(
    fi="Yksikkö", sv="Enhet", en="Unit", ru="Учреждение", et="Asutus", so="Xarunta", ar="الوحدة", uk="Заклад",
)  # fmt: skip
ADDRESS: Final = text(
    fi="Osoite", sv="Adress", en="Address", ru="Адрес", et="Aadress", so="Cinwaanka", ar="العنوان", uk="Адреса",
)  # fmt: skip
STARTS: Final = text(
    fi="Alkaa", sv="Börjar", en="Begins", ru="Начало", et="Algus", so="Wuxuu bilaabmayaa", ar="يبدأ في",
    uk="Початок",
)  # fmt: skip
WAY: Final = text(
    fi="Matka kotoa", sv="Väg hemifrån", en="Way from home", ru="Путь от дома", et="Tee kodust",
    so="Masaafada guriga", ar="الطريق من المنزل", uk="Шлях від дому",
)  # fmt: skip
ON_FOOT: Final = text(
    fi="noin {minutes} minuuttia kävellen ({metres} m)", sv="ungefär {minutes} minuter till fots ({metres} m)",
    en="about {minutes} minutes on foot ({metres} m)", ru="около {minutes} минут пешком ({metres} м)",
    et="umbes {minutes} minutit jalgsi ({metres} m)", so="ilaa {minutes} daqiiqo oo lug ah ({metres} m)",
    ar="حوالي {minutes} دقيقة سيرًا على الأقدام ({metres} متر)", uk="близько {minutes} хвилин пішки ({metres} м)",
)  # fmt: skip
LEAD: Final = text(
    fi="Kaupunki on varannut tämän paikan lapsellesi. Sinun ei tarvitse hakea sitä.",
    sv="Staden har reserverat den här platsen för ditt barn. Du behöver inte ansöka.",
    en="The city has kept this place for your child. You do not need to apply.",
    ru="Город оставил это место за вашим ребёнком. Подавать заявление не нужно.",
    et="Linn hoiab seda kohta teie lapsele. Te ei pea seda taotlema.",
    so="Magaaladu booskan waxay u haysaa ilmahaaga. Uma baahnid inaad codsato.",
    ar="حجزت المدينة هذا المكان لطفلك. لا حاجة إلى تقديم طلب.",
    uk="Місто залишило це місце за вашою дитиною. Подавати заяву не потрібно.",
)  # fmt: skip
ANSWER_BY: Final = text(
    fi="Vastaa viimeistään {day}.", sv="Svara senast {day}.", en="Answer by {day}.",
    ru="Ответьте не позднее {day}.", et="Vastake hiljemalt {day}.", so="Ka jawaab ugu dambayn {day}.",
    ar="يُرجى الرد في موعد أقصاه {day}.", uk="Дайте відповідь не пізніше {day}.",
)  # fmt: skip
WHY: Final = text(
    fi="Miksi tämä paikka?", sv="Varför den här platsen?", en="Why this place?", ru="Почему именно это место?",
    et="Miks just see koht?", so="Maxaa booskan loo doortay?", ar="لماذا هذا المكان؟", uk="Чому саме це місце?",
)  # fmt: skip
NEXT: Final = text(
    fi="Mitä sitten tapahtuu?", sv="Vad händer sedan?", en="What happens next?", ru="Что будет дальше?",
    et="Mis saab edasi?", so="Maxaa xiga?", ar="ماذا يحدث بعد ذلك؟", uk="Що буде далі?",
)  # fmt: skip
NEXT_WORDS: Final = text(
    fi="Kun olet ottanut paikan, saat siitä päätöksen. Jos sanot ei, voit muuttaa mielesi viimeiseen vastauspäivään "
    "asti.",
    sv="När du har tagit emot platsen får du ett beslut. Om du säger nej kan du ändra dig till den sista svarsdagen.",
    en="When you have taken the place, you get a decision on it. If you say no, you can change your mind until the "
    "last "
    "day to answer.",
    ru="После того как вы согласитесь, вы получите решение. Если вы откажетесь, вы можете передумать до последнего дня "
    "ответа.",
    et="Kui olete koha vastu võtnud, saate selle kohta otsuse. Kui ütlete ei, võite kuni viimase vastamispäevani ümber "
    "mõelda.",
    so="Markaad booska aqbasho, go'aan ayaa laguu soo dirayaa. Haddii aad maya tiraahdo, waad beddeli kartaa ilaa "
    "maalinta "
    "ugu dambaysa.",
    ar="بعد قبول المكان تتلقى قرارًا بشأنه. وإذا رفضت فيمكنك تغيير رأيك حتى آخر يوم للرد.",
    uk="Після того як ви погодитеся, ви отримаєте рішення. Якщо відмовитеся, ви можете передумати до останнього дня "
    "відповіді.",
)  # fmt: skip
SILENT: Final = {
    "preschool": text(
        fi="Esiopetus on pakollista. Jos et vastaa, paikka ei katoa: palveluohjaaja soittaa sinulle.",
        sv="Förskolan är obligatorisk. Om du inte svarar försvinner platsen inte: en servicehandledare ringer dig.",
        en="Pre-school is compulsory. If you do not answer, the place is not lost: a service adviser calls you.",
        ru="Предшкольное образование обязательно. Если вы не ответите, место не пропадёт: вам позвонит консультант.",
        et="Eelkool on kohustuslik. Kui te ei vasta, ei kao koht ära: nõustaja helistab teile.",
        so="Dugsiga ka horreeya waa qasab. Haddii aadan jawaabin, booska kaama lumayo: la-taliye ayaa ku soo wacaya.",
        ar="التعليم التمهيدي إلزامي. إذا لم ترد فلن تفقد المكان: سيتصل بك مستشار الخدمات.",
        uk="Передшкільна освіта обов’язкова. Якщо ви не відповісте, місце не зникне: вам зателефонує консультант.",
    ),
    "early-education": text(
        fi="Jos et vastaa, soitamme sinulle ennen viimeistä päivää. Sen jälkeen paikka annetaan toiselle lapselle.",
        sv="Om du inte svarar ringer vi dig före den sista dagen. Efter det ges platsen till ett annat barn.",
        en="If you do not answer, we call you before the last day. After that the place goes to another child.",
        ru="Если вы не ответите, мы позвоним вам до последнего дня. После этого место получит другой ребёнок.",
        et="Kui te ei vasta, helistame teile enne viimast päeva. Pärast seda antakse koht teisele lapsele.",
        so="Haddii aadan jawaabin, waan ku soo wici doonnaa ka hor maalinta ugu dambaysa. Ka dib booska ilme kale "
        "ayaa la "
        "siinayaa.",
        ar="إذا لم ترد فسنتصل بك قبل اليوم الأخير. بعد ذلك يُعطى المكان لطفل آخر.",
        uk="Якщо ви не відповісте, ми зателефонуємо вам до останнього дня. Після цього місце отримає інша дитина.",
    ),
}  # fmt: skip
REST: Final = text(
    fi="Loput sivusta on valitsemallasi kielellä.", sv="Resten av sidan är på det språk du har valt.",
    en="The rest of the page is in English.", ru="Остальная часть страницы — на языке сайта: фин., швед. или англ.",
    et="Ülejäänud leht on soome, rootsi või inglise keeles.",
    so="Bogga intiisa kale waxay ku qoran tahay Finnish, Iswiidhish ama Ingiriisi.",
    ar="بقية الصفحة مكتوبة بالفنلندية أو السويدية أو الإنجليزية.",
    uk="Решта сторінки — фінською, шведською або англійською мовою.",
)  # fmt: skip

ALL: Final[dict[str, Text]] = {
    "title": TITLE, "take": TAKE, "another": ANOTHER, "no_need": NO_NEED, "call": CALL, "unit": UNIT,
    "address": ADDRESS, "starts": STARTS, "way": WAY, "on_foot": ON_FOOT, "lead": LEAD, "answer_by": ANSWER_BY,
    "why": WHY, "next": NEXT, "next_words": NEXT_WORDS, "rest": REST,
    **{f"form {form}": words for form, words in FORMS.items()},
    **{f"silent {form}": words for form, words in SILENT.items()},
}  # fmt: skip
"""Every text of the offer by name: a test asks that each stands in every language."""
