#include "api/http/responder.hpp"

#include "api/http/connection.hpp"
#include "api/http/in_flight.hpp"
#include "api/http/log_text.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/wire.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <ratio>
#include <utility>

#include <spdlog/spdlog.h>

namespace creneau::http {

namespace {

spdlog::level::level_enum level_of(const Request& request, int status) {
    if (status >= 500) {
        return spdlog::level::err;
    }
    const bool reading = request.method == "GET" || request.method == "HEAD";
    return reading && status < 400 ? spdlog::level::debug : spdlog::level::info;
}

}  // namespace

Responder::Responder(std::shared_ptr<Connection> connection, Framing framing,
                     std::unique_ptr<FlightTicket> ticket)
    : connection_(std::move(connection)),
      framing_(std::move(framing)),
      ticket_(std::move(ticket)) {}

Responder::~Responder() {
    if (answered_) {
        return;
    }
    try {
        Request unknown;
        unknown.id = framing_.request_id;
        send(unknown, internal_error(unknown));
    } catch (...) {
        connection_->drop();
    }
}

void Responder::send(const Request& request, const Response& response) {
    if (std::exchange(answered_, true)) {
        spdlog::error("{} answered twice", framing_.request_id);
        return;
    }
    const bool too_large = response.body.size() > kMaxAnswer;
    const auto& sent = too_large ? internal_error(request) : response;
    if (too_large) {
        spdlog::error("{} answer of {} bytes is over the cap", framing_.request_id,
                      response.body.size());
    }
    log(request, sent.status);
    connection_->answer(to_wire(sent, framing_), framing_.keep_alive);
    ticket_.reset();
}

/// Never the query, the headers or the body: that is where secrets are.
void Responder::log(const Request& request, int status) const {
    const auto took = std::chrono::steady_clock::now() - began_;
    spdlog::log(level_of(request, status), "{} {} {} {} {:.1f} ms client={} person={}",
                framing_.request_id, request.method, path_for_log(request.path), status,
                std::chrono::duration<double, std::milli>(took).count(), request.client,
                request.person ? static_cast<std::int64_t>(request.person->id) : 0);
}

}  // namespace creneau::http
