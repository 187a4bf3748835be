#include "api/mail/mail_composer.hpp"

#include "api/mail/account_facts.hpp"
#include "api/mail/account_rendering.hpp"
#include "api/mail/calendar_part.hpp"
#include "api/mail/checked_facts.hpp"
#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/message.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/plain_rendering.hpp"
#include "api/mail/rendering.hpp"
#include "api/mail/template_words.hpp"
#include "api/store/column.hpp"
#include "qr/digits.hpp"
#include "qr/pass.hpp"
#include "qr/picture.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

using store::instant;

FactsError error_of(MessageError error) {
    switch (error) {
        case MessageError::bad_sender:
            return {"from", "is not an address"};
        case MessageError::bad_recipient:
            return {"person", "has no usable address"};
        case MessageError::bad_message_id:
            return {"town", "has a key that does not fit a Message-ID"};
    }
    return {};
}

std::string message_id(const ClaimedMail& mail, const Mailbox& from) {
    return fmt::format("outbox-{}.{}@{}", mail.id, mail.token.empty() ? mail.town_key : mail.token,
                       from.address.substr(from.address.find('@') + 1));
}

/// The head of a mail, whose texts are to come.
Message message_for(const ClaimedMail& mail, const Mailbox& from, const Mailbox& office) {
    return {.message_id = message_id(mail, from),
            .from = from,
            .to = {mail.to_name, mail.to_address},
            .reply_to = office,
            .date = mail.created_at,
            .language = std::string(word_of(language_of(mail.locale)))};
}

tl::expected<ComposedMail, FactsError> composed(const ClaimedMail& mail, Message message,
                                                RenderedMail rendered,
                                                std::chrono::sys_seconds start) {
    message.subject = std::move(rendered.subject);
    message.text = std::move(rendered.text);
    message.html = std::move(rendered.html);
    auto text = to_internet_form(message);
    if (!text) {
        return tl::unexpected(error_of(text.error()));
    }
    return ComposedMail{
        {message.from.address, mail.to_address, message.message_id, mail.created_at},
        std::move(*text),
        start};
}

tl::expected<ComposedMail, FactsError> compose_plain(Template name, const ClaimedMail& mail,
                                                     const Mailbox& from) {
    auto plain = render_plain(name, language_of(mail.locale), mail.facts);
    if (!plain) {
        return tl::unexpected(plain.error());
    }
    return composed(mail, message_for(mail, from, {plain->service, plain->town_email}),
                    std::move(plain->rendered), mail.created_at);
}

}  // namespace

tl::expected<ComposedMail, FactsError> compose_account_mail(const ClaimedMail& mail,
                                                            const Mailbox& from,
                                                            const AccountSecret& secret) {
    const auto name = template_of(mail.template_word);
    if (!name || !is_about_account(*name)) {
        return tl::unexpected(FactsError{"template", "is not one about an account"});
    }
    const auto facts = parse_account(mail.facts);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    const Language language = language_of(mail.locale);
    return composed(mail, message_for(mail, from, {facts->service, facts->town_email}),
                    render_account(*name, language, *facts, secret), mail.created_at);
}

tl::expected<ComposedMail, FactsError> compose_mail(const ClaimedMail& mail, const Mailbox& from,
                                                    const std::optional<qr::PassBytes>& pass) {
    const auto name = template_of(mail.template_word);
    if (!name) {
        return tl::unexpected(FactsError{"template", "is not one that exists"});
    }
    if (is_plain(*name)) {
        return compose_plain(*name, mail, from);
    }
    const auto facts = checked_facts(*name, mail.facts,
                                     pass || mail.credential_id ? Carries::code : Carries::nothing);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    const Language language = language_of(mail.locale);
    auto calendar = calendar_part(*name, *facts, mail);
    if (!calendar) {
        return tl::unexpected(calendar.error());
    }
    Message message = message_for(mail, from, {facts->service, facts->town_email});
    message.calendar = std::move(*calendar);
    if (pass) {
        message.pass_png = qr::to_png(qr::draw(qr::to_digits(*pass)));
    }
    RenderedMail rendered =
        render(*name, language, *facts, pass ? pass_cid(message.message_id) : std::string());
    return composed(mail, std::move(message), std::move(rendered), instant(facts->start_at));
}

}  // namespace creneau::mail
