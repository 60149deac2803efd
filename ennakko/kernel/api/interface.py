# SPDX-License-Identifier: EUPL-1.2
"""The open programming interface, described by itself as OpenAPI 3.1 at `openapi.json`."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from ennakko.kernel.api import figures_operations, rules_operations
from ennakko.kernel.api.problems import MEDIA_TYPE, answer_with_problems

_PROBLEM = "#/components/schemas/Problem"


class Interface(NinjaAPI):
    """The interface, whose description tells that errors are problems by their own media type."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """The description as OpenAPI 3.1."""
        schema = super().get_openapi_schema(*args, **kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for answer in operation["responses"].values():
                    said = answer.get("content", {}).get("application/json", {})
                    if said.get("schema", {}).get("$ref") == _PROBLEM:
                        answer["content"] = {MEDIA_TYPE: said}
        return schema


api = Interface(
    title="Ennakko",
    version="1",
    description="Rules as code and published figures of the city. No personal data is read or stored.",
    docs_url=None,
    urls_namespace="api",
)
answer_with_problems(api)
api.add_router("/rules", rules_operations.router)
api.add_router("/figures", figures_operations.router)
