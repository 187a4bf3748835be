#include "api/mail/news_facts.hpp"
#include "api/mail/news_rendering.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace creneau::mail {
namespace {

NewsFacts sample_news() {
    NewsFacts facts;
    facts.subscriber = "Chauffage & ventilation";
    facts.town = "Le Pré";
    facts.service = "Vie associative";
    facts.town_email = "salles@le-pre.example.org";
    facts.town_phone = "01 00 00 00 00";
    facts.items = {{"moved", 12, "Petite salle", "Maison des associations", "2026-12-05T18:30",
                    "2026-12-05T21:00", "Les Voix du Pré",
                    FormerSlot{"Grande salle", "2026-12-04T18:30", "2026-12-04T21:00"}}};
    return facts;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(News, OfOneChangeSaysItInTheSubject) {
    const auto mail = render_news(Language::fr, sample_news());
    EXPECT_EQ(mail.subject,
              "Réservation déplacée : Petite salle, samedi 5 décembre 2026 de 18 h 30 à 21 h");
    EXPECT_TRUE(has(mail.text, "Les Voix du Pré, réservation n° 12\n"));
    EXPECT_TRUE(has(mail.text, "Auparavant : Grande salle, vendredi 4 décembre 2026"));
    EXPECT_TRUE(has(mail.text, "« Chauffage & ventilation »"));
    EXPECT_TRUE(has(mail.html, "Chauffage &amp; ventilation"));
    EXPECT_FALSE(has(mail.text, "{{"));
    EXPECT_FALSE(has(mail.html, "{{"));
}

TEST(News, OfADayCountsTheChanges) {
    auto facts = sample_news();
    facts.daily = true;
    facts.items.push_back(facts.items.front());
    facts.items.back().association.clear();
    facts.items.back().change = "cancelled";
    facts.others = 3;
    const auto french = render_news(Language::fr, facts);
    EXPECT_EQ(french.subject, "Réservations : 5 changements");
    EXPECT_TRUE(has(french.text, "Particulier, réservation n° 12"));
    EXPECT_TRUE(has(french.text, "Et 3 autres changements"));
    const auto english = render_news(Language::en, facts);
    EXPECT_EQ(english.subject, "Bookings: 5 changes");
    EXPECT_TRUE(has(english.text, "- Booking cancelled: Petite salle (Maison des associations), "));
    EXPECT_TRUE(has(english.html, "Individual, booking number 12"));
}

TEST(News, ComesBackAsItWasWritten) {
    auto facts = sample_news();
    facts.others = 2;
    const auto read = parse_news(to_json(facts));
    ASSERT_TRUE(read);
    EXPECT_EQ(to_json(*read), to_json(facts));
    EXPECT_EQ(read->items[0].previous->room, "Grande salle");
}

TEST(News, ThatIsNotWholeIsRefused) {
    auto wrong = sample_news();
    wrong.items[0].local_end = "2026-02-30T10:00";
    auto empty = sample_news();
    empty.items.clear();
    for (const std::string& text :
         {std::string("[]"), std::string("{}"), std::string("{\"subscriber\":1}"), to_json(wrong),
          to_json(empty), std::string(70'000, ' ')}) {
        EXPECT_FALSE(parse_news(text));
    }
    EXPECT_TRUE(parse_news(to_json(sample_news())));
}

TEST(News, OfTheMostItemsFitsTheFacts) {
    auto facts = sample_news();
    facts.items[0].room = std::string(90, 'x');
    facts.items[0].site = std::string(90, 'y');
    facts.items[0].association = std::string(90, 'z');
    facts.items[0].previous.reset();
    facts.items.resize(kMostNews, facts.items[0]);
    EXPECT_TRUE(parse_news(to_json(facts)));
}

}  // namespace
}  // namespace creneau::mail
