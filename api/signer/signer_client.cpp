#include "api/signer/signer_client.hpp"

#include "api/signer/signer_protocol.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <tl/expected.hpp>
#include <unistd.h>

namespace creneau::signer {
namespace {

using Instant = std::chrono::steady_clock::time_point;

/// A non-blocking stream socket and the instant at which the call is given up.
class Call {
  public:
    explicit Call(Instant until)
        : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)), until_(until) {}
    ~Call() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    Call(Call&&) = delete;
    Call& operator=(Call&&) = delete;

    bool connect(const std::string& path);
    bool send(std::span<const std::uint8_t> bytes);
    bool receive(std::span<std::uint8_t> bytes);

  private:
    /// False when the time is up.
    bool wait(short events) const;

    int fd_;
    Instant until_;
};

bool Call::wait(short events) const {
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

bool Call::connect(const std::string& path) {
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

bool Call::send(std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const auto done = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (done > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(done));
        } else if (done == 0 || (errno != EAGAIN && errno != EINTR) || !wait(POLLOUT)) {
            return false;
        }
    }
    return true;
}

bool Call::receive(std::span<std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const auto done = ::recv(fd_, bytes.data(), bytes.size(), 0);
        if (done > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(done));
        } else if (done == 0 || (errno != EAGAIN && errno != EINTR) || !wait(POLLIN)) {
            return false;
        }
    }
    return true;
}

}  // namespace

Client::Client(std::filesystem::path socket, std::chrono::milliseconds patience)
    : socket_(std::move(socket)), patience_(patience) {}

tl::expected<std::vector<std::uint8_t>, SignError> Client::call(const std::string& request) const {
    const tl::unexpected<SignError> unreachable(SignError::unreachable);
    Call call(std::chrono::steady_clock::now() + patience_);
    const std::vector<std::uint8_t> bytes(request.begin(), request.end());
    std::array<std::uint8_t, kFrameHead> head{};
    if (!call.connect(socket_.string()) || !call.send(frame(bytes)) || !call.receive(head)) {
        return unreachable;
    }
    const auto length = frame_length(head);
    if (length > kMaxAnswer) {
        return unreachable;
    }
    std::vector<std::uint8_t> body(length);
    if (!call.receive(body)) {
        return unreachable;
    }
    return read_answer(body);
}

tl::expected<qr::PassBytes, SignError> Client::sign_pass(std::int64_t credential_id) const {
    auto answer = call(write_ask(AskPass{credential_id}));
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    qr::PassBytes pass{};
    if (answer->size() != pass.size()) {
        return tl::unexpected(SignError::failed);
    }
    std::ranges::copy(*answer, pass.begin());
    return pass;
}

tl::expected<std::vector<std::uint8_t>, SignError> Client::export_policy(
    std::string_view agent_key, const std::vector<std::uint8_t>& nonce) const {
    return call(write_ask(AskPolicy{std::string(agent_key), nonce}));
}

tl::expected<std::vector<std::uint8_t>, SignError> Client::sign_command(
    std::int64_t command_id) const {
    return call(write_ask(AskCommand{command_id}));
}

tl::expected<std::string, SignError> Client::key_log(std::int64_t after) const {
    const auto answer = call(write_ask(AskKeyLog{after}));
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    return std::string(answer->begin(), answer->end());
}

}  // namespace creneau::signer
