#include "api/mail/filling.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/embedded_templates.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/rendering.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

namespace creneau::mail {
namespace {

namespace mustache = kainjow::mustache;

std::string_view template_text(const std::string& name) {
    const auto all = embedded_templates();
    const auto found = std::ranges::find(all, name, &EmbeddedTemplate::name);
    if (found == all.end()) {
        throw std::logic_error("no mail template named " + name);
    }
    return found->text;
}

enum class Escaping : std::uint8_t { none, html };

std::string fill(std::string_view text, const mustache::data& data, Escaping escaping) {
    mustache::mustache filled{std::string(text)};
    if (escaping == Escaping::none) {
        filled.set_custom_escape([](const std::string& value) { return value; });
    }
    mustache::context<std::string> context;  // given data, its constructor calls a virtual method
    context.push(&data);
    std::string result = filled.is_valid() ? filled.render(context) : std::string();
    if (!filled.is_valid()) {
        throw std::logic_error("broken mail template: " + filled.error_message());
    }
    return result;
}

/// At most one empty line in a row (sections and partials that hold nothing leave more), one line
/// feed at the end.
std::string tidy(const std::string& text) {
    std::string result;
    std::size_t feeds = 2;  // none at the beginning
    for (const char c : text) {
        feeds = c == '\n' ? feeds + 1 : 0;
        if (feeds <= 2) {
            result.push_back(c);
        }
    }
    while (result.ends_with('\n')) {
        result.pop_back();
    }
    result.push_back('\n');
    return result;
}

}  // namespace

std::string slot_words_of(const std::string& from, const std::string& until, Language language) {
    const auto start = parse_local_time(from);
    const auto end = parse_local_time(until);
    return start && end ? slot_words(*start, *end, language) : std::string();
}

std::string moment_words_of(const std::string& local, Language language) {
    const auto at = parse_local_time(local);
    if (!at) {
        return {};
    }
    std::string words = day_words(*at, language);
    words += language == Language::en ? " at " : " à ";
    return words + hour_words(*at, language);
}

mustache::data help_list(const std::vector<SiteHelp>& helps) {
    mustache::data list{mustache::data::type::list};
    for (const SiteHelp& help : helps) {
        mustache::data one{"help_site", help.site};
        one.set("help_contact", help.contact);
        one.set("help_hours", help.hours);
        list.push_back(one);
    }
    return list;
}

RenderedMail fill_in(Template name, Language language, mustache::data data, Medium medium) {
    data.set("on_paper", medium == Medium::paper);
    for (const EmbeddedTemplate& part : embedded_templates()) {
        data.set(std::string(part.name),
                 mustache::partial{[text = part.text] { return std::string(text); }});
    }
    const std::string base = fmt::format("{}.{}", word_of(name), word_of(language));
    const std::string_view whole = template_text(base + ".txt");
    const std::size_t end_of_subject = whole.find('\n');
    RenderedMail mail;
    mail.subject = fill(whole.substr(0, end_of_subject), data, Escaping::none);
    data.set("subject", mail.subject);
    mail.text = tidy(fill(whole.substr(end_of_subject + 1), data, Escaping::none));
    mail.html = tidy(fill(template_text(base + ".html"), data, Escaping::html));
    return mail;
}

}  // namespace creneau::mail
