"""Turns the contract into a C++ source that holds it as JSON.

Usage: embed_openapi.py openapi.yaml OUTPUT.cpp
"""

import json
import pathlib
import sys

import yaml

PIECE = 8000  # compilers limit the length of one string literal


def pieces(text):
    for start in range(0, len(text), PIECE):
        yield text[start:start + PIECE]


def main(source, output):
    with open(source, encoding="utf-8") as file:
        document = yaml.safe_load(file)
    text = json.dumps(document, ensure_ascii=True, separators=(",", ":"))
    literals = "\n".join(f'    R"openapi({piece})openapi"' for piece in pieces(text))
    pathlib.Path(output).write_text(
        '#include "api/http/openapi_document.hpp"\n\n'
        "namespace creneau::http {\n\n"
        f"const std::string_view kOpenapiDocument =\n{literals};\n\n"
        "}  // namespace creneau::http\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
