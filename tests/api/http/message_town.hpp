#pragma once

#include "api/booking/booking_types.hpp"
#include "api/http/booking_routes.hpp"
#include "api/http/hold_routes.hpp"
#include "api/http/message_routes.hpp"
#include "api/http/series_routes.hpp"
#include "api/mail/outbox_worker.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

using booking::kAlex;
using booking::kCamille;
using booking::kMaud;
using booking::kOffice;
using nlohmann::json;

/// Takes every mail.
class TakingMailer final : public mail::Mailer {
  public:
    tl::expected<void, mail::SendError> send(const mail::Envelope& envelope, std::string_view,
                                             std::stop_token) override {
        sent.push_back(envelope.to);
        return {};
    }
    std::vector<std::string> sent;
};

/// Camille has no e-mail address.
class MessageTown : public CalledRoutes {
  protected:
    MessageTown() {
        add_booking_routes(routes_);
        add_hold_routes(routes_);
        add_series_routes(routes_);
        add_message_routes(routes_, sign());
        session_->execute(
            "UPDATE people SET has_email = 0, email = key, postal_address ="
            " '3 rue Danton\n93310 LE PRÉ' WHERE id = 2");
    }

    mail::SignPass sign() {
        return [this](std::int64_t credential) -> tl::expected<qr::PassBytes, mail::PassRefusal> {
            signed_.push_back(credential);
            if (fault_) {
                return tl::unexpected(mail::PassRefusal{*fault_, "no"});
            }
            qr::PassBytes bytes{};
            bytes[0] = 0xD1;
            return bytes;
        };
    }
    /// What is due leaves.
    void send() {
        mail::OutboxWorker worker({.writer = writer_,
                                   .readers = readers_,
                                   .mailer = mailer_,
                                   .sign_pass = sign(),
                                   .now = [this] { return now_; },
                                   .jitter = [] { return 0.5; }},
                                  {.town_id = 1, .from = "salles@le-pre.example.org"});
        worker.run_due();
        signed_.clear();
    }
    /// The path of an approved booking of Camille's, for the choir.
    std::string approved_path() {
        const auto booking = approved();
        send();
        return "/api/v1/bookings/" + std::to_string(static_cast<std::int64_t>(booking.id));
    }
    /// The id of a series of Camille's, for the choir: 5, 12, 19 and 26 December.
    std::string weekly(int room = 1) {
        return expect(201, kCamille, "POST", "/api/v1/series",
                      {{"room_id", room},
                       {"association_id", 1},
                       {"pattern", "weekly"},
                       {"weekdays", {"saturday"}},
                       {"first_date", "2026-12-05"},
                       {"count", 4},
                       {"start_time", "18:30"},
                       {"end_time", "20:30"},
                       {"attendees", 12},
                       {"purpose", "Répétition"}})["id"]
            .dump();
    }
    json letters() { return expect(200, kOffice, "GET", "/api/v1/letters")["items"]; }
    Response pdf(booking::PersonId reader, const json& message) {
        return call(reader, "GET", "/api/v1/messages/" + message["id"].dump() + ".pdf");
    }

    TakingMailer mailer_;
    std::vector<std::int64_t> signed_;
    std::optional<mail::PassFault> fault_;
};

}  // namespace creneau::http
