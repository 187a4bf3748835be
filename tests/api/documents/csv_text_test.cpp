#include "api/documents/csv_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace creneau::documents {
namespace {

TEST(CsvCell, IsNeverAFormula) {
    EXPECT_EQ(csv_cell("=HYPERLINK(\"http://x\")"), "\"'=HYPERLINK(\"\"http://x\"\")\"");
    for (const auto* const evil : {"=1", "+1", "-1", "@x"}) {
        EXPECT_EQ(csv_cell(evil), std::string("'") + evil);
    }
    EXPECT_EQ(csv_cell("\tx"), "\"'\tx\"");
    EXPECT_EQ(csv_cell("\rx"), "\"'\rx\"");
    EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(csv_cell("L’été 1=2"), "L’été 1=2");
    EXPECT_EQ(csv_cell(""), "");
}

}  // namespace
}  // namespace creneau::documents
