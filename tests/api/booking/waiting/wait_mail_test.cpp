#include "api/booking/waiting/end_passed_waits.hpp"
#include "api/mail/message_store.hpp"
#include "tests/api/booking/equipment/equipment_fixture.hpp"
#include "tests/api/booking/waiting/waiting_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::booking {
namespace {

using std::chrono::hours;

/// Whoever waits is told how they stand, by mail or by letter.
class WaitMails : public WaitingTest {
  protected:
    void end_passed() {
        store::Readers readers(database_.database(), 1);
        end_passed_waits(readers, writer_, kTown, now_);
    }
    std::int64_t mails(const std::string& name) {
        return count("outbox WHERE template = '" + name + "'");
    }
    /// Of the newest such mail.
    nlohmann::json facts(const std::string& name) {
        return nlohmann::json::parse(text("SELECT facts FROM outbox WHERE template = '" + name +
                                          "' ORDER BY id DESC LIMIT 1"));
    }
    std::int64_t reader(const std::string& name) {
        return number("SELECT person_id FROM outbox WHERE template = '" + name +
                      "' ORDER BY id DESC LIMIT 1");
    }
    std::string service() { return text("SELECT service FROM towns WHERE id = 1"); }
    std::vector<std::string> letters() {
        std::vector<std::string> names;
        mail::MessagePage page;
        page.now = now_;
        for (const auto& letter : mail::letters_to_print(*session_, 1, page)) {
            names.push_back(letter.template_word);
        }
        return names;
    }
    /// Somebody else's slot, which the choir waits for.
    Wait choir_waits() {
        EXPECT_TRUE(request(chess()));
        return wait(wish_now()).value();
    }
};
CRENEAU_ON_BOTH_ENGINES(WaitMails);

TEST_P(WaitMails, WhoeverJoinsHearsTheirPlaceAtOnceAndOnce) {
    const auto booking = approved();
    const auto first = wait(chess()).value();
    EXPECT_EQ(reader("wait_joined"), 4);
    EXPECT_EQ(facts("wait_joined")["wait"]["place"], 1);
    EXPECT_EQ(facts("wait_joined")["wait"]["wait_id"], static_cast<std::int64_t>(first.id));
    EXPECT_EQ(facts("wait_joined")["local_start"], "2026-12-05T18:30");
    EXPECT_EQ(facts("wait_joined")["asked_by"], "") << "they did by themselves";
    ASSERT_TRUE(wait(dominique()));
    EXPECT_EQ(reader("wait_joined"), 3);
    EXPECT_EQ(facts("wait_joined")["wait"]["place"], 2);
    EXPECT_EQ(count("outbox WHERE template = 'wait_joined' AND room_id = 1"
                    " AND booking_id IS NULL AND needed_by = " +
                    std::to_string(booking.slot.at.start.time_since_epoch().count())),
              2);
    EXPECT_EQ(codes_of(wait(chess()).error()), "already_waiting");
    EXPECT_EQ(mails("wait_joined"), 2);
}

TEST_P(WaitMails, WhomTheOfficePutsInLineReadsThatItDid) {
    approved();
    auto order = dominique();
    order.actor = kOffice;
    order.booker = kDominique;
    ASSERT_TRUE(wait(order));
    EXPECT_EQ(reader("wait_joined"), 3);
    EXPECT_EQ(facts("wait_joined")["asked_by"], service());
}

TEST_P(WaitMails, WhatARoundLeftWaitingIsToldByItsOwnMessage) {
    approved();
    auto order = chess();
    order.in_round = true;
    ASSERT_TRUE(wait(order));
    EXPECT_EQ(mails("wait_joined"), 0);
    now_ += std::chrono::days{60};
    end_passed();
    EXPECT_EQ(count("waits WHERE status = 'lapsed'"), 1);
    EXPECT_EQ(mails("wait_ended"), 0);
}

TEST_P(WaitMails, NameTheEquipment) {
    add_equipment(*session_);
    approved();
    auto order = chess();
    order.equipment = {{kChairs, 8}};
    ASSERT_TRUE(wait(order));
    EXPECT_EQ(facts("wait_joined")["wait"]["equipment"],
              nlohmann::json::parse(R"([{"name": "Chaises", "quantity": 8}])"));
}

TEST_P(WaitMails, WhoseTheOfficeGivesUpReadsThatItDidAndWhoLeavesKnows) {
    approved();
    const auto first = wait(chess()).value();
    const auto second = wait(dominique()).value();
    ASSERT_TRUE(leave(first.id, kAlex));
    EXPECT_EQ(mails("wait_ended"), 0);
    ASSERT_TRUE(leave(second.id, kOffice));
    EXPECT_EQ(mails("wait_ended"), 1);
    EXPECT_EQ(reader("wait_ended"), 3);
    const auto told = facts("wait_ended")["wait"];
    EXPECT_EQ(told["why"], "given_up");
    EXPECT_EQ(told["given_up_by"], service());
    EXPECT_EQ(told["hold_id"], 0);
    EXPECT_FALSE(leave(second.id, kOffice));
    EXPECT_EQ(mails("wait_ended"), 1);
}

TEST_P(WaitMails, WhoseOfferTheOfficeTakesBackReadsOneMailOfBoth) {
    const auto booking = approved();
    const auto first = wait(chess()).value();
    const auto second = wait(dominique()).value();
    auto third_order = dominique();
    third_order.start = "2026-12-05T19:00";
    const auto third = wait(third_order).value();
    ASSERT_TRUE(cancel_now(booking));
    const auto offer = offered_to(first.id);
    ASSERT_TRUE(leave(first.id, kOffice));
    EXPECT_EQ(reader("wait_ended"), 4);
    EXPECT_EQ(facts("wait_ended")["wait"]["hold_id"], static_cast<std::int64_t>(offer));
    ASSERT_TRUE(release(offered_to(second.id), kOffice));
    EXPECT_EQ(reader("wait_ended"), 3);
    EXPECT_EQ(mails("wait_ended"), 2);
    ASSERT_TRUE(release(offered_to(third.id), kDominique));
    EXPECT_EQ(mails("wait_ended"), 2) << "who gives up knows";
    EXPECT_EQ(mails("hold_withdrawn"), 0);
}

TEST_P(WaitMails, WhatAnotherManagerGivesUpNamesThemToWhoeverAsked) {
    const auto waits = choir_waits();
    ASSERT_TRUE(leave(waits.id, kMaud));
    EXPECT_EQ(reader("wait_ended"), 2);
    EXPECT_EQ(facts("wait_ended")["wait"]["given_up_by"], "Maud Leroy");
}

TEST_P(WaitMails, NobodyIsToldOfWhatTheyDidInPlaceOfAnother) {
    const auto waits = choir_waits();
    session_->execute("DELETE FROM association_managers WHERE person_id = 2");
    ASSERT_TRUE(leave(waits.id, kMaud));
    EXPECT_EQ(mails("wait_ended"), 0) << "who asked manages it no more, who left reads for it";
}

TEST_P(WaitMails, WhatSomebodyAskedForWhoseAccountIsClosedIsToldToTheirAssociation) {
    const auto waits = choir_waits();
    session_->execute("UPDATE people SET enabled = 0 WHERE id = 2");
    session_->execute("DELETE FROM association_managers WHERE person_id = 2");
    ASSERT_TRUE(leave(waits.id, kOffice));
    EXPECT_EQ(reader("wait_ended"), 6);
    EXPECT_EQ(facts("wait_ended")["booker"], "Camille Roussel");
    EXPECT_EQ(facts("wait_ended")["association"], "Chorale du Pré");
}

TEST_P(WaitMails, WhoseSlotBeginsReadsSoOnce) {
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    ASSERT_TRUE(wait(dominique()));
    now_ = booking.slot.at.start - std::chrono::seconds(1);
    end_passed();
    EXPECT_EQ(mails("wait_ended"), 0);
    now_ = booking.slot.at.start;
    end_passed();
    end_passed();
    EXPECT_EQ(mails("wait_ended"), 2);
    EXPECT_EQ(count("outbox WHERE template = 'wait_ended' AND person_id = 4"
                    " AND needed_by IS NULL AND room_id = 1"),
              1);
    EXPECT_EQ(facts("wait_ended")["wait"]["why"], "begun");
    EXPECT_EQ(facts("wait_ended")["wait"]["given_up_by"], "");
}

TEST_P(WaitMails, WhoLetAnOfferPassIsNotToldTwice) {
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    ASSERT_TRUE(cancel_now(booking));
    now_ += hours(24);
    tick();
    now_ = booking.slot.at.start;
    end_passed();
    EXPECT_EQ(mails("offer_lapsed"), 1);
    EXPECT_EQ(mails("wait_ended"), 0);
}

TEST_P(WaitMails, AreLettersToWhoeverHasNoEmail) {
    session_->execute("UPDATE people SET has_email = 0 WHERE id = 3");
    const auto booking = approved();
    ASSERT_TRUE(wait(dominique()));
    session_->execute("UPDATE outbox SET state = 'letter' WHERE template = 'wait_joined'");
    EXPECT_EQ(letters(), std::vector<std::string>{"wait_joined"});
    now_ = booking.slot.at.start;
    EXPECT_TRUE(letters().empty()) << "nobody waits for what has begun";
    end_passed();
    session_->execute("UPDATE outbox SET state = 'letter' WHERE template = 'wait_ended'");
    EXPECT_EQ(letters(), std::vector<std::string>{"wait_ended"});
}

}  // namespace
}  // namespace creneau::booking
