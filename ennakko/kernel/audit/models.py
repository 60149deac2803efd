# SPDX-License-Identifier: EUPL-1.2
"""The log: a hash chain of entries, their erasable details, and reads sealed into the chain block by block."""

from django.db import models


class ChainHead(models.Model):
    """The last entry's number and hash: one row, locked by every writer, so that the chain never forks."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_chain_has_one_head")]

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"


class Entry(models.Model):
    """One thing that was done. References are pseudonymous; `statement` says what is no person's data."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=100)
    actor_kind = models.CharField(max_length=20)
    actor_reference = models.CharField(max_length=32)
    organisation_reference = models.CharField(max_length=32, blank=True, help_text="The organisation acted for, if any")
    subject_reference = models.CharField(max_length=32)
    retention = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, help_text="Salted digest of the details")
    statement = models.TextField(blank=True, help_text="Canonical JSON; never personal, never erased")
    key_id = models.IntegerField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject_reference"], name="audit_entry_subject"),
            models.Index(fields=["actor_reference"], name="audit_entry_actor"),
            models.Index(
                fields=["organisation_reference", "-number"],
                name="audit_entry_organisation",
                condition=~models.Q(organisation_reference=""),
            ),
            models.Index(fields=["retention", "at"], name="audit_entry_retention"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class Segment(models.Model):
    """An entry's details and the salt of their digest: both go when the retention of their class ends."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="segment")
    salt = models.CharField(max_length=32)
    details = models.TextField(help_text="Canonical JSON")

    def __str__(self) -> str:
        return f"details of {self.entry_id}"


class Coverage(models.Model):
    """A set of persons whom one screening read; the same set is stored once."""

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the sorted person keys, 8 bytes each")
    persons = models.IntegerField()
    bits = models.SmallIntegerField(help_text="The set is split in 2^bits parts by a hash of the key")

    def __str__(self) -> str:
        return f"{self.persons} persons"


class CoveragePart(models.Model):
    """The sorted keys of one part of a coverage, as compressed differences."""

    coverage = models.ForeignKey(Coverage, on_delete=models.CASCADE, related_name="parts")
    part = models.IntegerField()
    keys = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "coverage"], name="coverage_part_once")]

    def __str__(self) -> str:
        return f"part {self.part} of {self.coverage_id}"


class Read(models.Model):
    """One look at somebody's data, or one screening of many; its content goes when its retention ends."""

    at = models.DateTimeField()
    retention = models.CharField(max_length=60)
    purpose = models.CharField(max_length=100, blank=True)
    actor_kind = models.CharField(max_length=20, blank=True)
    actor_reference = models.CharField(max_length=32, blank=True)
    organisation_reference = models.CharField(max_length=32, blank=True)
    person_reference = models.CharField(max_length=32, blank=True)
    coverage = models.ForeignKey(Coverage, on_delete=models.PROTECT, null=True, blank=True)
    content = models.TextField(blank=True, help_text="Canonical JSON: facts, snapshot, reason")
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)
    block = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="reads")

    class Meta:
        indexes = [
            models.Index(fields=["person_reference", "at"], name="audit_read_person"),
            models.Index(fields=["id"], name="audit_read_unsealed", condition=models.Q(block__isnull=True)),
            models.Index(fields=["retention", "at"], name="audit_read_retention"),
        ]

    def __str__(self) -> str:
        return f"read {self.pk} for {self.purpose}"
