#include "api/mail/legal_facts.hpp"
#include "api/mail/rendering.hpp"
#include "tests/api/mail/sample_facts.hpp"

#include <gtest/gtest.h>

#include <string>

#include <nlohmann/json.hpp>

namespace creneau::mail {
namespace {

BookingFacts facts_with(const std::string& means) {
    BookingFacts facts = sample_facts();
    facts.legal = LegalFacts{
        SilenceFacts{means, "2027-01-21", "2 mois", "2 months", "Délibération n° 41."}, "", "", ""};
    facts.series = sample_series();
    return facts;
}

/// Lines are joined: a text mail may break within a sentence.
std::string flat(const std::string& text) {
    std::string line;
    for (const char c : text) {
        line += c == '\n' ? ' ' : c;
    }
    return line;
}

std::string without_tags(const std::string& html) {
    std::string text;
    bool inside = false;
    for (const char c : html) {
        inside = c == '<' || (inside && c != '>');
        if (!inside && c != '>') {
            text += c;
        }
    }
    return text;
}

bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

/// Words with no apostrophe, which HTML escapes.
void expect_both(const RenderedMail& mail, const std::string& words, bool expected = true) {
    EXPECT_EQ(says(flat(mail.text), words), expected) << words << '\n' << mail.text;
    EXPECT_EQ(says(flat(without_tags(mail.html)), words), expected) << words << '\n' << mail.html;
    EXPECT_FALSE(says(mail.text, "\n\n\n")) << mail.text;
    EXPECT_FALSE(says(mail.text + mail.html, "{{")) << mail.text;
}

constexpr Template kReceived[] = {Template::booking_received, Template::series_received};
constexpr Template kRefused[] = {Template::booking_refused, Template::series_refused};

TEST(LegalRendering, ARequestThatSilenceRefusesNamesTheDateAndTheWaysOfAppeal) {
    for (const Template name : kReceived) {
        const auto french = render(name, Language::fr, facts_with("refused"), "");
        expect_both(french, "le samedi 21 novembre 2026");
        expect_both(french, "Vie associative");
        expect_both(french, "de réponse le jeudi 21 janvier 2027, votre demande est refusée");
        expect_both(french, "tribunal administratif");
        expect_both(french, "Délibération n° 41.");
        expect_both(french, "demande est acceptée", false);
        expect_both(french, "la salle ne vous est");
        const auto english = render(name, Language::en, facts_with("refused"), "");
        expect_both(english, "no answer on Thursday 21 January 2027, your request is refused");
        expect_both(english, "tribunal administratif");
    }
}

TEST(LegalRendering, ARequestThatSilenceAcceptsSaysUntilWhenTheRoomIsNotTheirs) {
    for (const Template name : kReceived) {
        const auto french = render(name, Language::fr, facts_with("accepted"), "");
        expect_both(french, "de réponse le jeudi 21 janvier 2027, votre demande est acceptée");
        expect_both(french, "attestation");
        expect_both(french, "avant cela, la salle ne vous est pas attribuée");
        expect_both(french, "tant que vous", false);
        expect_both(french, "tribunal", false);
        const auto english = render(name, Language::en, facts_with("accepted"), "");
        expect_both(english, "no answer on Thursday 21 January 2027, your request is accepted");
        expect_both(english, "before that, the room is not yours");
    }
}

TEST(LegalRendering, AChangeThatAwaitsAnAnswerSaysWhenItCameAndWhatSilenceMeans) {
    for (const Template name : {Template::booking_moved, Template::series_moved}) {
        auto facts = facts_with("refused");
        facts.status = "pending";
        const auto french = render(name, Language::fr, facts, "");
        expect_both(french, "reçue le samedi 21 novembre 2026");
        expect_both(french, "de réponse le jeudi 21 janvier 2027, votre demande est refusée");
        expect_both(french, "la salle ne vous est");
        facts.legal->silence->means = "accepted";
        const auto english = render(name, Language::en, facts, "");
        expect_both(english, "asked for on Saturday 21 November 2026");
        expect_both(english, "no answer on Thursday 21 January 2027, your request is accepted");
        expect_both(english, "Until you have", false);
        facts.status = "approved";
        expect_both(render(name, Language::fr, facts, ""), "21 janvier 2027", false);
    }
}

TEST(LegalRendering, MissingPapersStopTheTimeThatLeadsToAcceptance) {
    auto facts = facts_with("accepted");
    facts.missing_papers = {{{"attestation en cours", "valid certificate"}, ""}};
    const auto french = render(Template::booking_received, Language::fr, facts, "");
    expect_both(french, "attestation en cours");
    expect_both(french, "de réponse 2 mois après");
    expect_both(french, "21 janvier 2027", false);
    const auto english = render(Template::booking_received, Language::en, facts, "");
    expect_both(english, "valid certificate");
    expect_both(english, "no answer 2 months after all missing papers have reached us");
    facts.legal->silence->means = "refused";
    expect_both(render(Template::booking_received, Language::fr, facts, ""), "21 janvier 2027");
}

TEST(LegalRendering, ATownThatHasNotSetItSaysNothingOfSilence) {
    auto facts = facts_with("refused");
    facts.legal->silence.reset();
    for (const Template name : kReceived) {
        expect_both(render(name, Language::fr, facts, ""), "Sans réponse de notre part", false);
        expect_both(render(name, Language::en, facts, ""), "If we do not answer", false);
        expect_both(render(name, Language::en, facts, ""), "until you have this answer");
    }
}

TEST(LegalRendering, ARefusalSaysHowToContestItInTheTownsWordsOrTheUsualOnes) {
    auto facts = facts_with("refused");
    facts.legal->silence.reset();
    for (const Template name : kRefused) {
        facts.legal->appeal_fr.clear();
        expect_both(render(name, Language::fr, facts, ""), "vous avez deux mois");
        expect_both(render(name, Language::en, facts, ""), "you have two months from this message");
        facts.legal->appeal_fr = "Recours devant le tribunal de Montreuil.";
        expect_both(render(name, Language::fr, facts, ""),
                    "Recours devant le tribunal de Montreuil.");
        expect_both(render(name, Language::fr, facts, ""), "vous avez deux mois", false);
        expect_both(render(name, Language::en, facts, ""),
                    "Recours devant le tribunal de Montreuil.");
        facts.legal->appeal_en = "Appeal to the court of Montreuil.";
        expect_both(render(name, Language::en, facts, ""), "Appeal to the court of Montreuil.");
        facts.legal->appeal_en.clear();
    }
}

TEST(LegalRendering, TheServicesAddressStandsWithItsOtherContacts) {
    auto facts = facts_with("refused");
    facts.legal->service_address = "84 rue de la République";
    expect_both(render(Template::booking_received, Language::fr, facts, ""),
                "84 rue de la République");
    expect_both(render(Template::booking_refused, Language::en, facts, ""),
                "84 rue de la République");
}

TEST(LegalFacts, AreReadAsTheyWereWritten) {
    const auto facts = facts_with("accepted");
    const auto read = parse_facts(to_json(facts));
    ASSERT_TRUE(read && read->legal && read->legal->silence);
    EXPECT_EQ(read->legal->silence->on, "2027-01-21");
    EXPECT_EQ(read->legal->silence->decision, "Délibération n° 41.");
    EXPECT_FALSE(parse_facts(to_json(sample_facts()))->legal);
    for (const auto* spoilt : {R"({"silence":{"means":"maybe"}})", R"({"silence":{"on":"x"}})",
                               R"({"silence":[]})", R"({"appeal_fr":1})"}) {
        auto object = json_of(*facts.legal);
        object.merge_patch(nlohmann::json::parse(spoilt));
        EXPECT_FALSE(parse_legal(object)) << spoilt;
    }
    EXPECT_FALSE(parse_legal(nlohmann::json::array()));
    EXPECT_FALSE(parse_legal(nlohmann::json::object()));
}

}  // namespace
}  // namespace creneau::mail
