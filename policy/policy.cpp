#include "policy/policy.hpp"

#include "policy/badge.hpp"
#include "policy/certificate.hpp"
#include "policy/door.hpp"
#include "policy/schedule.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

namespace creneau::policy {
namespace {

template <class Row, class Id>
const Row* with_id(const std::vector<Row>& rows, Id id) {
    const auto found = std::lower_bound(rows.begin(), rows.end(), id,
                                        [](const Row& row, Id sought) { return row.id < sought; });
    return found == rows.end() || found->id != id ? nullptr : &*found;
}

}  // namespace

std::uint64_t next_version(std::uint64_t previous,
                           std::chrono::sys_time<std::chrono::milliseconds> now) {
    const std::int64_t clock = now.time_since_epoch().count();
    return std::max(previous + 1, clock > 0 ? static_cast<std::uint64_t>(clock) : 0);
}

bool Keyring::add(const PassKey& key) {
    if (find(key.certificate.key_id) != nullptr) {
        return false;
    }
    keys_.push_back(key);
    return true;
}

const PassKey* Keyring::find(std::uint8_t key_id) const {
    const auto found = std::find_if(keys_.begin(), keys_.end(), [&](const PassKey& key) {
        return key.certificate.key_id == key_id;
    });
    return found == keys_.end() ? nullptr : &*found;
}

const Door* Policy::find_door(std::uint16_t scope) const {
    const auto found = std::lower_bound(doors.begin(), doors.end(), scope,
                                        [](const Door& d, std::uint16_t s) { return d.scope < s; });
    return found == doors.end() || found->scope != scope ? nullptr : &*found;
}

const Door* Policy::find_door(std::string_view key) const {
    const auto found =
        std::find_if(doors.begin(), doors.end(), [&](const Door& door) { return door.key == key; });
    return found == doors.end() ? nullptr : &*found;
}

bool Policy::covers(std::uint16_t scope, std::uint16_t door) const {
    if (scope < qr::kFirstZoneScope) {
        return scope == door;
    }
    const auto zone = std::lower_bound(zones.begin(), zones.end(), scope,
                                       [](const Zone& z, std::uint16_t s) { return z.scope < s; });
    return zone != zones.end() && zone->scope == scope &&
           std::binary_search(zone->doors.begin(), zone->doors.end(), door);
}

const Revocation* Policy::find_revocation(qr::PassId pass) const {
    const auto found =
        std::lower_bound(revocations.begin(), revocations.end(), pass,
                         [](const Revocation& r, qr::PassId id) { return r.pass_id < id; });
    return found == revocations.end() || found->pass_id != pass ? nullptr : &*found;
}

const BadgeRecord* Policy::find_badge(const BadgeNumber& number) const {
    if (badges.empty() || number.length == 0) {
        return nullptr;
    }
    const BadgeHash hash = hash_badge(badge_key, number.number());
    const auto found =
        std::lower_bound(badges.begin(), badges.end(), hash,
                         [](const BadgeRecord& b, const BadgeHash& h) { return b.hash < h; });
    return found == badges.end() || found->hash != hash ? nullptr : &*found;
}

const AccessSet* Policy::find_access_set(AccessSetId id) const {
    return with_id(access_sets, id);
}

const Schedule* Policy::find_schedule(ScheduleId id) const {
    return with_id(schedules, id);
}

Freshness freshness(const Settings& settings, std::chrono::seconds age) {
    if (age <= settings.fresh) {
        return Freshness::fresh;
    }
    return age <= settings.expired ? Freshness::stale : Freshness::expired;
}

}  // namespace creneau::policy
