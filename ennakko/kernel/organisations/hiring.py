# SPDX-License-Identifier: EUPL-1.2
"""Which services' payments to an employer show that it hired somebody: each service says it of itself."""

_services: set[str] = set()


def payments_show_hiring(service: str) -> None:
    """A service pays employers who hired somebody."""
    _services.add(service)


def hiring_services() -> frozenset[str]:
    """The services whose payments show a hiring."""
    return frozenset(_services)
