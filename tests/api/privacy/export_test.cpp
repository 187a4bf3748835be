#include "api/people/ids.hpp"
#include "api/people/security_log.hpp"
#include "api/privacy/export_person.hpp"
#include "api/privacy/export_store.hpp"
#include "api/privacy/export_types.hpp"
#include "tests/api/privacy/privacy_town.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace creneau::privacy {
namespace {

const ExportedTable& table(const std::vector<ExportedTable>& tables, const std::string& name) {
    return *std::ranges::find(tables, name, &ExportedTable::name);
}

class ExportPerson : public PrivacyTown {
  protected:
    std::vector<ExportedTable> exported(people::PersonId person = kPerle,
                                        people::TownId town = kTown) {
        return export_person(session, {town, person, "", 0});
    }
};
CRENEAU_ON_BOTH_ENGINES(ExportPerson);

TEST_P(ExportPerson, SaysWhatTheTownHasAboutThemAndNobodyElse) {
    session.execute(
        "INSERT INTO check_ins (booking_id, town_id, start_at) VALUES (1, 1, 1790000000),"
        " (3, 1, 1)");
    session.execute(
        "INSERT INTO releases (booking_id, town_id, start_at, booked_until) SELECT id, town_id,"
        " start_at, end_at FROM bookings WHERE id = 3");
    const auto tables = exported();
    EXPECT_EQ(tables.size(), export_tables().size());
    const auto& person = table(tables, "person").rows;
    ASSERT_EQ(person.size(), 1U);
    EXPECT_EQ(person[0],
              (std::vector<std::string>{"7", "Perle Zurbriggen", "perle@zurbriggen.example", "fr",
                                        "0699887766", "9 rue Zurbriggen", "1", "", "", ""}));
    const auto& bookings = table(tables, "bookings").rows;
    ASSERT_EQ(bookings.size(), 3U);
    EXPECT_EQ(bookings[0][0], "3") << "the newest first";
    EXPECT_EQ(bookings[2][7], "Baptême Zurbriggen");
    EXPECT_EQ(bookings[0].at(bookings[0].size() - 2), "1") << "the rest was given back";
    EXPECT_EQ(bookings[2].at(bookings[2].size() - 2), "0");
    EXPECT_EQ(bookings[2].back(), "1") << "somebody came";
    EXPECT_EQ(bookings[0].back(), "0") << "the booking was moved since";
    for (const auto* const name :
         {"associations", "series", "waits", "holds", "papers", "passes", "feeds", "sessions",
          "tokens", "delegations", "duties", "staff", "subscriptions"}) {
        EXPECT_EQ(table(tables, name).rows.size(), 1U) << name;
    }
    EXPECT_EQ(table(tables, "messages").rows.size(), 3U);
    EXPECT_TRUE(table(exported(kBruno), "bookings").rows.empty());
    EXPECT_TRUE(table(exported(kPerle, people::TownId{2}), "person").rows.empty());
}

/// Where a column that says who somebody is, or how to reach them, stands in the export; or why
/// not.
struct Told {
    std::string column;
    std::string table;        ///< of the export
    std::string reason = {};  ///< instead of one
};

constexpr auto kOwnDeed = "activity";  ///< what they did stands in the audit

const std::vector<Told>& told() {
    static const std::vector<Told> all{
        {"access_tokens.person_id", "tokens"},
        {"access_windows.holder_id", "passes"},
        {"account_codes.person_id", "", "a secret of some minutes; its mail is among the messages"},
        {"association_managers.person_id", "associations"},
        {"association_members.email", "", "the association's own list"},
        {"associations.address", "", "of an association"},
        {"associations.email", "", "of an association"},
        {"associations.phone", "", "of an association"},
        {"audit.actor_id", "activity"},
        {"audit.for_id", "activity_about"},
        {"badges.holder_id", "badges"},
        {"bookings.booker_id", "bookings"},
        {"bookings.decided_by_id", kOwnDeed},
        {"bookings.decided_for_id", kOwnDeed},
        {"bookings.requested_by_id", kOwnDeed},
        {"closures.created_by_id", kOwnDeed},
        {"closures.removed_by_id", kOwnDeed},
        {"code_requests.email", "", "goes as soon as it is answered"},
        {"confirmations.asked_by_id", kOwnDeed},
        {"confirmations.confirmed_by_id", kOwnDeed},
        {"delegations.delegate_id", "delegations"},
        {"delegations.delegator_id", "delegations"},
        {"door_commands.asked_by_id", kOwnDeed},
        {"duties.person_id", "duties"},
        {"feeds.reader_id", "feeds"},
        {"holds.booker_id", "holds"},
        {"holds.requested_by_id", kOwnDeed},
        {"idempotency_keys.person_id", "", "a copy of an answer, for a day"},
        {"lockdowns.begun_by_id", kOwnDeed},
        {"lockdowns.ended_by_id", kOwnDeed},
        {"movement_notices.acknowledged_by_id", kOwnDeed},
        {"outbox.person_id", "messages"},
        {"papers.accepted_by_id", kOwnDeed},
        {"papers.holder_id", "papers"},
        {"papers.recorded_by_id", kOwnDeed},
        {"passes.holder_id", "passes"},
        {"passing_addresses.address", "", "goes as soon as its mail is accepted"},
        {"passwords.person_id", "", "a secret"},
        {"people.email", "person"},
        {"people.phone", "person"},
        {"people.postal_address", "person"},
        {"person_groups.person_id", "groups"},
        {"person_roles.given_by_id", kOwnDeed},
        {"person_roles.person_id", "roles"},
        {"reasons.by_id", kOwnDeed},
        {"recovery_codes.person_id", "", "a secret"},
        {"retention.set_by_id", kOwnDeed},
        {"round_wishes.booker_id", "wishes"},
        {"round_wishes.stated_by_id", kOwnDeed},
        {"rounds.created_by_id", kOwnDeed},
        {"second_factors.person_id", "second_factor"},
        {"series.booker_id", "series"},
        {"series.requested_by_id", kOwnDeed},
        {"sessions.person_id", "sessions"},
        {"sites.address", "", "of the town"},
        {"staff.line_manager_id", "", "of the person whose row it is"},
        {"staff.person_id", "staff"},
        {"staff_movements.announced_by_id", kOwnDeed},
        {"staff_movements.person_id", "movements"},
        {"subscriptions.created_by_id", kOwnDeed},
        {"subscriptions.email", "subscriptions"},
        {"towns.email", "", "of the town"},
        {"towns.phone", "", "of the town"},
        {"towns.service_address", "", "of the town"},
        {"waits.booker_id", "waits"},
        {"waits.requested_by_id", kOwnDeed},
    };
    return all;
}

/// Whether a column of that name says who somebody is, or how to reach them.
bool names_somebody(const std::string& column) {
    static const std::set<std::string> kNames{
        "by_id",       "holder_id",      "booker_id",       "reader_id", "delegator_id", "actor_id",
        "delegate_id", "decided_for_id", "line_manager_id", "for_id",    "email",        "phone"};
    return kNames.contains(column) || column.ends_with("person_id") || column.ends_with("_by_id") ||
           column.ends_with("address");
}

TEST_P(ExportPerson, LeavesNoTableThatNamesSomebodyOutUnseen) {
    std::set<std::string> in_database;
    for (const auto& [table, column] : columns()) {
        if (names_somebody(column)) {
            in_database.insert(table + "." + column);
        }
    }
    std::set<std::string> known;
    const auto exported = export_tables();
    for (const auto& [column, table, reason] : told()) {
        known.insert(column);
        EXPECT_NE(table.empty(), reason.empty()) << column;
        EXPECT_TRUE(table.empty() || std::ranges::find(exported, table) != exported.end())
            << column;
    }
    EXPECT_EQ(in_database, known) << "a new column is exported, or says here why not";
}

TEST_P(ExportPerson, SaysWhatOthersDidAboutThem) {
    const auto said = [this](people::TownId town, const people::SecurityEvent& event) {
        people::log_security(session, town, event);
    };
    said(kTown, {.action = "role_granted", .actor = kDana, .about = kPerle, .at = kNow});
    said(kTown, {.action = "sign_in_refused", .actor = {}, .about = kPerle, .at = kNow});
    said(kTown, {.action = "signed_in", .actor = kPerle, .about = kPerle, .at = kNow});
    said(kTown, {.action = "sign_in_refused", .actor = {}, .about = kBruno, .at = kNow});
    said(people::TownId{2}, {.action = "signed_in", .actor = {}, .about = kPerle, .at = kNow});
    session.execute(
        "INSERT INTO confirmations (town_id, kind, subject_id, asked_by_id, asked_at, ends_at)"
        " VALUES (1, 'person_export', 7, 10, 1, 2), (1, 'key_import', 7, 10, 1, 2)");
    const auto tables = exported();
    EXPECT_EQ(table(tables, "activity_about").rows.size(), 3U);
    EXPECT_EQ(table(tables, "activity").rows.size(), 1U);
    EXPECT_EQ(table(tables, "exports_confirmed").rows.size(), 1U);
}

TEST_P(ExportPerson, HoldsNoSecret) {
    const auto text = export_csv(exported());
    EXPECT_EQ(text.find("zurbriggen,"), std::string::npos) << "hashes and salts are so called here";
    EXPECT_NE(text.find("Perle Zurbriggen"), std::string::npos);
}

TEST_P(ExportPerson, GoesOnWhereOneAnswerEndsAndShowsEachRowOnce) {
    for (int i = 0; i < 700; ++i) {
        session.execute(
            "INSERT INTO series (id, town_id, room_id, booker_id, requested_by_id, pattern, every,"
            " first_date, start_time, end_time, end_day_offset, time_zone, attendees, purpose,"
            " conflict_policy, requested_at) VALUES (" +
            std::to_string(100 + i) +
            ", 1, 1, 8, 8, 'daily', 1, '2025-01-01', '1',"
            " '2', 0, 'Europe/Paris', 9, '" +
            std::string(200, 'x') + "', 'fail', 1)");
    }
    std::set<std::string> seen;
    std::int64_t cursor = 0;
    std::size_t pages = 0;
    do {
        const auto page = export_person(session, {kTown, kBruno, "series", cursor}).front();
        for (const auto& row : page.rows) {
            EXPECT_TRUE(seen.insert(row.front()).second);
        }
        cursor = page.cursor;
        ++pages;
    } while (cursor != 0 && pages < 20);
    EXPECT_EQ(seen.size(), 700U);
    EXPECT_GT(pages, 2U);
    const auto all = exported(kBruno);
    EXPECT_NE(table(all, "series").cursor, 0);
    EXPECT_LT(export_csv(all).size(), std::size_t{512} * 1024);
}

TEST(CsvOfAnExport, HasATableAfterTheOther) {
    const std::vector<ExportedTable> tables{
        {"roles",
         {{"id", ValueKind::number}, {"role", ValueKind::text}, {"at", ValueKind::instant}},
         {{"9", "=booker", "1796000000"}, {"8", "office", ""}},
         0},
        {"feeds", {{"id", ValueKind::number}}, {}, 12}};
    EXPECT_EQ(export_csv(tables),
              "\xEF\xBB\xBFroles\r\nid,role,at\r\n9,'=booker,2026-11-30T00:53:20Z\r\n8,office,\r\n"
              "\r\nfeeds\r\nid\r\ncursor,12\r\n\r\n");
}

}  // namespace
}  // namespace creneau::privacy
