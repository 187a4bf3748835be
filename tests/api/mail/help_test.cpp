#include "api/mail/news_facts.hpp"
#include "api/mail/news_rendering.hpp"
#include "api/mail/rendering.hpp"
#include "tests/api/mail/sample_facts.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::mail {
namespace {

RenderedMail rendered(Template name, Language language, const char* cid) {
    if (name == Template::news) {
        NewsFacts news;
        news.items = {{"approved", 12, "Petite salle", "LCR Danton", "2026-12-05T18:30",
                       "2026-12-05T21:00", "", std::nullopt}};
        news.helps = {{"LCR Danton", sample_facts().help_contact, sample_facts().help_hours}};
        return render_news(language, parse_news(to_json(news)).value());
    }
    BookingFacts facts = sample_facts();
    facts.series = sample_series();
    facts.closure = sample_closure();
    facts.hold = {31, "2026-11-28T12:00"};
    return render(name, language, facts, cid);
}

TEST(MailTemplates, AllSayWhomToCallAboutTheSiteAndWhen) {
    for (int at = 0; at <= static_cast<int>(Template::news); ++at) {
        const auto name = static_cast<Template>(at);
        for (const Language language : {Language::fr, Language::en}) {
            for (const char* cid : {"", "pass.outbox-1.le-pre@example.org"}) {
                const auto mail = rendered(name, language, cid);
                for (const std::string& form : {mail.text, mail.html}) {
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
