#pragma once

#include "api/audit/chain.hpp"
#include "api/audit/line_store.hpp"
#include "api/store/session.hpp"

#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace creneau::audit {

/// What the audit may be read for; whoever reads says which, and that is kept.
inline constexpr std::array<std::string_view, 6> kPurposes{"security_incident", "rights_check",
                                                           "complaint",         "person_request",
                                                           "internal_control",  "technical_check"};

[[nodiscard]] bool is_purpose(std::string_view word);
/// Whether the database would take the word: see Line.
[[nodiscard]] bool is_code(std::string_view word);

/// Somebody reads a log of their town.
struct ReadAudit {
    ChainOf chain;
    PersonId reader{};
    std::string purpose;
    LineQuery query;
    std::chrono::sys_seconds now;
};

/// Notes the reading (security: audit_read, the purpose as its ground; about what was asked for, or
/// the log). What was read is shown once this is committed, and not without.
void record_reading(store::Session& session, const ReadAudit& reading);

}  // namespace creneau::audit
