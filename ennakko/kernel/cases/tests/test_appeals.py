# SPDX-License-Identifier: EUPL-1.2
from datetime import date

import pytest

from ennakko.kernel.cases import appeals
from ennakko.kernel.cases.kinds import Appeal, DecisionType
from ennakko.values.texts import text


def row(start: date, body: str, days: int = 14) -> Appeal:
    return Appeal(
        start=start,
        act=text(fi="laki", sv="lag", en="act"),
        body=text(fi=body, sv=body, en=body),
        days=days,
        service_rule=text(fi="tiedoksi", sv="delges", en="served"),
    )


OLD, NEW = row(date(2020, 1, 1), "committee"), row(date(2026, 1, 1), "board", 30)


@pytest.fixture(autouse=True)
def _own_rows(monkeypatch):
    monkeypatch.setattr(appeals, "_rows", {})


def test_the_municipalitys_rows_come_earliest_first_however_they_were_given():
    appeals.set_appeals({"test.rejected": [NEW, OLD]})
    assert appeals.appeals_of("test.rejected") == (OLD, NEW)


def test_a_decision_of_which_the_municipality_has_told_nothing_has_no_rows():
    appeals.set_appeals({"test.rejected": [OLD]})
    assert appeals.appeals_of("test.accepted") == ()


def test_rows_given_again_replace_all_that_stood():
    appeals.set_appeals({"test.rejected": [OLD], "test.accepted": [OLD]})
    appeals.set_appeals({"test.rejected": [NEW]})
    assert (appeals.appeals_of("test.rejected"), appeals.appeals_of("test.accepted")) == ((NEW,), ())


def test_a_decision_has_the_appeal_of_its_day_frozen_in_every_language():
    appeals.set_appeals({"test.rejected": [NEW, OLD]})
    title = text(fi="p", sv="b", en="d")
    kind = DecisionType("test.rejected", title, {"rejected": title}, appeals.appeals_of("test.rejected"))
    assert kind.appeal_on(date(2025, 12, 31)) == OLD
    frozen = kind.appeal_on(date(2026, 1, 1)).frozen()
    assert (frozen["from"], frozen["days"], frozen["published"]) == ("2026-01-01", 30, False)
    assert frozen["body"] == {"fi": "board", "sv": "board", "en": "board"}
    with pytest.raises(LookupError, match="no appeal row for 2019"):
        kind.appeal_on(date(2019, 12, 31))
