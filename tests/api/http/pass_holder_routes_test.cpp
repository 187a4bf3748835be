#include "api/http/message_routes.hpp"
#include "api/http/pass_routes.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/people/throttle_rules.hpp"
#include "api/signer/signer_client.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::http {
namespace {

using booking::kAlex;
using booking::kCamille;
using booking::kMaud;
using booking::kOffice;

const std::string kAddress = "sacha.membre@example.org";
const std::string kName = "Sacha Martin";

/// The choir's approved booking, with its pass.
class PassHolderRoutes : public CalledRoutes {
  protected:
    PassHolderRoutes() : signer_("/nonexistent") {
        add_pass_routes(routes_, signer_);
        add_message_routes(routes_, {});
        const auto booking = std::to_string(static_cast<std::int64_t>(approved().id));
        booking_ = "/api/v1/bookings/" + booking;
        pass_ = "/api/v1/passes/" +
                expect(200, kOffice, "GET", booking_ + "/passes")["items"][0]["id"].dump();
    }
    /// Texts of any table in which the word stands.
    std::vector<std::string> places_of(const std::string& word) {
        const bool sqlite = GetParam() == store::Engine::sqlite;
        std::vector<std::pair<std::string, std::string>> columns;
        std::string table;
        std::string column;
        soci::statement names =
            (session_->sql().prepare
                 << (sqlite
                         ? "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name)"
                           " c WHERE m.type = 'table' AND c.type = 'TEXT'"
                         : "SELECT table_name, column_name FROM information_schema.columns"
                           " WHERE table_schema = 'public' AND data_type = 'text'"),
             soci::into(table), soci::into(column));
        names.execute();
        while (names.fetch()) {
            columns.emplace_back(table, column);
        }
        EXPECT_GT(columns.size(), 50U);
        std::vector<std::string> places;
        for (const auto& [of, name] : columns) {
            if (number("SELECT COUNT(*) FROM " + of + " WHERE " + name + " LIKE '%" + word + "%'") >
                0) {
                places.push_back(of);
            }
        }
        return places;
    }
    void close_mail(mail::MailEnd end) {
        const auto id = number("SELECT MAX(id) FROM outbox WHERE template = 'pass_handed'");
        ASSERT_TRUE(writer_
                        .run([=, this](store::Session& session) -> tl::expected<bool, bool> {
                            return mail::close_mail(session, id, end, now_, "");
                        })
                        .value());
    }

    signer::Client signer_;
    std::string booking_;
    std::string pass_;
};
CRENEAU_ON_BOTH_ENGINES(PassHolderRoutes);

TEST_P(PassHolderRoutes, ShowTheHolderToTheAssociationAndNobodyElse) {
    const auto held = expect(200, kCamille, "PUT", pass_ + "/holder", {{"name", kName}});
    EXPECT_EQ(held["name"], kName);
    EXPECT_EQ(held["mail"], nullptr);
    EXPECT_EQ(expect(200, kMaud, "GET", booking_ + "/pass-holders")["items"][0]["name"], kName);
    expect(403, kOffice, "GET", booking_ + "/pass-holders");
    expect(403, kOffice, "PUT", pass_ + "/holder", {{"name", "x"}});
    expect(403, kOffice, "DELETE", pass_ + "/holder");
    expect(404, kAlex, "GET", booking_ + "/pass-holders");
    expect(404, kAlex, "PUT", pass_ + "/holder", {{"name", "x"}});
    expect(404, kAlex, "DELETE", pass_ + "/holder");
    expect(404, kAlex, "POST", booking_ + "/passes", nlohmann::json::object());
    const auto seen = call(kOffice, "GET", booking_ + "/passes").body;
    EXPECT_EQ(seen.find(kName), std::string::npos);
    EXPECT_EQ(places_of(kName), std::vector<std::string>{"pass_holders"});
}

TEST_P(PassHolderRoutes, KeepAnAddressOnlyUntilTheMailHasLeft) {
    const auto held =
        expect(200, kCamille, "PUT", pass_ + "/holder", {{"name", kName}, {"email", kAddress}});
    EXPECT_EQ(held["mail"], "waiting");
    EXPECT_EQ(held.dump().find(kAddress), std::string::npos);
    EXPECT_EQ(places_of(kAddress), std::vector<std::string>{"passing_addresses"});
    close_mail(mail::MailEnd::sent);
    EXPECT_EQ(places_of(kAddress), std::vector<std::string>{});
    EXPECT_EQ(expect(200, kCamille, "GET", booking_ + "/pass-holders")["items"][0]["mail"], "sent");
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox WHERE template = 'pass_handed' AND facts LIKE"
                     " '%Sacha%'"),
              0);
}

TEST_P(PassHolderRoutes, ForgetTheAddressOfAMailThatIsGivenUpOrCalledBack) {
    expect(200, kCamille, "PUT", pass_ + "/holder", {{"email", kAddress}});
    close_mail(mail::MailEnd::dead);
    EXPECT_EQ(places_of(kAddress), std::vector<std::string>{});
    expect(200, kCamille, "PUT", pass_ + "/holder", {{"email", kAddress}});
    expect(200, kCamille, "PUT", pass_ + "/holder", {{"name", "Alix"}});
    EXPECT_EQ(places_of(kAddress), std::vector<std::string>{});
    EXPECT_EQ(
        text("SELECT state FROM outbox WHERE template = 'pass_handed' ORDER BY id DESC LIMIT 1"),
        "superseded");
    expect(200, kCamille, "PUT", pass_ + "/holder", {{"email", kAddress}});
    expect(200, kCamille, "DELETE", pass_ + "/holder");
    EXPECT_EQ(places_of(kAddress), std::vector<std::string>{});
}

TEST_P(PassHolderRoutes, MailOnlySoManyToAddressesOfAnybody) {
    const nlohmann::json to{{"email", kAddress}};
    for (std::int64_t sent = 0; sent < people::kFreeHandings; ++sent) {
        ASSERT_EQ(call(kCamille, "PUT", pass_ + "/holder", to).status, 200) << sent;
    }
    const auto mails = number("SELECT COUNT(*) FROM outbox");
    const auto refused = call(kCamille, "PUT", pass_ + "/holder", to);
    EXPECT_EQ(refused.status, 429) << refused.body;
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox"), mails);
    expect(200, kCamille, "PUT", pass_ + "/holder", {{"name", "Sans mail"}});
}

TEST_P(PassHolderRoutes, LeaveNoHistoryOfAPass) {
    for (const auto* name : {"Un", "Deux", "Trois"}) {
        expect(200, kCamille, "PUT", pass_ + "/holder", {{"name", std::string(name) + " Membre"}});
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM pass_holders"), 1);
    EXPECT_EQ(places_of("Un Membre"), std::vector<std::string>{});
    EXPECT_EQ(places_of("Deux Membre"), std::vector<std::string>{});
    EXPECT_EQ(places_of("Trois Membre"), std::vector<std::string>{"pass_holders"});
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'pass_handed'"
                     " AND subject_kind = 'booking_passes'"),
              3);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE subject_kind = 'pass'"), 0);
}

TEST_P(PassHolderRoutes, ListTheMailToAMemberForNobody) {
    expect(200, kCamille, "PUT", pass_ + "/holder", {{"email", kAddress}});
    const auto mail = number("SELECT MAX(id) FROM outbox WHERE template = 'pass_handed'");
    const auto list = call(kOffice, "GET", booking_ + "/messages").body;
    EXPECT_EQ(list.find("pass_handed"), std::string::npos) << list;
    EXPECT_NE(list.find("booking_approved"), std::string::npos) << list;
    for (const auto reader : {kOffice, kCamille}) {
        expect(404, reader, "GET", "/api/v1/messages/" + std::to_string(mail));
    }
}

TEST_P(PassHolderRoutes, RefuseWhatIsNoAddressOrNotTheirs) {
    for (const auto& body :
         std::vector<nlohmann::json>{{{"email", "sacha@example.org\r\nBcc: all@example.org"}},
                                     {{"email", "sacha"}},
                                     {{"name", std::string(201, 'x')}},
                                     {{"holder_id", 3}},
                                     {{"association_id", 2}}}) {
        expect(422, kCamille, "PUT", pass_ + "/holder", body);
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM pass_holders"), 0);
    expect(200, kCamille, "PUT", pass_ + "/holder", {{"email", kAddress}});
}

TEST_P(PassHolderRoutes, GiveABookingMorePassesUpToItsAttendees) {
    const auto more = expect(201, kMaud, "POST", booking_ + "/passes", nlohmann::json::object());
    EXPECT_EQ(more["state"], "living");
    expect(403, kOffice, "POST", booking_ + "/passes", nlohmann::json::object());
    for (int passes = 2; passes < 12; ++passes) {
        expect(201, kMaud, "POST", booking_ + "/passes", nlohmann::json::object());
    }
    const auto errors =
        expect(422, kMaud, "POST", booking_ + "/passes", nlohmann::json::object())["errors"];
    EXPECT_EQ(codes_of(errors), std::vector<std::string>{"too_many_passes"});
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), 12);
    const auto before = number("SELECT COUNT(*) FROM credentials");
    const auto booking = booking::BookingId{number("SELECT MAX(id) FROM bookings")};
    ASSERT_TRUE(write(booking::move_booking,
                      booking::MoveBooking{{booking::kTown, kOffice, booking, {}, now_},
                                           {},
                                           "2026-12-06T18:30",
                                           "2026-12-06T20:30"}));
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), 12)
        << "a move renews each of them";
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials"), 2 * before);
}

}  // namespace
}  // namespace creneau::http
