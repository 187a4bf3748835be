#pragma once

#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace creneau::mail {

/// What the lack of an answer will mean. `means` is "accepted" or "refused".
struct SilenceFacts {
    std::string means;
    std::string on;        ///< local date "2027-01-21"
    std::string after_fr;  ///< "2 mois"
    std::string after_en;
    std::string decision;  ///< of the council; empty: none is named
};

/// What the law wants said with a request received and with a refusal.
struct LegalFacts {
    std::optional<SilenceFacts> silence;  ///< only for requests received
    std::string appeal_fr;                ///< the town's words; empty: the usual ones
    std::string appeal_en;
    std::string service_address;  ///< by post; empty: none is named
};

/// {"silence": {"means", "on", "after_fr", "after_en", "decision"}, "appeal_fr", "appeal_en",
///  "service_address"}
[[nodiscard]] nlohmann::json json_of(const LegalFacts& facts);

/// Reads what json_of wrote; nothing when a member is missing or mistyped.
[[nodiscard]] std::optional<LegalFacts> parse_legal(const nlohmann::json& object);

}  // namespace creneau::mail
