#pragma once

#include "api/http/booking_routes.hpp"
#include "api/http/hold_routes.hpp"
#include "api/http/round_routes.hpp"
#include "api/http/series_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

using booking::kAlex;
using booking::kCamille;
using booking::kDominique;
using booking::kMaud;
using booking::kOffice;
using nlohmann::json;

/// A round of four weeks in January 2027 on the filled town.
class RoundTown : public CalledRoutes {
  protected:
    RoundTown() {
        add_booking_routes(routes_);
        add_hold_routes(routes_);
        add_round_routes(routes_);
        add_series_routes(routes_);
    }

    static json round_of() {
        return {{"name", "Saison 2027"},
                {"wishes_from", "2026-11-21"},
                {"wishes_until", "2026-11-30"},
                {"season_first", "2027-01-04"},
                {"season_last", "2027-01-31"},
                {"criteria",
                 {{{"kind", "every_wish"}, {"text", "Chaque demande compte"}, {"weight", 10}},
                  {{"kind", "people"}, {"text", "Public accueilli"}, {"weight", 5}}}}};
    }
    static json wish_of(int association, int attendees, std::vector<int> rooms = {1}) {
        return {{"association_id", association}, {"weekday", "tuesday"}, {"start_time", "18:30"},
                {"end_time", "20:30"},           {"room_ids", rooms},    {"attendees", attendees},
                {"purpose", "Répétition"}};
    }
    std::string opened() {
        const auto round = expect(201, kOffice, "POST", "/api/v1/rounds", round_of());
        const auto path = "/api/v1/rounds/" + round["id"].dump();
        expect(200, kOffice, "POST", path + "/open", json::object());
        return path;
    }
    std::string stated(const std::string& round, booking::PersonId person, const json& wish) {
        const auto made = expect(201, person, "POST", round + "/wishes", wish);
        return round + "/wishes/" + made["id"].dump();
    }
    json step(const std::string& round, const std::string& name, int status = 200) {
        return expect(status, kOffice, "POST", round + '/' + name, json::object());
    }
    json proposed(const std::string& round) {
        step(round, "close");
        return step(round, "propose");
    }
    json seen(const std::string& wish, booking::PersonId person = kOffice) {
        return expect(200, person, "GET", wish);
    }
};

}  // namespace creneau::http
