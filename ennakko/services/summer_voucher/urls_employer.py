# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the employer's claim: the employer's own pages and the staff's; no name or code stands in one."""

from django.urls import path

from ennakko.services.summer_voucher import (
    pages_claim,
    pages_claim_desk,
    pages_claim_figures,
    pages_claim_lists,
    pages_claims,
    pages_draft,
    pages_employer,
    pages_same_again,
)

OWN = "organisation/summer-voucher/"
STAFF = "summer-voucher/claims/"
urlpatterns = [
    path(OWN, pages_employer.home, name="employer"),
    path(f"{OWN}begin/", pages_employer.begin, name="claim-begin"),
    path(f"{OWN}draft/<slug:key>/", pages_draft.draft, name="claim-draft"),
    path(f"{OWN}draft/<slug:key>/more/", pages_employer.begin, name="claim-more"),
    path(f"{OWN}draft/<slug:key>/remove", pages_draft.drop, name="claim-drop"),
    path(f"{OWN}claims/<str:reference>/", pages_claim.claim, name="claim"),
    path(f"{OWN}case/<str:number>/", pages_claim.one_case, name="claim-case"),
    path(f"{OWN}case/<str:number>/write", pages_claim.write, name="claim-write"),
    path(f"{OWN}case/<str:number>/read", pages_claim.read, name="claim-read"),
    path(f"{OWN}case/<str:number>/answer/", pages_claim.amend, name="claim-amend"),
    path(f"{OWN}case/<str:number>/account/", pages_claim.account, name="claim-account"),
    path(f"{OWN}case/<str:number>/withdraw", pages_claim.withdraw, name="claim-withdraw"),
    path(f"{OWN}case/<str:number>/document/<uuid:key>/", pages_claim.document, name="claim-document"),
    path(f"{OWN}same-again/", pages_same_again.same_again, name="same-again"),
    path(f"{OWN}same-again/answer", pages_same_again.answer, name="same-again-answer"),
    path(f"{OWN}same-again/undo", pages_same_again.undo, name="same-again-undo"),
    path(f"{OWN}data/", pages_same_again.data, name="organisation-data"),
    path(f"{OWN}data/file", pages_same_again.data_file, name="organisation-data-file"),
    path(STAFF, pages_claims.queue, name="claims"),
    path(f"{STAFF}bulk", pages_claims.bulk, name="claims-bulk"),
    path(f"{STAFF}protected/", pages_claims.protected, name="claims-protected"),
    path(f"{STAFF}case/<str:number>/", pages_claim_desk.desk, name="claims-desk"),
    path(f"{STAFF}case/<str:number>/take", pages_claim_desk.take, name="claims-take"),
    path(f"{STAFF}case/<str:number>/check", pages_claim_desk.check, name="claims-check"),
    path(f"{STAFF}case/<str:number>/ask", pages_claim_desk.ask, name="claims-ask"),
    path(f"{STAFF}case/<str:number>/propose", pages_claim_desk.propose, name="claims-propose"),
    path(f"{STAFF}case/<str:number>/send-back", pages_claim_desk.send_back, name="claims-send-back"),
    path(f"{STAFF}case/<str:number>/write", pages_claim_desk.write, name="claims-write"),
    path(f"{STAFF}case/<str:number>/read", pages_claim_desk.read, name="claims-read"),
    path(f"{STAFF}case/<str:number>/what-if", pages_claim_desk.other_figures, name="claims-what-if"),
    path(f"{STAFF}documents/<uuid:key>/", pages_claim_desk.document_of_list, name="claims-document-of-list"),
    path("summer-voucher/situation/claims/", pages_claim_figures.claim_figures, name="claim-figures"),
    path(f"{STAFF}lists/", pages_claim_lists.lists, name="claims-lists"),
    path(f"{STAFF}wishes/", pages_claim_lists.wishes, name="claims-wishes"),
    path(f"{STAFF}case/<str:number>/note", pages_claim_desk.note, name="claims-note"),
    path(f"{STAFF}case/<str:number>/note/<int:note>/remove", pages_claim_desk.remove_note, name="claims-remove-note"),
    path(f"{STAFF}case/<str:number>/document/<uuid:key>/", pages_claim_desk.document, name="claims-document"),
]
