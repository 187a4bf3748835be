#include "api/mail/message.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::mail {
namespace {

Message small() {
    Message message;
    message.message_id = "outbox-1.le-pre@example.org";
    message.from = {"Réservation des salles", "salles@example.org"};
    message.to = {"Camille", "camille@example.org"};
    message.date = std::chrono::sys_seconds(std::chrono::seconds(1'795'300'000));
    message.language = "fr";
    message.subject = "Réservation acceptée";
    message.text = "Bonjour\n";
    message.html = "<p>Bonjour</p>\n";
    return message;
}

std::string head_of(const std::string& message) {
    return message.substr(0, message.find("\r\n\r\n") + 2);
}

TEST(InternetMessage, IsTheSameForTheSameMail) {
    Message message = small();
    message.pass_png = {1, 2, 3};
    message.calendar = CalendarPart{"BEGIN:VCALENDAR\r\n", "PUBLISH"};
    const auto first = to_internet_form(message);
    ASSERT_TRUE(first);
    EXPECT_EQ(*first, to_internet_form(message));
}

TEST(InternetMessage, HasCrlfAndShortSevenBitLines) {
    Message message = small();
    message.subject = std::string(900, 'e') + " é" + std::string(300, 'x');
    message.text = std::string(5000, 'a') + "\né\r\n\tfin\x01\x7f";
    message.to.name = "Élodie " + std::string(300, 'z');
    const auto text = to_internet_form(message);
    ASSERT_TRUE(text);
    std::size_t from = 0;
    for (std::size_t end = text->find("\r\n"); end != std::string::npos;
         from = end + 2, end = text->find("\r\n", from)) {
        EXPECT_LE(end - from, 998U);
    }
    for (std::size_t i = 0; i < text->size(); ++i) {
        const char c = (*text)[i];
        EXPECT_TRUE(c > 0 && (c != '\n' || (*text)[i - 1] == '\r')) << i;
    }
}

struct Injection {
    const char* name;
    void (*spoil)(Message&);
};

class HeaderInjection : public testing::TestWithParam<Injection> {};

TEST_P(HeaderInjection, AddsNoHeader) {
    Message message = small();
    GetParam().spoil(message);
    const auto text = to_internet_form(message);
    ASSERT_TRUE(text);
    const std::string head = head_of(*text);
    EXPECT_EQ(head.find("\r\nBcc"), std::string::npos) << head;
    EXPECT_EQ(head.find("\nX-Added"), std::string::npos) << head;
    EXPECT_NE(head.find("\r\nMessage-Id: <outbox-1.le-pre@example.org>\r\n"), std::string::npos)
        << head;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, HeaderInjection,
    testing::Values(
        Injection{"subject", [](Message& m) { m.subject = "a\r\nBcc: x@example.org\r\n\r\nX"; }},
        Injection{"subject_line_feed", [](Message& m) { m.subject = "a\nX-Added: 1"; }},
        Injection{"subject_return", [](Message& m) { m.subject = "a\rX-Added: 1"; }},
        Injection{"accented_subject", [](Message& m) { m.subject = "é\r\nBcc: x@example.org"; }},
        Injection{"reader", [](Message& m) { m.to.name = "a\r\nBcc: x@example.org"; }},
        Injection{"quoted_reader",
                  [](Message& m) { m.to.name = "a\" <x@example.org>,\r\nBcc: y"; }},
        Injection{"sender", [](Message& m) { m.from.name = "a\nX-Added: 1"; }},
        Injection{"reply", [](Message& m) { m.reply_to = Mailbox{"a\nBcc: x", "b@example.org"}; }},
        Injection{"reply_address",
                  [](Message& m) { m.reply_to = Mailbox{"", "b@example.org\r\nBcc: x@e.org"}; }},
        Injection{"language", [](Message& m) { m.language = "fr\r\nX-Added: 1"; }}),
    [](const auto& row) { return row.param.name; });

TEST(InternetMessage, HasNoEncodedWordThatSomebodyElseWrote) {
    Message message = small();
    const std::string word = "=?utf-8?q?Ami=0D=0ABcc:_x@example.org?=";
    message.to.name = word;
    message.from.name = "Été " + word;
    message.subject = word;
    const auto text = to_internet_form(message);
    ASSERT_TRUE(text);
    const std::string head = head_of(*text);
    EXPECT_EQ(head.find("=?utf-8?q?Ami"), std::string::npos) << head;
    EXPECT_NE(head.find("= ?utf-8?q?Ami"), std::string::npos) << head;
}

TEST(InternetMessage, RefusesWhatIsNoAddress) {
    Message message = small();
    message.to.address = "camille@example.org\r\nBcc: x@example.org";
    EXPECT_EQ(to_internet_form(message).error(), MessageError::bad_recipient);
    message = small();
    message.from.address = "salles";
    EXPECT_EQ(to_internet_form(message).error(), MessageError::bad_sender);
    message = small();
    message.message_id = "1@example.org>\r\nBcc: x@example.org";
    EXPECT_EQ(to_internet_form(message).error(), MessageError::bad_message_id);
    EXPECT_TRUE(to_internet_form(small()));
}

struct AddressRow {
    const char* text;
    bool good;
};

class Address : public testing::TestWithParam<AddressRow> {};

TEST_P(Address, IsPlainLocalPartAndDomain) {
    EXPECT_EQ(is_address(GetParam().text), GetParam().good) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Address,
    testing::Values(AddressRow{"camille@example.org", true}, AddressRow{"c.r+x_1@a-b.org", true},
                    AddressRow{"o'neil@example.org", true}, AddressRow{"a@localhost", true},
                    AddressRow{"", false}, AddressRow{"camille", false},
                    AddressRow{"@a.org", false}, AddressRow{"a@", false},
                    AddressRow{"a@b@c.org", false}, AddressRow{"a b@c.org", false},
                    AddressRow{"a@c .org", false}, AddressRow{".a@c.org", false},
                    AddressRow{"a..b@c.org", false}, AddressRow{"a@c..org", false},
                    AddressRow{"a@-c.org", false}, AddressRow{"<a@c.org>", false},
                    AddressRow{"a@c.org>", false}, AddressRow{"a@c.org\r\nRCPT", false},
                    AddressRow{"\"a\"@c.org", false}, AddressRow{"é@c.org", false},
                    AddressRow{"a@é.org", false}, AddressRow{"a,b@c.org", false}));

TEST(Mailbox, IsANameAndAnAddress) {
    const auto full = parse_mailbox("Réservation des salles <salles@example.org>");
    ASSERT_TRUE(full);
    EXPECT_EQ(full->name, "Réservation des salles");
    EXPECT_EQ(full->address, "salles@example.org");
    EXPECT_EQ(parse_mailbox("\"Salles, prêt\" <a@b.org>")->name, "Salles, prêt");
    EXPECT_EQ(parse_mailbox("a@b.org")->name, "");
    EXPECT_FALSE(parse_mailbox("Salles <salles>"));
    EXPECT_FALSE(parse_mailbox("Salles <a@b.org> x"));
    EXPECT_FALSE(parse_mailbox(""));
}

}  // namespace
}  // namespace creneau::mail
