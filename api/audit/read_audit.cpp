#include "api/audit/read_audit.hpp"

#include "api/audit/audit_store.hpp"
#include "api/audit/chain.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace creneau::audit {

bool is_purpose(std::string_view word) {
    return std::ranges::find(kPurposes, word) != kPurposes.end();
}

bool is_code(std::string_view word) {
    constexpr std::size_t kLongest = 64;
    return !word.empty() && word.size() <= kLongest && std::ranges::all_of(word, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view("_.:-").find(c) != std::string_view::npos;
    });
}

void record_reading(store::Session& session, const ReadAudit& reading) {
    const std::string log = "log." + std::string(word_of(reading.chain.log));
    const bool is_about_log = reading.query.subject_kind.empty();
    Line line;
    line.at = reading.now;
    line.log = Log::security;
    line.actor = reading.reader;
    line.action = "audit_read";
    line.subject_kind = is_about_log ? std::string_view(log) : reading.query.subject_kind;
    line.subject =
        is_about_log ? static_cast<std::int64_t>(reading.chain.town) : reading.query.subject;
    line.ground = reading.purpose;
    append(session, reading.chain.town, line);
}

}  // namespace creneau::audit
