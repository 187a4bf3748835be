#include "api/people/tokens/token_rules.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::people {

namespace {

constexpr std::string_view kRoot = "/api/v1/";

/// First segments of paths. One that is missing here is for signed-in people only.
constexpr std::array<std::string_view, 23> kAreas{
    "booking-kinds", "bookings",    "calendars",     "closures",       "delegations", "equipment",
    "feeds",         "grounds",     "holds",         "letters",        "messages",    "papers",
    "passes",        "preparation", "rooms",         "rounds",         "schedule",    "series",
    "sites",         "spaces",      "subscriptions", "time-conflicts", "waiting-list"};

/// Nothing there is for programs but to read: who locks a site down is at a screen.
constexpr std::string_view kOnlyRead = "sites";

}  // namespace

std::string_view area_of(std::string_view path) {
    if (!path.starts_with(kRoot)) {
        return {};
    }
    path.remove_prefix(kRoot.size());
    return path.substr(0, path.find('/'));
}

std::string scope_of(std::string_view method, std::string_view path) {
    const bool reads = method == "GET" || method == "HEAD";
    return std::string(area_of(path)) + (reads ? ":read" : ":write");
}

bool is_scope(std::string_view scope) {
    const auto colon = scope.find(':');
    const auto verb = scope.substr(std::min(colon, scope.size()));
    const auto area = scope.substr(0, colon);
    return (verb == ":read" || (verb == ":write" && area != kOnlyRead)) &&
           std::ranges::find(kAreas, area) != kAreas.end();
}

std::vector<std::string> all_scopes() {
    std::vector<std::string> scopes;
    for (const auto area : kAreas) {
        scopes.push_back(std::string(area) + ":read");
        if (area != kOnlyRead) {
            scopes.push_back(std::string(area) + ":write");
        }
    }
    return scopes;
}

}  // namespace creneau::people
