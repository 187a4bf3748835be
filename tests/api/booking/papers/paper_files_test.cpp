#include "api/booking/papers/paper_files.hpp"

#include "api/booking/papers/keep_papers.hpp"
#include "api/booking/papers/paper_folder.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include <sys/stat.h>

namespace creneau::booking {
namespace {

namespace fs = std::filesystem;

class PaperFilesTest : public SeriesTest {
  protected:
    PaperFilesTest() : folder_(fs::path(database_.folder()) / "papers") { folder_.prepare(); }

    PaperId record() {
        return write(record_paper, RecordPaper{kTown,
                                               kCamille,
                                               {access::HolderKind::association, 1},
                                               PaperKind::insurance,
                                               "",
                                               "2026-01-01",
                                               "",
                                               false,
                                               kNow})
            .value()
            .id;
    }
    Outcome<Paper> attach(PaperId paper, const std::string& bytes) {
        const auto digest = folder_.keep(bytes);
        return write(attach_file,
                     AttachFile{kTown, kCamille, paper,
                                PaperFile{digest, static_cast<std::int64_t>(bytes.size()),
                                          FileType::pdf, "a.pdf"},
                                kNow});
    }
    static unsigned mode_of(const fs::path& path) {
        struct stat status{};
        stat(path.c_str(), &status);
        return status.st_mode & 0777U;
    }
    static std::chrono::system_clock::time_point later(std::chrono::minutes time) {
        return std::chrono::system_clock::now() + time;
    }

    PaperFolder folder_;
};
CRENEAU_ON_BOTH_ENGINES(PaperFilesTest);

TEST_P(PaperFilesTest, RestUnderTheirDigestForTheirOwnerOnly) {
    const auto digest = folder_.keep("one");
    EXPECT_EQ(digest.size(), 64U);
    EXPECT_EQ(folder_.keep("one"), digest);
    EXPECT_EQ(mode_of(folder_.path()), 0700U);
    EXPECT_EQ(mode_of(folder_.path() / digest), 0600U);
    EXPECT_EQ(folder_.read(digest, 1, 100), "ne");
    EXPECT_FALSE(folder_.has(std::string(64, 'a')));
    EXPECT_FALSE(folder_.has("../town.db"));
    EXPECT_EQ(folder_.read("../../etc/passwd", 0, 10), std::nullopt);
}

TEST_P(PaperFilesTest, WithoutARowAreSweptAfterAnHourAndOthersStay) {
    const auto paper = record();
    const auto before = attach(paper, "first").value().file->digest;
    const auto now = attach(paper, "second").value().file->digest;
    std::ofstream(folder_.path() / "README") << "not ours";
    EXPECT_EQ(sweep_paper_files(writer_, folder_, later(std::chrono::minutes(30))), 0U)
        << "somebody may be sending it";
    EXPECT_EQ(sweep_paper_files(writer_, folder_, later(std::chrono::minutes(90))), 1U);
    EXPECT_FALSE(folder_.has(before));
    EXPECT_TRUE(folder_.has(now));
    EXPECT_TRUE(fs::exists(folder_.path() / "README"));
}

TEST_P(PaperFilesTest, ThatAreMissingAreNamed) {
    const auto paper = record();
    const auto digest = attach(paper, "first").value().file->digest;
    ASSERT_TRUE(attach(record(), "second"));
    EXPECT_TRUE(look_for_files(*session_, kTown, folder_).missing.empty());
    fs::remove(folder_.path() / digest);
    const auto found = look_for_files(*session_, kTown, folder_);
    EXPECT_EQ(found.there, 1);
    EXPECT_EQ(found.missing, std::vector{paper});
    EXPECT_EQ(look_for_files(*session_, kOtherTown, folder_).there, 0);
}

}  // namespace
}  // namespace creneau::booking
