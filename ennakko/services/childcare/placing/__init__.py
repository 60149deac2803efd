# SPDX-License-Identifier: EUPL-1.2
"""A round of places from children, pools and ways to a proposal with its proof and reasons; pure, no database."""
