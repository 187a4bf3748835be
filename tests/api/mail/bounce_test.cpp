#include "api/mail/bounce.hpp"

#include "api/mail/status_fields.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace creneau::mail {
namespace {

constexpr std::string_view kToken = "0123456789abcdef0123456789abcdef";

std::string our_id() {
    return "<outbox-12." + std::string(kToken) + "@le-pre.example.org>";
}

/// After the samples of RFC 3464, appendix E.
std::string report(const std::string& recipient_fields, const std::string& returned) {
    return "Date: Thu, 7 Jul 1994 17:16:05 -0400\r\n"
           "From: Mail Delivery Subsystem <MAILER-DAEMON@CS.UTK.EDU>\r\n"
           "Message-Id: <199407072116.RAA14128@CS.UTK.EDU>\r\n"
           "Subject: Returned mail: Cannot send message for 5 days\r\n"
           "To: <salles@le-pre.example.org>\r\n"
           "MIME-Version: 1.0\r\n"
           "Content-Type: multipart/report; report-type=delivery-status;\r\n"
           "      boundary=\"RAA14128.773615765/CS.UTK.EDU\"\r\n\r\n"
           "--RAA14128.773615765/CS.UTK.EDU\r\n\r\n"
           "The original message was received at Sat, 2 Jul 1994 17:10:28 -0400\r\n\r\n"
           "--RAA14128.773615765/CS.UTK.EDU\r\n"
           "content-type: message/delivery-status\r\n\r\n"
           "Reporting-MTA: dns; cs.utk.edu\r\n\r\n" +
           recipient_fields + "\r\n--RAA14128.773615765/CS.UTK.EDU\r\n" + returned +
           "\r\n--RAA14128.773615765/CS.UTK.EDU--\r\n";
}

const std::string kFailed =
    "Original-Recipient: rfc822;louisl@larry.slip.umd.edu\r\n"
    "Final-Recipient: rfc822;louisl@larry.slip.umd.edu\r\n"
    "Action: failed\r\nStatus: 5.1.1\r\n"
    "Diagnostic-Code: smtp; 550 5.1.1\r\n  User unknown\r\n"
    "Last-Attempt-Date: Thu, 7 Jul 1994 17:15:49 -0400\r\n";

std::string whole(const std::string& id = our_id()) {
    return "content-type: message/rfc822\r\n\r\nFrom: salles@le-pre.example.org\r\nMessage-ID: " +
           id + "\r\nSubject: x\r\n\r\nBonjour\r\n";
}

std::string headers(const std::string& id = our_id()) {
    return "content-type: text/rfc822-headers\r\n\r\nFrom: salles@le-pre.example.org\r\n"
           "Message-ID: " +
           id + "\r\nSubject: x\r\n";
}

TEST(Bounce, NamesTheMailAndItsStatus) {
    for (const std::string& returned : {whole(), headers()}) {
        const auto bounce = read_bounce(report(kFailed, returned));
        ASSERT_TRUE(bounce) << words_of(bounce.error());
        EXPECT_EQ(bounce->message, 12);
        EXPECT_EQ(bounce->token, kToken);
        EXPECT_EQ(bounce->status, "5.1.1");
    }
}

TEST(Bounce, IsReadWithBareLineFeedsAndBase64Too) {
    std::string text = report(kFailed, headers());
    std::erase(text, '\r');
    EXPECT_TRUE(read_bounce(text));
    const auto encoded = read_bounce(
        report("",
               "content-type: message/delivery-status\r\ncontent-transfer-encoding: 7bit\r\n\r\n"
               "x"));
    EXPECT_EQ(encoded.error(), NoBounce::malformed);
}

TEST(Bounce, OfOneAmongSeveralRecipientsIsTheFailedOne) {
    const std::string relayed =
        "Final-Recipient: rfc822;a@example.org\r\nAction: relayed\r\nStatus: 2.0.0\r\n\r\n";
    EXPECT_EQ(read_bounce(report(relayed + kFailed, whole()))->status, "5.1.1");
}

TEST(Bounce, IsNoMailThatMayStillArrive) {
    for (const char* action : {"delayed", "relayed", "delivered", "expanded"}) {
        const auto read =
            read_bounce(report("Final-Recipient: rfc822;a@b.c\r\nAction: " + std::string(action) +
                                   "\r\nStatus: 4.0.0\r\n",
                               whole()));
        ASSERT_FALSE(read) << action;
        EXPECT_EQ(read.error(), NoBounce::not_failed) << action;
    }
}

TEST(Bounce, ThatIsNotWholeIsPassedOver) {
    struct Row {
        std::string text;
        NoBounce why;
    };
    const std::string good = report(kFailed, whole());
    const auto with_type = [&](const std::string& type) {
        std::string text = good;
        return text.replace(text.find("multipart/report"), 16, type);
    };
    for (const auto& [text, why] :
         {Row{"", NoBounce::not_a_report}, Row{"\r\n\r\n", NoBounce::not_a_report},
          Row{std::string(3, '\0'), NoBounce::not_a_report},
          Row{with_type("multipart/mixed"), NoBounce::not_a_report},
          Row{with_type("text/plain"), NoBounce::not_a_report},
          Row{good.substr(0, good.find("content-type: message/delivery-status")),
              NoBounce::not_a_report},
          Row{report("", whole()), NoBounce::malformed},
          Row{report("Final-Recipient: rfc822;a@b.c\r\nStatus: 5.1.1\r\n", whole()),
              NoBounce::malformed},
          Row{report("Action: failed\r\n", whole()), NoBounce::malformed},
          Row{report("Action: failed\r\nStatus: none\r\n", whole()), NoBounce::malformed},
          Row{report("Action: failed\r\nStatus: 5.1\r\n", whole()), NoBounce::malformed},
          Row{report("Action: failed\r\nStatus: 2.0.0\r\n", whole()), NoBounce::malformed},
          Row{report(kFailed, ""), NoBounce::not_ours},
          Row{report(kFailed, whole("<other@example.org>")), NoBounce::not_ours},
          Row{report(kFailed, whole("<outbox-12.le-pre@le-pre.example.org>")), NoBounce::not_ours},
          Row{std::string(kLongestBounce + 1, 'x'), NoBounce::too_long}}) {
        const auto read = read_bounce(text);
        ASSERT_FALSE(read) << text.substr(0, 2000);
        EXPECT_EQ(read.error(), why) << words_of(read.error()) << '\n' << text.substr(0, 2000);
    }
    EXPECT_TRUE(read_bounce(good));
}

TEST(Bounce, OfDeepNestingEndsNothing) {
    std::string text = "Content-Type: multipart/report; boundary=b0\r\n\r\n";
    for (int depth = 0; depth < 20'000; ++depth) {
        text += "--b" + std::to_string(depth) + "\r\nContent-Type: multipart/report; boundary=b" +
                std::to_string(depth + 1) + "\r\n\r\n";
    }
    EXPECT_FALSE(read_bounce(text));
    EXPECT_TRUE(read_bounce(report(kFailed, whole())));
}

TEST(MessageId, IsOursWithANumberAndAToken) {
    const auto named = read_message_id("outbox-12." + std::string(kToken) + "@le-pre.example.org");
    ASSERT_TRUE(named);
    EXPECT_EQ(named->id, 12);
    EXPECT_EQ(named->token, kToken);
    for (const std::string& id :
         {std::string(), std::string("outbox-"), std::string("outbox-12@x"),
          "outbox-." + std::string(kToken) + "@x", "outbox-1x." + std::string(kToken) + "@x",
          "outbox-99999999999999999999." + std::string(kToken) + "@x",
          "outbox-12." + std::string(32, 'g') + "@x", "outbox-12." + std::string(31, 'a') + "@x",
          "outbox-12." + std::string(33, 'a') + "@x", "Outbox-12." + std::string(kToken) + "@x"}) {
        EXPECT_FALSE(read_message_id(id)) << id;
    }
}

TEST(StatusFields, AreReadAsRfc3464WritesThem) {
    EXPECT_EQ(failed_status("Reporting-MTA: dns; x\n\nACTION:\n Failed (delivery)\nsTATUS : 5.2.2 "
                            "(full)\n"),
              "5.2.2");
    EXPECT_EQ(failed_status("\n\n  \nAction: failed\nStatus: 4.4.7\n"), "4.4.7");
    EXPECT_EQ(failed_status("Action: failed\nStatus: 5.1000.1\n").error(), NoStatus::malformed);
    EXPECT_EQ(failed_status("no colon\n:\n").error(), NoStatus::malformed);
    EXPECT_EQ(failed_status("").error(), NoStatus::malformed);
}

}  // namespace
}  // namespace creneau::mail
