# SPDX-License-Identifier: EUPL-1.2
"""Queries whose SQL is made once: what every request asks in the same words, with only the values changing.

    _by_number = Ready(lambda: Voucher.objects.filter(number=Given("number")))
    voucher = _by_number.first(number=123)

Django spends some ten times as long over making a small query as the database over answering it.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import get_related_populators
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

from ennakko.kernel.statements import database, moment_as_stored, rows_of

M = TypeVar("M", bound=Model)


class Given(Expression):
    """A value of a ready query that is told each time it is asked: in `filter(number=Given("number"))`.

    Told as the column stores it (text, whole number, day, moment), and never None: `= NULL` is true of no row.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class _Made:
    """The SQL of one query for one kind of database, and how its rows become objects.

    It reads what Django's own `ModelIterable` reads of a compiler, in the same way; there is no public door to it. The
    version of Django is pinned, and tests compare every kind of row with what the query set itself gives. What it
    cannot make is refused at the first use: TypeError.
    """

    def __init__(self, rows: "QuerySet[Any]") -> None:
        if rows.query.annotations or rows.query.extra or rows._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise TypeError("A ready query gives plain rows: without annotations, extra columns or prefetching.")
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.parameters = compiler.as_sql()
        information = compiler.klass_info
        if information is None or rows._fields is not None:  # type: ignore[attr-defined]
            raise TypeError("A ready query gives rows of a model: without values() or values_list().")
        columns = information["select_fields"]
        self.model: type[Model] = information["model"]
        self.start, self.end = columns[0], columns[-1] + 1
        self.names = [column[0].target.attname for column in compiler.select[self.start : self.end]]
        self.related = get_related_populators(information, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
        self.converters = [
            (place, functions, expression)
            for place, (functions, expression) in compiler.get_converters([one[0] for one in compiler.select]).items()
        ]
        self.plain = _is_plain(self.model, self.names)

    def objects(self, found: list[tuple[Any, ...]], db: BaseDatabaseWrapper) -> Iterator[Model]:
        for row in found:
            values = list(row)
            for place, functions, expression in self.converters:
                for function in functions:
                    values[place] = function(values[place], expression, db)
            own = values[self.start : self.end]
            one = (
                _put_together(self.model, self.names, own)
                if self.plain
                else self.model.from_db(DEFAULT_DB_ALIAS, self.names, own)
            )
            for other in self.related:
                other.populate(values, one)
            yield one


def _is_plain(model: type[Model], names: list[str]) -> bool:
    """Whether a row of the model is its columns and nothing else: nobody has a hand in how it is made."""
    usual = model.__init__ is Model.__init__ and vars(Model)["from_db"] is _inherited(model, "from_db")
    kinds = (DeferredAttribute, ForeignKeyDeferredAttribute)
    listened_to = pre_init.has_listeners(model) or post_init.has_listeners(model)
    return usual and not listened_to and all(type(_inherited(model, name)) in kinds for name in names)


def _inherited(model: type[Model], name: str) -> Any:
    return next(vars(kind)[name] for kind in model.__mro__ if name in vars(kind))


def _put_together(model: type[Model], names: list[str], values: list[Any]) -> Model:
    """What `from_db` makes of a row, without a call for each of its columns."""
    one = model.__new__(model)
    one.__dict__.update(zip(names, values, strict=True))
    state = one._state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    return one


class Ready(Generic[M]):
    """A query set with some values left open, made into SQL at its first use. Plain rows of a model, no prefetching."""

    def __init__(self, rows: "Callable[[], QuerySet[M]]") -> None:
        self._rows = rows
        self._made: dict[str, _Made] = {}
        self._counting: dict[str, tuple[str, Any]] = {}

    def all(self, **given: Any) -> list[M]:
        """Every row, in the query's order, for the values that it leaves open."""
        db = database()
        made = self._made.get(db.vendor)
        if made is None:
            made = self._made[db.vendor] = _Made(self._rows())
        found = rows_of(made.sql, _values(made.parameters, given, db))
        return cast("list[M]", list(made.objects(found, db))) if found else []

    def first(self, **given: Any) -> M | None:
        """The first row; give the query an order, and cut it to one row, where there may be more."""
        found = self.all(**given)
        return found[0] if found else None

    def count(self, **given: Any) -> int:
        """How many rows there are; none of them is read."""
        db = database()
        if db.vendor not in self._counting:
            keys = self._rows().order_by().values("pk").query
            sql, parameters = keys.get_compiler(DEFAULT_DB_ALIAS).as_sql()
            self._counting[db.vendor] = f"SELECT COUNT(*) FROM ({sql}) counted", parameters  # noqa: S608
        sql, parameters = self._counting[db.vendor]
        return int(rows_of(sql, _values(parameters, given, db))[0][0])


def _values(parameters: Any, given: dict[str, Any], db: BaseDatabaseWrapper) -> list[Any]:
    return [_told(given[one.name], db) if isinstance(one, Given) else one for one in parameters]


def _told(value: Any, db: BaseDatabaseWrapper) -> Any:
    if isinstance(value, datetime):
        return moment_as_stored(value, db)
    if isinstance(value, date):
        return db.ops.adapt_datefield_value(value)
    return value
