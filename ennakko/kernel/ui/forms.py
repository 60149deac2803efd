# SPDX-License-Identifier: EUPL-1.2
"""Django forms in the design system's clothes: `{{ form }}` writes error summary, labels, inputs and messages."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorDict
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


class AsTyped(forms.Form):
    """A form that judges nothing: everything typed is kept as it was typed, and refusals come from the actions."""

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data = {}
        if self.is_bound:
            self.cleaned_data = {name: self.value_of(name) for name in self.fields}

    def value_of(self, name: str) -> Any:
        """One value as it came."""
        return self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def raw(self) -> dict[str, Any]:
        """The values as they were typed, blanks around them taken away."""
        return {name: _stripped(self.value_of(name)) for name in self.fields}


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value if value is not None else ""


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
