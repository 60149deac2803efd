# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

import pytest

from ennakko.kernel.messages import templates
from ennakko.kernel.messages.templates import TemplateError, register_templates, template
from ennakko.kernel.messages.tests.outside import DATA, offer_templates


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "_templates", {})


def written(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"note.{name}.txt").write_text(text, encoding="utf-8")
    return folder


GOOD = {"fi": "Aihe\nHei {name}", "sv": "Ämne\nHej {name}", "en": "Subject\nHello {name}"}


def test_a_message_reads_well_in_each_language(tmp_path: Path):
    offer_templates(tmp_path)
    words = template("test.offer").render(DATA, language="fi", channel="email")
    assert words.subject == "Hei Aino"
    assert words.body == "Seteli 350\N{NO-BREAK SPACE}€ on voimassa 30.9.2026 asti.\n"
    assert "30.9.2026" in template("test.offer").render(DATA, language="sv", channel="").body
    assert "September" in template("test.offer").render(DATA, language="en", channel="").body


def test_a_channel_may_have_words_of_its_own(tmp_path: Path):
    offer_templates(tmp_path)
    assert template("test.offer").render(DATA, language="fi", channel="sms").subject == "Seteli"
    assert template("test.offer").render(DATA, language="sv", channel="sms").subject == "Hej Aino"


def test_a_language_that_has_no_text_is_served_in_finnish(tmp_path: Path):
    offer_templates(tmp_path)
    assert template("test.offer").render(DATA, language="so", channel="").subject == "Hei Aino"


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"fi": "Aihe\nHei", "sv": "Ämne\nHej"}, "no text in en"),
        (GOOD | {"sv": "Ämne\nHej {nam}"}, "nam is not among the fields name"),
        (GOOD | {"sv": "Ämne\n"}, "one of them is empty"),
        (GOOD | {"sv": "\nHej"}, "one of them is empty"),
        (GOOD | {"sv": "Ämne\nHej {name.__class__}"}, "a placeholder is a name"),
        (GOOD | {"sv": "Ämne\nHej {name[0]}"}, "a placeholder is a name"),
        (GOOD | {"sv": "Ämne\nHej {name!r}"}, "a placeholder is a name"),
        (GOOD | {"sv": "Ämne\nHej {name:>10}"}, "with :date or :money"),
        (GOOD | {"sv": "Ämne\nHej {name"}, "note.sv.txt"),
        (GOOD | {"sms.fi": "Aihe\n{other}"}, "note.sms.fi.txt: other"),
    ],
)
def test_a_template_that_would_fail_later_is_refused_when_registered(tmp_path: Path, texts, words):
    with pytest.raises(TemplateError, match=words):
        register_templates(service="test", folder=written(tmp_path, **texts), fields={"note": ("name",)})


def test_braces_in_the_data_stay_as_they_are(tmp_path: Path):
    register_templates(service="test", folder=written(tmp_path, **GOOD), fields={"note": ("name",)})
    assert template("test.note").render({"name": "{name}"}, language="en", channel="").body == "Hello {name}\n"


@pytest.mark.parametrize(("changes", "words"), [({"until": "soon"}, "is not a date"), ({"value": "350"}, "in cents")])
def test_data_of_the_wrong_kind_is_refused(tmp_path: Path, changes, words):
    offer_templates(tmp_path)
    with pytest.raises(TemplateError, match=words):
        template("test.offer").render(DATA | changes, language="fi", channel="")


def test_the_version_changes_with_any_of_the_texts(tmp_path: Path):
    register_templates(service="a", folder=written(tmp_path, **GOOD), fields={"note": ("name",)})
    written(tmp_path, sv="Ämne\nHej du, {name}")
    register_templates(service="b", folder=tmp_path, fields={"note": ("name",)})
    assert template("a.note").version != template("b.note").version


def test_an_unknown_template_names_those_there_are(tmp_path: Path):
    offer_templates(tmp_path)
    with pytest.raises(TemplateError, match=r"test\.offer"):
        template("test.ofer")
