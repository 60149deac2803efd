# SPDX-License-Identifier: Apache-2.0
"""The law as code: written once, it decides one case, screens everyone and simulates a reform."""
