#include "api/mail/message.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmime/gmime.h>
#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

struct FreeText {
    void operator()(char* text) const { g_free(text); }
};

constexpr std::size_t kLongestAddress = 254;
constexpr std::size_t kLongestLocalPart = 64;

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// RFC 5322 dot-atom: no dot at an end, no two in a row.
bool is_dotted(std::string_view text, std::string_view extra) {
    return !text.empty() && text.front() != '.' && text.back() != '.' &&
           text.find("..") == std::string_view::npos && std::ranges::all_of(text, [&](char c) {
               return is_alphanumeric(c) || c == '.' || extra.find(c) != std::string_view::npos;
           });
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Valid UTF-8 on one line. What has the form of an encoded word (RFC 2047) is parted: its reader
/// would decode it, line ends included.
std::string header_text(const std::string& text) {
    const std::unique_ptr<char, FreeText> valid(
        g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())));
    std::string line(valid.get());
    std::ranges::replace_if(
        line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }, ' ');
    constexpr std::string_view kEncodedWord = "=?";
    for (auto at = line.find(kEncodedWord); at != std::string::npos;
         at = line.find(kEncodedWord, at)) {
        line.insert(at + 1, 1, ' ');
    }
    return line;
}

/// Valid UTF-8 with line feeds only.
std::string body_text(const std::string& text) {
    const std::unique_ptr<char, FreeText> valid(
        g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())));
    std::string body(valid.get());
    std::erase_if(body, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == '\x7f';
    });
    return body;
}

void add_mailbox(GMimeMessage* message, GMimeAddressType type, const Mailbox& mailbox) {
    const std::string name = header_text(mailbox.name);
    const Owned<InternetAddress> address(internet_address_mailbox_new(
        name.empty() ? nullptr : name.c_str(), mailbox.address.c_str()));
    internet_address_set_charset(address.get(), "utf-8");
    internet_address_list_add(g_mime_message_get_addresses(message, type), address.get());
}

Owned<GMimePart> part_of(const char* type, const char* subtype, std::string_view bytes,
                         GMimeContentEncoding encoding) {
    Owned<GMimePart> part(g_mime_part_new_with_type(type, subtype));
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Owned<GMimeDataWrapper> content(
        g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
    g_mime_part_set_content(part.get(), content.get());
    g_mime_part_set_content_encoding(part.get(), encoding);
    return part;
}

/// Not GMimeTextPart: it would choose an older charset where the text fits one.
Owned<GMimeObject> text_part(const char* subtype, const std::string& text) {
    auto part = part_of("text", subtype, body_text(text), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
    return Owned<GMimeObject>(GMIME_OBJECT(part.release()));
}

Owned<GMimeObject> file_part(const char* type, const char* subtype, std::string_view bytes,
                             const char* disposition) {
    auto part = part_of(type, subtype, bytes, GMIME_CONTENT_ENCODING_BASE64);
    g_mime_object_set_disposition(GMIME_OBJECT(part.get()), disposition);
    return Owned<GMimeObject>(GMIME_OBJECT(part.release()));
}

Owned<GMimeObject> png_part(const std::vector<std::uint8_t>& png, const char* disposition) {
    const std::string bytes(png.begin(), png.end());
    return file_part("image", "png", bytes, disposition);
}

Owned<GMimeObject> calendar_part(const CalendarPart& calendar, const std::string& language) {
    auto part = file_part("text", "calendar", calendar.text, GMIME_DISPOSITION_ATTACHMENT);
    g_mime_object_set_content_type_parameter(part.get(), "charset", "utf-8");
    g_mime_object_set_content_type_parameter(part.get(), "method", calendar.method.c_str());
    g_mime_part_set_filename(GMIME_PART(part.get()),
                             language == "en" ? "booking.ics" : "reservation.ics");
    return part;
}

/// Encoded bodies never hold "=_", so these boundaries cannot occur in one (RFC 2045, 6.7).
Owned<GMimeMultipart> multipart(const char* subtype, const char* boundary) {
    Owned<GMimeMultipart> parts(g_mime_multipart_new_with_subtype(subtype));
    g_mime_multipart_set_boundary(parts.get(), boundary);
    return parts;
}

Owned<GMimeObject> as_object(Owned<GMimeMultipart> parts) {
    return Owned<GMimeObject>(GMIME_OBJECT(parts.release()));
}

Owned<GMimeObject> alternative(const Message& message) {
    auto parts = multipart("alternative", "=_alternative");
    g_mime_multipart_add(parts.get(), text_part("plain", message.text).get());
    g_mime_multipart_add(parts.get(), text_part("html", message.html).get());
    return as_object(std::move(parts));
}

Owned<GMimeObject> with_inline_picture(const Message& message, Owned<GMimeObject> body) {
    auto parts = multipart("related", "=_related");
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(parts.get()), "type",
                                             "multipart/alternative");
    g_mime_multipart_add(parts.get(), body.get());
    const auto picture = png_part(message.pass_png, GMIME_DISPOSITION_INLINE);
    g_mime_object_set_content_id(picture.get(), pass_cid(message.message_id).c_str());
    g_mime_multipart_add(parts.get(), picture.get());
    return as_object(std::move(parts));
}

Owned<GMimeObject> body_of(const Message& message) {
    const bool with_pass = !message.pass_png.empty();
    auto body = alternative(message);
    if (with_pass) {
        body = with_inline_picture(message, std::move(body));
    }
    if (!with_pass && !message.calendar) {
        return body;
    }
    auto parts = multipart("mixed", "=_mixed");
    g_mime_multipart_add(parts.get(), body.get());
    if (with_pass) {
        const auto picture = png_part(message.pass_png, GMIME_DISPOSITION_ATTACHMENT);
        g_mime_part_set_filename(GMIME_PART(picture.get()), "pass.png");
        g_mime_multipart_add(parts.get(), picture.get());
    }
    if (message.calendar) {
        g_mime_multipart_add(parts.get(), calendar_part(*message.calendar, message.language).get());
    }
    return as_object(std::move(parts));
}

void set_headers(GMimeMessage* internet, const Message& message) {
    add_mailbox(internet, GMIME_ADDRESS_TYPE_FROM, message.from);
    add_mailbox(internet, GMIME_ADDRESS_TYPE_TO, message.to);
    if (message.reply_to && is_address(message.reply_to->address)) {
        add_mailbox(internet, GMIME_ADDRESS_TYPE_REPLY_TO, *message.reply_to);
    }
    g_mime_message_set_subject(internet, header_text(message.subject).c_str(), "utf-8");
    GDateTime* date = g_date_time_new_from_unix_utc(message.date.time_since_epoch().count());
    g_mime_message_set_date(internet, date);
    g_date_time_unref(date);
    g_mime_message_set_message_id(internet, message.message_id.c_str());
    g_mime_object_set_header(GMIME_OBJECT(internet), "Content-Language",
                             message.language == "en" ? "en" : "fr", nullptr);
    g_mime_object_set_header(GMIME_OBJECT(internet), "Auto-Submitted", "auto-generated", nullptr);
}

std::string with_crlf(std::string_view text) {
    std::string result;
    result.reserve(text.size() + text.size() / 40);
    for (const char c : text) {
        if (c == '\n') {
            result.push_back('\r');
        }
        result.push_back(c);
    }
    return result;
}

}  // namespace

bool is_address(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || text.size() > kLongestAddress || at > kLongestLocalPart) {
        return false;
    }
    const std::string_view domain = text.substr(at + 1);
    return is_dotted(text.substr(0, at), "!#$%&'*+-/=?^_`{|}~") && is_dotted(domain, "-") &&
           domain.front() != '-' && domain.back() != '-';
}

std::optional<Mailbox> parse_mailbox(std::string_view text) {
    text = trimmed(text);
    Mailbox mailbox;
    const std::size_t open = text.rfind('<');
    if (open == std::string_view::npos) {
        mailbox.address = text;
    } else if (text.ends_with('>')) {
        std::string_view name = trimmed(text.substr(0, open));
        if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
            name = name.substr(1, name.size() - 2);
        }
        mailbox.name = name;
        mailbox.address = text.substr(open + 1, text.size() - open - 2);
    }
    return is_address(mailbox.address) ? std::optional(std::move(mailbox)) : std::nullopt;
}

std::string pass_cid(std::string_view message_id) {
    return "pass." + std::string(message_id);
}

tl::expected<std::string, MessageError> to_internet_form(const Message& message) {
    if (!is_address(message.from.address)) {
        return tl::unexpected(MessageError::bad_sender);
    }
    if (!is_address(message.to.address)) {
        return tl::unexpected(MessageError::bad_recipient);
    }
    if (!is_address(message.message_id)) {  // the same grammar: id-left "@" id-right
        return tl::unexpected(MessageError::bad_message_id);
    }
    static std::once_flag initialised;
    std::call_once(initialised, g_mime_init);

    const Owned<GMimeMessage> internet(g_mime_message_new(TRUE));
    set_headers(internet.get(), message);
    g_mime_message_set_mime_part(internet.get(), body_of(message).get());

    GMimeFormatOptions* format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_UNIX);
    const std::unique_ptr<char, FreeText> text(
        g_mime_object_to_string(GMIME_OBJECT(internet.get()), format));
    g_mime_format_options_free(format);
    return with_crlf(text.get());
}

}  // namespace creneau::mail
