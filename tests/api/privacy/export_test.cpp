#include "api/people/ids.hpp"
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
    const auto tables = exported();
    EXPECT_EQ(tables.size(), export_tables().size());
    const auto& person = table(tables, "person").rows;
    ASSERT_EQ(person.size(), 1U);
    EXPECT_EQ(person[0],
              (std::vector<std::string>{"7", "Perle Zurbriggen", "perle@zurbriggen.example", "fr",
                                        "0699887766", "9 rue Zurbriggen", "1"}));
    const auto& bookings = table(tables, "bookings").rows;
    ASSERT_EQ(bookings.size(), 3U);
    EXPECT_EQ(bookings[0][0], "3") << "the newest first";
    EXPECT_EQ(bookings[2][7], "Baptême Zurbriggen");
    for (const auto* const name : {"associations", "series", "waits", "holds", "papers", "passes",
                                   "feeds", "sessions", "tokens", "delegations", "duties"}) {
        EXPECT_EQ(table(tables, name).rows.size(), 1U) << name;
    }
    EXPECT_EQ(table(tables, "messages").rows.size(), 2U);
    EXPECT_TRUE(table(exported(kBruno), "bookings").rows.empty());
    EXPECT_TRUE(table(exported(kPerle, people::TownId{2}), "person").rows.empty());
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
