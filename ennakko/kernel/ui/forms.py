# SPDX-License-Identifier: EUPL-1.2
"""Django forms in the design system's clothes: `{{ form }}` writes error summary, labels, inputs and messages."""

from django import forms
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString


class HdsRenderer(TemplatesSetting):
    """Every form of the project is written with these templates."""

    form_template_name = "ui/form.html"
    formset_template_name = "django/forms/formsets/div.html"
    field_template_name = "ui/field.html"


class DateInput(forms.DateInput):
    """The browser's own date input; ISO dates on the wire."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


def kind_of(field: BoundField) -> str:
    """Which frame a field needs: choices (radio, checkboxes), one checkbox, or an input with a label above."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "input"


def dressed(field: BoundField) -> SafeString:
    """The input of a field with the design system's class."""
    kind = kind_of(field)
    if kind == "choices":
        return SafeString(str(field))
    css = "hds-checkbox__input" if kind == "checkbox" else "hds-text-input__input"
    return field.as_widget(attrs={"class": f"{css} {field.field.widget.attrs.get('class', '')}".strip()})
