#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::mail {

/// A mailbox: a name for people (UTF-8, may be empty) and a bare ASCII address.
struct Mailbox {
    std::string name;
    std::string address;
};

/// Reads "Name <address>" or "address". Nothing when the address is not one.
[[nodiscard]] std::optional<Mailbox> parse_mailbox(std::string_view text);

/// One ASCII address local@domain, at most 254 characters, without quotes, spaces or controls.
[[nodiscard]] bool is_address(std::string_view text);

/// A calendar file to attach. `method` is the METHOD word inside it, repeated in Content-Type.
struct CalendarPart {
    std::string text;
    std::string method;
};

/// What one mail is made of. Texts are UTF-8.
struct Message {
    std::string message_id;  ///< without angle brackets
    Mailbox from;
    Mailbox to;
    std::optional<Mailbox> reply_to;  ///< left out when it is no address
    std::chrono::sys_seconds date;
    std::string language;  ///< "fr" or "en"
    std::string subject{};
    std::string text{};
    std::string html{};                    ///< shows the pass as <img src="cid:…">, see pass_cid()
    std::vector<std::uint8_t> pass_png{};  ///< empty: a mail without a code
    std::optional<CalendarPart> calendar{};
};

enum class MessageError : std::uint8_t {
    bad_sender,
    bad_recipient,
    bad_message_id,
};

/// The Content-ID of the picture of the pass in the message `message_id`.
[[nodiscard]] std::string pass_cid(std::string_view message_id);

/// The message in Internet form (RFC 5322, MIME, CRLF): mixed(related(alternative(text, HTML),
/// inline PNG), attached "pass.png", attached "reservation.ics" or "booking.ics"); the levels that
/// have nothing to hold are left out. The same Message gives the same bytes. Control characters in
/// names and subject become spaces, so that no header can be added.
[[nodiscard]] tl::expected<std::string, MessageError> to_internet_form(const Message& message);

}  // namespace creneau::mail
