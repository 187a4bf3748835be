#pragma once

#include "api/http/request.hpp"
#include "api/http/response.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::http {

/// A strong entity tag from a version number: "\"7\"".
[[nodiscard]] std::string etag_of_version(std::int64_t version);
/// A strong entity tag from the bytes of an answer.
[[nodiscard]] std::string etag_of_bytes(std::string_view bytes);

/// Puts ETag on a 200; turns it into 304 when If-None-Match names that tag (or "*"). Browsers keep
/// the answer for nobody who is signed in (ASVS 14.3.2), else to ask for it anew.
[[nodiscard]] Response with_etag(const Request& request, Response response, std::string etag);

enum class IfMatch : std::uint8_t { absent, fits, stale };
/// What If-Match says about the object's present tag. Weak tags never fit.
[[nodiscard]] IfMatch if_match(const Request& request, std::string_view etag);

}  // namespace creneau::http
