#include "api/mail/lockdown_facts.hpp"
#include "api/mail/lockdown_rendering.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::mail {
namespace {

LockdownFacts sample() {
    LockdownFacts facts;
    facts.site = "LCR Danton & Cie";
    facts.ground = "intrusion";
    facts.local_at = "2026-12-05T18:30";
    facts.town = "Le Pré";
    facts.service = "Vie associative";
    facts.town_email = "salles@le-pre.example.org";
    facts.town_phone = "01 00 00 00 00";
    return facts;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(LockdownMail, SaysWhereSinceWhenAndHowItEnds) {
    const auto french = render_lockdown(Language::fr, sample());
    EXPECT_EQ(french.subject, "Confinement : LCR Danton & Cie");
    EXPECT_TRUE(has(french.text, "depuis samedi 5 décembre 2026 à 18 h 30 (motif : intrusion)"));
    EXPECT_TRUE(has(french.text, "deux personnes sont nécessaires"));
    EXPECT_TRUE(has(french.html, "LCR Danton &amp; Cie"));
    EXPECT_FALSE(has(french.text + french.html, "{{"));
    auto facts = sample();
    facts.ground = "authority_order";
    const auto english = render_lockdown(Language::en, facts);
    EXPECT_EQ(english.subject, "Lockdown: LCR Danton & Cie");
    EXPECT_TRUE(has(english.text, "(ground: order of an authority)"));
}

TEST(LockdownMail, SaysThatItIsOver) {
    auto facts = sample();
    facts.ended = true;
    const auto french = render_lockdown(Language::fr, facts);
    EXPECT_EQ(french.subject, "Fin du confinement : LCR Danton & Cie");
    EXPECT_TRUE(has(french.text, "a pris fin samedi 5 décembre 2026 à 18 h 30"));
    EXPECT_FALSE(has(french.text, "deux personnes"));
    EXPECT_TRUE(has(render_lockdown(Language::en, facts).subject, "End of the lockdown"));
}

TEST(LockdownMail, ComesBackAsItWasWritten) {
    const auto back = parse_lockdown(to_json(sample())).value();
    EXPECT_EQ(to_json(back), to_json(sample()));
    EXPECT_FALSE(parse_lockdown("{}"));
    EXPECT_FALSE(parse_lockdown("no"));
    auto facts = sample();
    facts.local_at = "tomorrow";
    EXPECT_FALSE(parse_lockdown(to_json(facts)));
}

}  // namespace
}  // namespace creneau::mail
