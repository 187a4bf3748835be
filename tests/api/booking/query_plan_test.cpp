#include "api/booking/history_store.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/booking/messages/read_messages.hpp"
#include "api/booking/rounds/round_wish_store.hpp"
#include "api/booking/schedule.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/people/people_store.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <soci/soci.h>
#include <sqlite3.h>

namespace creneau::booking {
namespace {

std::vector<std::string>& asked_queries() {
    static std::vector<std::string> queries;
    return queries;
}

int note_query(unsigned, void*, void* statement, void*) {
    char* const text = sqlite3_expanded_sql(static_cast<sqlite3_stmt*>(statement));
    asked_queries().emplace_back(text == nullptr ? "" : text);
    sqlite3_free(text);
    return 0;
}

int listen_to(sqlite3* database, char**, const sqlite3_api_routines*) {
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, note_query, nullptr);
}

/// While it lives, every database that is opened tells its queries.
class Listening {
  protected:
    Listening() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(listen_to)); }
    ~Listening() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(listen_to)); }
};

/// How SQLite finds the rows of what is asked most.
class QueryPlans : public testing::Test, private Listening, protected FilledTown {
  protected:
    QueryPlans() : FilledTown(store::Engine::sqlite) {}

    /// The steps of all plans that `read` asks for.
    std::vector<std::string> steps_of(const std::function<void()>& read) {
        asked_queries().clear();
        read();
        const auto queries = asked_queries();
        std::vector<std::string> steps;
        for (const std::string& query : queries) {
            if (!query.starts_with("SELECT")) {
                continue;
            }
            const soci::rowset<soci::row> plan =
                (session_->sql().prepare << "EXPLAIN QUERY PLAN " + query);
            for (const soci::row& step : plan) {
                steps.push_back(step.get<std::string>("detail"));
            }
        }
        EXPECT_FALSE(steps.empty());
        return steps;
    }
    people::Person person(PersonId id) { return people::find_person(*session_, kTown, id).value(); }
};

TEST_F(QueryPlans, TheHistoryOfABookingIsFoundByItsOwnLines) {
    const auto booking = approved();
    const auto steps = steps_of([&] { (void)history_of(*session_, kTown, booking.id); });
    EXPECT_EQ(steps.front(),
              "SEARCH a USING INDEX audit_subject (subject_kind=? AND subject_id=?)");
}

TEST_F(QueryPlans, WhatIsReadMostWalksNoTable) {
    const auto booking = approved();
    const auto office = person(kOffice);
    const auto camille = person(kCamille);
    const std::vector<std::function<void()>> reads{
        [&] { (void)find_booking(*session_, kTown, camille, booking.id); },
        [&] {
            (void)read_schedule(*session_, kTown, kDanton, {kNow, kNow + std::chrono::days{30}});
        },
        [&] { (void)list_messages(*session_, office, kTown, booking.id, {}); },
        [&] { (void)list_letters(*session_, office, kTown, {}); },
        [&] { (void)list_undelivered(*session_, office, kTown, {}); },
        [&] { (void)who_could_have(*session_, kTown, kNow, 200); },
        [&] { (void)given_to_series(*session_, kTown, SeriesId{1}); }};
    for (const auto& read : reads) {
        for (const std::string& step : steps_of(read)) {
            const bool walks =
                step.starts_with("SCAN ") && step != "SCAN line" && step != "SCAN CONSTANT ROW";
            EXPECT_FALSE(walks) << step;
        }
    }
}

}  // namespace
}  // namespace creneau::booking
