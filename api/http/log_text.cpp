#include "api/http/log_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace creneau::http {

namespace {

constexpr std::size_t kLongest = 200;

bool has(std::string_view path, std::string_view part) {
    return path.find(part) != std::string_view::npos;
}

bool is_number(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// No segment of a route is as long as a token is (22 characters), even one that lost some.
bool has_long_segment(std::string_view path) {
    constexpr std::size_t kLongestOfARoute = 19;
    std::size_t length = 0;
    for (const char byte : path) {
        length = byte == '/' ? 0 : length + 1;
        if (length > kLongestOfARoute) {
            return true;
        }
    }
    return false;
}

/// Feeds are the only addresses that hold a secret, and one may be mistyped.
bool may_hold_token(std::string_view path) {
    if (has_long_segment(path)) {
        return true;
    }
    const std::string_view end = path.substr(path.rfind('/') + 1);
    if (path.starts_with("/api/")) {
        return has(path, ".ics") || (has(path, "feed") && end != "feeds" && !is_number(end));
    }
    return has(path, ".ics") || has(path, "feed") || has(path, "%");
}

}  // namespace

std::string path_for_log(std::string_view path) {
    return may_hold_token(path) ? "/feeds/***" : std::string(path.substr(0, kLongest));
}

}  // namespace creneau::http
