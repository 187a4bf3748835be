#include "api/mail/bounce.hpp"

#include "api/mail/status_fields.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <glib-object.h>
#include <gmime/gmime.h>
#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

constexpr std::string_view kIdBegins = "outbox-";
constexpr std::size_t kTokenLength = 32;

Owned<GMimeMessage> parsed(std::string_view text) {
    static std::once_flag initialised;
    std::call_once(initialised, g_mime_init);
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

bool is_of_type(GMimeObject* part, const char* type, const char* subtype) {
    return g_mime_content_type_is_type(g_mime_object_get_content_type(part), type, subtype) != 0;
}

/// A leaf's bytes, decoded.
std::string content_of(GMimeObject* part) {
    GMimeDataWrapper* wrapper =
        GMIME_IS_PART(part) ? g_mime_part_get_content(GMIME_PART(part)) : nullptr;
    if (wrapper == nullptr) {
        return {};
    }
    const Owned<GMimeStream> stream(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(wrapper, stream.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

std::string id_of(GMimeMessage* message) {
    const char* id = message == nullptr ? nullptr : g_mime_message_get_message_id(message);
    return id == nullptr ? std::string() : std::string(id);
}

/// The Message-ID of the mail that a part of the report returns; empty when it returns none.
std::string returned_id(GMimeObject* part) {
    if (GMIME_IS_MESSAGE_PART(part)) {
        return id_of(g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)));
    }
    if (is_of_type(part, "text", "rfc822-headers") ||
        is_of_type(part, "message", "rfc822-headers")) {
        return id_of(parsed(content_of(part) + "\r\n\r\n").get());
    }
    return {};
}

struct Report {
    std::optional<std::string> status_fields;
    std::string message_id;
};

Report report_in(GMimeMultipart* parts) {
    Report report;
    for (int at = 0; at < g_mime_multipart_get_count(parts); ++at) {
        GMimeObject* part = g_mime_multipart_get_part(parts, at);
        if (is_of_type(part, "message", "delivery-status") && !report.status_fields) {
            report.status_fields = content_of(part);
        } else if (report.message_id.empty()) {
            report.message_id = returned_id(part);
        }
    }
    return report;
}

}  // namespace

std::string_view words_of(NoBounce why) {
    switch (why) {
        case NoBounce::too_long:
            return "longer than a report";
        case NoBounce::not_a_report:
            return "no report about a delivery";
        case NoBounce::not_failed:
            return "a delivery that has not failed";
        case NoBounce::malformed:
            return "a report without an action or a status";
        case NoBounce::not_ours:
            return "a report about another mail";
    }
    return "";
}

std::optional<NamedMessage> read_message_id(std::string_view message_id) {
    if (!message_id.starts_with(kIdBegins)) {
        return std::nullopt;
    }
    const std::string_view local =
        message_id.substr(kIdBegins.size(), message_id.find('@') - kIdBegins.size());
    const std::size_t dot = local.find('.');
    if (dot == std::string_view::npos || local.size() != dot + 1 + kTokenLength) {
        return std::nullopt;
    }
    NamedMessage named;
    const char* begin = local.data();
    const auto [end, error] = std::from_chars(begin, begin + dot, named.id);
    const std::string_view token = local.substr(dot + 1);
    const bool is_token = std::ranges::all_of(
        token, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (error != std::errc() || end != begin + dot || !is_token) {
        return std::nullopt;
    }
    named.token = token;
    return named;
}

tl::expected<Bounce, NoBounce> read_bounce(std::string_view mail) {
    if (mail.size() > kLongestBounce) {
        return tl::unexpected(NoBounce::too_long);
    }
    const auto message = parsed(mail);
    GMimeObject* body = message ? g_mime_message_get_mime_part(message.get()) : nullptr;
    if (body == nullptr || !GMIME_IS_MULTIPART(body) || !is_of_type(body, "multipart", "report")) {
        return tl::unexpected(NoBounce::not_a_report);
    }
    const Report report = report_in(GMIME_MULTIPART(body));
    if (!report.status_fields) {
        return tl::unexpected(NoBounce::not_a_report);
    }
    auto status = failed_status(*report.status_fields);
    if (!status) {
        return tl::unexpected(status.error() == NoStatus::not_failed ? NoBounce::not_failed
                                                                     : NoBounce::malformed);
    }
    auto named = read_message_id(report.message_id);
    if (!named) {
        return tl::unexpected(NoBounce::not_ours);
    }
    return Bounce{named->id, std::move(named->token), *std::move(status)};
}

}  // namespace creneau::mail
