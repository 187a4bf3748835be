#include "api/http/connection.hpp"

#include <cstddef>
#include <functional>
#include <mutex>
#include <string_view>
#include <utility>

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace creneau::http {

Connection::Connection(int socket, std::function<bool()> wake)
    : wake_(std::move(wake)), socket_(socket) {}

bool Connection::begin() {
    const std::lock_guard lock(mutex_);
    if (busy_ || closing_ || !open_) {
        waiting_ = busy_;
        return false;
    }
    busy_ = true;
    return true;
}

/// Wakes without the lock: the library takes its own for that, and holds it while the I/O thread,
/// once awake, takes ours.
void Connection::answer(std::string_view bytes, bool keep_alive) {
    if (answer_now(bytes, keep_alive) && !wake_()) {
        drop();
    }
}

/// True when requests wait behind this answer.
bool Connection::answer_now(std::string_view bytes, bool keep_alive) {
    const std::lock_guard lock(mutex_);
    if (!open_) {
        return false;
    }
    send_now(bytes);
    if (!keep_alive && !closing_) {
        closing_ = true;
        ::shutdown(socket_, SHUT_WR);  // the answer arrives whole even if bytes are still unread
    }
    busy_ = false;
    return std::exchange(waiting_, false) && !closing_;
}

void Connection::send_interim(std::string_view bytes) {
    const std::lock_guard lock(mutex_);
    if (open_ && !busy_ && !closing_) {
        send_now(bytes);
    }
}

bool Connection::ignores(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    if (!closing_) {
        return false;
    }
    ignored_ += bytes;
    if (ignored_ > kMaxIgnored) {
        drop_now();
    }
    return true;
}

void Connection::drop() {
    const std::lock_guard lock(mutex_);
    drop_now();
}

void Connection::detach() {
    const std::lock_guard lock(mutex_);
    open_ = false;
}

/// Straight to the socket and never through the library's write queue: that one spins on a full
/// socket, forgets an answer when input arrives in the same instant, and never tells about a client
/// that has gone. On loopback the socket takes an answer of the largest size at once.
void Connection::send_now(std::string_view bytes) {
    int unsent = 0;
    if (::ioctl(socket_, SIOCOUTQ, &unsent) != 0 || unsent > kMaxUnsent) {
        drop_now();
        return;
    }
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 || static_cast<std::size_t>(sent) != bytes.size()) {
        drop_now();
    }
}

void Connection::drop_now() {
    closing_ = true;
    if (open_) {
        ::shutdown(socket_, SHUT_RDWR);
    }
}

}  // namespace creneau::http
