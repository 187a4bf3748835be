#include "door-agent/config_wiring.hpp"

#include "door-agent/config.hpp"
#include "door-agent/config_section.hpp"
#include "door-agent/door/badge_text.hpp"
#include "door-agent/locks/board_table.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <fmt/format.h>

namespace creneau::door {
namespace {

constexpr NumberRule kUnit{1, 247, "1"};
constexpr NumberRule kInput{0, 31, "0"};
constexpr NumberRule kRegister{0, 0xFFFF, "8"};
constexpr NumberRule kBadgeBytes{3, 8, "3"};
/// With a second look at a change, what lasts 400 ms is seen even on a line of several boards.
constexpr std::chrono::milliseconds kSlowestPolls{150};

void check_place(Section& section, const InputPlace& place, const std::string& board_name,
                 const Config& config) {
    const BoardModel* board = find_board(board_name);
    if (board == nullptr) {
        section.refuse("unit",
                       "no door up to this one uses that board; only boards with a lock "
                       "are polled");
        return;
    }
    if (!board->inputs || place.input >= board->channels) {
        section.refuse("input",
                       fmt::format("board {} has no such input (counted from 0)", board->name));
    }
    const auto bus = std::ranges::find(config.buses, place.bus, &BusSettings::key);
    const auto* pins = bus != config.buses.end() ? std::get_if<GpioPins>(&bus->address) : nullptr;
    if (pins != nullptr && static_cast<std::size_t>(place.input) >= pins->inputs.size()) {
        section.refuse("input", fmt::format("[[bus]] \"{}\" has {} inputs (counted from 0)",
                                            place.bus, pins->inputs.size()));
    }
    if (bus != config.buses.end() && bus->poll_period > kSlowestPolls) {
        section.refuse("input", fmt::format("its [[bus]] has poll_period_ms = {}: at most {} where "
                                            "doors have inputs, or what lasts 400 ms is missed",
                                            bus->poll_period.count(), kSlowestPolls.count()));
    }
}

std::optional<InputPlace> read_place(Section& section, std::string_view key, bool usually_closed,
                                     const DoorSettings& door, const Config& config) {
    auto table = section.table(key);
    if (!table) {
        return std::nullopt;
    }
    InputPlace place;
    place.bus = table->optional_text("bus", R"("relays")").value_or(door.bus);
    place.unit = static_cast<int>(table->optional_number("unit", kUnit).value_or(door.lock.unit));
    place.input = static_cast<int>(table->number("input", kInput));
    const auto normally = table->optional_text("normally", R"("closed")")
                              .value_or(usually_closed ? "closed" : "open");
    place.normally_closed = normally == "closed";
    if (normally != "closed" && normally != "open") {
        table->refuse("normally",
                      R"(must be "closed" or "open": its circuit while nothing happens)");
    }
    const auto board = board_at(place.bus, place.unit, door, config);
    if (!door.lock.board.empty()) {
        check_place(*table, place, board, config);
    }
    table->finish();
    return place;
}

}  // namespace

std::string board_at(const std::string& bus, int unit, const DoorSettings& door,
                     const Config& config) {
    if (bus == door.bus && unit == door.lock.unit) {
        return door.lock.board;
    }
    const auto other = std::ranges::find_if(config.doors, [&](const DoorSettings& above) {
        return above.bus == bus && above.lock.unit == unit;
    });
    return other != config.doors.end() ? other->lock.board : "";
}

std::optional<WatchdogRegister> read_watchdog(Section& door) {
    auto section = door.table("watchdog");
    if (!section) {
        return std::nullopt;
    }
    WatchdogRegister watchdog;
    watchdog.address = static_cast<std::uint16_t>(section->number("register", kRegister));
    watchdog.value = static_cast<std::uint16_t>(section->number("value", kRegister));
    watchdog.time = std::chrono::seconds{section->number("seconds", {1, 10, "5"})};
    section->finish();
    return watchdog;
}

std::optional<BadgeFormat> read_badges(Section& section) {
    const auto spelling = section.optional_text("badges", R"("hex")");
    const auto bytes = section.optional_number("badge_bytes", kBadgeBytes);
    if (spelling == "decimal" && !bytes && !section.has("badge_bytes")) {
        section.refuse("badge_bytes",
                       "is missing; of a decimal number its width counts: 3 for "
                       "Wiegand 26, 4 for a UID of 32 bits");
    }
    if (spelling && spelling != "hex" && spelling != "decimal") {
        section.refuse("badges", R"(must be "hex" (the bytes of the UID as sent) or "decimal")");
    }
    if (section.has("badge_bytes") && spelling != "decimal") {
        section.refuse("badge_bytes", R"(goes with badges = "decimal" only)");
    }
    if (!spelling) {
        return std::nullopt;
    }
    return spelling == "hex" ? BadgeFormat{BadgeFormat::Spelling::hexadecimal, 0}
                             : BadgeFormat{BadgeFormat::Spelling::decimal,
                                           static_cast<std::size_t>(bytes.value_or(3))};
}

DoorInputs read_inputs(Section& section, const DoorSettings& door, const Config& config) {
    return {read_place(section, "contact", true, door, config),
            read_place(section, "exit", false, door, config),
            read_place(section, "fire", true, door, config)};
}

}  // namespace creneau::door
