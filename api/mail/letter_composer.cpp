#include "api/mail/letter_composer.hpp"

#include "api/documents/letter_pdf.hpp"
#include "api/mail/checked_facts.hpp"
#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/filling.hpp"
#include "api/mail/message_store.hpp"
#include "api/mail/plain_rendering.hpp"
#include "api/mail/rendering.hpp"
#include "qr/digits.hpp"
#include "qr/pass.hpp"
#include "qr/picture.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>
#include <fmt/format.h>
#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

/// "Le Pré, le samedi 21 novembre 2026": the day of the message in the town.
std::string place_and_date(const std::string& town, const KeptMessage& message, Language language) {
    const auto at = message.created_at;
    cctz::time_zone zone = cctz::utc_time_zone();
    (void)cctz::load_time_zone(message.town_zone, &zone);
    const cctz::civil_day day(cctz::convert(at, zone));
    const std::string words =
        day_words({static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                   static_cast<unsigned>(day.day()), 0, 0},
                  language);
    return language == Language::en ? fmt::format("{}, {}", town, words)
                                    : fmt::format("{}, le {}", town, words);
}

std::vector<std::string> recipient_of(const KeptMessage& message) {
    std::vector<std::string> lines{message.to_name};
    std::size_t from = 0;
    while (from < message.postal_address.size()) {
        const std::size_t end = message.postal_address.find('\n', from);
        lines.push_back(message.postal_address.substr(from, end - from));
        from = end == std::string::npos ? message.postal_address.size() : end + 1;
    }
    return lines;
}

std::string help_words(const BookingFacts& facts, Language language) {
    return language == Language::en ? fmt::format("If something is wrong there ({}), call: {} ({})",
                                                  facts.site, facts.help_contact, facts.help_hours)
                                    : fmt::format(
                                          "En cas de problème sur place ({}), appelez : "
                                          "{} ({})",
                                          facts.site, facts.help_contact, facts.help_hours);
}

/// What a paper code has beside it: where, when, which door, whom to call.
std::vector<std::string> caption_of(const BookingFacts& facts, Language language) {
    const bool english = language == Language::en;
    const std::string window =
        slot_words_of(facts.window_start_local, facts.window_end_local, language);
    std::vector<std::string> lines{
        (english ? "Pass no. " : "Pass n° ") + std::to_string(facts.pass_number.value_or(0)),
        fmt::format("{} ({})", facts.room, facts.site),
        (english ? "The code works: " : "Le code fonctionne : ") + window};
    if (!facts.doors.empty()) {
        lines.push_back(fmt::format("{}{}", english ? "Doors: " : "Portes : ",
                                    fmt::join(facts.doors, english ? ", then " : ", puis ")));
    }
    lines.push_back(help_words(facts, language));
    return lines;
}

documents::LetterCode code_of(const qr::PassBytes& pass, std::vector<std::string> caption) {
    const qr::Modules modules = qr::draw(qr::to_digits(pass));
    documents::LetterCode code{modules.side(), {}, std::move(caption)};
    for (int y = 0; y < modules.side(); ++y) {
        for (int x = 0; x < modules.side(); ++x) {
            code.dark.push_back(modules.dark(x, y));
        }
    }
    return code;
}

std::string subject_line(const std::string& subject, Language language) {
    return (language == Language::en ? "Subject: " : "Objet : ") + subject;
}

/// A letter that is about no one booking; what to know of sites stands at the end of its text.
tl::expected<std::string, FactsError> plain_letter(Template name, const KeptMessage& message) {
    const Language language = language_of(message.locale);
    auto plain = render_plain(name, language, message.facts, Medium::paper);
    if (!plain) {
        return tl::unexpected(plain.error());
    }
    return documents::letter_pdf(
        {.sender = {plain->service, plain->town, plain->town_phone, plain->town_email},
         .recipient = recipient_of(message),
         .place_and_date = place_and_date(plain->town, message, language),
         .subject = subject_line(plain->rendered.subject, language),
         .body = std::move(plain->rendered.text),
         .code = {},
         .foot = fmt::format("{}, {}", plain->service, plain->town_phone),
         .made_at = message.created_at});
}

}  // namespace

tl::expected<std::string, FactsError> compose_letter(const KeptMessage& message,
                                                     const LetterPass& pass) {
    const auto name = template_of(message.template_word);
    if (!name || *name == Template::news || *name == Template::pass_handed) {
        return tl::unexpected(FactsError{"template", "is not one of letters"});
    }
    if (is_plain(*name)) {
        return plain_letter(*name, message);
    }
    const auto facts = checked_facts(*name, message.facts,
                                     message.credential_id ? Carries::code : Carries::nothing);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    const Language language = language_of(message.locale);
    auto rendered = render_letter(
        *name, language, *facts,
        pass.bytes ? PaperCode::shown : (pass.withheld ? PaperCode::withheld : PaperCode::none));
    documents::Letter letter{
        .sender = {facts->service, facts->town, facts->town_phone, facts->town_email},
        .recipient = recipient_of(message),
        .place_and_date = place_and_date(facts->town, message, language),
        .subject = subject_line(rendered.subject, language),
        .body = std::move(rendered.text),
        .code = {},
        .foot = help_words(*facts, language),
        .made_at = message.created_at};
    if (pass.bytes) {
        letter.code = code_of(*pass.bytes, caption_of(*facts, language));
    }
    return documents::letter_pdf(letter);
}

}  // namespace creneau::mail
