#include "api/booking/imports/booking_sheet.hpp"

#include "api/booking/imports/french_time.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace creneau::booking {
namespace {

using Cells = std::vector<std::string>;

const Cells kHead{"Salle", "Date", "Début", "Fin", "Personnes", "Objet"};

BookingLine line_of(const Cells& head, const Cells& cells) {
    const auto lines = read_sheet({{1, head}, {2, cells}});
    EXPECT_TRUE(lines && lines->front());
    return lines && lines->front() ? *lines->front() : BookingLine{};
}

/// "bad_date:Date bad_time:Fin"
std::string problems_of(const Cells& head, const Cells& cells) {
    const auto lines = read_sheet({{1, head}, {2, cells}});
    std::string words;
    const auto add = [&words](const std::vector<SheetProblem>& problems) {
        for (const auto& problem : problems) {
            words += (words.empty() ? "" : " ") + problem.code + ":" + problem.column;
        }
    };
    if (!lines) {
        add(lines.error());
    } else if (!lines->front()) {
        add(lines->front().error());
    }
    return words;
}

TEST(FrenchDates, AreReadAsTheyAreWritten) {
    EXPECT_EQ(date_of("05/12/2026"), "2026-12-05");
    EXPECT_EQ(date_of("5/1/2027"), "2027-01-05");
    EXPECT_EQ(date_of("2026-12-05"), "2026-12-05");
    EXPECT_EQ(date_of("14/01/27"), "2027-01-14") << "no booking lies in another century";
    EXPECT_EQ(date_of("29/02/2028"), "2028-02-29");
    for (const auto* wrong :
         {"", "5/12/026", "5/12/6", "12/31/26", "12/31/2026", "30/02/2026", "2026/12/05",
          "05-12-2026", "5 décembre 2026", "005/12/2026", "05/12/20261", "05/12/1999", "//"}) {
        EXPECT_FALSE(date_of(wrong)) << wrong;
    }
    EXPECT_EQ(day_after("2026-12-31"), "2027-01-01");
}

TEST(FrenchTimes, AreReadAsTheyAreWritten) {
    for (const auto* right : {"18h30", "18 h 30", "18H30", "18:30", "18:30:00"}) {
        EXPECT_EQ(time_of(right), "18:30") << right;
    }
    EXPECT_EQ(time_of("9h"), "09:00");
    EXPECT_EQ(time_of("9 h 05"), "09:05");
    EXPECT_EQ(time_of("0:00"), "00:00");
    EXPECT_EQ(time_of("23h59"), "23:59");
    for (const auto* wrong : {"", "18", "24:00", "24h", "18h60", "18:3", "18h3", "18:30:15",
                              "18:", "h30", "1830", "18h30min", "6:30 PM", "-1:30", "18h:00"}) {
        EXPECT_FALSE(time_of(wrong)) << wrong;
    }
}

TEST(BookingSheet, ColumnsAreKnownByTheirHeadsInAnyOrder) {
    const auto line = line_of({"OBJET", "nombre de personnes", "Heure de fin", "heure de début",
                               "Date", "SALLE", "Référence", "E-mail"},
                              {"Chorale", "12", "20h30", "18h30", "05/12/2026", "LCR Danton", "A-7",
                               "camille@example.org"});
    EXPECT_EQ(line.start, "2026-12-05T18:30");
    EXPECT_EQ(line.end, "2026-12-05T20:30");
    EXPECT_EQ(line.attendees, 12);
    EXPECT_EQ(line.purpose, "Chorale");
    EXPECT_EQ(line.reference, "A-7");
    EXPECT_EQ(line.email, "camille@example.org");
}

TEST(BookingSheet, AnEndThatIsTheStartIsLeftForTheRulesToRefuse) {
    const auto line = line_of(kHead, {"Salle", "31/12/2026", "18h00", "18h00", "5", "Bal"});
    EXPECT_EQ(line.start, "2026-12-31T18:00");
    EXPECT_EQ(line.end, line.start);
}

TEST(BookingSheet, AnEndThatIsEarlierIsOnTheNextDay) {
    EXPECT_EQ(line_of(kHead, {"Salle", "31/12/2026", "22h", "2h", "5", "Bal"}).end,
              "2027-01-01T02:00");
    Cells head = kHead;
    head.emplace_back("Date de fin");
    EXPECT_EQ(line_of(head, {"Salle", "31/12/2026", "22h", "23h", "5", "Bal", "02/01/2027"}).end,
              "2027-01-02T23:00");
    EXPECT_EQ(line_of(head, {"Salle", "31/12/2026", "22h", "23h", "5", "Bal", ""}).end,
              "2026-12-31T23:00");
}

TEST(BookingSheet, EverythingWrongInALineIsNamedByItsColumn) {
    EXPECT_EQ(problems_of(kHead, {"", "31/02/2026", "18", "25h", "douze", ""}),
              "required:Salle bad_date:Date bad_time:Début bad_time:Fin bad_number:Personnes "
              "required:Objet");
    EXPECT_EQ(problems_of(kHead, {"Salle"}),
              "required:Date required:Début required:Fin required:Personnes required:Objet");
    EXPECT_EQ(problems_of(kHead, {"Salle", "05/12/2026", "18h", "20h", "5", "Bal", "de trop"}),
              "too_many_cells:");
    EXPECT_EQ(problems_of(kHead, {"Salle", "05/12/2026", "18h", "20h", "5", "Bal"}), "");
}

TEST(BookingSheet, AHeadIsWholeOrNothingIsRead) {
    EXPECT_EQ(problems_of({"Salle", "Date", "Début", "Couleur", "Date"}, {}),
              "unknown_column:Couleur doubled_column:Date missing_column:fin "
              "missing_column:personnes missing_column:objet");
    EXPECT_FALSE(read_sheet({}));
    EXPECT_TRUE(read_sheet({{1, kHead}}));
}

TEST(BookingSheet, WordsAreComparedWithoutAccentsAndSigns) {
    EXPECT_EQ(folded("  L’Été  à Nœux-les-Mines, n° 2 "), "l ete a noeux les mines n 2");
    EXPECT_EQ(folded("ÇA ÿ"), "ca y");
    EXPECT_EQ(folded("\xC3"), "");
}

}  // namespace
}  // namespace creneau::booking
