#pragma once

#include "api/http/connection.hpp"
#include "api/http/in_flight.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/wire.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace creneau::http {

/// The right to answer one request, once, from any thread. Destroyed without an answer it answers
/// 500, so that no client waits for ever.
class Responder {
  public:
    /// `ticket` may be null: the answer is not counted.
    Responder(std::shared_ptr<Connection> connection, Framing framing,
              std::unique_ptr<FlightTicket> ticket);
    ~Responder();
    Responder(const Responder&) = delete;
    Responder& operator=(const Responder&) = delete;

    /// Sends and logs; the request is given for its words only.
    void send(const Request& request, const Response& response);

  private:
    void log(const Request& request, int status) const;

    std::shared_ptr<Connection> connection_;
    Framing framing_;
    std::unique_ptr<FlightTicket> ticket_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    bool answered_ = false;
};

}  // namespace creneau::http
