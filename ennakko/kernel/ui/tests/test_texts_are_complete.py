# SPDX-License-Identifier: EUPL-1.2
"""Every message of every template and module stands in Finnish and Swedish, and none is a guess."""

import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, override

from ennakko.kernel.ui.catalogues import TRANSLATED, collect, collected, compile_all, missing, rooms

PACKAGE = Path(settings.ROOT) / "ennakko"
FIRST_START = """
import django
from django.utils.translation import trans_real
from ennakko.kernel.ui import apps

def told(kind, word):
    begin = kind.__init__
    kind.__init__ = lambda *given, **named: (begin(*given, **named), print(word, flush=True))[0]

told(apps.UiConfig, "compiled")
told(trans_real.DjangoTranslation, "read")
django.setup()
"""


def test_no_message_lacks_a_translation() -> None:
    assert missing(PACKAGE) == []


def test_no_translation_is_of_a_message_that_is_gone() -> None:
    stale = []
    for room in rooms(PACKAGE):
        wanted = {(message.id, message.context) for message in collected(room, PACKAGE)}
        for language in TRANSLATED:
            path = room.locale / language / "LC_MESSAGES" / "django.po"
            if not path.exists():
                continue
            with path.open("rb") as file:
                stale += [str(m.id) for m in read_po(file, locale=language) if (m.id, m.context) not in wanted]
    assert stale == []


def test_the_pages_speak_the_language_asked_for() -> None:
    said = {}
    for language in ("fi", "sv", "en"):
        with override(language):
            said[language] = gettext("Data protection")
    assert said == {"fi": "Tietosuoja", "sv": "Dataskydd", "en": "Data protection"}


def _small_room(folder: Path) -> Path:
    package = folder / "ennakko"
    pages = package / "web" / "templates"
    pages.mkdir(parents=True)
    (pages / "one.html").write_text("{% load i18n %}{% translate 'A new word' %}", encoding="utf-8")
    (package / "web" / "locale").mkdir()
    return package


def test_a_new_message_is_collected_and_missed_until_it_is_translated(tmp_path: Path) -> None:
    package = _small_room(tmp_path)
    collect(package)
    assert len(missing(package)) == len(TRANSLATED)
    for language in TRANSLATED:
        path = package / "web" / "locale" / language / "LC_MESSAGES" / "django.po"
        written = path.read_text("utf-8").replace('msgid "A new word"\nmsgstr ""', 'msgid "A new word"\nmsgstr "sana"')
        path.write_text(written, "utf-8")
    assert missing(package) == []


def test_collecting_twice_changes_nothing_and_keeps_translations(tmp_path: Path) -> None:
    package = _small_room(tmp_path)
    collect(package)
    path = package / "web" / "locale" / "fi" / "LC_MESSAGES" / "django.po"
    path.write_text(path.read_text("utf-8").replace('word"\nmsgstr ""', 'word"\nmsgstr "Uusi sana"'), "utf-8")
    collect(package)
    once = path.read_bytes()
    collect(package)
    assert path.read_bytes() == once
    assert "Uusi sana" in once.decode()


def test_only_what_changed_is_compiled_again(tmp_path: Path) -> None:
    package = _small_room(tmp_path)
    collect(package)
    assert len(compile_all(package)) == len(TRANSLATED)
    assert compile_all(package, only_stale=True) == []


def test_texts_are_compiled_before_django_reads_any_for_the_models() -> None:
    said = subprocess.run([sys.executable, "-c", FIRST_START], capture_output=True, text=True, check=True).stdout
    assert said.split()[:2] == ["compiled", "read"]
