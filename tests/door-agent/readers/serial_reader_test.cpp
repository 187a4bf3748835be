#include "door-agent/readers/serial_reader.hpp"

#include "door-agent/readers/wedge_reader.hpp"
#include "tests/door-agent/readers/recorder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

namespace creneau::door::test {
namespace {

/// A pty behind a link, so that it can go and come back under the same name.
class SerialReading : public testing::Test {
  protected:
    SerialReading() {
        std::string pattern = std::filesystem::temp_directory_path() / "reader-XXXXXX";
        folder_ = mkdtemp(pattern.data());
        link_ = folder_ + "/tty";
        plug();
    }
    ~SerialReading() override {
        reader_.reset();
        unplug();
        std::filesystem::remove_all(folder_);
    }
    void plug() {
        master_ = posix_openpt(O_RDWR | O_NOCTTY);
        EXPECT_EQ(grantpt(master_), 0);
        EXPECT_EQ(unlockpt(master_), 0);
        std::filesystem::remove(link_);
        std::filesystem::create_symlink(ptsname(master_), link_);
    }
    void unplug() {
        if (master_ >= 0) {
            close(std::exchange(master_, -1));
        }
    }
    void start() {
        reader_ = std::make_unique<SerialReader>(SerialReaderSettings{"qr", link_, 9600},
                                                 recorder_.listener());
        reader_->start();
        ASSERT_TRUE(eventually([&] { return recorder_.told(ReaderNotice::back) >= 1; }));
    }
    void send(const std::string& bytes) const {
        EXPECT_EQ(write(master_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    }
    [[nodiscard]] bool read(const std::vector<std::string>& frames) const {
        return eventually([&] { return recorder_.frames() == frames; });
    }

    std::string folder_;
    std::string link_;
    int master_ = -1;
    Recorder recorder_;
    std::unique_ptr<SerialReader> reader_;
};

TEST_F(SerialReading, EndsFramesAtCrLfAndTab) {
    start();
    send("]Q1621\r\n622\n623\t\r\r624\r");
    EXPECT_TRUE(read({"]Q1621", "622", "623", "624"}));
}

TEST_F(SerialReading, PassesEveryOtherByteOnUnchanged) {
    start();
    std::string bytes;
    for (int byte = 1; byte < 256; ++byte) {
        if (byte != '\r' && byte != '\n' && byte != '\t') {
            bytes.push_back(static_cast<char>(byte));
        }
    }
    send(bytes + "\r");
    EXPECT_TRUE(read({bytes})) << "raw: no flow control, no signals, no eighth bit lost";
}

TEST_F(SerialReading, ThrowsAwayWhatWasStoredBeforeItOpened) {
    const int early = open(link_.c_str(), O_RDWR | O_NOCTTY);
    termios raw{};
    tcgetattr(early, &raw);
    cfmakeraw(&raw);
    tcsetattr(early, TCSANOW, &raw);
    send("111\r");
    start();
    send("222\r");
    EXPECT_TRUE(read({"222"}));
    close(early);
}

TEST_F(SerialReading, ComesBackWithoutItsLastReading) {
    start();
    send("111\r");
    ASSERT_TRUE(read({"111"}));
    unplug();
    ASSERT_TRUE(eventually([&] { return recorder_.told(ReaderNotice::lost) == 1; }));
    plug();
    // As a scanner does that repeats its last reading as soon as somebody opens it.
    const auto before = recorder_.told(ReaderNotice::back);
    ASSERT_TRUE(eventually([&] {
        send("111\r");
        return recorder_.told(ReaderNotice::back) > before;
    }));
    send("\r222\r");
    ASSERT_TRUE(eventually([&] { return recorder_.frames().back() == "222"; }));
    EXPECT_LE(recorder_.frames().size(), 3U) << "at most the repetition sent at the very moment";
}

TEST_F(SerialReading, TellsOfALostDeviceOnce) {
    std::filesystem::remove(link_);
    reader_ = std::make_unique<SerialReader>(SerialReaderSettings{"qr", link_, 9600},
                                             recorder_.listener());
    reader_->start();
    ASSERT_TRUE(eventually([&] { return recorder_.told(ReaderNotice::lost) == 1; }));
    unplug();
    plug();
    ASSERT_TRUE(eventually([&] { return recorder_.told(ReaderNotice::back) == 1; }));
    EXPECT_EQ(recorder_.told(ReaderNotice::lost), 1);
    send("333\r");
    EXPECT_TRUE(read({"333"}));
}

TEST_F(SerialReading, TheReaderOfAnotherProgramIsLostUntilThatOneEnds) {
    Recorder first_heard;
    auto first = std::make_unique<SerialReader>(SerialReaderSettings{"first", link_, 9600},
                                                first_heard.listener());
    first->start();
    ASSERT_TRUE(eventually([&] { return first_heard.told(ReaderNotice::back) == 1; }));
    reader_ = std::make_unique<SerialReader>(SerialReaderSettings{"qr", link_, 9600},
                                             recorder_.listener());
    reader_->start();
    ASSERT_TRUE(eventually([&] { return recorder_.told(ReaderNotice::lost) == 1; }));
    send("111\r");
    EXPECT_TRUE(eventually([&] { return first_heard.frames().size() == 1; }));
    EXPECT_EQ(recorder_.told(ReaderNotice::back), 0);
    first.reset();
    ASSERT_TRUE(eventually([&] { return recorder_.told(ReaderNotice::back) == 1; }));
    send("222\r");
    EXPECT_TRUE(read({"222"}));
}

TEST_F(SerialReading, ALongLineIsToldAndTheNextFrameIsRead) {
    start();
    send(std::string(600, '9'));
    ASSERT_TRUE(eventually([&] { return recorder_.told(ReaderNotice::overlong) == 1; }));
    send("\r444\r");
    EXPECT_TRUE(read({"444"}));
}

TEST_F(SerialReading, StoppingIsNotALoss) {
    start();
    reader_.reset();
    EXPECT_EQ(recorder_.told(ReaderNotice::lost), 0);
}

TEST(WedgeReader, WaitsForAReaderThatIsNotThere) {
    Recorder recorder;
    WedgeReader reader({"wedge", "9-9.9", 0x0c2e, 0x0200}, recorder.listener());
    reader.start();
    EXPECT_TRUE(eventually([&] { return recorder.told(ReaderNotice::lost) == 1; }));
    EXPECT_EQ(recorder.told(ReaderNotice::back), 0);
}

}  // namespace
}  // namespace creneau::door::test
