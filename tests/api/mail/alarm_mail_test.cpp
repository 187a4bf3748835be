#include "api/mail/alarm_facts.hpp"
#include "api/mail/alarm_rendering.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::mail {
namespace {

AlarmFacts sample() {
    AlarmFacts facts;
    facts.subscriber = "Astreinte & Cie";
    facts.items = {{"forced", "LCR Danton", "danton", "Entrée", "2026-12-05T18:30", ""}};
    facts.helps = {{"LCR Danton", "06 00", "le jour"}};
    facts.town = "Le Pré";
    facts.service = "Vie associative";
    facts.town_email = "salles@le-pre.example.org";
    facts.town_phone = "01 00 00 00 00";
    return facts;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(AlarmMail, SaysWhatWhereAndSinceWhen) {
    const auto french = render_alarms(Language::fr, sample());
    EXPECT_EQ(french.subject, "Porte forcée : Entrée (LCR Danton)");
    EXPECT_TRUE(has(french.text, "Depuis : samedi 5 décembre 2026 à 18 h 30")) << french.text;
    EXPECT_FALSE(has(french.text, "Fin :"));
    EXPECT_TRUE(has(french.html, "Astreinte &amp; Cie"));
    EXPECT_FALSE(has(french.text + french.html, "{{"));
    auto facts = sample();
    facts.items.front().kind = "agent_offline";
    facts.items.front().door = "";
    EXPECT_EQ(render_alarms(Language::en, facts).subject,
              "Door agent offline: danton (LCR Danton)");
}

TEST(AlarmMail, SaysThatItIsOver) {
    auto facts = sample();
    facts.items.front().local_ended = "2026-12-05T18:35";
    const auto french = render_alarms(Language::fr, facts);
    EXPECT_EQ(french.subject, "Fin : Porte forcée : Entrée (LCR Danton)");
    EXPECT_TRUE(has(french.text, "Fin : samedi 5 décembre 2026 à 18 h 35")) << french.text;
    EXPECT_TRUE(has(render_alarms(Language::en, facts).text, "Over: Saturday"));
}

TEST(AlarmMail, TellsSeveralAtOnceAndCountsTheRest) {
    auto facts = sample();
    facts.items.push_back(facts.items.front());
    facts.items.back().kind = "held_open";
    facts.others = 7;
    const auto french = render_alarms(Language::fr, facts);
    EXPECT_EQ(french.subject, "Alarmes : 9");
    EXPECT_TRUE(has(french.text, "Porte restée ouverte : Entrée"));
    EXPECT_TRUE(has(french.text, "Et 7 autres"));
}

TEST(AlarmMail, ComesBackAsItWasWritten) {
    const auto back = parse_alarms(to_json(sample())).value();
    EXPECT_EQ(to_json(back), to_json(sample()));
    EXPECT_EQ(back.items, sample().items);
    EXPECT_FALSE(parse_alarms("{}"));
    EXPECT_FALSE(parse_alarms("no"));
    auto facts = sample();
    facts.items.front().local_ended = "tomorrow";
    EXPECT_FALSE(parse_alarms(to_json(facts)));
    facts.items.clear();
    EXPECT_FALSE(parse_alarms(to_json(facts)));
}

}  // namespace
}  // namespace creneau::mail
