#pragma once

#include "api/http/held_answers.hpp"
#include "api/http/routes.hpp"
#include "api/http/static_files.hpp"
#include "api/people/person.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace creneau::http {

struct ServerSettings {
    std::string address = "127.0.0.1";  // keep to loopback; nginx faces the network
    std::uint16_t port = 0;             // 0: any free port
    int threads = 2;
    std::size_t slow_threads = 2;
    std::size_t slow_queued = 64;
    std::string public_url;  // scheme and authority that browsers see; "" : from the port
    people::TownId town{};
    std::function<std::chrono::sys_seconds()> clock;  // empty: the machine's clock
    // Called on the writer's thread after a request's write is committed; must neither block nor
    // throw, and own what it touches: it may be called until the writer is gone. May be empty.
    std::function<void()> after_commit;
    // Which answers to committed writes wait until there is something to say. May be empty.
    HoldBack hold_back;
    std::shared_ptr<const StaticFiles> pages =
        nullptr;  // the web application; null: none is served
};

/// The HTTP server. Block SIGTERM and SIGINT before making one, since it starts threads.
/// Everything it is given must outlive it.
class Server {
  public:
    Server(ServerSettings settings, Routes routes, store::Readers& readers, store::Writer& writer);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Binds and serves on threads of its own. Throws std::runtime_error when the port is taken.
    void start();
    [[nodiscard]] std::uint16_t port() const;
    /// Refuses new work, waits up to 5 s for what is under way, then ends the threads. Idempotent.
    void stop();

  private:
    class Running;
    std::unique_ptr<Running> running_;
};

/// /healthz, /readyz and /api/openapi.json.
void add_service_routes(Routes& routes);

}  // namespace creneau::http
