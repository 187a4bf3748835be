#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::mail {

/// A mail server's word that one of our mails did not arrive.
struct Bounce {
    std::int64_t message = 0;  ///< the row's id, as the Message-ID says
    std::string token;         ///< the row's token, as the Message-ID says
    std::string status;        ///< RFC 3463: "5.1.1"
};

/// Why a mail is no bounce of ours.
enum class NoBounce : std::uint8_t {
    too_long,      ///< more than kLongestBounce
    not_a_report,  ///< no multipart/report about a delivery (RFC 3462, RFC 3464)
    not_failed,    ///< delayed, relayed or delivered: nothing is lost yet
    malformed,     ///< a report without an action or a status
    not_ours,      ///< about a mail whose Message-ID is none of ours
};

/// What the command prints.
[[nodiscard]] std::string_view words_of(NoBounce why);

inline constexpr std::size_t kLongestBounce = std::size_t{4} * 1024 * 1024;

/// What the Message-ID of a mail names; nothing for one of somebody else, or without a token.
struct NamedMessage {
    std::int64_t id = 0;
    std::string token;
};
[[nodiscard]] std::optional<NamedMessage> read_message_id(std::string_view message_id);

/// Reads a delivery status notification in Internet form: its first failed recipient, and the mail
/// that it is about, returned whole or as headers.
[[nodiscard]] tl::expected<Bounce, NoBounce> read_bounce(std::string_view mail);

}  // namespace creneau::mail
