#include "tests/api/http/rights/rights_town.hpp"

#include <string>

#include <nlohmann/json.hpp>

namespace creneau::http {

void RightsTown::make_papers(const Maker& maker, Things& things) {
    using nlohmann::json;
    const std::string of_association =
        "/api/v1/associations/" + std::to_string(maker.association) + "/papers";
    const std::string of_peer = "/api/v1/people/" + std::to_string(maker.peer) + "/papers";
    const json paper{
        {"kind", "insurance"}, {"valid_from", "2026-09-01"}, {"valid_until", "2027-08-31"}};
    things.ids["paper"] = made(maker, maker.office_token, {"POST", of_association, paper})["id"];
    made(maker, maker.office_token, {"POST", of_peer, paper});
    const json accepted{{"kind", "agreement"},
                        {"valid_from", "2026-09-01"},
                        {"valid_until", "2027-08-31"},
                        {"accepted", true}};
    things.ids["unsent"] = made(maker, maker.office_token, {"POST", of_association, paper})["id"];
    things.ids["accepted"] =
        made(maker, maker.office_token, {"POST", of_association, accepted})["id"];
}

}  // namespace creneau::http
