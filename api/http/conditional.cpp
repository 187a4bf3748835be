#include "api/http/conditional.hpp"

#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sodium.h>

namespace creneau::http {

namespace {

/// Weak comparison (RFC 9110, 8.8.3.2): "W/" does not count.
bool names(std::string_view list, std::string_view etag) {
    const auto items = list_items(list);
    return std::any_of(items.begin(), items.end(), [&](std::string_view item) {
        return item == "*" || (item.starts_with("W/") ? item.substr(2) : item) == etag;
    });
}

}  // namespace

std::string etag_of_version(std::int64_t version) {
    return '"' + std::to_string(version) + '"';
}

std::string etag_of_bytes(std::string_view bytes) {
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                       0);
    std::array<char, 2 * hash.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return '"' + std::string(hex.data()) + '"';
}

Response with_etag(const Request& request, Response response, std::string etag) {
    if (response.status != 200) {
        return response;
    }
    const auto known = request.header("if-none-match");
    if (known && names(*known, etag)) {
        response.status = 304;
        response.body.clear();
        std::erase_if(response.headers,
                      [](const auto& header) { return header.first == "Content-Type"; });
    }
    response.headers.emplace_back("ETag", std::move(etag));
    // What somebody reads who is signed in rests on no disk; a program may keep it.
    response.headers.emplace_back("Cache-Control",
                                  request.person ? "no-store" : "private, no-cache");
    return response;
}

IfMatch if_match(const Request& request, std::string_view etag) {
    const auto header = request.header("if-match");
    if (!header) {
        return IfMatch::absent;
    }
    const auto items = list_items(*header);
    const bool fits = std::any_of(items.begin(), items.end(), [&](std::string_view item) {
        return item == "*" || item == etag;
    });
    return fits ? IfMatch::fits : IfMatch::stale;
}

}  // namespace creneau::http
