#include "api/documents/csv_table.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace creneau::documents {
namespace {

using Cells = std::vector<std::string>;

std::vector<Cells> cells_of(std::string_view file) {
    const auto rows = read_csv(file);
    EXPECT_TRUE(rows) << "line " << (rows ? 0 : rows.error().line);
    std::vector<Cells> cells;
    if (rows) {
        for (const CsvRow& row : *rows) {
            cells.push_back(row.cells);
        }
    }
    return cells;
}

std::size_t fault_line(std::string_view file, CsvFault fault) {
    const auto rows = read_csv(file);
    EXPECT_FALSE(rows);
    if (rows) {
        return 0;
    }
    EXPECT_EQ(rows.error().fault, fault);
    return rows.error().line;
}

TEST(CsvTable, ThePartingSignIsTheHeadsMoreFrequentOne) {
    EXPECT_EQ(cells_of("a;b;c\n1;2,5;3\n"),
              (std::vector<Cells>{{"a", "b", "c"}, {"1", "2,5", "3"}}));
    EXPECT_EQ(cells_of("a,b,c\n1,2;5,3\n"),
              (std::vector<Cells>{{"a", "b", "c"}, {"1", "2;5", "3"}}));
    EXPECT_EQ(cells_of("a\nb,c\n"), (std::vector<Cells>{{"a"}, {"b,c"}}));
}

TEST(CsvTable, ReadsUtf8WithOrWithoutMarkAndWindows1252) {
    const std::vector<Cells> read{{"début", "« Noël » – 12 €"}};
    EXPECT_EQ(cells_of("début;« Noël » – 12 €\n"), read);
    EXPECT_EQ(cells_of("\xEF\xBB\xBF"
                       "début;« Noël » – 12 €\r\n"),
              read);
    EXPECT_EQ(cells_of("d\xE9"
                       "but;\xAB No\xEBl \xBB \x96 12 \x80\r\n"),
              read);
}

TEST(CsvTable, QuotedCellsHoldAnything) {
    EXPECT_EQ(cells_of("a;b\n\"x;y\";\"dit \"\"oui\"\"\r\nsur deux lignes\"\n"),
              (std::vector<Cells>{{"a", "b"}, {"x;y", "dit \"oui\"\r\nsur deux lignes"}}));
}

TEST(CsvTable, RowsAreNamedByTheirFirstLine) {
    const auto rows = read_csv("a;b\r\n\r\n\"1\n2\n3\";x\r\n;\r\n4;y");
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 3U);  // empty lines and cells are nothing
    EXPECT_EQ((*rows)[0].line, 1U);
    EXPECT_EQ((*rows)[1].line, 3U);
    EXPECT_EQ((*rows)[2].line, 7U);
    EXPECT_EQ((*rows)[2].cells, (Cells{"4", "y"}));
}

TEST(CsvTable, WhatCannotBeReadIsNamedByItsLine) {
    EXPECT_EQ(fault_line("a;b\n1;x\"y\n", CsvFault::bad_quotes), 2U);
    EXPECT_EQ(fault_line("a;b\n\"1\"x;2\n", CsvFault::bad_quotes), 2U);
    EXPECT_EQ(fault_line("a;b\n1;2\n\"never closed;3\n4;5\n", CsvFault::bad_quotes), 3U);
    EXPECT_EQ(fault_line("a;b\n1;\x81\n", CsvFault::not_text), 2U);  // of no letter in Windows-1252
    EXPECT_EQ(fault_line(std::string("a;b\n1;2\n3;\0", 11), CsvFault::not_text), 3U);
    EXPECT_EQ(fault_line(std::string("\xFF\xFE"
                                     "a\0;\0b\0",
                                     8),
                         CsvFault::not_text),
              1U);  // UTF-16
    EXPECT_EQ(cells_of("a;b\n1;2\n"), (std::vector<Cells>{{"a", "b"}, {"1", "2"}}));
}

TEST(CsvTable, HasItsLimits) {
    EXPECT_EQ(fault_line(std::string(kLargestCsv + 1, 'x'), CsvFault::too_large), 0U);
    EXPECT_EQ(fault_line(std::string(kMostCsvCells, ';'), CsvFault::too_large), 1U);
    std::string rows;
    for (std::size_t i = 0; i < kMostCsvRows; ++i) {
        rows += "x\n";
    }
    EXPECT_EQ(cells_of(rows).size(), kMostCsvRows);
    EXPECT_EQ(fault_line(rows + "x\n", CsvFault::too_large), kMostCsvRows + 1);
    EXPECT_TRUE(cells_of("").empty());
}

}  // namespace
}  // namespace creneau::documents
