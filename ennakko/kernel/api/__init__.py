"""How machines talk to us: OpenAPI, problems, paging."""
