#pragma once

#include "api/mail/mailer.hpp"
#include "api/mail/smtp_target.hpp"

#include <chrono>
#include <string>

namespace creneau::mail {

struct SmtpSettings {
    SmtpTarget target;
    std::string hello;  ///< our name in EHLO: the domain of the sender
    std::string user;   ///< empty: no authentication
    std::string password;
    std::string ca_file;  ///< trusted besides the machine's own anchors; may be empty
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds total_timeout{60'000};
};

/// Sends by SMTP, one connection a message. Where the target asks for TLS, nothing (neither address
/// nor password) is said before the server's certificate and name were verified.
///
/// A message whose last reply was lost may have been accepted: the repeat has the same Message-ID.
class SmtpMailer final : public Mailer {
  public:
    explicit SmtpMailer(SmtpSettings settings);

    [[nodiscard]] tl::expected<void, SendError> send(const Envelope& envelope,
                                                     std::string_view message,
                                                     std::stop_token stop) override;

  private:
    SmtpSettings settings_;
};

}  // namespace creneau::mail
