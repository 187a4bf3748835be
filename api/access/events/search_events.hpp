#pragma once

#include "api/access/events/event_store.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::access {

/// A search goes over so many days at most.
inline constexpr std::chrono::days kLongestSearch{31};

/// Why somebody reads the access log; no purpose has to do with working time.
[[nodiscard]] bool is_read_purpose(std::string_view word);
/// For messages: "incident, …".
[[nodiscard]] std::string read_purposes();

struct SearchEvents {
    people::Actor actor;
    std::string purpose;
    EventQuery query;
};

/// Reads only. Nobody sees what one pass or badge of an association did: its members are not the
/// town's to follow.
[[nodiscard]] people::Organised<std::vector<AccessEvent>> search_events(
    store::Session& session, const people::Person& reader, const SearchEvents& order);

/// Who read, why, and about which door or badge: a line of the security log, to be written before
/// the answer leaves. Rights are read again.
[[nodiscard]] people::Organised<bool> record_search(store::Session& session,
                                                    const SearchEvents& order);

}  // namespace creneau::access
