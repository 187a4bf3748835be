#include "api/mail/mail_composer.hpp"
#include "api/mail/message.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/round_facts.hpp"
#include "api/mail/round_rendering.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::mail {
namespace {

RoundFacts sample_round() {
    RoundFacts facts;
    facts.round = "Saison 2027-2028";
    facts.association = "Les Voix & Cie";
    facts.booker = "Camille Roussel";
    facts.town = "Le Pré";
    facts.service = "Vie associative";
    facts.town_email = "salles@le-pre.example.org";
    facts.town_phone = "01 00 00 00 00";
    RoundItem given;
    given.wish_id = 12;
    given.purpose = "Répétition";
    given.wished = {"tuesday", "18:30", "20:00"};
    given.room = "Petite salle";
    given.given = {"thursday", "18:30", "20:00"};
    given.why = {"Attribué par décision du service.", "Given by decision of the office."};
    given.series_id = 40;
    given.dates = 37;
    given.missed = {{"2027-11-11", {"Jour férié : Armistice.", "Public holiday: Armistice."}}};
    RoundItem nothing;
    nothing.wish_id = 13;
    nothing.purpose = "Stage";
    nothing.wished = {"sunday", "09:00", "12:00"};
    nothing.why = {"Ce créneau va à une autre demande.", "This slot goes to another wish."};
    nothing.waits = 1;
    facts.items = {given, nothing};
    facts.helps = {{"Maison des associations", "06 00", "9 h - 22 h"}};
    return facts;
}

/// Text and HTML both say `words` (which hold nothing that HTML escapes).
void expect_both_say(const RenderedMail& mail, const std::string& words) {
    EXPECT_NE(mail.text.find(words), std::string::npos) << words << "\nmissing in\n" << mail.text;
    EXPECT_NE(mail.html.find(words), std::string::npos) << words << "\nmissing in\n" << mail.html;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(RoundResult, SaysWhatIsGivenWhatIsNotAndWhy) {
    const auto french = render_round(Language::fr, sample_round());
    EXPECT_EQ(french.subject, "Attribution des créneaux : Saison 2027-2028, Les Voix & Cie");
    expect_both_say(french, "mardi de 18 h 30 à 20 h");
    expect_both_say(french, "Petite salle, jeudi de 18 h 30 à 20 h, 37 dates (série n° 40)");
    expect_both_say(french, "Pourquoi : Attribué par décision du service.");
    expect_both_say(french, "jeudi 11 novembre 2027 : Jour férié : Armistice.");
    expect_both_say(french, "dimanche de 9 h à 12 h");
    expect_both_say(french, "Non accordé.");
    expect_both_say(french, "(Maison des associations), appelez : ");
    expect_both_say(french, "Ce créneau va à une autre demande.");
    EXPECT_TRUE(has(french.text, "Liste d'attente : 1 date\n")) << french.text;
    EXPECT_TRUE(has(french.html, "Les Voix &amp; Cie"));
    const auto english = render_round(Language::en, sample_round());
    expect_both_say(english, "Petite salle, Thursday from 18:30 to 20:00, 37 dates");
    expect_both_say(english, "Thursday 11 November 2027: Public holiday: Armistice.");
    expect_both_say(english, "Not given.");
    for (const auto& mail : {french, english}) {
        EXPECT_FALSE(has(mail.text, "{{"));
        EXPECT_FALSE(has(mail.html, "{{"));
        EXPECT_FALSE(has(mail.text, "\n\n\n")) << mail.text;
        EXPECT_TRUE(mail.html.ends_with("</html>\n"));
    }
}

TEST(RoundResult, NamesThePapersAndSaysNothingOfDoorsWhereNothingIsGiven) {
    auto facts = sample_round();
    facts.papers = {{"attestation d'assurance", "insurance certificate"}};
    expect_both_say(render_round(Language::en, facts), "insurance certificate");
    facts.papers.clear();
    facts.items.erase(facts.items.begin());
    const auto french = render_round(Language::fr, facts);
    EXPECT_FALSE(has(french.text, "Papiers"));
    EXPECT_FALSE(has(french.text, "Pour entrer"));
    EXPECT_TRUE(has(french.text, "réponse à votre souhait"));
}

TEST(RoundResult, ComesBackAsItWasWrittenAndRefusesWhatIsNot) {
    auto facts = sample_round();
    facts.other_missed = 3;
    facts.papers = {{"assurance", "insurance"}};
    const std::string written = to_json(facts);
    EXPECT_EQ(to_json(parse_round(written).value()), written);
    const auto spoilt = [&](const auto& spoil) {
        auto json = nlohmann::json::parse(written);
        spoil(json);
        const auto read = parse_round(json.dump());
        return read ? std::string() : read.error().field;
    };
    EXPECT_EQ(spoilt([](auto& json) { json.erase("round"); }), "round");
    EXPECT_EQ(spoilt([](auto& json) { json["items"][0]["dates"] = "many"; }), "round");
    EXPECT_EQ(spoilt([](auto& json) { json["items"].clear(); }), "items");
    EXPECT_EQ(spoilt([](auto& json) { json["items"][0]["missed"][0]["date"] = "one day"; }),
              "missed");
    EXPECT_EQ(parse_round("[]").error().detail, "a JSON object is expected");
    EXPECT_EQ(parse_round(std::string(70'000, ' ')).error().detail, "longer than 64 KiB");
}

TEST(RoundResult, OfAsManyWishesAsThereMayBeFitsTheFacts) {
    auto facts = sample_round();
    const std::string longest(2000, 'e');
    facts.items.resize(20, facts.items.front());
    for (RoundItem& item : facts.items) {
        item.missed.clear();
        item.purpose = shortened(longest);
        item.why = {shortened(longest), shortened(longest)};
    }
    for (std::size_t day = 0; day < kMostMissedDays; ++day) {
        facts.items[day % 20].missed.push_back(
            {"2027-11-11", {shortened(longest), shortened(longest)}});
    }
    EXPECT_LT(to_json(facts).size(), 64U * 1024);
}

TEST(RoundResult, LeavesTheOutboxAsAMailOfItsOwn) {
    ClaimedMail row;
    row.id = 7;
    row.template_word = "round_result";
    row.facts = to_json(sample_round());
    row.created_at = std::chrono::sys_seconds{std::chrono::seconds{1'796'000'000}};
    row.to_address = "camille@example.org";
    row.to_name = "Camille Roussel";
    row.locale = "fr";
    row.town_key = "le-pre";
    const Mailbox from{"Le Pré", "salles@le-pre.example.org"};
    const auto mail = compose_mail(row, from, {});
    ASSERT_TRUE(mail);
    EXPECT_EQ(mail->envelope.to, "camille@example.org");
    EXPECT_EQ(mail->envelope.message_id, "outbox-7.le-pre@le-pre.example.org");
    EXPECT_EQ(mail->start, row.created_at);
    EXPECT_FALSE(has(mail->message, "text/calendar"));
    row.facts = "{}";
    EXPECT_EQ(compose_mail(row, from, {}).error().field, "round");
}

TEST(RoundResult, ASentenceIsCutBetweenCharacters) {
    std::string accents;
    for (int letter = 0; letter < 400; ++letter) {
        accents += "é";
    }
    const auto cut = shortened('a' + accents);
    EXPECT_EQ(cut.size(), 499 + std::string("…").size());
    EXPECT_TRUE(cut.ends_with("é…"));
    EXPECT_EQ(shortened("court"), "court");
}

}  // namespace
}  // namespace creneau::mail
