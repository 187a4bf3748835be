#include "api/mail/rendering.hpp"

#include "tests/api/mail/sample_facts.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace creneau::mail {
namespace {

constexpr Template kAll[] = {
    Template::booking_received,  Template::booking_approved, Template::booking_refused,
    Template::booking_cancelled, Template::booking_moved,    Template::booking_retimed,
    Template::pass_ready,        Template::booking_reminder, Template::booking_released};
constexpr const char* kCid = "pass.outbox-1.le-pre@example.org";

bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

/// Text and HTML both say `words` (which hold nothing that HTML escapes).
void expect_both_say(const RenderedMail& mail, const std::string& words) {
    EXPECT_TRUE(says(mail.text, words)) << words << "\nmissing in\n" << mail.text;
    EXPECT_TRUE(says(mail.html, words)) << words << "\nmissing in\n" << mail.html;
}

void expect_neither_says(const RenderedMail& mail, const std::string& words) {
    EXPECT_FALSE(says(mail.text, words)) << mail.text;
    EXPECT_FALSE(says(mail.html, words)) << mail.html;
}

TEST(Rendering, NamesRoomAndTimeInEverySubject) {
    for (const Template name : kAll) {
        const auto french = render(name, Language::fr, sample_facts(), "");
        EXPECT_TRUE(says(french.subject, "Salle du rez-de-chaussée")) << french.subject;
        EXPECT_TRUE(says(french.subject, "samedi 5 décembre 2026 de 18 h 30 à 21 h"));
        EXPECT_FALSE(says(french.subject, "\n"));
        const auto english = render(name, Language::en, sample_facts(), "");
        EXPECT_TRUE(says(english.subject, "Saturday 5 December 2026 from 18:30 to 21:00"));
        EXPECT_NE(english.subject, french.subject);
    }
}

TEST(Rendering, WhatTheOfficeAskedForSomebodySaysForWhom) {
    BookingFacts facts = sample_facts();
    for (const auto name : {Template::booking_received, Template::series_received}) {
        facts.series = sample_series();
        facts.asked_by = "Vie associative";
        const auto spoken = render(name, Language::fr, facts, "");
        for (const std::string& form : {spoken.text, spoken.html}) {
            EXPECT_NE(form.find("Vie associative, pour Camille Roussel"), std::string::npos);
        }
        facts.asked_by.clear();
        const auto own = render(name, Language::fr, facts, "");
        EXPECT_EQ(own.text.find("Demande faite par"), std::string::npos);
    }
}

TEST(Rendering, AMailAboutASeriesListsItsDatesAndTheOthersWithTheirReason) {
    BookingFacts facts = sample_facts();
    facts.series = sample_series();
    facts.ground_fr = "Alerte météorologique";
    facts.ground_en = "Weather alert";
    for (const Template name :
         {Template::series_received, Template::series_approved, Template::series_refused,
          Template::series_cancelled, Template::series_moved, Template::series_retimed}) {
        const auto french = render(name, Language::fr, facts, "");
        EXPECT_TRUE(says(french.subject, "Salle du rez-de-chaussée, 2 dates")) << french.subject;
        expect_both_say(french, "samedi 5 décembre 2026 de 18 h 30 à 21 h");
        expect_both_say(french, "samedi 12 décembre 2026 de 18 h 30 à 21 h");
        expect_both_say(french,
                        "samedi 19 décembre 2026 de 18 h 30 à 21 h : La salle est déjà prise.");
        const auto english = render(name, Language::en, facts, "");
        EXPECT_TRUE(says(english.subject, ", 2 dates"));
        expect_both_say(
            english, "Saturday 19 December 2026 from 18:30 to 21:00: The room is already taken.");
        for (const auto& mail : {french, english}) {
            expect_neither_says(mail, "{{");
            EXPECT_FALSE(says(mail.text, "\n\n\n")) << mail.text;
            EXPECT_TRUE(mail.html.ends_with("</html>\n")) << mail.html;
        }
    }
    expect_both_say(render(Template::series_cancelled, Language::en, facts, ""), "Weather alert");
}

TEST(Rendering, AMailThatGivesASeriesSaysHowToGetIn) {
    BookingFacts facts = sample_facts();
    facts.series = sample_series();
    facts.pass_number.reset();
    for (const Template name : {Template::series_approved, Template::series_moved}) {
        facts.ways_in = {{"key", "clé au gardien", "key at the caretaker's"}};
        const auto by_key = render(name, Language::fr, facts, "");
        expect_both_say(by_key, "Avec une clé : clé au gardien");
        expect_neither_says(by_key, "Chaque date a son code QR");
        expect_neither_says(by_key, "sans code QR");
        expect_both_say(by_key, "Si vous ne pouvez pas entrer, appelez");
        facts.ways_in = {{"qr", "", ""}, {"badge", "badge au bureau", "badge at the office"}};
        const auto by_code = render(name, Language::en, facts, "");
        expect_both_say(by_code, "Each date has its own QR code");
        expect_both_say(by_code, "How to get in without the QR code:");
        expect_both_say(by_code, "With a badge: badge at the office");
        facts.ways_in.clear();
        expect_both_say(render(name, Language::fr, facts, ""), "Pour savoir comment entrer");
        facts.status = "pending";
        expect_neither_says(render(Template::series_moved, Language::fr, facts, ""),
                            "Pour savoir comment entrer");
        facts.status = "approved";
    }
}

TEST(Rendering, AMailAboutAClosureSaysWhenAndWhyAndThatTheBookingStays) {
    BookingFacts facts = sample_facts();
    facts.series = sample_series();
    facts.closure = sample_closure();
    for (const Template name : {Template::booking_closure, Template::series_closure}) {
        const auto french = render(name, Language::fr, facts, "");
        EXPECT_TRUE(says(french.subject, "La salle ferme")) << french.subject;
        expect_both_say(french, "du lundi 30 novembre 2026 à 8 h au lundi 14 décembre 2026");
        expect_both_say(french, "travaux. Reprise du parquet.");
        expect_both_say(french, "samedi 5 décembre 2026 de 18 h 30 à 21 h");
        const auto english = render(name, Language::en, facts, "");
        expect_both_say(english, "works. Reprise du parquet.");
        for (const auto& mail : {french, english}) {
            expect_neither_says(mail, "{{");
            EXPECT_FALSE(says(mail.text, "\n\n\n")) << mail.text;
        }
    }
}

TEST(Rendering, AMailAboutAHoldSaysUntilWhenAndNamesNoBooking) {
    BookingFacts facts = sample_facts();
    facts.booking_id = 0;
    facts.hold = {31, "2026-11-28T12:00"};
    for (const Template name : {Template::hold_placed, Template::wait_offered,
                                Template::hold_expired, Template::offer_lapsed}) {
        const auto french = render(name, Language::fr, facts, "");
        expect_both_say(french, "samedi 5 décembre 2026 de 18 h 30 à 21 h");
        expect_both_say(french, "31");
        expect_neither_says(french, "Numéro de réservation");
        EXPECT_TRUE(says(french.html, "samedi 28 novembre 2026 à 12 h")) << french.html;
        const auto english = render(name, Language::en, facts, "");
        EXPECT_TRUE(says(english.html, "Saturday 28 November 2026 at 12:00")) << english.html;
        expect_neither_says(english, "Booking number");
    }
    facts.closure = sample_closure();
    for (const Language language : {Language::fr, Language::en}) {
        const auto mail = render(Template::hold_withdrawn, language, facts, "");
        expect_both_say(mail, "Reprise du parquet.");
        expect_neither_says(mail, "{{");
        EXPECT_FALSE(says(mail.text, "\n\n\n")) << mail.text;
    }
    facts.closure.reset();
    expect_neither_says(render(Template::hold_withdrawn, Language::fr, facts, ""), "fermée");
}

TEST(Rendering, AMailAboutAHoldListsTheEquipmentHeld) {
    BookingFacts facts = sample_facts();
    facts.booking_id = 0;
    facts.hold = {31, "2026-11-28T12:00"};
    facts.hold->equipment = {{"Chaises pliantes", 20}, {"Piano", 1}};
    expect_both_say(render(Template::wait_offered, Language::fr, facts, ""),
                    "Chaises pliantes (20), Piano (1)");
    const auto english = render(Template::hold_placed, Language::en, facts, "");
    expect_both_say(english, "Equipment");
    expect_both_say(english, "Chaises pliantes (20), Piano (1)");
    facts.hold->equipment.clear();
    expect_neither_says(render(Template::wait_offered, Language::fr, facts, ""), "Matériel");
}

TEST(Rendering, LeavesNoTagNorEmptySentence) {
    for (const Template name : kAll) {
        for (const Language language : {Language::fr, Language::en}) {
            for (const char* cid : {kCid, ""}) {
                const auto mail = render(name, language, sample_facts(), cid);
                expect_neither_says(mail, "{{");
                expect_neither_says(mail, " , ");
                EXPECT_FALSE(says(mail.text, "\n\n\n")) << mail.text;
                EXPECT_FALSE(says(mail.text, ": \n")) << mail.text;
                EXPECT_TRUE(mail.html.starts_with("<!DOCTYPE html>")) << mail.html;
                EXPECT_TRUE(mail.html.ends_with("</html>\n")) << mail.html;
            }
        }
    }
}

TEST(Rendering, TellsBesideTheCodeAllThatIsNeededAtTheDoor) {
    const auto mail = render(Template::booking_approved, Language::fr, sample_facts(), kCid);
    for (const char* words :
         {"Salle du rez-de-chaussée (LCR Danton)", "samedi 5 décembre 2026 de 18 h 30 à 21 h",
          "samedi 5 décembre 2026 de 18 h 20 à 21 h 10", "porte de la rue, puis porte de la salle",
          "pass n° 7", "porte ne s", "astreinte, 01 00 00 00 01", "tous les jours de 8 h à 23 h",
          "Avec un badge : le badge se retire à l", "3 rue Danton, 93310 Le Pré"}) {
        expect_both_say(mail, words);
    }
    EXPECT_TRUE(says(mail.html, "src=\"cid:pass.outbox-1.le-pre@example.org\""));
    const auto english = render(Template::booking_approved, Language::en, sample_facts(), kCid);
    for (const char* words : {"Saturday 5 December 2026 from 18:20 to 21:10", "pass no. 7",
                              "does not open", "porte de la rue, then porte de la salle",
                              "With a badge: fetch the badge at the desk."}) {
        expect_both_say(english, words);
    }
}

TEST(Rendering, TellsWhereTheReaderIs) {
    BookingFacts facts = sample_facts();
    facts.ways_in = {{"qr", "Le lecteur est à droite de la porte.", ""}};
    expect_both_say(render(Template::booking_approved, Language::fr, facts, kCid),
                    "Le lecteur est à droite de la porte.");
    expect_neither_says(render(Template::booking_approved, Language::fr, facts, ""),
                        "Le lecteur est");
}

TEST(Rendering, TellsHowToGetInWhenThereIsNoCode) {
    BookingFacts facts = sample_facts();
    facts.pass_number.reset();
    facts.ways_in = {{"qr", "", ""}, {"key", "à retirer en mairie.", ""}, {"staff", "", ""}};
    for (const Language language : {Language::fr, Language::en}) {
        const auto mail = render(Template::booking_approved, language, facts, "");
        expect_both_say(mail, "à retirer en mairie.");  // the other language beats nothing
        expect_both_say(mail, "astreinte, 01 00 00 00 01");
        EXPECT_FALSE(says(mail.html, "<img"));
        EXPECT_FALSE(says(mail.text, "pass.png"));
    }
    facts.ways_in.clear();
    expect_both_say(render(Template::booking_approved, Language::fr, facts, ""), "01 00 00 00 00");
}

TEST(Rendering, AnnouncesACodeThatComesLater) {
    for (const Template name : {Template::booking_approved, Template::booking_moved}) {
        const auto french = render(name, Language::fr, sample_facts(), "");
        expect_both_say(french, "au plus tard la veille de votre réservation");
        expect_both_say(french, "samedi 5 décembre 2026 de 18 h 20 à 21 h 10");
        expect_both_say(french, "Vie associative, 01 00 00 00 00");
        expect_neither_says(french, "pas de code QR");
        expect_neither_says(french, "pass.png");
        EXPECT_FALSE(says(french.html, "<img"));
        const auto english = render(name, Language::en, sample_facts(), "");
        expect_both_say(english, "at the latest the day before your booking");
        expect_neither_says(english, "There is no QR code");
    }
}

TEST(Rendering, BringsTheCodeThatWasAnnounced) {
    for (const Language language : {Language::fr, Language::en}) {
        const auto mail = render(Template::pass_ready, language, sample_facts(), kCid);
        expect_both_say(mail, "3 rue Danton, 93310 Le Pré");
        expect_both_say(mail, "astreinte, 01 00 00 00 01");
        expect_both_say(mail, "pass.png");
        EXPECT_TRUE(says(mail.html, "src=\"cid:pass.outbox-1.le-pre@example.org\""));
    }
}

TEST(Rendering, AcknowledgesWithDateServiceAndWhatComesNext) {
    const auto mail = render(Template::booking_received, Language::fr, sample_facts(), "");
    expect_both_say(mail, "samedi 21 novembre 2026");
    expect_both_say(mail, "Vie associative");
    expect_both_say(mail, "acceptée ou refusée");
}

TEST(Rendering, AsksForMissingPapersInsteadOfSayingHowToGetIn) {
    BookingFacts facts = sample_facts();
    facts.pass_number.reset();
    facts.missing_papers = {{{"convention signée", "signed agreement"}, ""},
                            {{"dépôt de garantie", "deposit"}, "2026-12-12"}};
    for (const Template name : {Template::booking_received, Template::booking_approved,
                                Template::booking_moved, Template::booking_reminder}) {
        const auto french = render(name, Language::fr, facts, "");
        expect_both_say(french, "convention signée");
        expect_both_say(french, "dépôt de garantie (à partir du samedi 12 décembre 2026)");
        expect_neither_says(french, "le badge se retire");
        const auto english = render(name, Language::en, facts, "");
        expect_both_say(english, "signed agreement");
        expect_both_say(english, "deposit (from Saturday 12 December 2026 on)");
        expect_both_say(english, "salles@le-pre.example.org");
    }
    facts.series = sample_series();
    for (const Template name :
         {Template::series_received, Template::series_approved, Template::series_moved}) {
        expect_both_say(render(name, Language::fr, facts, ""), "convention signée");
        expect_both_say(render(name, Language::en, facts, ""), "signed agreement");
    }
}

TEST(Rendering, RemindsWithTheCodeOrWithThePapersThatAreMissingForIt) {
    BookingFacts facts = sample_facts();
    const auto with_code = render(Template::booking_reminder, Language::fr, facts, kCid);
    EXPECT_TRUE(with_code.subject.starts_with("Rappel : Salle du rez-de-chaussée, samedi 5"));
    expect_both_say(with_code, "pass n° 7");
    facts.missing_papers = {{{"convention signée", "signed agreement"}, ""}};
    expect_neither_says(render(Template::booking_reminder, Language::fr, facts, kCid),
                        "convention");
    facts.pass_number.reset();
    const auto without = render(Template::booking_reminder, Language::en, facts, "");
    expect_both_say(without, "signed agreement");
    expect_both_say(without, "Without them you will not get a code");
    expect_neither_says(without, "pass no.");
}

TEST(Rendering, RefusesWithGroundAndRemedies) {
    BookingFacts facts = sample_facts();
    facts.ground = "works";
    facts.ground_fr = "La salle est en travaux.";
    facts.ground_en = "The room is under repair.";
    facts.ground_text = "Réouverture en mars.";
    const auto french = render(Template::booking_refused, Language::fr, facts, "");
    for (const char* words : {"La salle est en travaux.", "Réouverture en mars.", "deux mois",
                              "tribunal", "01 00 00 00 00", "salles@le-pre.example.org"}) {
        expect_both_say(french, words);
    }
    const auto english = render(Template::booking_refused, Language::en, facts, "");
    expect_both_say(english, "The room is under repair.");
    expect_both_say(english, "two months");
    expect_neither_says(english, "en travaux");
}

TEST(Rendering, TellsWhatAMoveChanged) {
    BookingFacts facts = sample_facts();
    facts.previous = FormerSlot{"Petite salle", "2026-12-04T20:00", "2026-12-04T21:00"};
    const auto decided = render(Template::booking_moved, Language::fr, facts, kCid);
    expect_both_say(decided, "Petite salle");
    expect_both_say(decided, "vendredi 4 décembre 2026 de 20 h à 21 h");
    expect_both_say(decided, "pass n° 7");
    facts.status = "pending";
    facts.pass_number.reset();
    const auto open = render(Template::booking_moved, Language::fr, facts, "");
    expect_both_say(open, "encore être accepté");
    expect_neither_says(open, "Avec un badge");
}

TEST(Rendering, EscapesInHtmlOnly) {
    BookingFacts facts = sample_facts();
    facts.purpose = "<script>alert(1)</script> & \"bal\" d'été {{room}}";
    facts.booker = "<img src=x>";
    facts.doors = {"<b>"};
    const auto mail = render(Template::booking_approved, Language::fr, facts, kCid);
    EXPECT_TRUE(says(mail.text, facts.purpose)) << mail.text;
    EXPECT_FALSE(says(mail.html, "<script>"));
    EXPECT_TRUE(says(mail.html, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;bal&quot;"));
    EXPECT_FALSE(says(mail.html, "<img src=x>"));
    EXPECT_FALSE(says(mail.html, "<b>"));
}

}  // namespace
}  // namespace creneau::mail
