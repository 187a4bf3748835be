#include "api/mail/movement_facts.hpp"
#include "api/mail/movement_rendering.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::mail {
namespace {

MovementFacts sample() {
    MovementFacts facts;
    facts.reader = "Line Morin";
    facts.person_id = 12;
    facts.person = "Lou & Blanc";
    facts.department = "Culture";
    facts.duties = {"Régie", "Accueil"};
    facts.local_at = "2026-12-05T18:00";
    facts.step = "it";
    facts.town = "Le Pré";
    facts.service = "Ressources humaines";
    facts.town_email = "rh@le-pre.example.org";
    facts.town_phone = "01 00 00 00 00";
    return facts;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(MovementMail, SaysWhoWhenAndWhatToDo) {
    const auto french = render_movement(Language::fr, sample());
    EXPECT_EQ(french.subject, "Départ de Lou & Blanc, samedi 5 décembre 2026 à 18 h");
    EXPECT_TRUE(has(french.text, "- Lou & Blanc part samedi 5 décembre 2026 à 18 h\n"));
    EXPECT_TRUE(has(french.text, "- Mission : Régie\n- Mission : Accueil\n"));
    EXPECT_TRUE(has(french.text, "les badges et les pass s'arrêtent"));
    EXPECT_TRUE(has(french.text, "préparez le matériel et les droits"));
    EXPECT_FALSE(has(french.text, "préparez l'équipe"));
    EXPECT_TRUE(has(french.html, "<strong>Lou &amp; Blanc</strong> part"));
    EXPECT_FALSE(has(french.text + french.html, "{{"));
    const auto english = render_movement(Language::en, sample());
    EXPECT_EQ(english.subject, "Departure of Lou & Blanc, Saturday 5 December 2026 at 18:00");
}

TEST(MovementMail, SaysThatItIsAReminderACorrectionOrWithdrawn) {
    auto facts = sample();
    facts.arrival = true;
    facts.reminder = true;
    EXPECT_EQ(render_movement(Language::fr, facts).subject,
              "Rappel : Arrivée de Lou & Blanc, samedi 5 décembre 2026 à 18 h");
    facts.reminder = false;
    facts.corrected = true;
    EXPECT_TRUE(has(render_movement(Language::fr, facts).text, "a changé"));
    facts.corrected = false;
    facts.withdrawn = true;
    const auto withdrawn = render_movement(Language::en, facts);
    EXPECT_TRUE(has(withdrawn.subject, "Withdrawn: "));
    EXPECT_FALSE(has(withdrawn.text, "What to do"));
}

TEST(MovementMail, KeepsNoWordAboutWhoMoves) {
    const auto kept = to_json(sample());
    EXPECT_FALSE(has(kept, "Lou"));
    EXPECT_FALSE(has(kept, "Accueil"));
    EXPECT_TRUE(has(to_json_with_words(sample()), "Lou"));
}

TEST(MovementMail, ComesBackAsItWasWritten) {
    const auto back = parse_movement(to_json_with_words(sample())).value();
    EXPECT_EQ(back.duties, sample().duties);
    EXPECT_EQ(to_json_with_words(back), to_json_with_words(sample()));
    EXPECT_EQ(parse_movement(to_json(sample()))->person_id, 12);
    EXPECT_FALSE(parse_movement("{}"));
    EXPECT_FALSE(parse_movement("no"));
    auto facts = sample();
    facts.local_at = "tomorrow";
    EXPECT_FALSE(parse_movement(to_json(facts)));
}

}  // namespace
}  // namespace creneau::mail
