#include "api/access/events/search_events.hpp"
#include "api/access/events/take_events.hpp"
#include "api/people/people_store.hpp"
#include "tests/api/access/doors_town.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {
namespace {

using people::OrganisationRefusal;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const std::string kJournal(32, 'a');

class AccessLog : public DoorsTown {
  protected:
    JournalEvent event(std::int64_t sequence, const std::string& kind = "granted",
                       const std::string& reason = "granted_booking") const {
        JournalEvent one;
        one.sequence = sequence;
        one.kind = kind;
        one.occurred_at = now_ - minutes{10};
        one.clock = "trusted";
        one.door = "entrance";
        one.reader = "entrance-qr";
        one.reason = reason;
        return one;
    }
    JournalEvent of_pass(std::int64_t sequence, std::int64_t pass_id) const {
        auto one = event(sequence);
        one.pass = ShownPass{pass_id, 0};
        return one;
    }
    JournalEvent of_badge(std::int64_t sequence, BadgeId badge) const {
        auto one = event(sequence);
        one.badge = badge;
        return one;
    }
    tl::expected<TakenEvents, EventFault> take(const std::vector<JournalEvent>& events,
                                               AgentId agent = kAgent, TownId town = TownId{1}) {
        return take_events(session, town, agent, {kJournal, std::string(64, '0'), events}, now_);
    }
    SearchEvents search(PersonId actor = kSacha) const {
        SearchEvents order;
        order.actor = by(actor);
        order.purpose = "incident";
        order.query.from = now_ - days{1};
        order.query.until = now_ + days{1};
        return order;
    }
    people::Organised<std::vector<AccessEvent>> found(const SearchEvents& order) {
        const auto person = people::find_person(session, order.actor.town, order.actor.person);
        return search_events(session, person.value(), order);
    }
    std::vector<std::string> codes(const SearchEvents& order) {
        std::vector<std::string> words;
        const auto answer = found(order);
        if (!answer) {
            for (const auto& fault : answer.error().faults) {
                words.push_back(fault.code);
            }
        }
        return words;
    }
    std::int64_t rows() { return number("SELECT COUNT(*) FROM access_events"); }
};
CRENEAU_ON_BOTH_ENGINES(AccessLog);

TEST_P(AccessLog, KeepsEachRowOfAJournalOnce) {
    const std::vector events{event(1), event(2, "refused", "revoked"), event(5)};
    const auto first = take(events).value();
    EXPECT_EQ(first.added, 3);
    EXPECT_EQ(first.acknowledged, 5);
    const auto again = take({event(2, "refused", "revoked"), event(5), event(6)}).value();
    EXPECT_EQ(again.added, 1);
    EXPECT_EQ(again.acknowledged, 6);
    EXPECT_EQ(take({event(1)}).value().acknowledged, 6) << "what was taken stays so";
    EXPECT_EQ(rows(), 4);
    EXPECT_EQ(take({event(1)}, kOtherAgent).value().added, 1) << "another agent's journal";
    EXPECT_EQ(text("SELECT last_hash FROM access_journals WHERE agent_id = 1"),
              std::string(64, '0'));
}

TEST_P(AccessLog, KnowsPassesByNumberAndBadgesByRow) {
    ASSERT_TRUE(take({of_pass(1, 1001), of_pass(2, 1007), of_badge(3, kStaffBadge),
                      of_badge(4, kChoirBadge), of_pass(5, 4711), of_badge(6, BadgeId{9})}));
    const auto events = found(search()).value();
    ASSERT_EQ(events.size(), 6U);
    EXPECT_EQ(events[5].shown.pass_number, 1);
    EXPECT_FALSE(events[5].shown.association);
    EXPECT_EQ(events[4].shown.pass_number, 7);
    EXPECT_EQ(events[4].association, text("SELECT name FROM associations WHERE id = 300"));
    EXPECT_EQ(events[3].shown.badge, kStaffBadge);
    EXPECT_TRUE(events[3].association.empty());
    EXPECT_EQ(events[2].shown.association, people::AssociationId{300});
    EXPECT_FALSE(events[1].shown.pass_number) << "a pass of nobody here";
    EXPECT_FALSE(events[0].shown.badge) << "a badge of another town";
    EXPECT_EQ(events[0].door, kEntrance);
    EXPECT_EQ(events[0].agent, "danton");
}

TEST_P(AccessLog, TakesNothingMalformedAndNothingOfAnUnknownAgent) {
    EXPECT_EQ(take({event(1)}, AgentId{9}).error(), EventFault::unknown_agent);
    EXPECT_EQ(take({event(1)}, kAgent, TownId{2}).error(), EventFault::unknown_agent);
    std::vector<std::vector<JournalEvent>> bad{{event(2), event(1)}, {event(1), event(1)},
                                               {event(0)},           {event(1, "Granted")},
                                               {event(1, "")},       {event(1, "a", "Ann Smith")}};
    bad.push_back({of_pass(1, std::int64_t{1} << 56)});
    bad.push_back({event(1)});
    bad.back().front().clock = "sure";
    bad.push_back({event(1)});
    bad.back().front().count = 0;
    bad.push_back({event(1)});
    bad.back().front().reader = "a reader";
    bad.emplace_back();
    for (std::int64_t i = 1; i <= 501; ++i) {
        bad.back().push_back(event(i));
    }
    for (const auto& events : bad) {
        EXPECT_EQ(take(events).error(), EventFault::malformed);
    }
    EXPECT_EQ(take_events(session, TownId{1}, kAgent, {"ABC", "", {event(1)}}, now_).error(),
              EventFault::malformed);
    EXPECT_EQ(rows(), 0);
    bad.back().pop_back();
    EXPECT_EQ(take(bad.back()).value().added, 500);
}

TEST_P(AccessLog, DropsWhatIsTooOldAndCountsAnUnbelievedClockFromItsArrival) {
    auto old = event(1);
    old.occurred_at = now_ - days{95};
    auto unbelieved = event(2);
    unbelieved.occurred_at = {};
    unbelieved.clock = "untrusted";
    auto ahead = event(3);
    ahead.occurred_at = now_ + days{3650};
    const auto taken = take({old, unbelieved, ahead}).value();
    EXPECT_EQ(taken.added, 2);
    EXPECT_EQ(taken.acknowledged, 3);
    EXPECT_EQ(number("SELECT COUNT(DISTINCT kept_since) FROM access_events"), 1);
    EXPECT_EQ(number("SELECT MAX(kept_since) - MAX(received_at) FROM access_events"), 0);
}

TEST_P(AccessLog, IsReadByFewForAPurpose) {
    ASSERT_TRUE(take({event(1)}));
    for (const auto person : {kHr, kOffice, kNoa, kThere, kAmelie}) {
        EXPECT_EQ(found(search(person)).error().refusal, OrganisationRefusal::not_allowed);
    }
    auto order = search();
    order.purpose = "working_time";
    order.query.until = order.query.from;
    EXPECT_EQ(codes(order), (std::vector<std::string>{"unknown_purpose", "end_before_start"}));
    order = search();
    order.query.from = now_ - days{40};
    EXPECT_EQ(codes(order), std::vector<std::string>{"too_long"});
    EXPECT_EQ(found(search(kSacha)).value().size(), 1U);
    EXPECT_EQ(found(search(kDana)).value().size(), 1U);
}

TEST_P(AccessLog, FollowsNoMemberOfAnAssociation) {
    ASSERT_TRUE(take({of_pass(1, 1001), of_pass(2, 1007), of_badge(3, kStaffBadge)}));
    auto order = search();
    order.query.pass_number = 7;
    EXPECT_EQ(codes(order), std::vector<std::string>{"of_an_association"});
    order.query.pass_number = {};
    order.query.badge = kChoirBadge;
    EXPECT_EQ(codes(order), std::vector<std::string>{"of_an_association"});
    order.query.badge = kStaffBadge;
    EXPECT_EQ(found(order).value().size(), 1U);
    order.query.badge = {};
    order.query.pass_number = 1;
    EXPECT_EQ(found(order).value().size(), 1U);
}

TEST_P(AccessLog, IsNarrowedByDoorKindAndReasonAndReadInPages) {
    auto elsewhere = event(4);
    elsewhere.door = "gate";
    ASSERT_TRUE(take({event(1), event(2, "refused", "revoked"), event(3), elsewhere}));
    auto order = search();
    order.query.door = kEntrance;
    EXPECT_EQ(found(order).value().size(), 3U);
    order.query.kind = "refused";
    order.query.reason = "revoked";
    EXPECT_EQ(found(order).value().size(), 1U);
    order.query.reason = "expired";
    EXPECT_TRUE(found(order).value().empty());
    order = search();
    order.query.limit = 3;
    const auto first = found(order).value();
    ASSERT_EQ(first.size(), 3U);
    order.query.before = first.back().id;
    EXPECT_EQ(found(order).value().size(), 1U);
    order = search();
    order.query.until = now_ - minutes{10};
    EXPECT_TRUE(found(order).value().empty()) << "half-open";
    order.actor = {kOtherTown, kElsewhereTown, now_};
    order.query.until = now_ + days{1};
    EXPECT_TRUE(found(order).value().empty()) << "another town";
}

TEST_P(AccessLog, NotesWhoReadsWhatAndWhy) {
    auto order = search(kDana);
    order.query.door = kEntrance;
    ASSERT_TRUE(record_search(session, order));
    order.query.badge = kStaffBadge;
    order.purpose = "judicial_request";
    ASSERT_TRUE(record_search(session, order));
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'access_log_read' AND actor_id = 16"
                     " AND log = 'security' AND subject_kind = 'door' AND subject_id = 2"
                     " AND ground = 'incident'"),
              1);
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE subject_kind = 'badge' AND subject_id = 1"
                     " AND ground = 'judicial_request'"),
              1);
    EXPECT_EQ(record_search(session, search(kHr)).error().refusal,
              OrganisationRefusal::not_allowed);
}

}  // namespace
}  // namespace creneau::access
