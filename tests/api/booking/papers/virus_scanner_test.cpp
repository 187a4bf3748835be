#include "api/booking/papers/virus_scanner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace creneau::booking {
namespace {

using std::string_literals::operator""s;
using std::string_view_literals::operator""sv;
using Kind = Verdict::Kind;

/// A Unix socket where a scanner would listen; nobody takes what arrives before answer().
class Desk {
  public:
    Desk() : listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        std::string folder = "/tmp/creneau-scanner-XXXXXX";
        folder_ = ::mkdtemp(folder.data());
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::ranges::copy(path().string(), std::begin(address.sun_path));
        EXPECT_EQ(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)),
                  0);
        EXPECT_EQ(::listen(listener_, 4), 0);
    }
    ~Desk() {
        join();
        ::close(listener_);
        std::filesystem::remove_all(folder_);
    }
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    Desk(Desk&&) = delete;
    Desk& operator=(Desk&&) = delete;

    [[nodiscard]] std::filesystem::path path() const { return folder_ / "clamd.ctl"; }

    /// Takes the next caller's bytes up to `end`, then answers and closes.
    void answer(std::string_view end, std::string_view words) {
        join();
        taken_.clear();
        thread_ = std::thread([this, end, words] {
            const int caller = ::accept(listener_, nullptr, nullptr);
            std::array<char, 4096> piece{};
            while (!taken_.ends_with(end)) {
                const auto done = ::recv(caller, piece.data(), piece.size(), 0);
                if (done <= 0) {
                    break;
                }
                taken_.append(piece.data(), static_cast<std::size_t>(done));
            }
            ::send(caller, words.data(), words.size(), MSG_NOSIGNAL);
            ::close(caller);
        });
    }
    /// What the last caller sent.
    std::string taken() {
        join();
        return taken_;
    }

  private:
    void join() {
        if (thread_.joinable()) {
            thread_.join();
        }
    }

    int listener_;
    std::filesystem::path folder_;
    std::thread thread_;
    std::string taken_;
};

constexpr auto kNoMore = "\0\0\0\0"sv;

TEST(VirusScanner, BelievesOnlyTheTwoSentencesOfTheScanner) {
    for (const auto answer : {""sv,
                              "\0"sv,
                              "stream: OK"sv,
                              "stream: OK\n"sv,
                              "stream: OK\0\0"sv,
                              "stream: OK\0x"sv,
                              " stream: OK\0"sv,
                              "stream:OK\0"sv,
                              "stream: ok\0"sv,
                              "stream: OK OK\0"sv,
                              "OK\0"sv,
                              "stream: \0"sv,
                              "stream: FOUND\0"sv,
                              "stream:  FOUND\0"sv,
                              "stream: Eicar FOUND"sv,
                              "stream: Eicar FOUND\0stream: OK\0"sv,
                              "stream: a\0b FOUND\0"sv,
                              "x: Eicar FOUND\0"sv,
                              "stream: Eicar FOUND \0"sv,
                              "stream: Can't allocate memory ERROR\0"sv,
                              "INSTREAM size limit exceeded. ERROR\0"sv,
                              "UNKNOWN COMMAND\0"sv,
                              "PONG\0"sv,
                              "1: stream: OK\0"sv}) {
        EXPECT_EQ(read_verdict(answer).kind, Kind::unknown) << answer;
    }
    EXPECT_EQ(read_verdict("stream: OK\0"sv).kind, Kind::clean);
    const auto found = read_verdict("stream: Win.Test.EICAR_HDB-1 FOUND\0"sv);
    EXPECT_EQ(found.kind, Kind::infected);
    EXPECT_EQ(found.said, "Win.Test.EICAR_HDB-1");
}

TEST(VirusScanner, LetsNothingButPrintableWordsIntoTheLog) {
    EXPECT_EQ(read_verdict("stream: a\nb\x1b[0m\xc3\xa9 FOUND\0"sv).said, "a?b?[0m??");
    std::string longest = "stream: ";
    longest.append(500, 'v').append(" FOUND\0"sv);
    EXPECT_EQ(read_verdict(longest).said, std::string(100, 'v'));
    EXPECT_EQ(read_verdict("a\r\nalert x\0"sv).said, "it answered \"a??alert x?\"");
}

TEST(VirusScanner, SendsTheFileInChunksOfItsLengthAndReadsTheAnswer) {
    Desk desk;
    const VirusScanner scanner(desk.path());
    desk.answer(kNoMore, "stream: OK\0"sv);
    EXPECT_EQ(scanner.scan("a file").kind, Kind::clean);
    EXPECT_EQ(desk.taken(), "zINSTREAM\0\0\0\0\6a file\0\0\0\0"s);
    const std::string large(65536 + 2, 'x');
    desk.answer(kNoMore, "stream: Bad FOUND\0"sv);
    EXPECT_EQ(scanner.scan(large).kind, Kind::infected);
    EXPECT_EQ(desk.taken(),
              "zINSTREAM\0\0\1\0\0"s + std::string(65536, 'x') + "\0\0\0\2xx\0\0\0\0"s);
}

TEST(VirusScanner, KnowsNothingOfAFileWhenTheScannerIsAwayOrLateOrBreaksOff) {
    constexpr std::chrono::milliseconds kShort{50};
    Desk desk;
    EXPECT_EQ(VirusScanner(desk.path().string() + ".gone").scan("a file").kind, Kind::unknown);
    EXPECT_EQ(VirusScanner(std::string(200, '/')).scan("a file").kind, Kind::unknown);
    const VirusScanner hasty(desk.path(), kShort);
    EXPECT_EQ(hasty.scan("a file").said, "it did not answer") << "nobody takes the call";
    EXPECT_EQ(hasty.scan(std::string(8 << 20, 'x')).said, "it did not take the file");
    EXPECT_FALSE(hasty.answers());
    Desk other;
    const VirusScanner scanner(other.path());
    other.answer(kNoMore, "stream: OK"sv);
    EXPECT_EQ(scanner.scan("a file").kind, Kind::unknown) << "its answer has no end";
    const std::string flood(100000, 'x');
    other.answer(kNoMore, flood);
    EXPECT_EQ(scanner.scan("a file").kind, Kind::unknown);
    other.answer(kNoMore, "stream: OK\0"sv);
    EXPECT_EQ(scanner.scan("a file").kind, Kind::clean);
}

TEST(VirusScanner, LetsNoFileWaitLongForOneThatHangs) {
    Desk desk;
    const VirusScanner scanner(desk.path(), VirusScanner::kTurn + std::chrono::seconds{1});
    std::array<std::string, 2> said;
    std::thread other([&] { said[1] = scanner.scan("one").said; });
    said[0] = scanner.scan("other").said;
    other.join();
    std::ranges::sort(said);
    EXPECT_EQ(said[0], "it did not answer");
    EXPECT_EQ(said[1], "it is still at another file");
    Desk working;
    working.answer(kNoMore, "stream: OK\0"sv);
    EXPECT_EQ(VirusScanner(working.path()).scan("one").kind, Kind::clean);
}

TEST(VirusScanner, AnswersAPing) {
    Desk desk;
    const VirusScanner scanner(desk.path());
    desk.answer("zPING\0"sv, "PONG\0"sv);
    EXPECT_TRUE(scanner.answers());
    EXPECT_EQ(desk.taken(), "zPING\0"s);
    desk.answer("zPING\0"sv, "PONG"sv);
    EXPECT_FALSE(scanner.answers());
}

}  // namespace
}  // namespace creneau::booking
