// Bounded load from loopback clients on the town's server: durable bookings, or one GET again and
// again; several paths, for an answer in pages, are one request. Prints "NAME VALUE UNIT" lines.
//
//   creneau-bench-http book PORT COOKIE ROOM_ID CLIENTS REQUESTS FIRST_SLOT
//   creneau-bench-http get PORT COOKIE PATH CLIENTS REQUESTS [PATH ...]

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using SteadyClock = std::chrono::steady_clock;

/// One keep-alive connection to 127.0.0.1.
class Connection {
  public:
    explicit Connection(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("connect: " + std::string(std::strerror(errno)));
        }
    }
    ~Connection() { close(fd_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Sends one request, reads one response with a Content-Length; returns its status.
    int exchange(const std::string& request) {
        if (send(fd_, request.data(), request.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(request.size())) {
            throw std::runtime_error("the server took half a request");
        }
        buffer_.clear();
        std::size_t head = std::string::npos;
        while ((head = buffer_.find("\r\n\r\n")) == std::string::npos) {
            receive();
        }
        const auto length = content_length(buffer_.substr(0, head));
        while (buffer_.size() < head + 4 + length) {
            receive();
        }
        return std::atoi(buffer_.c_str() + 9);
    }

  private:
    void receive() {
        char chunk[16384];
        const auto count = recv(fd_, chunk, sizeof chunk, 0);
        if (count <= 0) {
            throw std::runtime_error("the server closed the connection");
        }
        buffer_.append(chunk, static_cast<std::size_t>(count));
    }

    static std::size_t content_length(std::string head) {
        std::transform(head.begin(), head.end(), head.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        const auto at = head.find("content-length:");
        return at == std::string::npos ? 0 : std::strtoul(head.c_str() + at + 15, nullptr, 10);
    }

    int fd_;
    std::string buffer_;
};

struct Load {
    std::uint16_t port = 0;
    std::string cookie;
    std::size_t clients = 1;
    std::size_t requests = 0;
    int expected = 200;
};

std::string two(unsigned value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

/// The second half of the `number`-th hour from 1 January 2030 that is free of clock changes (08:00
/// to 20:00): a filled room has the first halves.
std::string booking_request(const Load& load, const std::string& room, std::size_t number) {
    const auto day = std::chrono::sys_days{std::chrono::year{2030} / 1 / 1} +
                     std::chrono::days{static_cast<int>(number / 12)};
    const std::chrono::year_month_day date{day};
    const auto hour = static_cast<unsigned>(8 + number % 12);
    const auto stamp = std::to_string(static_cast<int>(date.year())) + "-" +
                       two(static_cast<unsigned>(date.month())) + "-" +
                       two(static_cast<unsigned>(date.day())) + "T";
    const auto body = "{\"room_id\":" + room + ",\"start\":\"" + stamp + two(hour) +
                      ":30\",\"end\":\"" + stamp + two(hour + 1) +
                      ":00\",\"attendees\":5,\"purpose\":\"Mesure\"}";
    return "POST /api/v1/bookings HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(load.port) +
           "\r\nCookie: " + load.cookie +
           "\r\nOrigin: http://127.0.0.1:" + std::to_string(load.port) +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

template <class MakeRequests>
int run(const Load& load, MakeRequests make_requests) {
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::vector<double> micros;
    std::atomic<int> unexpected = 0;
    const auto client = [&] {
        Connection connection(load.port);
        std::vector<double> own;
        for (auto number = next++; number < load.requests; number = next++) {
            const std::vector<std::string> requests = make_requests(number);
            const auto began = SteadyClock::now();
            for (const auto& request : requests) {
                const int status = connection.exchange(request);
                if (status != load.expected) {
                    unexpected = status;
                }
            }
            own.push_back(
                std::chrono::duration<double, std::micro>(SteadyClock::now() - began).count());
        }
        const std::lock_guard lock(mutex);
        micros.insert(micros.end(), own.begin(), own.end());
    };
    const auto began = SteadyClock::now();
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < load.clients; ++i) {
        threads.emplace_back(client);
    }
    for (auto& thread : threads) {
        thread.join();
    }
    const auto seconds = std::chrono::duration<double>(SteadyClock::now() - began).count();
    std::sort(micros.begin(), micros.end());
    std::cout << "rate " << static_cast<double>(micros.size()) / seconds << " /s\n"
              << "p50 " << micros[micros.size() / 2] << " us\n"
              << "p99 " << micros[micros.size() * 99 / 100] << " us\n";
    if (unexpected != 0) {
        std::cerr << "an answer had status " << unexpected << "\n";
        return 1;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) try {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() < 6) {
        std::cerr << "book PORT COOKIE ROOM_ID CLIENTS REQUESTS FIRST_SLOT | "
                     "get PORT COOKIE PATH CLIENTS REQUESTS [PATH ...]\n";
        return 2;
    }
    Load load{.port = static_cast<std::uint16_t>(std::stoul(words[1])),
              .cookie = words[2],
              .clients = std::stoul(words[4]),
              .requests = std::stoul(words[5]),
              .expected = words[0] == "book" ? 201 : 200};
    if (words[0] == "book") {
        const auto first = words.size() > 6 ? std::stoul(words[6]) : 0;
        return run(load, [&](std::size_t number) {
            return std::vector{booking_request(load, words[3], first + number)};
        });
    }
    std::vector<std::string> paths{words[3]};
    paths.insert(paths.end(), words.begin() + 6, words.end());
    for (auto& path : paths) {
        path = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + words[1] +
               "\r\nCookie: " + load.cookie + "\r\n\r\n";
    }
    return run(load, [&](std::size_t) { return paths; });
} catch (const std::exception& problem) {
    std::cerr << problem.what() << "\n";
    return 1;
}
