#include "policy/decide.hpp"
#include "tests/policy/sample_town.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

namespace creneau::policy {
namespace {

using std::chrono::seconds;

// A small world in which every case is likely.
struct World {
    int offset = 0;   // seconds from the start of the pass to the read
    int minutes = 0;  // length of the pass
    int drift = 0;
    int trust = 0;
    int scope = 0;
    int door = 0;
    int revision = 0;
    int seen = 0;        // 0: nothing
    int listed = 0;      // 0: not revoked, else revision + 1
    int remembered = 0;  // same, in memory
    int policy_age = 0;  // hours before the read
    bool once = false;
    bool used = false;
    bool enabled = false;
    bool goes_on = false;
};

World any_world() {
    // At full size, so that early cases are as varied as late ones.
    const auto pick = [](int low, int high) {
        return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high));
    };
    World world;
    world.offset = pick(-400, 800);
    world.minutes = pick(1, 8);
    world.drift = pick(0, 300);
    world.trust = pick(0, 12);
    world.scope = std::max(0, pick(-6, 4));
    world.door = std::max(1, pick(-4, 5));
    world.revision = pick(0, 3);
    world.seen = std::max(0, pick(-3, 3));
    world.listed = std::max(0, pick(-3, 3));
    world.remembered = std::max(0, pick(-3, 3));
    world.policy_age = pick(0, 5) * 40;
    world.once = pick(0, 2) == 1;
    world.used = pick(0, 2) == 1;
    world.enabled = pick(0, 12) != 0;
    world.goes_on = pick(0, 2) == 1;
    return world;
}

// Scope choices: the zone, doors 1 and 2, a zone that does not exist.
std::uint16_t scope_of(const World& world) {
    const std::uint16_t scopes[]{kHallZone, kStreetDoor, kHallDoor, 0x9000};
    return scopes[world.scope];
}

// The rules once more, as sentences over plain numbers.
std::string oracle(const World& w) {
    if (w.door == 4) {
        return "wrong_door";
    }
    if (!w.enabled) {
        return "door_disabled";
    }
    const bool in_zone = w.door == 1 || w.door == 2;
    if (!((w.scope == 0 && in_zone) || (w.scope == 1 && w.door == 1) ||
          (w.scope == 2 && w.door == 2))) {
        return "wrong_door";
    }
    if (w.trust == 0) {
        return "clock_untrusted";
    }
    if (w.policy_age > 72 && !w.goes_on) {
        return "policy_expired";
    }
    const int skew = std::min(300, 120 + w.drift);
    if (w.offset < -skew) {
        return "not_yet_valid";
    }
    if (w.offset - skew >= 60 * w.minutes) {
        return "expired";
    }
    if (w.revision < std::max(w.listed, w.remembered)) {
        return "revoked";
    }
    if (w.revision < w.seen) {
        return "superseded_revision";
    }
    return w.once && w.used ? "already_used" : "granted_booking";
}

const SampleTown& sample() {
    static const SampleTown town;
    return town;
}

const Policy& base_policy() {
    static const Policy policy = sample().policy();
    return policy;
}

Policy policy_of(const World& world, const qr::PassFields& pass, std::chrono::sys_seconds at) {
    Policy policy = base_policy();
    policy.issued_at = at - std::chrono::hours{world.policy_age};
    for (Door& door : policy.doors) {
        door.state = world.enabled ? ServiceState::in_service : ServiceState::disabled;
        door.passes_when_expired = world.goes_on;
    }
    if (world.listed > 0) {
        policy.revocations = {
            {pass.pass_id, static_cast<std::uint8_t>(world.listed - 1), qr::end_of(pass)}};
    }
    return policy;
}

Memory memory_of(const World& world, const qr::PassFields& pass, std::uint16_t door) {
    Memory memory;
    if (world.seen > 0) {
        memory.revisions[pass.pass_id] = {static_cast<std::uint8_t>(world.seen), qr::end_of(pass)};
    }
    if (world.remembered > 0) {
        remember(memory,
                 {pass.pass_id, static_cast<std::uint8_t>(world.remembered - 1), qr::end_of(pass)});
    }
    if (world.used) {
        memory.uses[{pass.pass_id, door}] = qr::end_of(pass);
    }
    return memory;
}

void check(const World& world) {
    qr::PassFields pass = qr::vector_fields();
    pass.duration_min = static_cast<std::uint16_t>(world.minutes);
    pass.scope = scope_of(world);
    pass.revision = static_cast<std::uint8_t>(world.revision);
    pass.use = world.once ? qr::Use::once_per_door : qr::Use::many;
    const auto at = pass.not_before + seconds{world.offset};
    const auto door = static_cast<std::uint16_t>(world.door == 4 ? 77 : world.door);
    const ClockState clock{world.trust == 0 ? ClockTrust::untrusted : ClockTrust::trusted,
                           seconds{world.drift}, seconds{0}};
    const Decision decision =
        decide(policy_of(world, pass, at), memory_of(world, pass, door),
               {qr::sign_pass(sample().pass_key, kTown, pass), door, at, clock});
    const std::string expected = oracle(world);
    RC_ASSERT(std::string{word_for(decision.reason)} == expected);
    RC_ASSERT(decision.allow == (expected == "granted_booking"));
    RC_ASSERT(decision.changes.use.has_value() == (decision.allow && world.once));
}

// A hundred times twenty worlds, most of them past the doors that refuse at once.
RC_GTEST_PROP(Decide, AgreesWithTheRulesSaidInPlainNumbers, ()) {
    for (int i = 0; i < 20; ++i) {
        check(any_world());
    }
}

}  // namespace
}  // namespace creneau::policy
