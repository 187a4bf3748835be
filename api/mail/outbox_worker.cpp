#include "api/mail/outbox_worker.hpp"

#include "api/mail/account_facts.hpp"
#include "api/mail/account_rendering.hpp"
#include "api/mail/calendar_part.hpp"
#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/mail_composer.hpp"
#include "api/mail/mailer.hpp"
#include "api/mail/message.hpp"
#include "api/mail/movement_words_store.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/plain_rendering.hpp"
#include "api/mail/retry.hpp"
#include "api/mail/send_outcome.hpp"
#include "api/mail/series_calendar_store.hpp"
#include "api/mail/template_words.hpp"
#include "api/store/db_error.hpp"
#include "api/store/session.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <random>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>

#include <spdlog/spdlog.h>

namespace creneau::mail {
namespace {

using Kind = SendOutcome::Kind;

// Longer than the mailer's and the signer's time-outs together, so that a mail has one sender.
constexpr std::chrono::seconds kLease{120};
constexpr std::chrono::seconds kLook{1};

/// Who writes: the mailbox and the address on the web.
struct Sender {
    const Mailbox& from;
    const std::string& site;
};

enum class Never : std::uint8_t {};
using Done = tl::expected<void, Never>;

std::function<double()> random_jitter() {
    return [engine = std::mt19937(std::random_device{}())]() mutable {
        return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
    };
}

/// Does a later move or cancellation make this mail misleading? An acknowledgement, a refusal and
/// the latest news always leave.
bool is_overtaken(const ClaimedMail& mail) {
    const auto name = template_of(mail.template_word);
    return mail.overtaken && name && (tells_the_way_in(*name) || tells_the_way_into_series(*name));
}

/// The news does not wait for a code that is months away; a pass_ready is nothing without it.
bool may_leave_without_code(const ClaimedMail& mail, const PassRefusal& refusal) {
    return refusal.fault == PassFault::too_early &&
           mail.template_word != word_of(Template::pass_ready) &&
           mail.template_word != word_of(Template::pass_handed);
}

bool is_past_reminder(const OutboxParts& parts, const ClaimedMail& mail,
                      std::chrono::sys_seconds start) {
    return mail.template_word == word_of(Template::booking_reminder) && start <= parts.now();
}

/// When the code of a mail that went without it is due.
std::optional<std::chrono::sys_seconds> pass_due(const OutboxParts& parts, const ClaimedMail& mail,
                                                 std::chrono::sys_seconds start) {
    return std::max(parts.now(), start - mail.pass_ahead);
}

SendOutcome into_letter(const OutboxParts& parts, const ClaimedMail& mail, bool has_code) {
    const auto name = template_of(mail.template_word);
    if (name && is_plain(*name)) {
        const auto plain = render_plain(*name, language_of(mail.locale), mail.facts);
        return plain ? SendOutcome{Kind::letter} : outcome_of(plain.error());
    }
    const auto facts = parse_facts(mail.facts);
    if (!facts) {
        return outcome_of(facts.error());
    }
    const auto start = std::chrono::sys_seconds(std::chrono::seconds(facts->start_at));
    if (is_past_reminder(parts, mail, start)) {
        return {Kind::superseded, "the slot has begun"};
    }
    SendOutcome outcome{Kind::letter};
    if (mail.credential_id && !has_code) {
        outcome.pass_due = pass_due(parts, mail, start);
    }
    return outcome;
}

/// A mail about an account. Its row keeps no code.
SendOutcome attempt_account(const OutboxParts& parts, const Sender& sender, const ClaimedMail& mail,
                            const std::stop_token& stop) {
    if (!mail.has_email) {
        return {Kind::superseded, "its reader has no e-mail address"};
    }
    const auto facts = parse_account(mail.facts);
    if (!facts) {
        return outcome_of(facts.error());
    }
    AccountSecret secret{{}, sender.site};
    if (facts->code_id != 0) {
        const auto code = parts.account_code
                              ? parts.account_code(facts->code_id, mail.to_address)
                              : tl::unexpected(PassRefusal{PassFault::unavailable, "no key"});
        if (!code) {
            return outcome_of(code.error());
        }
        secret.code = *code;
    }
    const auto composed = compose_account_mail(mail, sender.from, secret);
    if (!composed) {
        return outcome_of(composed.error());
    }
    const auto sent = parts.mailer.send(composed->envelope, composed->message, stop);
    return sent ? SendOutcome{} : outcome_of(sent.error());
}

SendOutcome attempt(OutboxParts& parts, const Sender& sender, const ClaimedMail& mail,
                    const std::stop_token& stop) {
    if (mail.credential_revoked || is_overtaken(mail)) {
        return {Kind::superseded, mail.credential_revoked ? "credential revoked" : "overtaken"};
    }
    if (mail.unsubscribed) {
        return {Kind::superseded, "unsubscribed"};
    }
    if (mail.has_email && mail.to_address.empty()) {
        return {Kind::superseded, "address forgotten"};
    }
    std::optional<qr::PassBytes> pass;
    if (mail.credential_id) {
        const auto bytes = parts.sign_pass(*mail.credential_id);
        if (bytes) {
            pass = *bytes;
        } else if (!may_leave_without_code(mail, bytes.error())) {
            return outcome_of(bytes.error());
        }
    }
    if (!mail.has_email) {
        return into_letter(parts, mail, pass.has_value());
    }
    const auto composed = compose_mail(mail, sender.from, pass);
    if (!composed) {
        return outcome_of(composed.error());
    }
    if (is_past_reminder(parts, mail, composed->start)) {
        return {Kind::superseded, "the slot has begun"};
    }
    const auto sent = parts.mailer.send(composed->envelope, composed->message, stop);
    if (!sent) {
        return outcome_of(sent.error());
    }
    SendOutcome outcome;
    if (mail.credential_id && !pass) {
        outcome.pass_due = pass_due(parts, mail, composed->start);
    }
    return outcome;
}

/// A mail that cannot even be made must not come back for ever, nor stop the others.
SendOutcome attempt_safely(OutboxParts& parts, const Sender& sender, const ClaimedMail& mail,
                           const std::stop_token& stop) {
    const auto name = template_of(mail.template_word);
    try {
        return name && is_about_account(*name) ? attempt_account(parts, sender, mail, stop)
                                               : attempt(parts, sender, mail, stop);
    } catch (const std::exception& error) {
        spdlog::error("mail attempt failed id={} template={} error={}", mail.id, mail.template_word,
                      store::told(error));
        return {Kind::postponed, "internal error"};
    }
}

}  // namespace

OutboxWorker::OutboxWorker(OutboxParts parts, OutboxSettings settings)
    : parts_(std::move(parts)), settings_(std::move(settings)) {
    const auto from = parse_mailbox(settings_.from);
    if (!from) {
        throw std::invalid_argument("mail: from is not \"Name <address>\"");
    }
    from_ = *from;
    if (!parts_.jitter) {
        parts_.jitter = random_jitter();
    }
}

OutboxWorker::~OutboxWorker() {
    stop();
}

void OutboxWorker::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { loop(stop); });
}

void OutboxWorker::wake() {
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
    }
    wake_.notify_one();
}

void OutboxWorker::stop() {
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
}

std::size_t OutboxWorker::run_due() {
    return run_due(std::stop_token());
}

std::size_t OutboxWorker::run_due(const std::stop_token& stop) {
    std::size_t count = 0;
    while (!stop.stop_requested() && handle_one(stop) == Handled::one) {
        ++count;
    }
    return count;
}

void OutboxWorker::loop(const std::stop_token& stop) {
    bool released = !settings_.one_process;
    while (!stop.stop_requested()) {
        try {
            if (!released) {
                released = parts_.writer
                               .run([this](store::Session& session) -> Done {
                                   release_interrupted(session, settings_.town_id, parts_.now());
                                   return {};
                               })
                               .has_value();
            }
            run_due(stop);
        } catch (const std::exception& error) {
            spdlog::error("outbox round failed error={}", store::told(error));
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, kLook, [this] { return woken_; });
        woken_ = false;
    }
}

OutboxWorker::Handled OutboxWorker::handle_one(const std::stop_token& stop) {
    const auto now = parts_.now();
    const std::int64_t town = settings_.town_id;
    const bool due = parts_.readers.read(
        [town, now](store::Session& session) { return has_due_mail(session, town, now); });
    if (!due) {
        return Handled::nothing_due;
    }
    using Claimed = tl::expected<std::optional<ClaimedMail>, Never>;
    const auto claimed = parts_.writer.run([town, now](store::Session& session) -> Claimed {
        auto mail = claim_due_mail(session, town, now, now + kLease);
        if (mail && mail->series_id && has_calendar(mail->template_word)) {
            mail->series = select_series_calendars(session, town, *mail->series_id, now);
        }
        if (mail && mail->template_word == word_of(Template::staff_movement)) {
            mail->facts = with_words_of_movement(session, town, mail->facts);
        }
        return mail;
    });
    if (!claimed) {
        spdlog::warn("outbox claim was not written; trying again in a second");
        return Handled::interrupted;
    }
    const std::optional<ClaimedMail>& mail = **claimed;
    if (!mail) {
        return Handled::nothing_due;  // another process was quicker
    }
    const SendOutcome outcome = attempt_safely(parts_, {from_, settings_.site}, *mail, stop);
    conclude(*mail, outcome);
    return outcome.kind == Kind::stopped ? Handled::interrupted : Handled::one;
}

void OutboxWorker::conclude(const ClaimedMail& mail, const SendOutcome& outcome) {
    switch (outcome.kind) {
        case Kind::sent:
            close(mail, MailEnd::sent, outcome);
            return;
        case Kind::letter:
            close(mail, MailEnd::letter, outcome);
            return;
        case Kind::superseded:
            close(mail, MailEnd::superseded, outcome);
            return;
        case Kind::hopeless:
            close(mail, MailEnd::dead, outcome);
            return;
        case Kind::postponed:
        case Kind::refused:
            if (is_given_up(parts_.now() - mail.created_at, mail.attempts)) {
                close(mail, MailEnd::dead, outcome);
                return;
            }
            try_later(mail, outcome);
            return;
        case Kind::stopped:
            try_later(mail, outcome);
            return;
    }
}

void OutboxWorker::close(const ClaimedMail& mail, MailEnd end, const SendOutcome& outcome) {
    const auto now = parts_.now();
    const auto written = parts_.writer.run([&](store::Session& session) -> Done {
        const bool closed = close_mail(session, mail.id, end, now, outcome.reason);
        if (closed && outcome.pass_due) {
            add_pass_mail(session, mail.id, *outcome.pass_due);
        }
        return {};
    });
    if (!written) {
        spdlog::error("outbox mark was not written id={} template={}", mail.id, mail.template_word);
        return;
    }
    switch (end) {
        case MailEnd::sent:
            spdlog::info("mail sent id={} template={} attempts={}{}", mail.id, mail.template_word,
                         mail.attempts, outcome.pass_due ? " code=later" : "");
            return;
        case MailEnd::letter:
            spdlog::info("letter to print id={} template={}", mail.id, mail.template_word);
            return;
        case MailEnd::superseded:
            spdlog::info("mail superseded id={} template={} reason={}", mail.id, mail.template_word,
                         outcome.reason);
            return;
        case MailEnd::dead:
            spdlog::error("alert outbox_dead_letter id={} template={} attempts={} reason={}",
                          mail.id, mail.template_word, mail.attempts, outcome.reason);
            return;
    }
}

void OutboxWorker::try_later(const ClaimedMail& mail, const SendOutcome& outcome) {
    const auto now = parts_.now();
    std::chrono::sys_seconds next = now;
    if (outcome.kind == Kind::refused) {
        next += retry_delay_after_refusal(parts_.jitter());
    } else if (outcome.kind == Kind::postponed) {
        next += retry_delay(mail.attempts, parts_.jitter());
    }
    // The last attempt comes when patience ends, not up to an hour later.
    if (const auto end = mail.created_at + kPatience; end > now) {
        next = std::min(next, end);
    }
    const auto written = parts_.writer.run([&](store::Session& session) -> Done {
        postpone_mail(session, mail.id, next, outcome.reason);
        return {};
    });
    spdlog::warn("mail postponed id={} template={} attempts={} seconds={} reason={}{}", mail.id,
                 mail.template_word, mail.attempts, (next - now).count(), outcome.reason,
                 written ? "" : " (not written)");
}

}  // namespace creneau::mail
