#pragma once

#include "api/signer/signer_protocol.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <optional>
#include <span>
#include <vector>

#include <poll.h>
#include <sys/types.h>

namespace creneau::signer {

struct ServerLimits {
    std::size_t connections = 32;               ///< past it the oldest one is dropped
    std::chrono::milliseconds patience{5'000};  ///< for a whole connection: request and answer
};

/// The Unix socket of the signer: one thread, one poll loop. A connection carries one request.
/// Peers that may not ask, requests that are too long, late or senseless are dropped or refused;
/// none of them keeps the others from being answered.
class SignerServer {
  public:
    using Handler = std::function<Answer(const Ask&)>;

    /// Binds `path`, mode 0660 and owned by `client_group` when there is one. A socket left behind
    /// is replaced; one that somebody answers on is not (throws std::runtime_error).
    SignerServer(std::filesystem::path path, std::optional<gid_t> client_group,
                 ServerLimits limits = {});
    ~SignerServer();
    SignerServer(const SignerServer&) = delete;
    SignerServer& operator=(const SignerServer&) = delete;
    SignerServer(SignerServer&&) = delete;
    SignerServer& operator=(SignerServer&&) = delete;

    /// Serves until `stop` becomes readable.
    void run(int stop, const Handler& handler);

  private:
    struct Connection;
    using Clock = std::chrono::steady_clock;

    void accept_some();
    void advance(Connection& connection, const Handler& handler);
    /// `polled` has one row per connection, in their order.
    void advance_ready(std::span<const pollfd> polled, const Handler& handler);
    [[nodiscard]] int milliseconds_to_wait() const;

    std::filesystem::path path_;
    std::optional<gid_t> client_group_;
    ServerLimits limits_;
    int listener_ = -1;
    std::list<Connection> connections_;  // oldest first
};

}  // namespace creneau::signer
