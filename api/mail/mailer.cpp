#include "api/mail/mailer.hpp"

#include "api/mail/maildir_mailer.hpp"
#include "api/mail/message.hpp"
#include "api/mail/secret_file.hpp"
#include "api/mail/smtp_mailer.hpp"
#include "api/mail/smtp_target.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

using MadeMailer = tl::expected<std::unique_ptr<Mailer>, MailSettingsError>;

MadeMailer wrong(std::string field, std::string detail) {
    return tl::unexpected(MailSettingsError{std::move(field), std::move(detail)});
}

MadeMailer make_smtp_mailer(const MailSettings& settings, const Mailbox& from) {
    const auto target = parse_smtp_url(settings.smtp_url, !settings.smtp_ca_file.empty());
    if (!target) {
        return wrong("smtp_url", sentence_for(target.error()));
    }
    if (settings.smtp_user.empty() != settings.smtp_password_file.empty()) {
        return wrong("smtp_user", "smtp_user and smtp_password_file go together");
    }
    SmtpSettings smtp{.target = *target,
                      .hello = from.address.substr(from.address.find('@') + 1),
                      .user = settings.smtp_user,
                      .password = {},
                      .ca_file = settings.smtp_ca_file,
                      .connect_timeout = settings.connect_timeout,
                      .total_timeout = settings.total_timeout};
    if (!settings.smtp_password_file.empty()) {
        auto password = read_secret_file(settings.smtp_password_file);
        if (!password) {
            return wrong("smtp_password_file", sentence_for(password.error()));
        }
        smtp.password = std::move(*password);
    }
    std::error_code ignored;
    if (!smtp.ca_file.empty() && !std::filesystem::is_regular_file(smtp.ca_file, ignored)) {
        return wrong("smtp_ca_file", "is not a file");
    }
    return std::make_unique<SmtpMailer>(std::move(smtp));
}

}  // namespace

MadeMailer make_mailer(const MailSettings& settings) {
    const auto from = parse_mailbox(settings.from);
    if (!from) {
        return wrong("from", "\"Name <address>\" is expected");
    }
    if (!settings.smtp_url.empty()) {
        return make_smtp_mailer(settings, *from);
    }
    if (settings.maildir.empty()) {
        return wrong("maildir", "either maildir or smtp_url is needed");
    }
    try {
        return std::make_unique<MaildirMailer>(settings.maildir);
    } catch (const std::filesystem::filesystem_error& error) {
        return wrong("maildir", error.code().message());
    }
}

}  // namespace creneau::mail
