# SPDX-License-Identifier: EUPL-1.2
"""Each component writes what it promises, escapes what it is given, and refuses what it does not know."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.translation import override

from ennakko.kernel.ui import filters
from ennakko.kernel.ui.checker import flaws
from ennakko.kernel.ui.forms import DateInput
from ennakko.kernel.ui.tables import Column, Row, Table, badge, sorting
from ennakko.values.texts import text

WORDS = text(fi="Seteli", sv="Sedel", en="Voucher")


def _write(source: str, **values: Any) -> str:
    request = RequestFactory().get("/", values.pop("query", {}))
    return Template("{% load i18n ui %}" + source).render(Context({"request": request, **values}))


def _page(body: str) -> str:
    return (
        f'<html lang="fi"><head><title>x</title></head><body><header></header><main><h1>x</h1><h2>y</h2>{body}</main>'
        "<footer></footer></body></html>"
    )


@pytest.mark.parametrize("kind", ["info", "success", "alert", "error"])
def test_a_notification_tells_its_kind_by_colour_and_icon(kind: str) -> None:
    html = _write("{% notification kind label %}body{% endnotification %}", kind=kind, label=WORDS)
    assert f"hds-notification--{kind}" in html
    assert "Seteli" in html
    assert "hds-icon" in html


def test_what_a_person_wrote_is_escaped_in_every_component() -> None:
    evil = "<script>alert(1)</script>"
    sources = (
        "{% notification 'info' evil %}{{ evil }}{% endnotification %}",
        "{% card evil url=evil %}{{ evil }}{% endcard %}",
        "{% summary_list %}{% summary_row evil url='/' %}{{ evil }}{% endsummary_row %}{% endsummary_list %}",
        "{% status_label 'info' evil %}",
        "{% unfold evil %}{{ evil }}{% endunfold %}",
        "{% timeline %}{% event evil when=evil %}{{ evil }}{% endevent %}{% endtimeline %}",
        "{% tiles %}{% tile evil evil %}{{ evil }}{% endtile %}{% endtiles %}",
        "{% progress 1 2 evil %}{% link_button '/' evil %}{% submit_button evil name=evil value=evil %}",
        "{% post_button '/' evil answer=evil %}",
    )
    for source in sources:
        assert "<script>" not in _write(source, evil=evil), source


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    with pytest.raises(TemplateSyntaxError, match="success"):
        _write("{% status_label 'green' 'x' %}")


def test_a_button_that_changes_something_is_a_protected_post() -> None:
    html = _write("{% post_button '/no' 'No' 'secondary' answer='no' %}", csrf_token="token")
    assert 'method="post"' in html
    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert 'name="answer" value="no"' in html


@pytest.mark.parametrize(
    "source",
    [
        '{% link_button "/a/" "Open" about=which %}',
        '{% post_button "/a/" "Open" about=which %}',
        '{% submit_button "Open" about=which %}',
        '{% unfold "Open" about=which %}{% endunfold %}',
    ],
)
def test_of_several_buttons_alike_each_says_aloud_which_it_is(source: str) -> None:
    assert 'Open<span class="visually-hidden">: A &lt;1&gt;</span>' in _write(source, which="A <1>")
    assert "visually-hidden" not in _write(source, which=" ")


def test_the_change_of_a_row_says_what_is_changed_and_of_whom() -> None:
    row = '{% summary_row "Name" url="/a/" action="Change" about=whose %}x{% endsummary_row %}'
    assert "(Name, Aino)" in _write(row, whose="Aino")
    assert "(Name)" in _write(row, whose="")


def test_values_are_written_as_the_reader_writes_them() -> None:
    at = datetime(2026, 4, 15, 6, 5, tzinfo=UTC)
    with override("fi"):
        assert filters.day(date(2026, 4, 15)) == "15.4.2026"
        assert filters.moment(at) == "15.4.2026 klo\u00a09.05"
        assert filters.money(35000) == "350\u00a0€"
        assert filters.number(12044) == "12\u00a0044"
        assert filters.number(3.5) == "3,5"
    with override("en"):
        assert filters.moment(at) == "15 April 2026 at\u00a09:05"
        assert filters.number(12044) == "12,044"
    with override("sv"):
        assert filters.say(WORDS) == "Sedel"


def _table(**more: Any) -> Table:
    columns = (Column(key="deadline", label="Deadline", sortable=True), Column(key="sum", label="Sum", numeric=True))
    rows = [Row(cells=(date(2026, 5, 1), 12044), url="/case/1", value="1"), Row(cells=(badge("alert", WORDS), None))]
    return Table(**{"caption": WORDS, "columns": columns, "rows": rows, "empty": WORDS, "sort": "deadline", **more})


def test_a_table_says_how_it_is_sorted_and_keeps_the_rest_of_the_address() -> None:
    html = _write("{% data_table table %}", table=_table(choose="case"), query={"state": "open", "page": "3"})
    assert 'aria-sort="ascending"' in html
    assert "?state=open&amp;sort=-deadline" in html
    assert 'name="case" value="1"' in html
    assert flaws(_page(html)) == []


def test_a_cell_is_written_as_it_is_said_whatever_signs_stand_in_it() -> None:
    rows = [
        Row(cells=('Tom & <b>"Jerry"</b>', 1), url="/case/1?a=1&b=2", value='1"'),
        Row(cells=(badge("alert", "R&D"), 2), value="2"),
    ]
    html = _write("{% data_table table %}", table=_table(rows=rows, choose="case"))
    assert '<a href="/case/1?a=1&amp;b=2">Tom &amp; &lt;b&gt;&quot;Jerry&quot;&lt;/b&gt;</a></td>' in html
    assert 'value="1&quot;" aria-label="Valitse Tom &amp; &lt;b&gt;&quot;Jerry&quot;&lt;/b&gt;"' in html
    assert '<td><span class="hds-status-label hds-status-label--alert">R&amp;D</span></td>' in html
    assert 'aria-label="Valitse R&amp;D"' in html
    assert flaws(_page(html)) == []


def test_an_empty_table_says_so_instead_of_standing_empty() -> None:
    html = _write("{% data_table table %}", table=_table(rows=[]))
    assert "<table" not in html
    assert "Seteli" in html


def test_only_columns_that_are_allowed_sort() -> None:
    asked = QueryDict("sort=-name; drop table")
    assert sorting(asked, allowed=("deadline",), default="deadline") == "deadline"
    assert sorting(QueryDict("sort=-deadline"), allowed=("deadline",), default="name") == "-deadline"


def test_pages_of_a_long_list_keep_the_filters() -> None:
    pages = Paginator(range(1000), 20).get_page(7)
    html = _write("{% pagination pages %}", pages=pages, query={"channel": "sms"})
    assert "?channel=sms&amp;page=8" in html
    assert 'aria-current="page">7<' in html
    assert html.count("<a ") < 15


class _Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the passport")
    born = forms.DateField(label="Born", widget=DateInput)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        label="Many", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agree = forms.BooleanField(label="Agree")
    place = forms.ChoiceField(label="Place", choices=[("x", "X")])
    words = forms.CharField(label="Words", widget=forms.Textarea, required=False)
    file = forms.FileField(label="File", required=False)


def test_a_form_is_labelled_and_sound_before_and_after_a_refusal() -> None:
    assert flaws(_page(str(_Form()))) == []
    refused = _Form({"name": "", "born": "x"})
    html = str(refused)
    assert flaws(_page(html)) == []
    assert "data-error-summary" in html
    assert 'href="#id_name"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="x"' in html


def test_links_of_the_error_summary_lead_to_something() -> None:
    html = str(_Form({}))
    for target in ("id_name", "id_born", "id_kind", "id_agree", "id_place"):
        assert f'href="#{target}"' in html
        assert f'id="{target}"' in html


def test_the_checker_finds_what_it_is_there_for() -> None:
    bad = (
        '<html><head><title>x</title></head><body><h1>a</h1><h3>b</h3><h1>c</h1><input name="n"><p id="a"></p>'
        '<p id="a"></p><a href="/"></a><img src="x"><p style="color:red" aria-describedby="gone"></p>'
        "<script>1</script></body></html>"
    )
    found = " · ".join(flaws(bad, language="fi"))
    for part in ("language", "2 first-level", "level 3 follows", "stands 2 times", "nameless <a>", "without alt",
                 "without a label: n", "'gone'", "<p style>", "<script> without src", "0 <main>"):  # fmt: skip
        assert part in found, part
