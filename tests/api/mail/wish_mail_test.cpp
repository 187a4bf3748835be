#include "api/mail/letter_composer.hpp"
#include "api/mail/mail_composer.hpp"
#include "api/mail/message.hpp"
#include "api/mail/message_store.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/round_facts.hpp"
#include "api/mail/round_rendering.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::mail {
namespace {

WishFacts sample_wish() {
    WishFacts facts;
    facts.step = "stated";
    facts.round = "Saison 2027-2028";
    facts.association = "Les Voix & Cie";
    facts.booker = "Camille Roussel";
    facts.town = "Le Pré";
    facts.service = "Vie associative";
    facts.service_address = "1 place de la Mairie";
    facts.town_email = "salles@le-pre.example.org";
    facts.town_phone = "01 00 00 00 00";
    facts.wish_id = 12;
    facts.received_on = "2027-05-03";
    facts.wished = {"tuesday", "18:30", "20:00"};
    facts.rooms = {"Petite salle", "LCR Danton"};
    facts.attendees = 40;
    facts.layout = "En rond";
    facts.purpose = "Répétition";
    facts.equipment = {{"Chaises", 40}};
    facts.wishes_until = "2027-05-31";
    facts.may_change = true;
    facts.season_first = "2027-09-06";
    facts.season_last = "2028-06-25";
    facts.helps = {{"Maison des associations", "06 00", "9 h - 22 h"}};
    return facts;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Text and HTML both say each of `all` (which holds nothing that HTML escapes).
void expect_both_say(const RenderedMail& mail, const std::vector<std::string>& all) {
    for (const auto& words : all) {
        EXPECT_TRUE(has(mail.text, words)) << words << "\nmissing in\n" << mail.text;
        EXPECT_TRUE(has(mail.html, words)) << words << "\nmissing in\n" << mail.html;
    }
}

TEST(WishMail, SaysWhatArrivedWhenAndWhatHappensNext) {
    const auto french = render_wish(Language::fr, sample_wish());
    EXPECT_EQ(french.subject,
              "Votre souhait est bien arrivé : Saison 2027-2028, mardi de 18 h 30 à 20 h");
    expect_both_say(french, {"reçu votre souhait le lundi 3 mai 2027", "mardi de 18 h 30 à 20 h",
                             "Petite salle", "LCR Danton", "Chaises (40)", "En rond", "Répétition",
                             "du lundi 6 septembre 2027 au dimanche 25 juin 2028",
                             "jusqu'au lundi 31 mai 2027 inclus", "Vie associative",
                             "1 place de la Mairie", "vous est attribué"});
    EXPECT_LT(french.text.find("Petite salle"), french.text.find("LCR Danton"));
    EXPECT_FALSE(has(french.text, "Fait par"));
    EXPECT_TRUE(has(french.html, "Les Voix &amp; Cie"));
    const auto english = render_wish(Language::en, sample_wish());
    expect_both_say(english, {"Monday 3 May 2027", "Tuesday from 18:30 to 20:00",
                              "up to and including Monday 31 May 2027", "no slot is yours"});
    for (const auto& mail : {french, english}) {
        EXPECT_FALSE(has(mail.text, "{{"));
        EXPECT_FALSE(has(mail.html, "{{"));
        EXPECT_FALSE(has(mail.text, "\n\n\n")) << mail.text;
        EXPECT_TRUE(mail.html.ends_with("</html>\n"));
    }
}

TEST(WishMail, OfTheOfficeSaysForWhomAndThatOnlyItMayChangeWhatIsClosed) {
    auto facts = sample_wish();
    facts.by_office = true;
    facts.may_change = false;
    expect_both_say(render_wish(Language::en, facts),
                    {"Done by Vie associative for Les Voix", "No more wishes are received."});
    const auto french = render_wish(Language::fr, facts);
    expect_both_say(french, {"Fait par Vie associative pour Les Voix"});
    EXPECT_FALSE(has(french.text, "31 mai"));
}

TEST(WishMail, OfWhatIsChangedOrWithdrawnSaysSoAndOfTheLatterPromisesNothing) {
    auto facts = sample_wish();
    facts.step = "edited";
    facts.changed_on = "2027-05-10";
    const auto edited = render_wish(Language::fr, facts);
    EXPECT_TRUE(edited.subject.starts_with("Votre souhait est modifié : ")) << edited.subject;
    expect_both_say(edited, {"modifié le lundi 10 mai 2027", "jusqu'au lundi 31 mai 2027 inclus"});
    facts.step = "withdrawn";
    const auto withdrawn = render_wish(Language::fr, facts);
    EXPECT_TRUE(withdrawn.subject.starts_with("Votre souhait est retiré : ")) << withdrawn.subject;
    expect_both_say(withdrawn, {"retiré le lundi 10 mai 2027"});
    EXPECT_FALSE(has(withdrawn.text, "LA SUITE"));
    EXPECT_FALSE(has(withdrawn.html, "31 mai"));
}

TEST(WishMail, OnPaperAsksForNoReplyToIt) {
    const auto letter = render_wish(Language::fr, sample_wish(), Medium::paper);
    EXPECT_FALSE(has(letter.text, "répondre à ce message")) << letter.text;
    EXPECT_FALSE(has(letter.text, "envoyé automatiquement"));
    EXPECT_TRUE(has(letter.text, "Téléphone : 01 00 00 00 00"));
    EXPECT_TRUE(has(render_wish(Language::fr, sample_wish()).text, "répondre à ce message"));
}

TEST(WishMail, ComesBackAsItWasWrittenAndRefusesWhatIsNot) {
    const std::string written = to_json(sample_wish());
    EXPECT_EQ(to_json(parse_wish(written).value()), written);
    const auto spoilt = [&](const char* member, const nlohmann::json& value) {
        auto json = nlohmann::json::parse(written);
        json[member] = value;
        const auto read = parse_wish(json.dump());
        return read ? std::string() : read.error().field;
    };
    EXPECT_EQ(spoilt("rooms", 3), "wish");
    EXPECT_EQ(spoilt("wishes_until", "soon"), "dates");
    EXPECT_EQ(spoilt("changed_on", "2027-02-30"), "dates");
    EXPECT_EQ(spoilt("changed_on", "2027-02-28"), "");
    EXPECT_EQ(parse_wish("[]").error().detail, "a JSON object is expected");
    EXPECT_EQ(parse_wish(std::string(70'000, ' ')).error().detail, "longer than 64 KiB");
}

TEST(WishMail, LeavesTheOutboxAsAMailOrOnPaper) {
    ClaimedMail row;
    row.id = 7;
    row.template_word = "round_wish";
    row.facts = to_json(sample_wish());
    row.created_at = std::chrono::sys_seconds{std::chrono::seconds{1'796'000'000}};
    row.to_address = "camille@example.org";
    row.to_name = "Camille Roussel";
    row.locale = "fr";
    row.town_key = "le-pre";
    const Mailbox from{"Le Pré", "salles@le-pre.example.org"};
    const auto mail = compose_mail(row, from, {});
    ASSERT_TRUE(mail);
    EXPECT_EQ(mail->envelope.to, "camille@example.org");
    KeptMessage message;
    message.template_word = row.template_word;
    message.to_name = row.to_name;
    message.locale = "fr";
    message.town_zone = "Europe/Paris";
    message.facts = row.facts;
    EXPECT_TRUE(compose_letter(message, {}).value().starts_with("%PDF-"));
    message.facts = "{}";
    EXPECT_EQ(compose_letter(message, {}).error().field, "wish");
}

}  // namespace
}  // namespace creneau::mail
