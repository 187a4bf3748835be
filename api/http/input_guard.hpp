#pragma once

// Private to api/http: the only header that shows the server library.

#include "api/http/connection.hpp"
#include "api/http/dispatcher.hpp"
#include "api/http/in_flight.hpp"
#include "api/people/person.hpp"

#include <functional>
#include <memory>
#include <string>

#include <pistache/http.h>
#include <pistache/peer.h>

namespace creneau::http {

/// What every I/O thread's copy of the guard shares.
struct GuardShared {
    Dispatcher& dispatcher;
    std::shared_ptr<InFlight> flights;
    people::TownId town{};
    bool secure = false;
    std::function<std::chrono::sys_seconds()> clock;
};

/// Stands between the sockets and Pistache's parser: frames the bytes itself, feeds the parser one
/// canonical request at a time, and never lets it see anything else. One copy per I/O thread.
class InputGuard : public Pistache::Http::Handler {
  public:
    HTTP_PROTOTYPE(InputGuard)

    explicit InputGuard(std::shared_ptr<const GuardShared> shared);

    void onRequest(const Pistache::Http::Request& parsed,
                   Pistache::Http::ResponseWriter writer) override;
    void onDisconnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override;

  private:
    using Peer = std::shared_ptr<Pistache::Tcp::Peer>;

    void onInput(const char* bytes, std::size_t size, const Peer& peer) override;

    void take(std::string_view bytes, const Peer& peer);
    std::shared_ptr<Connection> connection_of(const Peer& peer);
    std::function<bool()> waker_of(const Peer& peer);
    void serve_waiting(const Peer& peer, const std::shared_ptr<Connection>& connection);
    void serve_next(const Peer& peer, const std::shared_ptr<Connection>& connection);
    void serve(const Peer& peer, FramedRequest framed);
    void refuse(const std::shared_ptr<Connection>& connection, FramingFault fault);

    std::shared_ptr<const GuardShared> shared_;
    std::optional<FramedRequest> framed_;  // the one that Pistache is parsing
};

}  // namespace creneau::http
