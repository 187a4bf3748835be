#include "api/http/origin_check.hpp"

#include "api/http/request.hpp"

#include <string>
#include <string_view>

namespace creneau::http {

namespace {

bool is_loopback_authority(std::string_view host) {
    const auto name = host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find(':'));
    return name == "127.0.0.1" || name == "localhost" || name == "[::1]";
}

bool is_ours(const Request& request, std::string_view origin, const std::string& public_url) {
    if (!public_url.empty() && origin == public_url) {
        return true;
    }
    // A name that merely resolves to loopback is a stranger's (DNS rebinding).
    const auto host = request.header("host").value_or("");
    return !request.secure && is_loopback_authority(host) &&
           origin == "http://" + std::string(host);
}

}  // namespace

bool changes_state(const std::string& method) {
    return method == "POST" || method == "PUT" || method == "PATCH" || method == "DELETE";
}

bool sent_by_ourselves(const Request& request, const std::string& public_url) {
    const auto site = request.header("sec-fetch-site");
    if (site && *site != "same-origin" && *site != "none") {
        return false;
    }
    const auto origin = request.header("origin");
    if (origin) {
        return is_ours(request, *origin, public_url);
    }
    return site.has_value() || !request.session_token;
}

}  // namespace creneau::http
