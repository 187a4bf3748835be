#pragma once

#include "api/mail/mailer.hpp"

#include <filesystem>
#include <string>

namespace creneau::mail {

/// Drops messages into a Maildir: written to tmp/, on disk, then renamed into new/ and the folder
/// synced. The file's name comes from the Message-ID, so a repeat of a mail that got there, be it
/// read or not, adds nothing. Line ends become LF.
class MaildirMailer final : public Mailer {
  public:
    /// Makes the folders that are missing, for their owner only; throws std::filesystem_error when
    /// it cannot.
    explicit MaildirMailer(std::filesystem::path folder);

    [[nodiscard]] tl::expected<void, SendError> send(const Envelope& envelope,
                                                     std::string_view message,
                                                     std::stop_token stop) override;

  private:
    [[nodiscard]] bool delivered(const std::string& name) const;

    std::filesystem::path folder_;
};

}  // namespace creneau::mail
