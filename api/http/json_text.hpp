#pragma once

#include "api/http/problem.hpp"

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

/// Why a text is no JSON that we take; `place` is a JSON pointer when one is known.
struct JsonFault {
    std::string code;  // "malformed", "too_deep", "duplicate_key"
    std::string place;
    Text detail;
};

/// Strict JSON in UTF-8, nested at most 16 deep, no key twice in one object.
[[nodiscard]] tl::expected<nlohmann::json, JsonFault> parse_json(std::string_view text);

}  // namespace creneau::http
