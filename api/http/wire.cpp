#include "api/http/wire.hpp"

#include "api/http/response.hpp"
#include "api/http/time_text.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace creneau::http {

namespace {

constexpr std::string_view kSecurityHeaders =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 409:
            return "Conflict";
        case 413:
            return "Content Too Large";
        case 412:
            return "Precondition Failed";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 422:
            return "Unprocessable Content";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 503:
            return "Service Unavailable";
        default:
            return status < 400 ? "Answer" : "Refused";
    }
}

bool has(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](const auto& header) { return header.first == name; });
}

/// A value can carry no line end, whatever a handler put into it.
void append_header(std::string& bytes, std::string_view name, std::string_view value) {
    bytes.append(name).append(": ");
    std::copy_if(value.begin(), value.end(), std::back_inserter(bytes), [](char byte) {
        return (static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7F) || byte == '\t';
    });
    bytes.append("\r\n");
}

}  // namespace

std::string to_wire(const Response& response, const Framing& framing) {
    std::string bytes;
    bytes.reserve(1024 + response.body.size());
    bytes.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    bytes.append(reason_of(response.status)).append("\r\n");
    append_header(bytes, "Date", to_http_date(framing.now));
    for (const auto& [name, value] : response.headers) {
        append_header(bytes, name, value);
    }
    bytes.append(kSecurityHeaders);
    if (!has(response, "Content-Security-Policy")) {
        append_header(bytes, "Content-Security-Policy", kNothingActs);
    }
    if (!has(response, "Cache-Control")) {
        append_header(bytes, "Cache-Control", "no-store");
    }
    append_header(bytes, "Vary", "Accept-Language, Cookie");
    if (framing.https) {
        append_header(bytes, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
    if (!framing.request_id.empty()) {
        append_header(bytes, "X-Request-Id", framing.request_id);
    }
    append_header(bytes, "Connection", framing.keep_alive ? "keep-alive" : "close");
    const bool bodiless = response.status == 204 || response.status == 304;
    if (!bodiless) {
        append_header(bytes, "Content-Length", std::to_string(response.body.size()));
    }
    bytes.append("\r\n");
    if (!bodiless && !framing.head_only) {
        bytes.append(response.body);
    }
    return bytes;
}

}  // namespace creneau::http
