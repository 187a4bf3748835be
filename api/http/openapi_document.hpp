#pragma once

#include <string_view>

namespace creneau::http {

/// api/http/openapi.yaml as JSON; made at build time.
extern const std::string_view kOpenapiDocument;

}  // namespace creneau::http
