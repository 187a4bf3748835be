#include "api/mail/maildir_mailer.hpp"

#include "tests/support/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

namespace creneau::mail {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        files.push_back(entry.path());
    }
    return files;
}

std::string content_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

Envelope envelope(const std::string& id) {
    return {"salles@example.org", "camille@example.org", id + "@example.org",
            std::chrono::sys_seconds(std::chrono::seconds(1'795'300'000))};
}

class MaildirDelivery : public testing::Test {
  protected:
    support::ScratchFolder folder;
    MaildirMailer mailer{folder.path() / "mail"};
    fs::path maildir = folder.path() / "mail";

    bool send(const std::string& id, const std::string& text = "Subject: x\r\n\r\nbody\r\n") {
        return mailer.send(envelope(id), text, {}).has_value();
    }
};

TEST_F(MaildirDelivery, LeavesOneWholeFileForItsOwner) {
    ASSERT_TRUE(send("outbox-1.le-pre"));
    const auto files = files_in(maildir / "new");
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(content_of(files[0]), "Subject: x\n\nbody\n");
    EXPECT_EQ(fs::status(files[0]).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(fs::status(maildir).permissions(), fs::perms::owner_all);
    EXPECT_TRUE(files_in(maildir / "tmp").empty());
}

TEST_F(MaildirDelivery, TakesARepeatForTheSameMail) {
    ASSERT_TRUE(send("outbox-1.le-pre"));
    ASSERT_TRUE(send("outbox-1.le-pre"));
    ASSERT_TRUE(send("outbox-11.le-pre"));
    EXPECT_EQ(files_in(maildir / "new").size(), 2U);
}

TEST_F(MaildirDelivery, KnowsAMailThatSomebodyHasRead) {
    ASSERT_TRUE(send("outbox-1.le-pre"));
    const fs::path file = files_in(maildir / "new").at(0);
    fs::rename(file, maildir / "cur" / (file.filename().string() + ":2,S"));
    ASSERT_TRUE(send("outbox-1.le-pre"));
    EXPECT_TRUE(files_in(maildir / "new").empty());
    ASSERT_TRUE(send("outbox-2.le-pre"));
    EXPECT_EQ(files_in(maildir / "new").size(), 1U);
}

TEST_F(MaildirDelivery, WritesOverAHalfWrittenDraft) {
    ASSERT_TRUE(send("outbox-1.le-pre"));
    const fs::path file = files_in(maildir / "new").at(0);
    fs::rename(file, maildir / "tmp" / file.filename());
    std::ofstream(maildir / "tmp" / file.filename(), std::ios::trunc) << std::string(5000, 'x');
    ASSERT_TRUE(send("outbox-1.le-pre"));
    EXPECT_EQ(content_of(file), "Subject: x\n\nbody\n");
    EXPECT_TRUE(files_in(maildir / "tmp").empty());
}

TEST_F(MaildirDelivery, StaysInsideItsFolder) {
    Envelope hostile = envelope("../../outside/:2,S");
    ASSERT_TRUE(mailer.send(hostile, "x\r\n", {}));
    EXPECT_EQ(files_in(maildir / "new").size(), 1U);
    EXPECT_EQ(files_in(folder.path()).size(), 1U);
}

TEST_F(MaildirDelivery, SaysToTryAgainWhenTheFolderIsGone) {
    fs::remove_all(maildir / "tmp");
    const auto lost = mailer.send(envelope("outbox-1.le-pre"), "x\r\n", {});
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().fault, SendFault::transient);
    EXPECT_EQ(lost.error().reason, "maildir: open: No such file or directory");
    fs::create_directory(maildir / "tmp");
    EXPECT_TRUE(send("outbox-1.le-pre"));
}

}  // namespace
}  // namespace creneau::mail
