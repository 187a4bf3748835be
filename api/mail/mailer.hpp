#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::mail {

/// Whom a message goes to, and the name under which a repeat is recognised.
struct Envelope {
    std::string from;        ///< bare address
    std::string to;          ///< bare address
    std::string message_id;  ///< without angle brackets; the same for every try of one mail
    std::chrono::sys_seconds created_at;
};

enum class SendFault : std::uint8_t {
    transient,  ///< worth another try soon: no connection, time-out, 4xx, full disk
    permanent,  ///< the server refused this sender, reader or message for good (5xx)
    stopped,    ///< the process is ending; nothing is known about the message
};

/// `reason` is short, fit for a log: never an address, never what the server wrote.
struct SendError {
    SendFault fault = SendFault::transient;
    std::string reason;
};

/// Hands one finished message on. Returns once the next holder has it durably.
class Mailer {
  public:
    Mailer() = default;
    Mailer(const Mailer&) = delete;
    Mailer& operator=(const Mailer&) = delete;
    virtual ~Mailer() = default;

    /// `message` has CRLF line ends. One thread at a time. A `stop` request ends the wait.
    [[nodiscard]] virtual tl::expected<void, SendError> send(const Envelope& envelope,
                                                             std::string_view message,
                                                             std::stop_token stop) = 0;
};

/// The [mail] section of the configuration, plus time-outs that tests shorten.
struct MailSettings {
    std::string from;  ///< "Name <address>"
    std::string maildir;
    std::string smtp_url;  ///< empty: Maildir. smtp://host[:port] or smtps://host[:port]
    std::string smtp_user;
    std::string smtp_password_file;  ///< only its owner may read it
    std::string smtp_ca_file;        ///< one more trust anchor; asks for TLS on loopback too
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds total_timeout{60'000};
};

/// Which setting is wrong, and how.
struct MailSettingsError {
    std::string field;
    std::string detail;
};

/// An SmtpMailer when smtp_url is set, else a MaildirMailer. Touches no network.
[[nodiscard]] tl::expected<std::unique_ptr<Mailer>, MailSettingsError> make_mailer(
    const MailSettings& settings);

}  // namespace creneau::mail
