# SPDX-License-Identifier: EUPL-1.2
"""Journeys through the pages in a real browser, in a small city of their own; `pytest -m browser tests/journeys`.

A journey is a test marked `browser` that takes the fixture `visit` and reads as what somebody does:

    def test_a_youth_says_no_and_takes_it_back(visit):
        aino = visit("aino", language="fi", width=320)      # signed in; `visit()` is nobody yet
        aino.opens("/my/")
        aino.page.get_by_role("link", name="Katso").click()  # `page` is Playwright's own
        aino.finds_it_sound()                                # axe, one h1, the language, nothing wider than the screen

`visit(persona=None, language="fi", width=1280, script=True, dark=False)` gives a Visitor (visitors.py) who `opens`,
`speaks`, `signs_in` and `signs_out` through the pages, `tabs_to` with only a keyboard, `finds_it_sound`, `pictures`.
A page that faults (an error in the console, a broken policy, an answer of 500) fails the journey that met it.

The city (city.py) has 3,000 residents and every persona. It is built once a session, in a folder and, on PostgreSQL, a
database of its own. It is shared: a journey leaves other journeys' personas as they were, and only the last one, in
test_the_clock_moves_last.py, moves the clock.
`city.runs("tick")` runs a command in it. ENNAKKO_PICTURES=folder keeps a picture of each page that was found sound.
"""
