#include "api/http/input_guard.hpp"

#include "api/http/connection.hpp"
#include "api/http/in_flight.hpp"
#include "api/http/message_head.hpp"
#include "api/http/problem.hpp"
#include "api/http/request_reader.hpp"
#include "api/http/responder.hpp"
#include "api/http/wire.hpp"
#include "api/store/present.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace creneau::http {

namespace {

using Pistache::Tcp::Transport;

constexpr const char* kConnection = "creneau";

/// Hangs on the library's peer, so that the connection learns when that goes.
struct Attached {
    std::shared_ptr<Connection> connection;

    explicit Attached(std::shared_ptr<Connection> attached) : connection(std::move(attached)) {}
    ~Attached() { connection->detach(); }
    Attached(const Attached&) = delete;
    Attached& operator=(const Attached&) = delete;
};

/// Runs `task` on the transport's own thread: its timers are the one door into it that may be
/// opened from outside. False when no timer could be made.
bool post(Transport& transport, std::function<void()> task) {
    const int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (timer < 0) {
        return false;
    }
    std::optional<Pistache::Async::Deferred<std::uint64_t>> due;
    Pistache::Async::Promise<std::uint64_t> promise(
        [&](Pistache::Async::Deferred<std::uint64_t> deferred) { due = std::move(deferred); });
    promise.then(
        [timer, task = std::move(task)](std::uint64_t) {
            ::close(timer);
            task();
        },
        [timer](const std::exception_ptr&) { ::close(timer); });
    transport.armTimer(timer, std::chrono::milliseconds(1),
                       store::present(std::move(due), "timer"));
    return true;
}

/// The library's parser throws at what it does not like.
bool parses_whole(Pistache::Http::RequestParser& parser, const std::string& canonical) {
    parser.reset();
    try {
        return parser.feed(canonical.data(), canonical.size()) &&
               parser.parse() == Pistache::Http::Private::State::Done;
    } catch (const std::exception& error) {
        spdlog::warn("a canonical request was not parsed: {}", error.what());
        return false;
    }
}

const char* code_of(FramingFault fault) {
    switch (fault) {
        case FramingFault::malformed:
            return "malformed";
        case FramingFault::unknown_method:
            return "unknown_method";
        case FramingFault::unknown_version:
            return "unknown_version";
        case FramingFault::unknown_coding:
            return "unknown_coding";
        case FramingFault::unknown_expectation:
            return "unknown_expectation";
        case FramingFault::target_too_long:
            return "target_too_long";
        case FramingFault::head_too_large:
            return "head_too_large";
        case FramingFault::body_too_large:
            return "body_too_large";
        case FramingFault::too_many_queued:
            return "busy";
    }
    return "malformed";
}

const Text kUnreadable{"La requête ne respecte pas HTTP/1.1 ou dépasse les limites du serveur.",
                       "The request is no proper HTTP/1.1, or is over the server's limits."};

}  // namespace

InputGuard::InputGuard(std::shared_ptr<const GuardShared> shared) : shared_(std::move(shared)) {}

void InputGuard::onInput(const char* bytes, std::size_t size, const Peer& peer) {
    try {
        take({bytes, size}, peer);
    } catch (const std::exception& error) {
        spdlog::error("connection dropped: {}", error.what());
        ::shutdown(peer->fd(), SHUT_RDWR);
    } catch (...) {
        ::shutdown(peer->fd(), SHUT_RDWR);
    }
}

void InputGuard::onDisconnection(const Peer& peer) {
    connection_of(peer)->detach();
}

std::shared_ptr<Connection> InputGuard::connection_of(const Peer& peer) {
    if (const auto found = peer->tryGetData(kConnection)) {
        return std::static_pointer_cast<Attached>(found)->connection;
    }
    auto connection = std::make_shared<Connection>(peer->fd(), waker_of(peer));
    peer->putData(kConnection, std::make_shared<Attached>(connection));
    return connection;
}

std::function<bool()> InputGuard::waker_of(const Peer& peer) {
    const std::weak_ptr<Pistache::Tcp::Peer> weak = peer;
    return [this, weak, io = transport()] {
        return post(*io, [this, weak] {
            if (const auto alive = weak.lock()) {
                serve_waiting(alive, connection_of(alive));
            }
        });
    };  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks): post() owns the function it is given
}

void InputGuard::take(std::string_view bytes, const Peer& peer) {
    const auto connection = connection_of(peer);
    if (connection->ignores(bytes.size())) {
        return;
    }
    auto& framer = connection->framer();
    if (framer.between_requests()) {
        getParser(peer)->reset();  // the header clock starts at a request's first byte
    }
    framer.feed(bytes);
    peer->setIdle(framer.between_requests());
    serve_waiting(peer, connection);
    if (framer.queued() > Connection::kMaxQueued) {
        framer.give_up_beyond(Connection::kMaxQueued);
    }
    if (framer.take_continue()) {
        connection->send_interim("HTTP/1.1 100 Continue\r\n\r\n");
    }
}

void InputGuard::serve_waiting(const Peer& peer, const std::shared_ptr<Connection>& connection) {
    auto& framer = connection->framer();
    while ((framer.queued() > 0 || framer.fault()) && connection->begin()) {
        serve_next(peer, connection);
    }
}

void InputGuard::serve_next(const Peer& peer, const std::shared_ptr<Connection>& connection) {
    auto& framer = connection->framer();
    auto framed = framer.next();
    if (!framed) {
        peer->setIdle(true);  // no 408 after this answer
        refuse(connection, framer.fault().value_or(FramingFault::malformed));
        return;
    }
    const auto parser = getParser(peer);
    if (!parses_whole(*parser, framed->canonical())) {
        framer.give_up_beyond(0);
        refuse(connection, FramingFault::malformed);
        return;
    }
    framed_ = std::move(framed);
    onRequest(parser->request, {parser->request.version(), transport(), this, peer});
    parser->reset();
}

void InputGuard::onRequest(const Pistache::Http::Request& parsed,
                           Pistache::Http::ResponseWriter writer) {
    const auto peer = writer.getPeer();
    auto framed = std::exchange(framed_, std::nullopt);
    if (peer && framed) {
        framed->head.method = Pistache::Http::methodString(parsed.method());
        serve(peer, std::move(*framed));
    }
}

void InputGuard::serve(const Peer& peer, FramedRequest framed) {
    Framing framing;
    framing.head_only = framed.head.method == "HEAD";
    framing.keep_alive = framed.head.keep_alive;
    framing.https = shared_->secure;
    auto [request, well_formed] =
        read_request(std::move(framed),
                     {peer->address().host(), shared_->town, shared_->secure, shared_->clock()});
    framing.request_id = request.id;
    framing.now = request.now;
    const bool open = shared_->flights->enter();
    framing.keep_alive = framing.keep_alive && open;
    auto ticket = open ? std::make_unique<FlightTicket>(shared_->flights) : nullptr;
    auto responder =
        std::make_shared<Responder>(connection_of(peer), std::move(framing), std::move(ticket));
    if (!open) {
        responder->send(request, busy(request));
    } else if (!well_formed) {
        responder->send(request, bad_request(request, {"L’adresse est mal codée.",
                                                       "The target is badly encoded."}));
    } else {
        shared_->dispatcher.handle(std::move(request), responder);
    }
}

void InputGuard::refuse(const std::shared_ptr<Connection>& connection, FramingFault fault) {
    Request unread;
    unread.now = shared_->clock();
    const auto response =
        fault == FramingFault::too_many_queued
            ? busy(unread)
            : problem_response(unread, {status_of(fault), code_of(fault), kUnreadable});
    Framing framing;
    framing.keep_alive = false;
    framing.https = shared_->secure;
    framing.now = unread.now;
    connection->answer(to_wire(response, framing), false);
}

}  // namespace creneau::http
