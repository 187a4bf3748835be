#include "door-agent/status_socket.hpp"

#include "door-agent/readers/descriptor.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace creneau::door {
namespace {

constexpr int kWaiting = 4;

std::optional<sockaddr_un> address_of(const std::filesystem::path& file) {
    sockaddr_un address{};
    const auto& name = file.native();
    if (name.size() >= sizeof(address.sun_path)) {
        return std::nullopt;
    }
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    return address;
}

Descriptor listen_at(const std::filesystem::path& file) {
    const auto address = address_of(file);
    if (!address) {
        errno = ENAMETOOLONG;
        return {};
    }
    std::error_code absent;
    std::filesystem::remove(file, absent);
    Descriptor made(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto* bound = reinterpret_cast<const sockaddr*>(&*address);
    const bool good = made.is_open() && bind(made.get(), bound, sizeof(*address)) == 0 &&
                      chmod(file.c_str(), S_IRUSR | S_IWUSR) == 0 &&
                      listen(made.get(), kWaiting) == 0;
    return good ? std::move(made) : Descriptor{};
}

}  // namespace

StatusSocket::StatusSocket(const std::filesystem::path& file)
    : file_(file), listening_(listen_at(file)), stop_(eventfd(0, EFD_CLOEXEC)) {
    if (!listening_.is_open() || !stop_.is_open()) {
        spdlog::warn("no status socket {}: {}", file.string(), std::strerror(errno));
        return;
    }
    thread_ = std::thread([this] { serve(); });
}

StatusSocket::~StatusSocket() {
    if (thread_.joinable()) {
        eventfd_write(stop_.get(), 1);
        thread_.join();
        std::error_code absent;
        std::filesystem::remove(file_, absent);
    }
}

void StatusSocket::say(std::string text) {
    const std::scoped_lock lock(mutex_);
    text_ = std::move(text);
}

void StatusSocket::serve() {
    std::array<pollfd, 2> waiting{pollfd{listening_.get(), POLLIN, 0},
                                  pollfd{stop_.get(), POLLIN, 0}};
    while (waiting[1].revents == 0) {
        if (poll(waiting.data(), waiting.size(), -1) > 0 && waiting[0].revents != 0) {
            const Descriptor client(accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (client.is_open()) {
                answer(client.get());
            }
        }
    }
}

void StatusSocket::answer(int client) {
    const std::scoped_lock lock(mutex_);
    // What does not fit the kernel's buffer is left out: nobody may make the agent wait.
    static_cast<void>(send(client, text_.data(), text_.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
}

}  // namespace creneau::door
