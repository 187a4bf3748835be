#include "api/http/refusal_log.hpp"

#include "api/audit/audit_store.hpp"
#include "api/http/request.hpp"
#include "api/http/text.hpp"
#include "api/people/ids.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <string>
#include <string_view>

#include <spdlog/spdlog.h>
#include <tl/expected.hpp>

namespace creneau::http {

std::string route_code(std::string_view method, std::string_view pattern) {
    constexpr std::string_view kPrefix = "/api/v1";
    constexpr std::size_t kLongest = 64;
    if (pattern.starts_with(kPrefix)) {
        pattern.remove_prefix(kPrefix.size());
    }
    auto code = lowered(method) + lowered(pattern);
    std::ranges::replace(code, '/', '.');
    code.resize(std::min(code.size(), kLongest));
    return code;
}

bool RefusalLog::is_first(people::PersonId person, const std::string& route,
                          std::chrono::sys_seconds now) {
    const auto minute = std::chrono::floor<std::chrono::minutes>(now);
    const std::lock_guard lock(mutex_);
    if (minute != minute_) {
        minute_ = minute;
        noted_.clear();
    }
    return noted_.size() < kMostEachMinute && noted_.emplace(person, route).second;
}

void RefusalLog::note(const Request& request, std::string_view pattern, Refused refused) noexcept {
    try {
        const auto person = request.signed_in().id;
        const auto route = route_code(request.method, pattern);
        const std::string_view action = refused == Refused::forbidden ? "forbidden" : "not_found";
        if (!is_first(person, std::string(action).append(1, ' ').append(route), request.now)) {
            return;
        }
        writer_.submit(
            [town = request.town, person, route, action,
             now = request.now](store::Session& session) -> tl::expected<bool, bool> {
                audit::Line line;
                line.at = now;
                line.log = audit::Log::security;
                line.actor = person;
                line.action = action;
                line.subject_kind = "person";
                line.subject = static_cast<std::int64_t>(person);
                line.ground = route;
                audit::append(session, town, line);
                return true;
            },
            [id = request.id](auto&& written) {
                if (!written) {
                    spdlog::error("{} a refusal was not noted in the audit", id);
                }
            });
    } catch (const std::exception&) {
        spdlog::error("{} a refusal was not noted in the audit", request.id);
    }
}

}  // namespace creneau::http
