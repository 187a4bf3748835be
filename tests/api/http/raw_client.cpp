#include "tests/api/http/raw_client.hpp"

#include "api/http/text.hpp"

#include <array>
#include <cstring>
#include <stdexcept>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace creneau::http {

namespace {

constexpr std::chrono::seconds kPatience{20};

}  // namespace

std::string RawAnswer::header(std::string_view name) const {
    const auto wanted = "\r\n" + lowered(name) + ": ";
    const auto found = lowered(head).find(wanted);
    if (found == std::string::npos) {
        return "";
    }
    const auto start = found + wanted.size();
    return head.substr(start, head.find("\r\n", start) - start);
}

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error(std::string("connect: ") + std::strerror(errno));
    }
}

RawClient::~RawClient() {
    ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::finish_sending() {
    ::shutdown(socket_, SHUT_WR);
}

bool RawClient::has_input(std::chrono::milliseconds patience) const {
    pollfd waiting{socket_, POLLIN, 0};
    return ::poll(&waiting, 1, static_cast<int>(patience.count())) == 1;
}

bool RawClient::fill() {
    if (!has_input(kPatience)) {
        return false;
    }
    std::array<char, 65536> buffer{};
    const auto got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got <= 0) {
        return false;
    }
    pending_.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

std::optional<RawAnswer> RawClient::receive(bool head_only) {
    auto end = pending_.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!fill()) {
            return std::nullopt;
        }
        end = pending_.find("\r\n\r\n");
    }
    RawAnswer answer;
    answer.head = pending_.substr(0, end + 2);
    answer.status = std::stoi(answer.head.substr(9, 3));
    pending_.erase(0, end + 4);
    const auto length = answer.header("content-length");
    const std::size_t size = length.empty() || head_only ? 0 : std::stoul(length);
    while (pending_.size() < size) {
        if (!fill()) {
            return std::nullopt;
        }
    }
    answer.body = pending_.substr(0, size);
    pending_.erase(0, size);
    return answer;
}

bool RawClient::closed_by_server() {
    std::array<char, 65536> buffer{};
    while (has_input(kPatience)) {
        if (::recv(socket_, buffer.data(), buffer.size(), 0) <= 0) {
            return true;
        }
    }
    return false;
}

std::optional<RawAnswer> exchange(std::uint16_t port, std::string_view bytes) {
    RawClient client(port);
    client.send(bytes);
    return client.receive();
}

}  // namespace creneau::http
