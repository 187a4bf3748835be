#include "api/booking/papers/virus_scanner.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace creneau::booking {

namespace {

using std::string_view_literals::operator""sv;
using Instant = std::chrono::steady_clock::time_point;

// A command and its answer end with a zero byte; clamd then closes the connection.
constexpr auto kPing = "zPING\0"sv;
constexpr auto kPong = "PONG\0"sv;
constexpr auto kScan = "zINSTREAM\0"sv;
constexpr auto kClean = "stream: OK\0"sv;
constexpr auto kFoundStart = "stream: "sv;
constexpr auto kFoundEnd = " FOUND\0"sv;
constexpr std::size_t kLongestAnswer = 1024;
constexpr std::size_t kLongestSaid = 100;
constexpr std::size_t kChunk = 65536;

/// A connection and the instant at which it is given up.
class Connection {
  public:
    explicit Connection(Instant until)
        : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)), until_(until) {}
    ~Connection() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection(Connection&&) = delete;
    Connection& operator=(Connection&&) = delete;

    [[nodiscard]] bool connect(const std::string& path) const;
    [[nodiscard]] bool send(std::string_view bytes) const;
    /// What comes until the other side closes; nothing when that is late or too long.
    [[nodiscard]] std::optional<std::string> receive_all() const;

  private:
    /// False when the time is up.
    [[nodiscard]] bool wait(short events) const;

    int fd_;
    Instant until_;
};

bool Connection::wait(short events) const {
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(until_ - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return false;
        }
        pollfd one{fd_, events, 0};
        const int ready = ::poll(&one, 1, static_cast<int>(left.count()));
        if (ready > 0) {
            return true;
        }
        if (ready < 0 && errno != EINTR) {
            return false;
        }
    }
}

bool Connection::connect(const std::string& path) const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (fd_ < 0 || path.empty() || path.size() >= sizeof(address.sun_path)) {
        return false;
    }
    std::ranges::copy(path, std::begin(address.sun_path));
    // A full backlog answers EAGAIN on a Unix socket and gives nothing to poll for: look again.
    constexpr int kPauseMs = 5;
    while (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        if ((errno != EAGAIN && errno != EINTR) || std::chrono::steady_clock::now() >= until_) {
            return false;
        }
        ::poll(nullptr, 0, kPauseMs);
    }
    return true;
}

bool Connection::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto done = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (done > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(done));
        } else if (done == 0 || (errno != EAGAIN && errno != EINTR) || !wait(POLLOUT)) {
            return false;
        }
    }
    return true;
}

std::optional<std::string> Connection::receive_all() const {
    std::string answer;
    std::array<char, kLongestAnswer> piece{};
    while (answer.size() <= kLongestAnswer) {
        const auto done = ::recv(fd_, piece.data(), piece.size(), 0);
        if (done == 0) {
            return answer;
        }
        if (done > 0) {
            answer.append(piece.data(), static_cast<std::size_t>(done));
        } else if ((errno != EAGAIN && errno != EINTR) || !wait(POLLIN)) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

/// Big-endian.
std::string length_of(std::size_t chunk) {
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        bytes.push_back(static_cast<char>(chunk >> shift & 0xFFU));
    }
    return bytes;
}

bool send_stream(const Connection& connection, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto chunk = bytes.substr(0, kChunk);
        if (!connection.send(length_of(chunk.size())) || !connection.send(chunk)) {
            return false;
        }
        bytes.remove_prefix(chunk.size());
    }
    return connection.send(length_of(0));
}

std::string harmless(std::string_view text) {
    std::string kept(text.substr(0, kLongestSaid));
    std::ranges::replace_if(kept, [](char c) { return c < 0x20 || c > 0x7E; }, '?');
    return kept;
}

}  // namespace

/// The right to give the scanner a file; not had when the one before took too long.
class VirusScanner::Turn {
  public:
    explicit Turn(const VirusScanner& scanner) : scanner_(scanner) {
        std::unique_lock lock(scanner.mutex_);
        is_mine_ = scanner.free_.wait_for(lock, kTurn, [&] { return !scanner.is_scanning_; });
        scanner.is_scanning_ = true;
    }
    ~Turn() {
        if (is_mine_) {
            const std::scoped_lock lock(scanner_.mutex_);
            scanner_.is_scanning_ = false;
            scanner_.free_.notify_one();
        }
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    Turn(Turn&&) = delete;
    Turn& operator=(Turn&&) = delete;

    [[nodiscard]] bool is_mine() const { return is_mine_; }

  private:
    const VirusScanner& scanner_;
    bool is_mine_ = false;
};

Verdict read_verdict(std::string_view answer) {
    if (answer == kClean) {
        return {Verdict::Kind::clean};
    }
    const bool is_one = answer.find('\0') == answer.size() - 1;
    if (is_one && answer.starts_with(kFoundStart) && answer.ends_with(kFoundEnd) &&
        answer.size() > kFoundStart.size() + kFoundEnd.size()) {
        answer.remove_prefix(kFoundStart.size());
        answer.remove_suffix(kFoundEnd.size());
        return {Verdict::Kind::infected, harmless(answer)};
    }
    return {Verdict::Kind::unknown, "it answered \"" + harmless(answer) + '"'};
}

VirusScanner::VirusScanner(std::filesystem::path socket, std::chrono::milliseconds patience)
    : socket_(std::move(socket)), patience_(patience) {}

Verdict VirusScanner::scan(std::string_view bytes) const {
    const Turn turn(*this);
    if (!turn.is_mine()) {
        return {Verdict::Kind::unknown, "it is still at another file"};
    }
    const Connection connection(std::chrono::steady_clock::now() + patience_);
    if (!connection.connect(socket_.string())) {
        return {Verdict::Kind::unknown, "it cannot be reached"};
    }
    if (!connection.send(kScan) || !send_stream(connection, bytes)) {
        return {Verdict::Kind::unknown, "it did not take the file"};
    }
    const auto answer = connection.receive_all();
    return answer ? read_verdict(*answer) : Verdict{Verdict::Kind::unknown, "it did not answer"};
}

bool VirusScanner::answers() const {
    const Connection connection(std::chrono::steady_clock::now() + patience_);
    return connection.connect(socket_.string()) && connection.send(kPing) &&
           connection.receive_all() == kPong;
}

}  // namespace creneau::booking
