#include "api/mail/account_facts.hpp"
#include "api/mail/account_rendering.hpp"
#include "api/mail/mail_composer.hpp"
#include "api/mail/outbox_store.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace creneau::mail {
namespace {

const Mailbox kFrom{"Salles", "salles@le-pre.example.org"};
const AccountSecret kSecret{"7K2M-9QXT-B4HD", "https://salles.example.org"};

AccountFacts sample_account() {
    return {"Camille Roussel",           "Le Pré",         "Vie associative",
            "salles@le-pre.example.org", "01 00 00 00 00", 12};
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

ClaimedMail row_of(const AccountFacts& facts, std::string_view word) {
    ClaimedMail mail;
    mail.id = 5;
    mail.template_word = word;
    mail.facts = to_json(facts);
    mail.to_address = "camille@example.org";
    mail.to_name = facts.reader;
    mail.locale = "fr";
    mail.town_key = "le-pre";
    mail.token = "abc";
    return mail;
}

TEST(AccountMails, SayTheCodeAndTheSiteApart) {
    for (const auto name : {Template::account_invitation, Template::account_password_reset,
                            Template::account_sign_in_code}) {
        for (const auto language : {Language::fr, Language::en}) {
            const auto mail = render_account(name, language, sample_account(), kSecret);
            for (const auto& text : {mail.text, mail.html}) {
                EXPECT_TRUE(has(text, "7K2M-9QXT-B4HD")) << word_of(name);
                EXPECT_TRUE(has(text, "https://salles.example.org")) << word_of(name);
                EXPECT_FALSE(has(text, "example.org/")) << "no address carries the code";
                EXPECT_FALSE(has(text, "{{"));
            }
            EXPECT_FALSE(has(mail.subject, "7K2M")) << "subjects stand in lists and notices";
            EXPECT_TRUE(has(mail.text, "Camille Roussel"));
        }
    }
}

TEST(AccountMails, DoWithoutASite) {
    const auto mail = render_account(Template::account_invitation, Language::fr, sample_account(),
                                     {kSecret.code, ""});
    EXPECT_TRUE(has(mail.text, "Sur le site de réservation"));
    EXPECT_FALSE(has(mail.html, "href=\"\""));
    EXPECT_TRUE(has(mail.text, kSecret.code));
}

TEST(AccountMails, AboutANewPasswordCarryNoCode) {
    const auto mail =
        render_account(Template::account_password_set, Language::en, sample_account(), kSecret);
    EXPECT_FALSE(has(mail.text, kSecret.code));
    EXPECT_FALSE(has(mail.html, kSecret.code));
    EXPECT_TRUE(has(mail.text, "signed out"));
}

TEST(AccountMails, AboutSecondFactorsAndAddressesCarryNoCodeAndNoLink) {
    for (const auto name :
         {Template::account_second_factor_on, Template::account_second_factor_reset,
          Template::account_recovery_code_used, Template::account_address_changed,
          Template::account_managers_changed, Template::account_rights_watched,
          Template::account_unused}) {
        EXPECT_TRUE(is_about_account(name)) << word_of(name);
        for (const auto language : {Language::fr, Language::en}) {
            const auto mail = render_account(name, language, sample_account(), kSecret);
            EXPECT_FALSE(mail.subject.empty());
            for (const auto& text : {mail.text, mail.html}) {
                EXPECT_FALSE(has(text, kSecret.code)) << word_of(name);
                EXPECT_FALSE(has(text, kSecret.site)) << word_of(name);
                EXPECT_FALSE(has(text, "{{"));
                EXPECT_TRUE(has(text, "Camille Roussel"));
            }
        }
    }
    EXPECT_FALSE(is_about_account(Template::booking_approved));
}

TEST(AccountMails, NameTheAssociationWhoseManagersChanged) {
    auto facts = sample_account();
    facts.association = "Club d'échecs";
    for (const auto language : {Language::fr, Language::en}) {
        const auto mail =
            render_account(Template::account_managers_changed, language, facts, kSecret);
        EXPECT_TRUE(has(mail.subject, "Club d'échecs"));
        EXPECT_TRUE(has(mail.text, "Club d'échecs"));
        EXPECT_FALSE(has(mail.text, kSecret.code));
    }
    EXPECT_EQ(parse_account(to_json(facts))->association, "Club d'échecs");
    // Queued before an update: mails about accounts knew no associations.
    EXPECT_TRUE(parse_account(R"({"reader": "a", "town": "b", "service": "c", "town_email": "d",)"
                              R"( "town_phone": "e", "code_id": 0})"));
}

TEST(AccountMails, TellOfAnAccountByItsNumber) {
    auto facts = sample_account();
    facts.account = 42;
    EXPECT_EQ(parse_account(to_json(facts))->account, 42);
    for (const auto language : {Language::fr, Language::en}) {
        const auto mail =
            render_account(Template::account_rights_watched, language, facts, kSecret);
        EXPECT_TRUE(has(mail.text, " 42 ")) << mail.text;
        EXPECT_TRUE(has(mail.html, " 42 "));
    }
}

TEST(AccountMails, SayFromWhichDayAnUnusedAccountIsErased) {
    auto facts = sample_account();
    facts.day = "2026-12-24";
    EXPECT_EQ(parse_account(to_json(facts))->day, "2026-12-24");
    const auto french = render_account(Template::account_unused, Language::fr, facts, kSecret);
    EXPECT_TRUE(has(french.text, "jeudi 24 décembre 2026")) << french.text;
    const auto english = render_account(Template::account_unused, Language::en, facts, kSecret);
    EXPECT_TRUE(has(english.html, "Thursday 24 December 2026"));
}

TEST(AccountMails, LetNobodyWriteHtmlOrHeaders) {
    auto facts = sample_account();
    facts.reader = "<img src=x onerror=alert(1)>";
    facts.town = "Le Pré\r\nBcc: eve@example.org";
    const auto mail = render_account(Template::account_invitation, Language::fr, facts, kSecret);
    EXPECT_FALSE(has(mail.html, "<img"));
    EXPECT_TRUE(has(mail.html, "&lt;img"));
    const auto composed = compose_account_mail(row_of(facts, kInvitationMail), kFrom, kSecret);
    ASSERT_TRUE(composed);
    const auto head = composed->message.substr(0, composed->message.find("\r\n\r\n"));
    EXPECT_FALSE(has(head, "\r\nBcc:")) << head;
    EXPECT_TRUE(has(head, "\r\nSubject:"));
}

TEST(AccountMails, AreTheSameBytesWhenRepeated) {
    const auto row = row_of(sample_account(), kSignInCodeMail);
    const auto first = compose_account_mail(row, kFrom, kSecret);
    ASSERT_TRUE(first);
    EXPECT_EQ(compose_account_mail(row, kFrom, kSecret)->message, first->message);
    EXPECT_EQ(first->envelope.to, "camille@example.org");
}

TEST(AccountMails, NeedAllTheirFacts) {
    EXPECT_FALSE(parse_account("{}"));
    EXPECT_FALSE(parse_account("not JSON"));
    auto row = row_of(sample_account(), kSignInCodeMail);
    row.facts = R"({"reader": 5})";
    EXPECT_FALSE(compose_account_mail(row, kFrom, kSecret));
    EXPECT_FALSE(
        compose_account_mail(row_of(sample_account(), "booking_approved"), kFrom, kSecret));
    EXPECT_EQ(parse_account(to_json(sample_account()))->code_id, 12);
}

}  // namespace
}  // namespace creneau::mail
