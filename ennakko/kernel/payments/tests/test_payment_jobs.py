# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

import pytest

from ennakko.kernel.jobs.registry import jobs as registered
from ennakko.kernel.payments import formats, jobs, ports
from ennakko.kernel.payments.models import Batch
from ennakko.kernel.payments.tests import paying as p

pytestmark = pytest.mark.django_db


def nothing(done: int, of: int | None = None, /) -> None:
    """Nobody follows the progress."""


def run(job):
    return job(at=p.AT, on=p.ON, progress=nothing).figures


def test_the_jobs_pay_what_is_due_without_anybody_where_the_municipality_lets_them():
    assert {job.name for job in registered()} >= {job.name for job in jobs.JOBS}
    p.lines(3)
    with p.let_go("automatic"), p.other_side() as there:
        assert run(jobs.make) == {"batches": 1, "lines": 3}
        assert run(jobs.send) == {"sent": 1, "not_taken": 0}
        batch = Batch.objects.get()
        there.waiting = [p.says(batch, 1), p.says(batch, 2), p.says(batch, 3, "returned")]
        assert run(jobs.confirm) == {"stored": 3, "paid": 2, "returned": 1, "repeated": 0, "odd": 0}
        assert [run(job) for job in (jobs.make, jobs.send)] == [{"batches": 0, "lines": 0}, {"sent": 0, "not_taken": 0}]
    assert run(jobs.destroy_old) == {"emptied": 0}
    assert run(jobs.seal_again) == {"resealed": 0}


def test_a_service_whose_file_cannot_be_written_holds_up_no_other(monkeypatch):
    def broken(batch, lines):
        raise LookupError("a column is missing")

    shown = {"title": p.FORMAT.title, "file_name": p.FORMAT.file_name, "content_type": "text/csv"}
    known = {
        "broken.csv": formats.PaymentFormat(id="broken.csv", service="broken", write=broken, **shown),
        **formats._formats,
    }
    monkeypatch.setattr(formats, "_formats", known)
    p.line(1, service="broken")
    p.line(2)
    for _ in range(2):
        with pytest.raises(LookupError, match="a column is missing"):
            run(jobs.make)
    assert dict(Batch.objects.values_list("service", "state")) == {"broken": "made", "sample": "ready"}
    known["broken.csv"] = formats.PaymentFormat(id="broken.csv", service="broken", write=p.written, **shown)
    run(jobs.make)
    assert Batch.objects.get(service="broken").state == "ready"


def test_a_finance_system_that_is_down_fails_the_job_and_not_the_day():
    with p.other_side() as there:
        there.confirmations = lambda: (_ for _ in ()).throw(ports.Unavailable("finance: 503"))
        with pytest.raises(ports.Unavailable):
            run(jobs.confirm)
    p.line(1, due=p.ON + timedelta(1))
    assert run(jobs.make) == {"batches": 0, "lines": 0}
