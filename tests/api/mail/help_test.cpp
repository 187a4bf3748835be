#include "api/mail/account_facts.hpp"
#include "api/mail/account_rendering.hpp"
#include "api/mail/alarm_facts.hpp"
#include "api/mail/checked_facts.hpp"
#include "api/mail/embedded_templates.hpp"
#include "api/mail/lockdown_facts.hpp"
#include "api/mail/movement_facts.hpp"
#include "api/mail/news_facts.hpp"
#include "api/mail/news_rendering.hpp"
#include "api/mail/paper_facts.hpp"
#include "api/mail/plain_rendering.hpp"
#include "api/mail/rendering.hpp"
#include "api/mail/round_facts.hpp"
#include "tests/api/mail/sample_facts.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::mail {
namespace {

const std::vector<SiteHelp> kHelps{
    {"LCR Danton", sample_facts().help_contact, sample_facts().help_hours}};

template <class Facts>
std::string with_town(Facts facts) {
    facts.town = sample_facts().town;
    facts.service = sample_facts().service;
    facts.town_email = sample_facts().town_email;
    facts.town_phone = sample_facts().town_phone;
    return to_json(facts);
}

/// The facts of a row of a plain template, as they are stored.
std::string plain_facts(Template name) {
    if (name == Template::news) {
        NewsFacts news;
        news.items = {{"approved", 12, "Petite salle", "LCR Danton", "2026-12-05T18:30",
                       "2026-12-05T21:00", "", std::nullopt}};
        news.helps = kHelps;
        return with_town(news);
    }
    if (name == Template::round_result) {
        RoundFacts round;
        round.items.emplace_back().wished = {"tuesday", "18:30", "20:00"};
        round.helps = kHelps;
        return with_town(round);
    }
    if (name == Template::round_wish) {
        WishFacts wish;
        wish.step = "stated";
        wish.wished = {"tuesday", "18:30", "20:00"};
        wish.received_on = wish.wishes_until = "2026-11-21";
        wish.season_first = wish.season_last = "2027-01-04";
        wish.helps = kHelps;
        return with_town(wish);
    }
    if (name == Template::paper_expiring) {
        PaperFacts paper;
        paper.valid_until = "2026-12-31";
        paper.helps = kHelps;
        return with_town(paper);
    }
    if (name == Template::site_lockdown) {
        LockdownFacts lockdown;
        lockdown.site = "LCR Danton";
        lockdown.local_at = "2026-12-05T18:30";
        lockdown.help_contact = sample_facts().help_contact;
        lockdown.help_hours = sample_facts().help_hours;
        return with_town(lockdown);
    }
    if (name == Template::door_alarm) {
        AlarmFacts alarms;
        alarms.items = {{"forced", "LCR Danton", "danton", "Entrée", "2026-12-05T18:30", ""}};
        alarms.helps = kHelps;
        return with_town(alarms);
    }
    MovementFacts movement;
    movement.local_at = "2026-12-05T18:00";
    movement.step = "it";
    return with_town(movement);
}

/// A stored row as the outbox renders it.
RenderedMail rendered(Template name, Language language, const char* cid) {
    if (is_plain(name)) {
        return render_plain(name, language, plain_facts(name)).value().rendered;
    }
    if (is_about_account(name)) {
        return render_account(name, language, parse_account(with_town(AccountFacts{})).value(), {});
    }
    BookingFacts facts = sample_facts();
    facts.series = sample_series();
    facts.closure = sample_closure();
    facts.hold = {31, "2026-11-28T12:00"};
    facts.wait = {9, 3, std::string(kGivenUp), "Vie associative", 31};
    return render(
        name, language,
        checked_facts(name, to_json(facts), *cid == 0 ? Carries::nothing : Carries::code).value(),
        cid);
}

/// What is about no site, but about somebody's account or place in the staff.
bool is_about_no_site(Template name) {
    return is_about_account(name) || name == Template::staff_movement;
}

/// Those that have a text to fill in.
std::set<Template> every_template() {
    std::set<Template> all;
    for (const EmbeddedTemplate& part : embedded_templates()) {
        const std::string_view file = part.name;
        if (const auto name = template_of(file.substr(0, file.find('.')))) {
            all.insert(*name);
        }
    }
    return all;
}

TEST(MailTemplates, AllSayWhomToCallAboutTheSiteAndWhen) {
    const auto all = every_template();
    EXPECT_EQ(all.size(), static_cast<std::size_t>(Template::round_wish) + 1);
    for (const Template name : all) {
        for (const Language language : {Language::fr, Language::en}) {
            for (const char* cid : {"", "pass.outbox-1.le-pre@example.org"}) {
                const auto mail = rendered(name, language, cid);
                for (const std::string& form : {mail.text, mail.html}) {
                    EXPECT_NE(form.find("01 00 00 00 00"), std::string::npos) << word_of(name);
                    if (is_about_no_site(name)) {
                        continue;
                    }
                    EXPECT_NE(form.find("(LCR Danton)"), std::string::npos) << word_of(name);
                    EXPECT_NE(form.find("astreinte, 01 00 00 00 01"), std::string::npos)
                        << word_of(name) << form;
                    EXPECT_NE(form.find("tous les jours de 8 h à 23 h"), std::string::npos)
                        << word_of(name) << form;
                }
                EXPECT_EQ(mail.text.find("\n\n\n"), std::string::npos) << mail.text;
            }
        }
    }
}

TEST(News, OfSeveralSitesSaysWhomToCallAtEach) {
    NewsFacts news;
    news.items = {{"approved", 12, "Petite salle", "Danton", "2026-12-05T18:30", "2026-12-05T21:00",
                   "", std::nullopt}};
    news.helps = {{"Danton", "01 02", "le jour"}, {"Semanaz", "03 04", "la nuit"}};
    const auto mail = render_news(Language::fr, news);
    EXPECT_NE(mail.text.find("(Danton), appelez : 01 02\nQuand appeler : le jour"),
              std::string::npos)
        << mail.text;
    EXPECT_NE(mail.text.find("(Semanaz), appelez : 03 04\nQuand appeler : la nuit"),
              std::string::npos)
        << mail.text;
}

}  // namespace
}  // namespace creneau::mail
