#pragma once

#include "api/http/request.hpp"
#include "api/http/request_framer.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace creneau::http {

/// What the server adds to every request.
struct Surroundings {
    std::string client;  // the other end of the socket
    people::TownId town{};
    bool secure = false;
    std::chrono::sys_seconds now;
};

/// A framed request as handlers see it; HEAD becomes GET. `well_formed` is false when the query is
/// no percent-encoded UTF-8.
struct ReadRequest {
    Request request;
    bool well_formed = true;
};
[[nodiscard]] ReadRequest read_request(FramedRequest framed, const Surroundings& surroundings);

/// The name of the session cookie: "__Host-creneau", or "creneau" over plain HTTP.
[[nodiscard]] const char* session_cookie(bool secure);

/// The last address of X-Forwarded-For when the socket's other end is this machine (nginx), else
/// that other end.
[[nodiscard]] std::string client_of(const Request& request, std::string_view peer);

/// French unless Accept-Language ranks English above it.
[[nodiscard]] Language language_of(std::string_view accept_language);

}  // namespace creneau::http
