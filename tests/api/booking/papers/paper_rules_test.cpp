#include "api/booking/papers/paper_rules.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace creneau::booking {
namespace {

Paper paper(PaperKind kind, const std::string& from, const std::string& until,
            bool accepted = true) {
    Paper one;
    one.kind = kind;
    one.valid_from = from;
    one.valid_until = until;
    if (accepted) {
        one.accepted_at = std::chrono::sys_seconds(std::chrono::seconds(1));
    }
    return one;
}

struct Row {
    const char* name;
    Paper paper;
    const char* start;
    const char* end;
    bool covers;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.name;
}

class PaperCovers : public testing::TestWithParam<Row> {};

TEST_P(PaperCovers, TheSlot) {
    const Row& row = GetParam();
    EXPECT_EQ(covers(row.paper, {row.start, row.end, {}}), row.covers);
}

constexpr auto kInsurance = PaperKind::insurance;
INSTANTIATE_TEST_SUITE_P(
    Rows, PaperCovers,
    testing::Values(Row{"WithinItsDays", paper(kInsurance, "2026-12-01", "2026-12-31"),
                        "2026-12-05T18:30", "2026-12-05T20:30", true},
                    Row{"OnItsFirstDay", paper(kInsurance, "2026-12-05", ""), "2026-12-05T00:00",
                        "2026-12-05T20:30", true},
                    Row{"TheDayBefore", paper(kInsurance, "2026-12-06", ""), "2026-12-05T18:30",
                        "2026-12-05T20:30", false},
                    Row{"OnItsLastDayToMidnight", paper(kInsurance, "2026-01-01", "2026-12-05"),
                        "2026-12-05T18:30", "2026-12-06T00:00", true},
                    Row{"IntoTheDayAfter", paper(kInsurance, "2026-01-01", "2026-12-05"),
                        "2026-12-05T18:30", "2026-12-06T00:01", false},
                    Row{"NotAccepted", paper(kInsurance, "2026-01-01", "", false),
                        "2026-12-05T18:30", "2026-12-05T20:30", false}),
    [](const testing::TestParamInfo<Row>& row) { return std::string(row.param.name); });

TEST(MissingPapers, AreThoseThatNoPaperCovers) {
    const Slot slot{"2026-12-05T18:30", "2026-12-05T20:30", {}};
    const std::vector<PaperKind> required{PaperKind::insurance, PaperKind::deposit};
    const std::vector<Paper> papers{paper(PaperKind::agreement, "2026-01-01", ""),
                                    paper(PaperKind::insurance, "2025-01-01", "2025-12-31"),
                                    paper(PaperKind::insurance, "2026-01-01", "2026-12-31")};
    EXPECT_EQ(missing_of(required, papers, slot), std::vector<PaperKind>{PaperKind::deposit});
    EXPECT_EQ(missing_of(required, {}, slot), required);
    EXPECT_TRUE(missing_of({}, {}, slot).empty());
}

}  // namespace
}  // namespace creneau::booking
