#include "api/estate/import_audit.hpp"

#include "api/audit/audit_store.hpp"
#include "api/estate/estate_types.hpp"
#include "api/estate/known_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::estate {

namespace {

/// Imports are the command line's; who typed there is the machine's log to say.
constexpr std::string_view kCommandLine = "command_line";

struct Recorder {
    store::Session& session;
    audit::TownId town;
    std::chrono::sys_seconds now;

    void about(std::string_view kind, std::int64_t subject, std::string_view action,
               std::string_view ground) const {
        audit::Line line;
        line.at = now;
        line.log = audit::Log::security;
        line.action = action;
        line.subject_kind = kind;
        line.subject = subject;
        line.ground = ground;
        audit::append(session, town, line);
    }
};

std::vector<std::string> only_in(const std::set<std::string>& these,
                                 const std::set<std::string>& those) {
    std::vector<std::string> only;
    std::ranges::set_difference(these, those, std::back_inserter(only));
    return only;
}

template <class Thing>
Thing known_thing(const ByKey<Thing>& things, const std::string& key) {
    const auto found = things.find(key);
    return found != things.end() ? found->second.value : Thing{};
}

void record_person(const Recorder& recorder, std::int64_t id, const Person& before,
                   const Person& after) {
    for (const auto& role : only_in(after.roles, before.roles)) {
        recorder.about("person", id, "role_granted", role);
    }
    for (const auto& role : only_in(before.roles, after.roles)) {
        recorder.about("person", id, "role_withdrawn", role);
    }
    if (before.enabled != after.enabled) {
        recorder.about("person", id, after.enabled ? "account_enabled" : "account_disabled",
                       kCommandLine);
    }
}

}  // namespace

void record_import(store::Session& session, const Known& known, const Estate& before,
                   const Estate& file, std::chrono::sys_seconds now) {
    const std::int64_t town = store::present(known.town_id, "town that was imported");
    const Recorder recorder{session, audit::TownId{town}, now};
    recorder.about("town", town, "town_imported", kCommandLine);
    for (const auto& [key, entry] : file.people) {
        record_person(recorder, known.people.at(key), known_thing(before.people, key), entry.value);
    }
    for (const auto& [key, entry] : file.associations) {
        const auto managers = known_thing(before.associations, key).managers;
        const std::string ground = "association:" + std::to_string(known.associations.at(key));
        for (const auto& manager : only_in(entry.value.managers, managers)) {
            recorder.about("person", known.people.at(manager), "manager_granted", ground);
        }
        for (const auto& manager : only_in(managers, entry.value.managers)) {
            recorder.about("person", known.people.at(manager), "manager_withdrawn", ground);
        }
    }
}

}  // namespace creneau::estate
