#include "api/signer/signer_server.hpp"

#include "api/signer/peer.hpp"
#include "api/signer/signer_client.hpp"
#include "api/signer/signer_protocol.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/un.h>
#include <tl/expected.hpp>
#include <unistd.h>

namespace creneau::signer {
namespace {

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path) {
    throw std::system_error(errno, std::generic_category(), what + " " + path.string());
}

sockaddr_un address_of(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto name = path.string();
    if (name.empty() || name.size() >= sizeof(address.sun_path)) {
        throw std::runtime_error("signer.socket: the path is empty or longer than 107 bytes");
    }
    std::ranges::copy(name, std::begin(address.sun_path));
    return address;
}

/// Removes a socket that nobody answers on; anything else at that place is left alone.
void clear_stale(const std::filesystem::path& path, const sockaddr_un& address) {
    struct stat status{};
    if (::lstat(path.c_str(), &status) != 0) {
        return;
    }
    if (!S_ISSOCK(status.st_mode)) {
        throw std::runtime_error(path.string() + ": is there and is not a socket");
    }
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0) {
        fail("cannot try the socket", path);
    }
    const int result =
        ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    const bool stale = result != 0 && errno == ECONNREFUSED;
    ::close(probe);
    if (!stale) {
        throw std::runtime_error(path.string() + ": another signer answers on this socket");
    }
    if (::unlink(path.c_str()) != 0) {
        fail("cannot remove the stale socket", path);
    }
}

}  // namespace

struct SignerServer::Connection {
    Connection(int socket, Clock::time_point until) : fd(socket), deadline(until) {}
    ~Connection() { ::close(fd); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection(Connection&&) = delete;
    Connection& operator=(Connection&&) = delete;

    int fd;
    Clock::time_point deadline;
    std::vector<std::uint8_t> in;
    std::vector<std::uint8_t> out;
    std::size_t sent = 0;
    bool done = false;

    void read(const Handler& handler);
    void write();

  private:
    void answer(const Answer& what) { out = write_answer(what); }
    void take(std::span<const std::uint8_t> bytes, const Handler& handler);
};

void SignerServer::Connection::read(const Handler& handler) {
    std::array<std::uint8_t, kMaxRequest + kFrameHead + 1> buffer{};
    const auto got = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (got > 0) {
        take(std::span(buffer).first(static_cast<std::size_t>(got)), handler);
    } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        done = true;
    }
}

void SignerServer::Connection::take(std::span<const std::uint8_t> bytes, const Handler& handler) {
    in.insert(in.end(), bytes.begin(), bytes.end());
    if (in.size() < kFrameHead) {
        return;
    }
    const auto length = frame_length(in);
    const auto body = std::span(in).subspan(kFrameHead);
    if (length > kMaxRequest || body.size() > length) {
        answer(tl::unexpected(SignError::malformed));
        return;
    }
    if (body.size() < length) {
        return;
    }
    const auto ask = read_ask({reinterpret_cast<const char*>(body.data()), body.size()});
    answer(ask ? handler(*ask) : tl::unexpected(SignError::malformed));
}

void SignerServer::Connection::write() {
    const auto rest = std::span(out).subspan(sent);
    const auto put = ::send(fd, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (put > 0) {
        sent += static_cast<std::size_t>(put);
        done = sent == out.size();
    } else if (put < 0 && errno != EAGAIN && errno != EINTR) {
        done = true;
    }
}

SignerServer::SignerServer(std::filesystem::path path, std::optional<gid_t> client_group,
                           ServerLimits limits)
    : path_(std::move(path)), client_group_(client_group), limits_(limits) {
    const auto address = address_of(path_);
    clear_stale(path_, address);
    constexpr int kBacklog = 128;
    constexpr mode_t kSocketMode = 0660;
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener_ < 0) {
        fail("cannot make the socket", path_);
    }
    // Born closed to everybody: the mode and group are set before the first connection is taken.
    const auto mask = ::umask(0777);
    const int bound =
        ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    ::umask(mask);
    if (bound != 0) {
        fail("cannot make the socket", path_);
    }
    constexpr auto kKeepUser = static_cast<uid_t>(-1);
    if ((client_group_ && ::chown(path_.c_str(), kKeepUser, *client_group_) != 0) ||
        ::chmod(path_.c_str(), kSocketMode) != 0 || ::listen(listener_, kBacklog) != 0) {
        fail("cannot open the socket to its clients", path_);
    }
}

SignerServer::~SignerServer() {
    ::unlink(path_.c_str());
    ::close(listener_);
}

void SignerServer::accept_some() {
    // A few at a time: in a flood of connections, those already here are read before they are
    // old enough to be dropped.
    constexpr int kAtOnce = 8;
    for (int i = 0; i < kAtOnce; ++i) {
        const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0) {
            return;
        }
        const auto peer = peer_of(fd);
        if (!peer || !may_ask(*peer, ::geteuid(), client_group_)) {
            spdlog::warn("refused a client: pid {} of user {}", peer ? peer->pid : 0,
                         peer ? static_cast<long>(peer->user) : -1);
            ::close(fd);
            continue;
        }
        if (connections_.size() >= limits_.connections) {
            connections_.pop_front();
        }
        connections_.emplace_back(fd, Clock::now() + limits_.patience);
    }
}

int SignerServer::milliseconds_to_wait() const {
    if (connections_.empty()) {
        return -1;
    }
    // All have the same patience, so the oldest is the first to lose it.
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(connections_.front().deadline - Clock::now());
    return static_cast<int>(std::max<std::int64_t>(0, left.count()));
}

void SignerServer::advance(Connection& connection, const Handler& handler) {
    if (connection.out.empty()) {
        connection.read(handler);
    }
    if (!connection.out.empty()) {
        connection.write();
    }
}

void SignerServer::advance_ready(std::span<const pollfd> polled, const Handler& handler) {
    auto row = polled.begin();
    for (auto& connection : connections_) {
        if ((row++)->revents != 0) {
            advance(connection, handler);
        }
    }
}

void SignerServer::run(int stop, const Handler& handler) {
    while (true) {
        std::vector<pollfd> polled{{stop, POLLIN, 0}, {listener_, POLLIN, 0}};
        for (const auto& connection : connections_) {
            const short events = connection.out.empty() ? POLLIN : POLLOUT;
            polled.push_back({connection.fd, events, 0});
        }
        if (::poll(polled.data(), polled.size(), milliseconds_to_wait()) < 0 && errno != EINTR) {
            fail("cannot wait on", path_);
        }
        if (polled[0].revents != 0) {
            return;
        }
        advance_ready(std::span<const pollfd>(polled).subspan(2), handler);
        const auto now = Clock::now();
        connections_.remove_if([&](const Connection& connection) {
            return connection.done || connection.deadline <= now;
        });
        if (polled[1].revents != 0) {
            accept_some();
        }
    }
}

}  // namespace creneau::signer
