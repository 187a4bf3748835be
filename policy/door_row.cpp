#include "policy/door_row.hpp"

#include "policy/cbor.hpp"
#include "policy/door.hpp"
#include "policy/error.hpp"
#include "policy/fields.hpp"
#include "policy/schedule.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace creneau::policy {
namespace {

constexpr std::uint64_t kLargestU32 = 0xFFFF'FFFF;
constexpr std::size_t kDoorMembers = 15;
constexpr std::uint64_t kShortestUnlockMs = 500;
constexpr std::uint64_t kLongestUnlockMs = 60'000;
constexpr std::uint64_t kLongestHeldOpen = 3'600;
constexpr std::size_t kLongestWord = 16;

constexpr std::array<std::pair<std::string_view, ServiceState>, 3> kStates{
    {{"in_service", ServiceState::in_service},
     {"disabled", ServiceState::disabled},
     {"lockdown", ServiceState::lockdown}}};
constexpr std::array<std::pair<std::string_view, Relock>, 3> kRelocks{
    {{"on_closing", Relock::on_closing},
     {"on_opening", Relock::on_opening},
     {"after_time", Relock::after_time}}};
constexpr std::array<std::pair<std::string_view, PassbackMode>, 3> kPassbackModes{
    {{"off", PassbackMode::off}, {"soft", PassbackMode::soft}, {"hard", PassbackMode::hard}}};

template <class Words, class Value>
std::string_view word_in(const Words& words, Value value) {
    return std::ranges::find(words, value, &Words::value_type::second)->first;
}

void write_entrance(cbor::Writer& out, const Door& door) {
    out.text("unlock_ms");
    out.number(count_of(door.unlock_time));
    out.text("longer_unlock_ms");
    out.number(count_of(door.longer_unlock_time));
    out.text("held_open_s");
    out.number(count_of(door.held_open.limit));
    out.text("pre_alarm_s");
    out.number(count_of(door.held_open.pre_alarm));
    out.text("relock");
    out.text(word_in(kRelocks, door.relock));
    out.text("passback");
    out.text(word_in(kPassbackModes, door.passback.mode));
    out.text("passback_min");
    out.number(count_of(door.passback.within));
}

template <class Words>
auto read_word(cbor::Reader& in, const Words& words) {
    const std::string_view word = in.text(kLongestWord);
    const auto found = std::ranges::find(words, word, &Words::value_type::first);
    if (found == words.end()) {
        in.fail(PolicyFault::out_of_range);
        return words.front().second;
    }
    return found->second;
}

std::chrono::milliseconds read_unlock(cbor::Reader& in, std::uint64_t shortest) {
    return std::chrono::milliseconds{
        static_cast<std::int64_t>(in.number(shortest, kLongestUnlockMs))};
}

void read_entrance(cbor::Reader& in, Door& door) {
    in.key("unlock_ms");
    door.unlock_time = read_unlock(in, kShortestUnlockMs);
    in.key("longer_unlock_ms");
    door.longer_unlock_time = read_unlock(in, count_of(door.unlock_time));
    in.key("held_open_s");
    door.held_open.limit = read_seconds(in, 0, kLongestHeldOpen);
    in.key("pre_alarm_s");
    const auto limit = count_of(door.held_open.limit);
    door.held_open.pre_alarm = read_seconds(in, 0, limit == 0 ? 0 : limit - 1);
    in.key("relock");
    door.relock = read_word(in, kRelocks);
    in.key("passback");
    door.passback.mode = read_word(in, kPassbackModes);
    in.key("passback_min");
    const bool off = door.passback.mode == PassbackMode::off;
    door.passback.within = std::chrono::minutes{static_cast<std::int64_t>(
        off ? in.number(0, 0) : in.number(1, count_of(kLongestPassback)))};
}

}  // namespace

void write_door(cbor::Writer& out, const Door& door) {
    out.map(kDoorMembers);
    out.text("scope");
    out.number(door.scope);
    out.text("key");
    out.text(door.key);
    out.text("name");
    out.text(door.name);
    out.text("state");
    out.text(word_in(kStates, door.state));
    out.text("passes_when_expired");
    out.boolean(door.passes_when_expired);
    out.text("high_assurance");
    out.boolean(door.high_assurance);
    write_entrance(out, door);
    out.text("free_access");
    out.number(door.free_access ? static_cast<std::uint32_t>(*door.free_access) : 0U);
    out.text("free_after_first");
    out.boolean(door.free_after_first);
}

Door read_door(cbor::Reader& in) {
    Door door;
    in.enter();
    in.map_of(kDoorMembers);
    in.key("scope");
    door.scope = static_cast<std::uint16_t>(in.number(1, qr::kFirstZoneScope - 1));
    in.key("key");
    door.key = read_text(in, kLongestKey);
    in.key("name");
    door.name = read_text(in, kLongestDoorName);
    in.key("state");
    door.state = read_word(in, kStates);
    in.key("passes_when_expired");
    door.passes_when_expired = in.boolean();
    in.key("high_assurance");
    door.high_assurance = in.boolean();
    read_entrance(in, door);
    in.key("free_access");
    if (const auto id = in.number(0, kLargestU32); id != 0) {
        door.free_access = ScheduleId{static_cast<std::uint32_t>(id)};
    }
    in.key("free_after_first");
    door.free_after_first = in.boolean();
    in.leave();
    return door;
}

}  // namespace creneau::policy
