#include "api/mail/plain_rendering.hpp"

#include "api/mail/alarm_facts.hpp"
#include "api/mail/alarm_rendering.hpp"
#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/lockdown_facts.hpp"
#include "api/mail/lockdown_rendering.hpp"
#include "api/mail/movement_facts.hpp"
#include "api/mail/movement_rendering.hpp"
#include "api/mail/news_facts.hpp"
#include "api/mail/news_rendering.hpp"
#include "api/mail/paper_facts.hpp"
#include "api/mail/paper_rendering.hpp"
#include "api/mail/rendering.hpp"
#include "api/mail/round_facts.hpp"
#include "api/mail/round_rendering.hpp"
#include "api/mail/template_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::mail {
namespace {

using Rendered = tl::expected<PlainMail, FactsError>;

template <class Facts, tl::expected<Facts, FactsError> (*parse)(std::string_view),
          RenderedMail (*render)(Language, const Facts&, Medium)>
Rendered rendered(Language language, std::string_view text, Medium medium) {
    const auto facts = parse(text);
    if (!facts) {
        return tl::unexpected(facts.error());
    }
    return PlainMail{render(language, *facts, medium), facts->town, facts->service,
                     facts->town_email, facts->town_phone};
}

struct PlainTemplate {
    Template name;
    Rendered (*render)(Language language, std::string_view facts, Medium medium);
};

constexpr std::array<PlainTemplate, 7> kPlain{{
    {Template::news, rendered<NewsFacts, parse_news, render_news>},
    {Template::round_result, rendered<RoundFacts, parse_round, render_round>},
    {Template::round_wish, rendered<WishFacts, parse_wish, render_wish>},
    {Template::paper_expiring, rendered<PaperFacts, parse_paper, render_paper>},
    {Template::staff_movement, rendered<MovementFacts, parse_movement, render_movement>},
    {Template::site_lockdown, rendered<LockdownFacts, parse_lockdown, render_lockdown>},
    {Template::door_alarm, rendered<AlarmFacts, parse_alarms, render_alarms>},
}};

}  // namespace

bool is_plain(Template name) {
    return std::ranges::find(kPlain, name, &PlainTemplate::name) != kPlain.end();
}

tl::expected<PlainMail, FactsError> render_plain(Template name, Language language,
                                                 std::string_view facts, Medium medium) {
    const auto* const found = std::ranges::find(kPlain, name, &PlainTemplate::name);
    if (found == kPlain.end()) {
        return tl::unexpected(FactsError{"template", "is about a booking or an account"});
    }
    return found->render(language, facts, medium);
}

std::string subject_of(std::string_view template_word, std::string_view locale,
                       std::string_view facts) {
    const auto name = template_of(template_word);
    if (!name || is_about_account(*name)) {
        return {};
    }
    const Language language = language_of(locale);
    if (is_plain(*name)) {
        const auto mail = render_plain(*name, language, facts);
        return mail ? mail->rendered.subject : std::string();
    }
    const auto about = parse_facts(facts);
    return about ? render(*name, language, *about, "").subject : std::string();
}

}  // namespace creneau::mail
