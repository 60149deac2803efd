# SPDX-License-Identifier: EUPL-1.2
"""What start-up gave is given back after each test, the permits and figures; nothing kept goes on to the next."""

from collections.abc import Iterator

import pytest
from django.apps import apps


@pytest.fixture(autouse=True)
def _as_start_up_gave_them() -> Iterator[None]:
    if not apps.ready:  # the rules alone, without the product around them
        yield
        return
    from django.core.cache import cache

    from ennakko.kernel.registers.permits import permits, set_permits
    from ennakko.rules.parameters import default_book, set_default_book

    table, book = permits(), default_book()
    cache.clear()
    yield
    set_permits(table)
    set_default_book(book)
