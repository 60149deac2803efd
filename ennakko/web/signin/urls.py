# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from ennakko.web.signin import acting, views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/<slug:group>/", views.start, name="sign-in-start"),
    path("sign-in/<slug:group>/callback", views.callback, name="sign-in-callback"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("organisation/choose/", acting.choice, name="organisation-choice"),
    path("organisation/choose/ask", acting.ask, name="organisation-ask"),
    path("organisation/choose/callback", acting.callback, name="organisation-callback"),
    path("organisation/choose/act", acting.act, name="organisation-act"),
    path("organisation/choose/leave", acting.leave, name="organisation-leave"),
]
