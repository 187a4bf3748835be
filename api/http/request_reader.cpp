#include "api/http/request_reader.hpp"

#include "api/http/request.hpp"
#include "api/http/request_framer.hpp"
#include "api/http/text.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace creneau::http {

namespace {

std::string next_request_id() {
    static const auto kStart = static_cast<std::uint32_t>(std::random_device{}());
    static std::atomic<std::uint32_t> count{0};
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%08x-%08x", kStart, ++count);
    return text.data();
}

bool is_address(const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return inet_pton(AF_INET, text.c_str(), address.data()) == 1 ||
           inet_pton(AF_INET6, text.c_str(), address.data()) == 1;
}

bool is_loopback(std::string_view address) {
    return address.starts_with("127.") || address == "::1";
}

/// "en;q=0.8" → 0.8 in thousandths; 1000 without a quality, 0 for a broken one.
int quality_of(std::string_view item) {
    const auto mark = item.find(";q=");
    if (mark == std::string_view::npos) {
        return 1000;
    }
    const auto digits = item.substr(mark + 3);
    int quality = 0;
    int scale = 1000;
    for (const char byte : digits) {
        if (byte >= '0' && byte <= '9' && scale > 0) {
            quality += (byte - '0') * scale;
            scale /= 10;
        } else if (byte != '.') {
            break;
        }
    }
    return quality > 1000 ? 0 : quality;
}

/// What an Authorization header carries (RFC 6750); empty, which is nobody's, for any other scheme.
std::optional<std::string> bearer_of(const Request& request) {
    constexpr std::string_view kScheme = "bearer ";
    const auto header = request.header("authorization");
    if (!header) {
        return std::nullopt;
    }
    const bool is_bearer = lowered(header->substr(0, kScheme.size())) == kScheme;
    return is_bearer ? std::string(header->substr(kScheme.size())) : std::string();
}

}  // namespace

const char* session_cookie(bool secure) {
    return secure ? "__Host-creneau" : "creneau";
}

std::string client_of(const Request& request, std::string_view peer) {
    const auto forwarded = request.header("x-forwarded-for");
    if (forwarded && is_loopback(peer)) {
        const std::string last(list_items(*forwarded).back());
        if (is_address(last)) {
            return last;
        }
    }
    return std::string(peer);
}

Language language_of(std::string_view accept_language) {
    int french = 1;  // unnamed, it is still preferred to an English of quality 0
    int english = 0;
    for (const auto item : list_items(accept_language)) {
        const auto tag = lowered(item.substr(0, 2));
        if (tag == "fr") {
            french = std::max(french, quality_of(item));
        } else if (tag == "en") {
            english = std::max(english, quality_of(item));
        }
    }
    return english > french ? Language::en : Language::fr;
}

ReadRequest read_request(FramedRequest framed, const Surroundings& surroundings) {
    ReadRequest read;
    auto& request = read.request;
    request.method = framed.head.method == "HEAD" ? "GET" : std::move(framed.head.method);
    const auto mark = std::min(framed.head.target.find('?'), framed.head.target.size());
    request.path = framed.head.target.substr(0, mark);
    const auto query = std::string_view(framed.head.target).substr(mark);
    auto pairs = parse_query(query.substr(std::min<std::size_t>(query.size(), 1)));
    read.well_formed = pairs.has_value();
    request.query = std::move(pairs).value_or(decltype(request.query){});
    request.headers = std::move(framed.head.headers);
    request.body = std::move(framed.body);
    request.upload = std::move(framed.upload);
    request.client = client_of(request, surroundings.client);
    request.id = next_request_id();
    request.town = surroundings.town;
    request.secure = surroundings.secure;
    request.language = language_of(request.header("accept-language").value_or(""));
    request.now = surroundings.now;
    request.bearer_token = bearer_of(request);
    if (!request.bearer_token) {
        request.session_token = request.cookie(session_cookie(surroundings.secure));
    }
    return read;
}

}  // namespace creneau::http
