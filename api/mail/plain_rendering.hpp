#pragma once

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/rendering.hpp"
#include "api/mail/template_words.hpp"

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::mail {

/// A mail that is about no one booking, and whom its reader may ask.
struct PlainMail {
    RenderedMail rendered;
    std::string town;
    std::string service;
    std::string town_email;
    std::string town_phone;
};

/// Whether render_plain() takes it: what is about neither a booking nor an account.
[[nodiscard]] bool is_plain(Template name);

/// Fills a plain template in from the facts of its row. The error names what is wrong with them.
[[nodiscard]] tl::expected<PlainMail, FactsError> render_plain(Template name, Language language,
                                                               std::string_view facts,
                                                               Medium medium = Medium::mail);

/// What a row's mail is about, in one line: its subject, "" for facts that cannot be read.
[[nodiscard]] std::string subject_of(std::string_view template_word, std::string_view locale,
                                     std::string_view facts);

}  // namespace creneau::mail
