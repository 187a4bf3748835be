#include "door-agent/config_signals.hpp"

#include "door-agent/config.hpp"
#include "door-agent/config_section.hpp"
#include "door-agent/config_wiring.hpp"
#include "door-agent/locks/board_table.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

namespace creneau::door {
namespace {

constexpr NumberRule kUnit{1, 247, "1"};
constexpr NumberRule kChannel{0, 255, "4"};
constexpr std::array<std::string_view, 3> kSignals{"green", "red", "tone"};

OutputPlace lock_place(const DoorSettings& door) {
    return {door.bus, door.lock.unit, door.lock.channel};
}

/// How many relays the board at that place has; 0 without a lock on it.
int relays_at(const OutputPlace& place, const DoorSettings& door, const Config& config) {
    const BoardModel* board = find_board(board_at(place.bus, place.unit, door, config));
    const auto bus = std::ranges::find(config.buses, place.bus, &BusSettings::key);
    if (board == nullptr || bus == config.buses.end()) {
        return 0;
    }
    const auto* pins = std::get_if<GpioPins>(&bus->address);
    return pins != nullptr ? static_cast<int>(pins->outputs.size()) : board->channels;
}

void check_relay(Section& section, const OutputPlace& place, const DoorSettings& door,
                 const Config& config) {
    const int relays = relays_at(place, door, config);
    if (relays == 0) {
        section.refuse("unit",
                       "no door up to this one uses that board; only boards with a lock are "
                       "looked after");
    } else if (place.channel >= relays) {
        section.refuse("channel", fmt::format("the board has no such relay (it has {}, counted "
                                              "from 0)",
                                              relays));
    }
    const bool locks = place == lock_place(door) ||
                       std::ranges::find(config.doors, place, lock_place) != config.doors.end();
    if (locks) {
        section.refuse("channel", "a lock is on this relay: a light there would open a door");
    } else if (is_signal_above(place, config)) {
        section.refuse("channel", "a light or tone of a door above uses the same relay");
    }
}

OutputPlace read_place(Section& section, const DoorSettings& door) {
    OutputPlace place;
    place.bus = section.optional_text("bus", R"("relays")").value_or(door.bus);
    place.unit = static_cast<int>(section.optional_number("unit", kUnit).value_or(door.lock.unit));
    place.channel = static_cast<int>(section.number("channel", kChannel));
    return place;
}

}  // namespace

bool is_signal_above(const OutputPlace& relay, const Config& config) {
    return std::ranges::any_of(config.doors, [&](const DoorSettings& door) {
        return door.signals && (door.signals->green == relay || door.signals->red == relay ||
                                door.signals->tone == relay);
    });
}

std::optional<SignalPlaces> read_signals(Section& section, const DoorSettings& door,
                                         const Config& config) {
    std::vector<OutputPlace> places;
    std::string_view missing;
    for (const auto signal : kSignals) {
        auto table = section.table(signal);
        if (!table) {
            missing = signal;
            continue;
        }
        const auto place = read_place(*table, door);
        check_relay(*table, place, door, config);
        if (std::ranges::find(places, place) != places.end()) {
            table->refuse("channel", "another light or tone of this door uses the same relay");
        }
        table->finish();
        places.push_back(place);
    }
    if (!places.empty() && !missing.empty() && !section.has(missing)) {
        section.refuse(missing, fmt::format("is missing; what is shown is also heard: give green, "
                                            "red and tone, such as {} = {{ channel = 4 }}",
                                            missing));
    }
    if (places.size() < kSignals.size()) {
        return std::nullopt;
    }
    return SignalPlaces{places[0], places[1], places[2]};
}

}  // namespace creneau::door
