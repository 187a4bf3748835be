#include "door-agent/config.hpp"

#include "door-agent/clock/clock.hpp"
#include "door-agent/config_bus.hpp"
#include "door-agent/config_reader.hpp"
#include "door-agent/config_section.hpp"
#include "door-agent/config_signals.hpp"
#include "door-agent/config_town.hpp"
#include "door-agent/config_wiring.hpp"
#include "door-agent/locks/lock_settings.hpp"
#include "door-agent/readers/serial_reader.hpp"
#include "door-agent/readers/wedge_reader.hpp"
#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <ios>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace creneau::door {
namespace {

using std::chrono::seconds;

constexpr NumberRule kTown{1, 0xFFFF'FFFF, "92046"};
constexpr NumberRule kCapacity{100, 10'000'000, "200000"};
constexpr NumberRule kUnit{1, 247, "1"};
constexpr NumberRule kChannel{0, 255, "0"};
constexpr NumberRule kTimer{1, 60, "10"};
constexpr std::size_t kMostRoots = 2;

std::filesystem::path absolute_path(Section& section, std::string_view key,
                                    std::string_view example) {
    std::filesystem::path path = section.text(key, example);
    if (!path.empty() && !path.is_absolute()) {
        section.refuse(key, fmt::format("must be an absolute path, such as {}", example));
    }
    return path;
}

void read_roots(Section& top, Config& config) {
    constexpr std::string_view kKey = "root_fingerprints";
    const auto texts = top.texts(kKey, R"(["<64 hexadecimal digits of the root>", "<spare>"])");
    for (const auto& text : texts) {
        const auto root = policy::hash_from_hex(text);
        if (!root) {
            top.refuse(kKey, "each must be the 64 hexadecimal digits that keys init-root printed");
        } else if (std::ranges::find(config.roots, *root) != config.roots.end()) {
            top.refuse(kKey, "the same fingerprint stands here twice");
        } else {
            config.roots.push_back(*root);
        }
    }
    if (texts.size() > kMostRoots) {
        top.refuse(kKey, "must be the root and at most one spare root");
    }
}

void read_clock(Section& top, Config& config) {
    auto clock = top.table("clock");
    if (!clock) {
        return;
    }
    const auto source = clock->text("source", R"("ntp")");
    if (source == "rtc") {
        config.clock = ClockSource::rtc;
    } else if (!source.empty() && source != "ntp") {
        clock->refuse("source",
                      R"(must be "ntp" (only a synchronised clock is believed) or "rtc" (you )"
                      "declare that a battery-backed clock, or the host, keeps the time)");
    }
    clock->finish();
}

void read_journal(Section& top, Config& config) {
    if (auto journal = top.table("journal")) {
        config.journal_capacity =
            journal->optional_number("capacity", kCapacity).value_or(config.journal_capacity);
        journal->finish();
    }
}

/// The refusal's text begins with the setting at fault.
void refuse_lock(Section& section, LockRefusal refusal) {
    const auto text = text_of(refusal);
    const auto colon = text.find(": ");
    section.refuse(text.substr(0, colon), text.substr(colon + 2));
}

/// The bus exists, and no door before this one uses its relay.
void check_wiring(Section& section, const DoorSettings& door, const Config& config) {
    check_board_on_bus(section, door, config);
    const auto same_relay = [&](const DoorSettings& other) {
        return other.bus == door.bus && other.lock.unit == door.lock.unit &&
               other.lock.channel == door.lock.channel;
    };
    if (std::ranges::any_of(config.doors, same_relay)) {
        section.refuse("channel", "a door above uses the same relay");
    }
    if (is_signal_above({door.bus, door.lock.unit, door.lock.channel}, config)) {
        section.refuse("channel", "a light or tone of a door above uses the same relay");
    }
}

DoorSettings read_door(Section& section, const Config& config) {
    DoorSettings door;
    door.key = section.key("key", R"("danton-entrance")");
    door.bus = section.text("bus", R"("relays")");
    door.lock.key = door.key;
    door.lock.board = section.text("board", R"("waveshare-relay-8")");
    door.lock.unit = static_cast<int>(section.optional_number("unit", kUnit).value_or(1));
    door.lock.channel = static_cast<int>(section.number("channel", kChannel));
    door.lock.latching = section.flag("latching", false);
    door.lock.watchdog = read_watchdog(section);
    if (const auto timer = section.optional_number("external_timer_s", kTimer)) {
        door.lock.external_timer = seconds{*timer};
    }
    const auto checked = check_lock(door.lock);
    if (!checked && !door.lock.board.empty()) {
        refuse_lock(section, checked.error());
    }
    check_wiring(section, door, config);
    door.inputs = read_inputs(section, door, config);
    door.signals = read_signals(section, door, config);
    section.finish();
    return door;
}

const std::string& key_of(const ReaderSettings& reader) {
    return std::visit([](const auto& device) -> const std::string& { return device.key; },
                      reader.device);
}

const std::string& key_of(const BusSettings& bus) {
    return bus.key;
}

const std::string& key_of(const DoorSettings& door) {
    return door.key;
}

/// Reads every [[name]] into `list`, a member of `config`; the same key twice is an error.
template <class T>
void read_list(Section& top, std::string_view name, std::vector<T>& list, const Config& config,
               T (*read)(Section&, const Config&)) {
    for (auto& section : top.tables(name, true)) {
        T item = read(section, config);
        const auto twin = [&](const T& other) { return key_of(other) == key_of(item); };
        if (!key_of(item).empty() && std::ranges::any_of(list, twin)) {
            section.refuse(name == "bus" ? "name" : "key",
                           fmt::format("\"{}\" stands twice; give each its own", key_of(item)));
        }
        list.push_back(std::move(item));
    }
}

tl::expected<Config, ConfigErrors> read_config(const toml::table& table, const std::string& name) {
    ErrorList errors(name);
    Section top(table, "", errors);
    Config config;
    config.name = top.key("name", R"("lcr-danton")");
    config.town = static_cast<qr::TownId>(top.number("town_id", kTown));
    read_roots(top, config);
    config.policy_file =
        absolute_path(top, "policy_file", R"("/var/lib/creneau-door-agent/policy.cose")");
    config.state_dir = absolute_path(top, "state_dir", R"("/var/lib/creneau-door-agent")");
    config.town_server = read_town(top);
    read_clock(top, config);
    read_journal(top, config);
    read_list(top, "bus", config.buses, config, read_bus);
    read_list(top, "door", config.doors, config, read_door);
    read_list(top, "reader", config.readers, config, read_reader);
    top.finish();
    if (auto found = errors.sorted(); !found.empty()) {
        return tl::unexpected(std::move(found));
    }
    return config;
}

}  // namespace

std::filesystem::path journal_file(const Config& config) {
    return config.state_dir / "journal.db";
}

std::filesystem::path status_file(const Config& config) {
    return config.state_dir / "status.sock";
}

std::filesystem::path metrics_file(const Config& config) {
    return config.state_dir / "metrics.sock";
}

tl::expected<Config, ConfigErrors> parse_config(std::string_view text, const std::string& name) {
    try {
        return read_config(toml::parse(text, std::string_view{name}), name);
    } catch (const toml::parse_error& error) {
        return tl::unexpected(ConfigErrors{
            fmt::format("{}:{}: {}", name, error.source().begin.line, error.description())});
    }
}

tl::expected<Config, ConfigErrors> load_config(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    std::error_code unknown;
    if (!std::filesystem::is_regular_file(file, unknown) || !(text << stream.rdbuf())) {
        return tl::unexpected(
            ConfigErrors{fmt::format("{}: cannot be read, or is empty", file.string())});
    }
    return parse_config(text.str(), file.string());
}

}  // namespace creneau::door
