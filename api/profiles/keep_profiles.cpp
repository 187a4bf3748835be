#include "api/profiles/keep_profiles.hpp"

#include "api/access/access_types.hpp"
#include "api/people/organisations/organisation_audit.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/profiles/make_hours.hpp"
#include "api/profiles/profile_rules.hpp"
#include "api/profiles/profile_store.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace creneau::profiles {
namespace {

using people::FieldFault;
using people::OrganisationRefusal;
using people::Organised;
using people::refuse;
using store::raw;

bool keeps(store::Session& session, const people::Actor& actor) {
    const auto person = people::find_person(session, actor.town, actor.person);
    return person && people::may_keep_profiles(*person);
}

template <class T>
std::vector<T> sorted(std::vector<T> values) {
    std::ranges::sort(values);
    const auto twice = std::ranges::unique(values);
    values.erase(twice.begin(), twice.end());
    return values;
}

AccessProfile profile_of(const ProfileForm& form) {
    AccessProfile profile;
    profile.name = form.name;
    profile.duties = sorted(form.duties);
    for (const auto zone : sorted(form.zones)) {
        profile.zones.push_back(access::ZoneId{zone});
    }
    profile.timetable = {hours_of(form.hours),
                         {form.skip_public_holidays, form.skip_school_holidays}};
    return profile;
}

std::vector<FieldFault> all_faults(store::Session& session, const SaveProfile& order) {
    const TownId town = order.actor.town;
    auto faults = faults_in(order.form);
    if (is_name_taken(session, town, order.form.name, order.id.value_or(ProfileId{}))) {
        faults.push_back({"name", "name_taken", "Un autre profil a déjà ce nom.",
                          "Another profile has this name already."});
    }
    if (select_known_zones(session, town, order.form.zones).size() != order.form.zones.size()) {
        faults.push_back({"zone_ids", "unknown_zone", "Choisissez des zones de la commune.",
                          "Choose zones of the town."});
    }
    return faults;
}

}  // namespace

Organised<std::vector<ZoneRecord>> list_zones(store::Session& session, TownId town,
                                              const people::Person& reader,
                                              const people::Page& page) {
    if (!people::may_see_profiles(reader)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    return select_zones(session, town, page);
}

Organised<std::vector<AccessProfile>> list_profiles(store::Session& session, TownId town,
                                                    const people::Person& reader,
                                                    const people::Page& page) {
    if (!people::may_see_profiles(reader)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    return select_profiles(session, town, page);
}

Organised<AccessProfile> find_profile(store::Session& session, TownId town,
                                      const people::Person& reader, ProfileId id) {
    if (!people::may_see_profiles(reader)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    auto profile = select_profile(session, town, id);
    if (!profile) {
        return refuse(OrganisationRefusal::unknown);
    }
    return *std::move(profile);
}

Organised<AccessProfile> save_profile(store::Session& session, const SaveProfile& order) {
    const TownId town = order.actor.town;
    if (!keeps(session, order.actor)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    const auto before = order.id ? select_profile(session, town, *order.id) : std::nullopt;
    if (order.id && !before) {
        return refuse(OrganisationRefusal::unknown);
    }
    if (auto faults = all_faults(session, order); !faults.empty()) {
        return refuse(std::move(faults));
    }
    auto profile = profile_of(order.form);
    if (before) {
        profile.id = before->id;
        profile.version = before->version;
        if (!update_profile(session, town, profile)) {
            return refuse(OrganisationRefusal::stale);
        }
    } else {
        profile.id = insert_profile(session, town, profile);
    }
    make_hours_of(session, town, {{HoursOwnerKind::profile, raw(profile.id)}, profile.timetable},
                  order.actor.now);
    people::record_change(session, order.actor,
                          before ? "access_profile_changed" : "access_profile_made",
                          {"access_profile", raw(profile.id), {}});
    return store::present(select_profile(session, town, profile.id), "profile saved");
}

Organised<ProfileId> remove_profile(store::Session& session, const RemoveProfile& order) {
    if (!keeps(session, order.actor)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    if (!select_profile(session, order.actor.town, order.id)) {
        return refuse(OrganisationRefusal::unknown);
    }
    delete_profile(session, order.actor.town, order.id);
    people::record_change(session, order.actor, "access_profile_removed",
                          {"access_profile", raw(order.id), {}});
    return order.id;
}

}  // namespace creneau::profiles
