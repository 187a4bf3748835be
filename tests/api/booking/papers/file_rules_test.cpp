#include "api/booking/papers/file_rules.hpp"

#include "api/booking/papers/paper_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "tests/api/booking/papers/sample_files.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace creneau::booking {
namespace {

using namespace samples;

struct Judged {
    const char* name;
    std::string bytes;
    FileType declared;
    std::optional<FileFault> fault;
};

class FileRules : public testing::TestWithParam<Judged> {};

TEST_P(FileRules, SayWhichFilesMayBeKept) {
    EXPECT_EQ(fault_in(GetParam().bytes, GetParam().declared), GetParam().fault);
}

const std::string kZip("PK\x03\x04 all sorts of things");

INSTANTIATE_TEST_SUITE_P(
    Files, FileRules,
    testing::Values(
        Judged{"a_pdf", pdf(), FileType::pdf, {}},
        Judged{"a_pdf_that_opens_at_a_page",
               pdf("/OpenAction [1 0 R /XYZ null null 0]"),
               FileType::pdf,
               {}},
        Judged{"a_png", png(8000, 8000), FileType::png, {}},
        Judged{"a_jpeg", jpeg(8000, 600), FileType::jpeg, {}},
        Judged{"a_jpeg_with_a_trailer", jpeg(600, 800) + "SEFT", FileType::jpeg, {}},
        Judged{"nothing", "", FileType::pdf, FileFault::empty},
        Judged{"a_zip", kZip, FileType::pdf, FileFault::unknown_type},
        Judged{"html", "<html><script>alert(1)</script>%PDF-1.4 %%EOF", FileType::pdf,
               FileFault::unknown_type},
        Judged{"a_png_called_pdf", png(10, 10), FileType::pdf, FileFault::other_type},
        Judged{"a_pdf_called_png", pdf(), FileType::png, FileFault::other_type},
        Judged{"a_wide_png", png(8001, 1), FileType::png, FileFault::too_large},
        Judged{"a_high_png", png(1, 4294967295U), FileType::png, FileFault::too_large},
        Judged{"an_empty_png", png(0, 10), FileType::png, FileFault::truncated},
        Judged{"half_a_png", png(10, 10).substr(0, 40), FileType::png, FileFault::truncated},
        Judged{"a_png_without_end", png(10, 10).substr(0, png(10, 10).size() - 1), FileType::png,
               FileFault::truncated},
        Judged{"a_png_and_a_zip", png(10, 10) + kZip, FileType::png, FileFault::truncated},
        Judged{"a_wide_jpeg", jpeg(8001, 10), FileType::jpeg, FileFault::too_large},
        Judged{"a_high_jpeg", jpeg(10, 65535), FileType::jpeg, FileFault::too_large},
        Judged{"half_a_jpeg", jpeg(10, 10).substr(0, 15), FileType::jpeg, FileFault::truncated},
        Judged{"a_jpeg_without_end", jpeg(10, 10).substr(0, jpeg(10, 10).size() - 1),
               FileType::jpeg, FileFault::truncated},
        Judged{"half_a_pdf", pdf().substr(0, 30), FileType::pdf, FileFault::truncated},
        Judged{"a_pdf_with_a_script", pdf("/S /JavaScript"), FileType::pdf,
               FileFault::active_content},
        Judged{"a_pdf_with_a_short_script", pdf("/JS(app.alert\\(1\\))"), FileType::pdf,
               FileFault::active_content},
        Judged{"a_pdf_with_an_escaped_script", pdf("/S /J#61v#61Script"), FileType::pdf,
               FileFault::active_content},
        Judged{"a_pdf_with_a_program", pdf("/S/Launch/F(cmd.exe)"), FileType::pdf,
               FileFault::active_content},
        Judged{"a_pdf_with_a_file", pdf("/Type /EmbeddedFile"), FileType::pdf,
               FileFault::active_content},
        Judged{"a_pdf_that_acts_when_opened", pdf("/OpenAction << /S /URI >>"), FileType::pdf,
               FileFault::active_content},
        Judged{"a_pdf_that_acts_elsewhere", pdf("/OpenAction 5 0 R"), FileType::pdf,
               FileFault::active_content},
        Judged{"a_pdf_with_a_password", pdf("/Encrypt 9 0 R"), FileType::pdf, FileFault::encrypted},
        Judged{"a_pdf_with_an_escaped_password", pdf("/#45ncrypt 9 0 R"), FileType::pdf,
               FileFault::encrypted},
        Judged{"a_pdf_with_names_that_only_begin_so",
               pdf("/JSON /Launcher /Encrypted"),
               FileType::pdf,
               {}}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(FileNames, AreMadeHarmless) {
    EXPECT_EQ(clean_name("Attestation 2026.PDF", FileType::pdf), "Attestation 2026.pdf");
    EXPECT_EQ(clean_name("../../etc/passwd", FileType::pdf), "passwd.pdf");
    EXPECT_EQ(clean_name("C:\\Users\\a\\b.exe", FileType::png), "b.png");
    EXPECT_EQ(clean_name("a\r\nSet-Cookie: b=1\".pdf", FileType::pdf), "aSet-Cookie b=1.pdf");
    EXPECT_EQ(clean_name("..", FileType::jpeg), "document.jpg");
    EXPECT_EQ(clean_name("\u200b", FileType::jpeg), "document.jpg");
    EXPECT_EQ(clean_name("a\u202Efdp.exe", FileType::pdf), "afdp.pdf");
    EXPECT_EQ(clean_name(std::string(5000, 'x'), FileType::pdf), std::string(100, 'x') + ".pdf");
    EXPECT_EQ(clean_name("Été à la mairie", FileType::pdf), "Été à la mairie.pdf");
}

TEST(PaperAlerts, FallDueByDates) {
    const auto due = [](const char* until, const char* today) {
        return alert_due(parse_date(until).value(), parse_date(today).value());
    };
    EXPECT_EQ(due("2026-12-31", "2026-11-30"), std::nullopt) << "31 days";
    EXPECT_EQ(due("2026-12-31", "2026-12-01"), 30);
    EXPECT_EQ(due("2026-12-31", "2026-12-23"), 30);
    EXPECT_EQ(due("2026-12-31", "2026-12-24"), 7);
    EXPECT_EQ(due("2026-12-31", "2026-12-31"), 7) << "it still holds on its last day";
    EXPECT_EQ(due("2026-12-31", "2027-01-01"), 0);
    EXPECT_EQ(due("2026-12-31", "2027-01-07"), 0);
    EXPECT_EQ(due("2026-12-31", "2027-01-08"), std::nullopt);
}

}  // namespace
}  // namespace creneau::booking
