#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::http {

/// One answer as it came over the wire.
struct RawAnswer {
    int status = 0;
    std::string head;
    std::string body;

    /// First header of that name (any case), or "".
    [[nodiscard]] std::string header(std::string_view name) const;
};

/// A TCP client that sends exactly the bytes it is told.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// False when the server has closed already.
    bool send(std::string_view bytes);
    /// No more bytes will follow.
    void finish_sending();
    /// The next whole answer, or nothing when the server closed or took longer than 20 s.
    /// `head_only`: an answer to HEAD.
    std::optional<RawAnswer> receive(bool head_only = false);
    /// Waits for the end of the stream, at most 20 s; what still came is thrown away.
    bool closed_by_server();
    /// Any byte yet?
    [[nodiscard]] bool has_input(std::chrono::milliseconds patience) const;

  private:
    bool fill();

    int socket_;
    std::string pending_;
};

/// One request on a connection of its own.
std::optional<RawAnswer> exchange(std::uint16_t port, std::string_view bytes);

}  // namespace creneau::http
