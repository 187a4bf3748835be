#pragma once

#include "api/http/response.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace creneau::http {

inline constexpr std::size_t kMaxAnswer = std::size_t{512} * 1024;  // body; page the rest

/// The Content-Security-Policy of every answer: nothing in it acts, embeds or is embedded.
inline constexpr std::string_view kNothingActs =
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

/// What the connection and not the handler decides about an answer.
struct Framing {
    bool keep_alive = true;
    bool head_only = false;  // HEAD: the length of the body, not the body
    bool https = false;      // adds Strict-Transport-Security
    std::string request_id;
    std::chrono::sys_seconds now;
};

/// The bytes of an answer: status line, the handler's headers, security headers, Cache-Control:
/// no-store unless the handler chose another, Content-Length, body.
[[nodiscard]] std::string to_wire(const Response& response, const Framing& framing);

}  // namespace creneau::http
