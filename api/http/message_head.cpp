#include "api/http/message_head.hpp"

#include "api/http/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <http_parser.h>
#include <netinet/in.h>

namespace creneau::http {

namespace {

using Fault = tl::unexpected<FramingFault>;

bool is_token_byte(char byte) {
    constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || kOthers.find(byte) != std::string_view::npos;
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_byte);
}

/// Visible ASCII only: neither TAB nor 0x80 and above may stand in a target.
bool is_target(std::string_view text) {
    return !text.empty() && text.front() == '/' &&
           std::all_of(text.begin(), text.end(),
                       [](char byte) { return byte > 0x20 && byte < 0x7F && byte != '#'; });
}

bool is_value_byte(char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return code == '\t' || (code >= 0x20 && code != 0x7F);
}

bool is_port(std::string_view text) {
    unsigned port = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() && port >= 1 &&
           port <= 65535;
}

bool is_ipv6(std::string_view text) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return inet_pton(AF_INET6, std::string(text).c_str(), address.data()) == 1;
}

bool is_name(std::string_view text) {
    constexpr std::string_view kOthers = ".-_";
    return !text.empty() && text.size() <= 253 &&
           std::all_of(text.begin(), text.end(), [&](char byte) {
               return std::isalnum(static_cast<unsigned char>(byte)) != 0 ||
                      kOthers.find(byte) != std::string_view::npos;
           });
}

/// A name, an IPv4 address or a bracketed IPv6 address, with a port or without.
bool is_host(std::string_view text) {
    const bool bracketed = text.starts_with('[');
    const auto end = bracketed ? text.find(']') : std::min(text.find(':'), text.size());
    if (end == std::string_view::npos) {
        return false;
    }
    const bool named = bracketed ? is_ipv6(text.substr(1, end - 1)) : is_name(text.substr(0, end));
    const auto port = text.substr(end + (bracketed ? 1U : 0U));
    return named && (port.empty() || (port.front() == ':' && is_port(port.substr(1))));
}

bool has_item(std::string_view list, std::string_view item) {
    const auto items = list_items(list);
    return std::any_of(items.begin(), items.end(),
                       [&](std::string_view one) { return lowered(one) == item; });
}

/// The values of every header of that name.
std::vector<std::string_view> values_of(const MessageHead& head, std::string_view name) {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : head.headers) {
        if (key == name) {
            values.push_back(value);
        }
    }
    return values;
}

tl::expected<void, FramingFault> read_request_line(std::string_view line, MessageHead& head,
                                                   bool& is_1_0) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last || !is_token(line.substr(0, first))) {
        return Fault(FramingFault::malformed);
    }
    head.method = line.substr(0, first);
    const auto target = line.substr(first + 1, last - first - 1);
    if (target.size() > kMaxTarget) {
        return Fault(FramingFault::target_too_long);
    }
    if (!is_target(target)) {
        return Fault(FramingFault::malformed);
    }
    head.target = target;
    const auto version = line.substr(last + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        return Fault(version.starts_with("HTTP/") ? FramingFault::unknown_version
                                                  : FramingFault::malformed);
    }
    is_1_0 = version == "HTTP/1.0";
    constexpr std::array<std::string_view, 7> kMethods = {"GET",    "HEAD",    "POST", "PUT",
                                                          "DELETE", "OPTIONS", "PATCH"};
    if (std::find(kMethods.begin(), kMethods.end(), head.method) == kMethods.end()) {
        return Fault(FramingFault::unknown_method);
    }
    return {};
}

tl::expected<void, FramingFault> read_header_lines(std::string_view lines, MessageHead& head) {
    while (!lines.empty()) {
        const auto end = lines.find("\r\n");
        auto header = parse_header_line(lines.substr(0, end));
        if (!header) {
            return Fault(FramingFault::malformed);
        }
        if (head.headers.size() == kMaxHeaders) {
            return Fault(FramingFault::head_too_large);
        }
        head.headers.push_back(std::move(*header));
        lines.remove_prefix(end + 2);
    }
    return {};
}

/// Content-Length and Transfer-Encoding: never both, never twice, digits and "chunked" only.
tl::expected<void, FramingFault> read_framing(MessageHead& head, bool is_1_0) {
    head.max_body = max_body_of(head.method, head.target);
    const auto lengths = values_of(head, "content-length");
    const auto codings = values_of(head, "transfer-encoding");
    if (lengths.size() > 1 || codings.size() > 1 || (!lengths.empty() && !codings.empty())) {
        return Fault(FramingFault::malformed);
    }
    if (!lengths.empty()) {
        const auto text = lengths.front();
        const bool digits = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
        const auto read =
            std::from_chars(text.data(), text.data() + text.size(), head.content_length);
        if (!digits || read.ec != std::errc{}) {
            return Fault(FramingFault::malformed);
        }
        if (head.content_length > head.max_body) {
            return Fault(FramingFault::body_too_large);
        }
    }
    if (!codings.empty()) {
        if (is_1_0) {
            return Fault(FramingFault::malformed);
        }
        if (lowered(codings.front()) != "chunked") {
            return Fault(FramingFault::unknown_coding);
        }
        head.chunked = true;
    }
    return {};
}

tl::expected<void, FramingFault> read_connection(MessageHead& head, bool is_1_0) {
    const auto hosts = values_of(head, "host");
    if (hosts.size() != 1 || !is_host(hosts.front())) {
        return Fault(FramingFault::malformed);
    }
    head.host = hosts.front();
    head.keep_alive = !is_1_0;
    for (const auto value : values_of(head, "connection")) {
        if (has_item(value, "close")) {
            head.keep_alive = false;
        }
    }
    const auto expectations = values_of(head, "expect");
    if (!expectations.empty()) {
        if (expectations.size() > 1 || lowered(expectations.front()) != "100-continue") {
            return Fault(FramingFault::unknown_expectation);
        }
        head.expects_continue = !is_1_0;
    }
    return {};
}

struct Opinion {
    std::uint64_t content_length = 0;
    bool chunked = false;
    bool complete = false;
};

int note_headers_complete(http_parser* parser) {
    auto& opinion = *static_cast<Opinion*>(parser->data);
    constexpr std::uint64_t kNone = ~std::uint64_t{0};
    opinion.content_length = parser->content_length == kNone ? 0 : parser->content_length;
    opinion.chunked = (parser->flags & F_CHUNKED) != 0;
    opinion.complete = true;
    return 1;  // the body is not its business
}

/// A second parser, written by others, must read the same message out of the same bytes.
bool http_parser_agrees(std::string_view bytes, const MessageHead& head) {
    Opinion opinion;
    http_parser_settings settings;
    http_parser_settings_init(&settings);
    settings.on_headers_complete = note_headers_complete;
    http_parser parser;
    http_parser_init(&parser, HTTP_REQUEST);
    parser.data = &opinion;
    const auto used = http_parser_execute(&parser, &settings, bytes.data(), bytes.size());
    const auto method = http_method_str(static_cast<http_method>(parser.method));
    return used == bytes.size() && HTTP_PARSER_ERRNO(&parser) == HPE_OK && opinion.complete &&
           head.method == method && opinion.chunked == head.chunked &&
           (head.chunked || opinion.content_length == head.content_length);
}

}  // namespace

int status_of(FramingFault fault) {
    switch (fault) {
        case FramingFault::malformed:
            return 400;
        case FramingFault::unknown_method:
        case FramingFault::unknown_coding:
            return 501;
        case FramingFault::unknown_version:
            return 505;
        case FramingFault::unknown_expectation:
            return 417;
        case FramingFault::target_too_long:
            return 414;
        case FramingFault::head_too_large:
            return 431;
        case FramingFault::body_too_large:
            return 413;
        case FramingFault::too_many_queued:
            return 503;
    }
    return 400;
}

std::optional<std::pair<std::string, std::string>> parse_header_line(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        return std::nullopt;
    }
    const auto value = trimmed(line.substr(colon + 1));
    if (!std::all_of(value.begin(), value.end(), is_value_byte)) {
        return std::nullopt;
    }
    return std::pair(lowered(line.substr(0, colon)), std::string(value));
}

tl::expected<MessageHead, FramingFault> parse_head(std::string_view bytes) {
    MessageHead head;
    bool is_1_0 = false;
    const auto line_end = bytes.find("\r\n");
    const auto lines = bytes.substr(line_end + 2, bytes.size() - line_end - 4);
    if (const auto read = read_request_line(bytes.substr(0, line_end), head, is_1_0); !read) {
        return Fault(read.error());
    }
    if (const auto read = read_header_lines(lines, head); !read) {
        return Fault(read.error());
    }
    if (const auto read = read_framing(head, is_1_0); !read) {
        return Fault(read.error());
    }
    if (const auto read = read_connection(head, is_1_0); !read) {
        return Fault(read.error());
    }
    if (!http_parser_agrees(bytes, head)) {
        return Fault(FramingFault::malformed);
    }
    return head;
}

}  // namespace creneau::http
