#pragma once

#include "api/access/access_types.hpp"
#include "api/access/door_state.hpp"
#include "api/people/ids.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::access {

enum class SiteId : std::int64_t {};
enum class DoorId : std::int64_t {};
enum class LockdownId : std::int64_t {};

/// Why a site is locked down.
[[nodiscard]] bool is_lockdown_ground(std::string_view word);
/// Why a door is disabled.
[[nodiscard]] bool is_disabling_ground(std::string_view word);
/// For messages: "threat, intrusion, …".
[[nodiscard]] std::string lockdown_grounds();
[[nodiscard]] std::string disabling_grounds();

/// A site's doors open for nobody from outside, but by the hardware that lets people out.
struct Lockdown {
    LockdownId id{};
    SiteId site{};
    std::string ground;
    std::chrono::sys_seconds begun_at;
    people::PersonId begun_by{};
    std::optional<std::chrono::sys_seconds> ended_at;  ///< none: it holds
};

/// A door as those who keep it see it.
struct DoorRecord {
    DoorId id{};
    SiteId site{};
    std::string key;
    std::string name;
    std::string agent;  ///< its key; empty: none drives it
    DoorState state = DoorState::in_service;
    std::string disabled_ground;  ///< empty: no person disabled it
    std::optional<std::chrono::sys_seconds> disabled_at;
    std::string phase;  ///< as its agent last saw it; empty: never heard of
    std::optional<std::chrono::sys_seconds> phase_since;
};

}  // namespace creneau::access
