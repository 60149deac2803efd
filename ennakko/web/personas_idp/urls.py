# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from ennakko.web.personas_idp import views

urlpatterns = [
    path("<slug:group>/.well-known/openid-configuration", views.metadata, name="personas-metadata"),
    path("<slug:group>/jwks", views.jwks, name="personas-jwks"),
    path("<slug:group>/authorize", views.authorize, name="personas-authorize"),
    path("<slug:group>/token", views.token, name="personas-token"),
]
