# SPDX-License-Identifier: EUPL-1.2
"""Names of industries, as the kernel knows them."""

from ennakko.kernel.organisations.industries import UNKNOWN as UNKNOWN
from ennakko.kernel.organisations.industries import industry_name as industry_name
