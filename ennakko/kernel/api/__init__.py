# SPDX-License-Identifier: EUPL-1.2
"""The open programming interface: OpenAPI 3.1, problems by RFC 9457, strict bodies."""
