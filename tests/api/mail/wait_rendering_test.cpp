#include "api/mail/rendering.hpp"
#include "tests/api/mail/sample_facts.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace creneau::mail {
namespace {

/// Third in line for an evening with chairs.
BookingFacts waiting() {
    BookingFacts facts = sample_facts();
    facts.booking_id = 0;
    facts.wait = {91, 3, "", "", 0, {{"Chaises pliantes", 20}}};
    return facts;
}

BookingFacts ended(std::string_view why) {
    BookingFacts facts = waiting();
    facts.wait->place = 0;
    facts.wait->why = why;
    return facts;
}

bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

void expect_both_say(const RenderedMail& mail, const std::string& words) {
    EXPECT_TRUE(says(mail.text, words)) << words << "\nmissing in\n" << mail.text;
    EXPECT_TRUE(says(mail.html, words)) << words << "\nmissing in\n" << mail.html;
}

void expect_neither_says(const RenderedMail& mail, const std::string& words) {
    EXPECT_FALSE(says(mail.text, words)) << mail.text;
    EXPECT_FALSE(says(mail.html, words)) << mail.html;
}

void expect_whole(const RenderedMail& mail) {
    expect_neither_says(mail, "{{");
    EXPECT_FALSE(says(mail.text, "\n\n\n")) << mail.text;
    EXPECT_TRUE(mail.html.starts_with("<!DOCTYPE html>")) << mail.html;
    EXPECT_TRUE(mail.html.ends_with("</html>\n")) << mail.html;
}

TEST(WaitRendering, AnAcknowledgementSaysWhereTheyStandAndWhatComesNext) {
    const auto french = render(Template::wait_joined, Language::fr, waiting(), "");
    EXPECT_TRUE(says(french.subject, "Salle du rez-de-chaussée")) << french.subject;
    for (const char* words :
         {"samedi 5 décembre 2026 de 18 h 30 à 21 h", "91", "Votre place dans la",
          "Chaises pliantes (20)", "option", "jusqu'à quand", "Pour renoncer à votre place",
          "astreinte, 01 00 00 00 01", "tous les jours de 8 h à 23 h"}) {
        expect_both_say(french, words);
    }
    EXPECT_TRUE(says(french.text, "file : 3.")) << french.text;
    EXPECT_TRUE(says(french.html, "file : <strong>3</strong>.")) << french.html;
    expect_neither_says(french, "Numéro de réservation");
    const auto english = render(Template::wait_joined, Language::en, waiting(), "");
    for (const char* words :
         {"Saturday 5 December 2026 from 18:30 to 21:00",
          "Your place in line: ", "until when to confirm it", "To give up your place"}) {
        expect_both_say(english, words);
    }
    expect_neither_says(english, "Booking number");
    expect_whole(french);
    expect_whole(english);
}

TEST(WaitRendering, AnEndSaysWhyAndNothingElse) {
    const auto begun = render(Template::wait_ended, Language::fr, ended(kSlotBegun), "");
    expect_both_say(begun, "le créneau a commencé");
    expect_both_say(begun, "astreinte, 01 00 00 00 01");
    const auto gone = render(Template::wait_ended, Language::en, ended(kNoSuchTime), "");
    expect_both_say(gone, "this slot no longer exists on that day");
    for (const auto& mail : {begun, gone}) {
        expect_neither_says(mail, "Fait par");
        expect_neither_says(mail, "Done by");
        expect_whole(mail);
    }
    expect_neither_says(gone, "has begun");
}

TEST(WaitRendering, APlaceGivenUpSaysByWhomForWhomAndWhichOfferEnded) {
    BookingFacts facts = ended(kGivenUp);
    facts.wait->given_up_by = "Vie associative";
    auto mail = render(Template::wait_ended, Language::fr, facts, "");
    expect_both_say(mail, "Fait par : Vie associative, pour Les Voix du Pré");
    expect_neither_says(mail, "option n°");
    expect_whole(mail);
    facts.association.clear();
    facts.wait->hold_id = 31;
    mail = render(Template::wait_ended, Language::en, facts, "");
    expect_both_say(mail, "Done by: Vie associative, for Camille Roussel");
    expect_both_say(mail, "Hold no. 31");
    expect_neither_says(mail, "has begun");
    expect_whole(mail);
}

TEST(WaitRendering, ALetterAsksForNoReplyAndNoVisitToTheSite) {
    for (const Template name : {Template::wait_joined, Template::wait_ended}) {
        const auto facts = name == Template::wait_joined ? waiting() : ended(kSlotBegun);
        const auto french = render_letter(name, Language::fr, facts, PaperCode::none);
        EXPECT_TRUE(says(french.text, "téléphonez-nous ou écrivez-nous")) << french.text;
        EXPECT_FALSE(says(french.text, "sur le site")) << french.text;
        EXPECT_FALSE(says(french.text, "répond")) << french.text;
        const auto english = render_letter(name, Language::en, facts, PaperCode::none);
        EXPECT_TRUE(says(english.text, "call us or write to us")) << english.text;
        EXPECT_FALSE(says(english.text, "on the site")) << english.text;
        EXPECT_FALSE(says(english.text, "{{")) << english.text;
    }
}

}  // namespace
}  // namespace creneau::mail
