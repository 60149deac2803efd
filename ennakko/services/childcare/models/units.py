# SPDX-License-Identifier: EUPL-1.2
"""Units as pools of equal seats, who leads a unit, and the street network that distances are walked on."""

from django.db import models

PROVIDERS = ("municipal", "purchased", "voucher")
BANDS = ("under-three", "three-to-five", "preschool")
LANGUAGES = ("fi", "sv", "en")


class Unit(models.Model):
    """One day-care centre or pre-school, by the key that the register of units has for it."""

    id = models.CharField(max_length=60, primary_key=True)
    name_fi = models.CharField(max_length=200)
    name_sv = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    provider = models.CharField(max_length=10, choices=[(one, one) for one in PROVIDERS])
    street_address = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    district = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    accessible = models.BooleanField(default=True)
    opens = models.DateField(null=True)
    closes = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district"], name="childcare_unit_district")]

    def __str__(self) -> str:
        return self.name_fi


class Pool(models.Model):
    """Equal seats of a unit: one language and band of ages, an ordinary or special group, with shift care or without.

    Splitting by band makes every seat of a pool equal, so that a round stays a flow. Both days are included.
    """

    id = models.CharField(max_length=80, primary_key=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="pools")
    band = models.CharField(max_length=13, choices=[(one, one) for one in BANDS])
    language = models.CharField(max_length=2, choices=[(one, one) for one in LANGUAGES])
    special = models.BooleanField(default=False)
    shift_care = models.BooleanField(default=False)
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
                name="childcare_pool_days",
            )
        ]
        indexes = [models.Index(fields=["band", "language"], name="childcare_pool_kind")]

    def __str__(self) -> str:
        return self.id


class PoolSeats(models.Model):
    """How many educators a pool has over a period, and the seats that the law lets them have (act 11–12 §).

    `educators` and `present_educators` in hundredths; both days included. `present_educators` and `present_children`
    (hundredths) are the month's mean of those who were there, None where nobody has counted.
    """

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="seats")
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    educators = models.IntegerField()
    seats = models.IntegerField()
    present_educators = models.IntegerField(null=True)
    present_children = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "first_day"], name="childcare_seats_once"),
            models.CheckConstraint(
                condition=models.Q(seats__gte=0, educators__gte=0), name="childcare_seats_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool_id} {self.first_day}: {self.seats}"


class Supervision(models.Model):
    """Who leads a unit, from a day to a day, both included."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="supervisions")
    member = models.ForeignKey("access.StaffMember", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "member", "first_day"], name="childcare_leads_once")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.unit_id}"


class StreetNetwork(models.Model):
    """A street network that was loaded from a file, packed on disk under its digest; the newest one is in use.

    `attribution` is what the licence asks to be said wherever distances are shown.
    """

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    attribution = models.CharField(max_length=400, blank=True)
    nodes = models.IntegerField()
    edges = models.IntegerField()
    crossings = models.IntegerField(default=0)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["-taken_at"], name="childcare_network_newest")]

    def __str__(self) -> str:
        return self.name
