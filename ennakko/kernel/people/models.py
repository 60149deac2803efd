# SPDX-License-Identifier: EUPL-1.2
"""The people who have an offer or a case with us; nobody else has a row."""

from django.db import models


class Person(models.Model):
    """One person under the registers' opaque key, with how to reach them.

    The register's contact facts are brought up to date by `ensure`, except those the person chose themselves.
    """

    key = models.BigIntegerField(primary_key=True)
    identity_code_sealed = models.BinaryField(null=True, blank=True)
    identity_code_index = models.CharField(max_length=32, null=True, blank=True, unique=True)
    given_names = models.CharField(max_length=300, blank=True)
    surname = models.CharField(max_length=200, blank=True)
    search = models.CharField(max_length=600, blank=True, help_text="Names case-folded, surname first")
    language = models.CharField(max_length=10, default="fi")
    channel = models.CharField(max_length=20, blank=True, help_text="The channel they chose; empty: the city chooses")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    suomifi_messages = models.BooleanField(default=False, help_text="Has an active Suomi.fi mailbox")
    non_disclosure = models.BooleanField(default=False)
    chosen_at = models.DateTimeField(null=True, blank=True, help_text="When they last chose how to be reached")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["search"], name="person_search"),
            # Few among many: what every list leaves out.
            models.Index(fields=["key"], condition=models.Q(non_disclosure=True), name="person_protected"),
        ]

    def __str__(self) -> str:
        return f"person {self.key}"
