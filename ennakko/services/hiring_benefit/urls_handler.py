# SPDX-License-Identifier: EUPL-1.2
"""The addresses of those who handle applications: a case's number stands in them, no person or name."""

from django.urls import path

from ennakko.services.hiring_benefit import (
    pages_corrections,
    pages_desk,
    pages_paper,
    pages_queue,
    pages_sheet,
    pages_words,
)

PLACE = "hiring-benefit/desk/"
CASE = f"{PLACE}<str:number>/"
urlpatterns = [
    path(PLACE, pages_queue.queue, name="queue"),
    path(f"{PLACE}bulk", pages_queue.bulk, name="bulk"),
    path(f"{PLACE}protected/", pages_queue.protected, name="queue-protected"),
    path(f"{PLACE}paper/", pages_paper.enter, name="paper"),
    path(CASE, pages_desk.desk, name="desk"),
    path(f"{CASE}take", pages_desk.take, name="take"),
    path(f"{CASE}hand-over", pages_desk.hand_over, name="hand-over"),
    path(f"{CASE}look", pages_desk.look, name="look"),
    path(f"{CASE}mark", pages_desk.mark, name="mark"),
    path(f"{CASE}ask", pages_desk.ask, name="ask"),
    path(f"{CASE}write", pages_desk.write, name="write"),
    path(f"{CASE}read", pages_desk.read, name="read"),
    path(f"{CASE}note", pages_desk.note, name="note"),
    path(f"{CASE}note/<int:note>/remove", pages_desk.remove_note, name="remove-note"),
    path(f"{CASE}cancel", pages_desk.cancel, name="cancel"),
    path(f"{CASE}back", pages_desk.back, name="back"),
    path(f"{CASE}return", pages_desk.send_back, name="return"),
    path(f"{CASE}decide", pages_desk.decide, name="decide"),
    path(f"{CASE}document/<uuid:key>", pages_desk.document, name="document"),
    path(f"{CASE}calculation/", pages_sheet.sheet, name="sheet"),
    path(f"{CASE}decision/", pages_words.words, name="words"),
    path(f"{CASE}corrections/", pages_corrections.correct, name="correct"),
    path(f"{CASE}earlier/", pages_corrections.earlier, name="earlier"),
    path(f"{CASE}earlier/<int:row>/remove", pages_corrections.remove_earlier, name="remove-earlier"),
]
