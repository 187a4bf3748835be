"""The routes of the OpenAPI document, so that a test asks every one of them."""

import re
from pathlib import Path

import yaml

DOCUMENT = Path(__file__).resolve().parents[2] / "api/http/openapi.yaml"
METHODS = ("get", "put", "post", "patch", "delete")


class Route:
    """One operation; `address` is its path with 1 in the place of each parameter."""

    def __init__(self, document, method, path, operation):
        self._document = document
        self.method = method.upper()
        self.path = path
        self.address = re.sub(r"\{\w+\}", "1", path)
        self.parameters = re.findall(r"\{(\w+)\}", path)
        self.operation = operation
        self.changes = self.method != "GET"
        body = self.resolved(operation.get("requestBody", {}))
        self.content = body.get("content", {})

    def __str__(self):
        return f"{self.method} {self.path}"

    def resolved(self, value):
        while "$ref" in value:
            found = self._document
            for word in value["$ref"].removeprefix("#/").split("/"):
                found = found[word]
            value = found
        return value

    def takes_json(self):
        return "application/json" in self.content

    def fields(self):
        """The members that its JSON body may have."""
        def of(schema):
            schema = self.resolved(schema)
            names = set(schema.get("properties", {}))
            return names.union(*map(of, schema.get("allOf", [])))
        return of(self.content["application/json"]["schema"])


def all_routes():
    document = yaml.safe_load(DOCUMENT.read_text())
    return [Route(document, method, path, methods[method])
            for path, methods in document["paths"].items() for method in METHODS
            if method in methods]
