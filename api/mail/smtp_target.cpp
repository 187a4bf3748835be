#include "api/mail/smtp_target.hpp"

#include <memory>
#include <string>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>

namespace creneau::mail {
namespace {

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

/// A part of the URL, "" when it is absent.
std::string part_of(const Url& url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) {
        return {};
    }
    std::string result(text);
    curl_free(text);
    return result;
}

bool has_more_than_host_and_port(const Url& url) {
    for (const CURLUPart part : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS,
                                 CURLUPART_QUERY, CURLUPART_FRAGMENT, CURLUPART_ZONEID}) {
        if (!part_of(url, part).empty()) {
            return true;
        }
    }
    return part_of(url, CURLUPART_PATH) != "/";
}

}  // namespace

std::string sentence_for(SmtpTargetError error) {
    switch (error) {
        case SmtpTargetError::not_a_url:
            return "is not a URL smtp://host:port or smtps://host:port";
        case SmtpTargetError::wrong_scheme:
            return "must begin with smtp:// or smtps://";
        case SmtpTargetError::more_than_host_and_port:
            return "may hold a host and a port only; smtp_user and smtp_password_file hold the "
                   "rest";
    }
    return {};
}

bool is_loopback(const std::string& host) {
    if (host == "localhost") {
        return true;
    }
    in_addr v4{};
    if (inet_pton(AF_INET, host.c_str(), &v4) == 1) {
        return (ntohl(v4.s_addr) >> 24U) == 127U;
    }
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    const std::string bare = bracketed ? host.substr(1, host.size() - 2) : host;
    in6_addr v6{};
    return inet_pton(AF_INET6, bare.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

tl::expected<SmtpTarget, SmtpTargetError> parse_smtp_url(const std::string& url, bool has_ca_file) {
    const Url parsed(curl_url());
    if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
        CURLUE_OK) {
        return tl::unexpected(SmtpTargetError::not_a_url);
    }
    const std::string scheme = part_of(parsed, CURLUPART_SCHEME);
    const std::string host = part_of(parsed, CURLUPART_HOST);
    if (scheme != "smtp" && scheme != "smtps") {
        return tl::unexpected(SmtpTargetError::wrong_scheme);
    }
    if (has_more_than_host_and_port(parsed)) {
        return tl::unexpected(SmtpTargetError::more_than_host_and_port);
    }
    const std::string port = part_of(parsed, CURLUPART_PORT);
    SmtpTarget target{.url = scheme + "://" + host + (port.empty() ? "" : ":" + port)};
    if (scheme == "smtps") {
        target.tls = Tls::immediate;
    } else {
        target.tls = is_loopback(host) && !has_ca_file ? Tls::none : Tls::starttls;
    }
    return target;
}

}  // namespace creneau::mail
