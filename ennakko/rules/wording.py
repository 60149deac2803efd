# SPDX-License-Identifier: Apache-2.0
"""A rule's expressions in words, for lawyers: what a step is made of, in every language of the house."""

from __future__ import annotations

from ennakko.rules.binding import Definition
from ennakko.rules.node import Const, FactRef, Named, Node, On, ParamRef, StepRef, TableRef, YearRef
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.sentences import blank_names, in_words, is_money, short_name
from ennakko.rules.tree import AddYears, Aggregate, And, Choose, Compare, IsIn, Max, Min, Or, Place, Sub, Year

# {0}, {1}: the operands in words, in the order of the node's fields.
PHRASES: dict[str, tuple[str, str, str]] = {
    "Not": ("ei pidä paikkaansa: {0}", "stämmer inte: {0}", "it is not so that {0}"),
    "IsKnown": ("{0} on tiedossa", "{0} är känt", "{0} is known"),
    "OrElse": ("{0} (ellei tiedossa: {1})", "{0} (om okänt: {1})", "{0} (if not known: {1})"),
    "Add": ("{0} + {1}", "{0} + {1}", "{0} + {1}"),
    "Sub": ("{0} − {1}", "{0} − {1}", "{0} − {1}"),
    "Mul": ("{0} × {1}", "{0} × {1}", "{0} × {1}"),
    "Neg": ("−{0}", "−{0}", "−{0}"),
    "FloorDiv": (
        "{0} / {1} alaspäin pyöristettynä",
        "{0} / {1} avrundat nedåt",
        "{0} / {1} rounded down",
    ),
    "RoundHalfUp": (
        "{0} / {1} lähimpään kokonaiseen pyöristettynä (puolikas ylöspäin)",
        "{0} / {1} avrundat till närmaste heltal (hälften uppåt)",
        "{0} / {1} rounded to the nearest whole (half up)",
    ),
    "Year": ("vuosi, jona on {0}", "året för {0}", "the year of {0}"),
    "Month": ("kuukausi, jona on {0}", "månaden för {0}", "the month of {0}"),
    "Day": ("kuukauden päivä, jona on {0}", "dagen i månaden för {0}", "the day of the month of {0}"),
    "AddYears": ("{0} + {1} vuotta", "{0} + {1} år", "{0} + {1} years"),
    "AddMonths": ("{0} + {1} kuukautta", "{0} + {1} månader", "{0} + {1} months"),
    "AddDays": ("{0} + {1} päivää", "{0} + {1} dagar", "{0} + {1} days"),
    "DaysBetween": ("päivien määrä: {0} – {1}", "antalet dagar: {0} – {1}", "the days from {0} to {1}"),
    "Days30E": (
        "päivien määrä (30/360): {0} – {1}",
        "antalet dagar (30/360): {0} – {1}",
        "the days (30/360) from {0} to {1}",
    ),
    "MonthsBetween": (
        "täysien kuukausien määrä: {0} – {1}",
        "antalet hela månader: {0} – {1}",
        "the whole months from {0} to {1}",
    ),
    "TableRef": ("{table} arvolla {0}", "{table} för värdet {0}", "{table} for {0}"),
    "year": ("{parameter} vuonna {0}", "{parameter} år {0}", "{parameter} in the year {0}"),
    "year table": (
        "{parameter} vuonna {0} arvolla {1}",
        "{parameter} år {0} för värdet {1}",
        "{parameter} in the year {0} for {1}",
    ),
    "year set": (
        "{1} on jokin näistä: {parameter} vuonna {0}",
        "{1} är något av {parameter} år {0}",
        "{1} is one of {parameter} in the year {0}",
    ),
    "IsIn": ("{0} on jokin näistä: {options}", "{0} är något av {options}", "{0} is one of {options}"),
    "Min": ("pienin näistä: {list}", "det minsta av {list}", "the least of {list}"),
    "Max": ("suurin näistä: {list}", "det största av {list}", "the greatest of {list}"),
    "count": (
        "{relation}: kuinka monesta pitää paikkansa, että {where}",
        "{relation}: hur många det gäller att {where}",
        "{relation}: of how many it is so that {where}",
    ),
    "any": (
        "{relation}: jostakusta pitää paikkansa, että {where}",
        "{relation}: om någon gäller det att {where}",
        "{relation}: of someone it is so that {where}",
    ),
    "sum": (
        "{relation}: {value} yhteensä niiltä, joista pitää paikkansa: {where}",
        "{relation}: {value} sammanlagt för dem om vilka det gäller: {where}",
        "{relation}: the sum of {value} of those of whom it is so: {where}",
    ),
    "max": (
        "{relation}: suurin {value} niistä, joista pitää paikkansa: {where}",
        "{relation}: det största av {value} för dem om vilka det gäller: {where}",
        "{relation}: the greatest {value} of those of whom it is so: {where}",
    ),
    "min": (
        "{relation}: pienin {value} niistä, joista pitää paikkansa: {where}",
        "{relation}: det minsta av {value} för dem om vilka det gäller: {where}",
        "{relation}: the least {value} of those of whom it is so: {where}",
    ),
    "Place": (
        "{relation}: henkilön sija järjestyksessä {order} niiden joukossa, joista pitää paikkansa: {where}",
        "{relation}: personens plats i ordningen {order} bland dem om vilka det gäller: {where}",
        "{relation}: the person's place by {order} among those of whom it is so: {where}",
    ),
    "On": ("ratkaisupäivä", "dagen för avgörandet", "the day of deciding"),
    "aged": ("{0}: {1} vuotta on täyttynyt", "{0}: {1} år har fyllts", "{0}: the age of {1} has been reached"),
    "turns": (
        "ikä, joka kalenterivuonna täyttyy ({0}), on {options}",
        "åldern som fylls under kalenderåret ({0}) är {options}",
        "the age reached in the calendar year ({0}) is {options}",
    ),
    "if": ("jos {0}: {1}", "om {0}: {1}", "if {0}: {1}"),
    "otherwise": ("muuten {0}", "annars {0}", "otherwise {0}"),
    "every": ("(kaikki)", "(alla)", "(everyone)"),
    "and": (" ja ", " och ", " and "),
    "or": (" tai ", " eller ", " or "),
}
SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}
INDEX = {"fi": 0, "sv": 1, "en": 2}


class Wording:
    """Words for the nodes of one rule in one language: facts by their labels, steps by their sentences."""

    def __init__(self, definition: Definition, book: ParameterBook, language: str) -> None:
        self.definition = definition
        self.book = book
        self.language = language
        self.index = INDEX.get(language, 0)

    def of(self, node: Node) -> str:
        """A node in words."""
        if isinstance(node, Named):
            return self.of(node.x)
        if isinstance(node, FactRef):
            return self.definition.label(node).label.in_(self.language)
        if isinstance(node, StepRef):
            return self.step(self.definition.step(node.name))
        if isinstance(node, ParamRef):
            return self.parameter(node.name)
        if isinstance(node, Const):
            return in_words(node.value).in_(self.language)
        if isinstance(node, On):
            return self.phrase("On")
        if isinstance(node, And | Or):
            return self.phrase("and" if isinstance(node, And) else "or").join(self.part(each) for each in node.xs)
        if isinstance(node, Compare) and node.op == "<=" and isinstance(node.a, AddYears) and node.b == On():
            return self.phrase("aged").format(self.of(node.a.x), self.of(node.a.n))
        if isinstance(node, Compare):
            money = is_money(self.definition, self.book, node.a) or is_money(self.definition, self.book, node.b)
            return f"{self.part(node.a, money)} {SIGNS[node.op]} {self.part(node.b, money)}"
        if isinstance(node, Choose):
            return self.choice(node)
        if isinstance(node, Aggregate | Place):
            return self.relation(node)
        return self.operator(node)

    def step(self, step: Named) -> str:
        """A step as others name it: its sentence in quotation marks; of a mere figure what it is; else its name."""
        if step.says is None and isinstance(step.x, ParamRef | YearRef):
            return self.of(step.x)
        if step.says is None or blank_names(step.says):
            return step.name
        return f"”{step.says.in_(self.language)}”" if self.language != "en" else f"“{step.says.in_('en')}”"

    def parameter(self, name: str) -> str:
        """A parameter as its label, without one its short name."""
        label = self.book.get(name).label if name in self.book else None
        return short_name(name) if label is None else label.in_(self.language)

    def phrase(self, key: str) -> str:
        return PHRASES[key][self.index]

    def part(self, node: Node, money: bool = False) -> str:
        """An operand: in parentheses where it would be read apart."""
        if isinstance(node, Const) and money:
            return in_words(node.value, money=True).in_(self.language)
        return f"({self.of(node)})" if len(node.children) > 1 and not isinstance(node, Aggregate) else self.of(node)

    def operator(self, node: Node) -> str:
        kind = type(node).__name__
        parts = [self.part(child) for child in ((node.x,) if isinstance(node, IsIn) else node.children)]
        more: dict[str, str] = {}
        if isinstance(node, TableRef):
            more["table"] = self.parameter(node.name)
        elif isinstance(node, YearRef):
            kind = "year" if node.at is None else f"year {node.form}"
            more["parameter"] = self.parameter(node.name)
        elif isinstance(node, IsIn):
            options = node.options
            more["options"] = (
                self.parameter(options.name) if isinstance(options, ParamRef) else in_words(options).in_(self.language)
            )
            if isinstance(node.x, Sub) and node.x.a == Year(On()) and isinstance(node.x.b, Year):
                kind, parts = "turns", [self.of(node.x.b.x)]
        elif isinstance(node, Min | Max):
            more["list"] = "; ".join(parts)
        return self.phrase(kind).format(*parts, **more)

    def choice(self, node: Choose) -> str:
        money = is_money(self.definition, self.book, node)
        cases = [self.phrase("if").format(self.of(when), self.part(value, money)) for when, value in node.cases]
        return "; ".join([*cases, self.phrase("otherwise").format(self.part(node.otherwise, money))])

    def relation(self, node: Aggregate | Place) -> str:
        known = self.definition.labels.get((node.relation, ""))
        everyone = node.where == Const(True, "bool")
        words = {
            "relation": node.relation if known is None else known.label.in_(self.language),
            "where": self.phrase("every") if everyone else self.of(node.where),
        }
        if isinstance(node, Place):
            return self.phrase("Place").format(order=self.of(node.order_by), **words)
        return self.phrase(node.how).format(value="" if node.value is None else self.of(node.value), **words)
