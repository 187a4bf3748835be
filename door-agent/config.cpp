#include "door-agent/config.hpp"

#include "door-agent/clock/clock.hpp"
#include "door-agent/config_section.hpp"
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

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr NumberRule kTown{1, 0xFFFF'FFFF, "92046"};
constexpr NumberRule kCapacity{100, 10'000'000, "200000"};
constexpr NumberRule kMilliseconds{10, 5'000, "300"};
constexpr NumberRule kResponse{10, 1'000, "300"};
constexpr NumberRule kBaud{1'200, 115'200, "9600"};
constexpr std::array kReaderBauds{9'600, 19'200, 38'400, 57'600, 115'200};
constexpr NumberRule kStopBits{1, 2, "1"};
constexpr NumberRule kUnit{1, 247, "1"};
constexpr NumberRule kChannel{0, 255, "0"};
constexpr NumberRule kTimer{1, 60, "10"};
constexpr NumberRule kUsbId{1, 0xFFFF, "0x1a86"};
constexpr std::size_t kLongestKey = 64;
constexpr std::size_t kMostRoots = 2;

/// A key as the policy spells it: it is compared, shown and journalled.
std::string key_of(Section& section, std::string_view key, std::string_view example) {
    auto text = section.text(key, example);
    if (text.size() > kLongestKey) {
        section.refuse(key, fmt::format("must be at most {} bytes long", kLongestKey));
    }
    return text;
}

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

TcpAddress tcp_address(Section& bus, const std::string& text) {
    TcpAddress address;
    const auto colon = text.rfind(':');
    address.host = text.substr(0, colon);
    const auto port = colon == std::string::npos ? "502" : text.substr(colon + 1);
    const auto read = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (read.ec != std::errc{} || read.ptr != port.data() + port.size() || address.port == 0) {
        bus.refuse("tcp", R"(must be an address and a port, such as "192.168.7.10:502")");
    }
    return address;
}

RtuLine rtu_line(Section& bus, std::string device) {
    RtuLine line;
    line.device = std::move(device);
    line.baud = static_cast<int>(bus.optional_number("baud", kBaud).value_or(line.baud));
    line.stop_bits =
        static_cast<int>(bus.optional_number("stop_bits", kStopBits).value_or(line.stop_bits));
    const auto parity = bus.optional_text("parity", R"("N")").value_or("N");
    if (parity != "N" && parity != "E" && parity != "O") {
        bus.refuse("parity", R"(must be "N", "E" or "O")");
    }
    line.parity = parity.front();
    return line;
}

/// Two threads on one line or board would speak into each other's words.
void refuse_second_owner(Section& section, std::string_view key, const std::string& device,
                         std::string_view owner) {
    section.refuse(key, fmt::format("{} already has \"{}\"; one line has one owner: write the "
                                    "doors of one board under one [[bus]], and give each reader "
                                    "a device of its own",
                                    owner, device));
}

std::string place_of(const BusSettings& bus) {
    if (const auto* tcp = std::get_if<TcpAddress>(&bus.address)) {
        return fmt::format("{}:{}", tcp->host, tcp->port);
    }
    return std::filesystem::path(std::get<RtuLine>(bus.address).device).lexically_normal();
}

std::string place_of(const ReaderSettings& reader) {
    if (const auto* wedge = std::get_if<WedgeReaderSettings>(&reader.device)) {
        return fmt::format("USB port {}, {:04x}:{:04x}", wedge->usb_port, wedge->vendor,
                           wedge->product);
    }
    const auto& serial = std::get<SerialReaderSettings>(reader.device);
    return std::filesystem::path(serial.device).lexically_normal();
}

/// A name in /dev/serial/by-path and the tty behind it are one device, where both exist now.
bool same_place(const std::string& one, const std::string& other) {
    std::error_code absent;
    return !one.empty() && (one == other || std::filesystem::equivalent(one, other, absent));
}

void check_bus_owner(Section& section, const BusSettings& bus, const Config& config) {
    const auto place = place_of(bus);
    for (const auto& other : config.buses) {
        if (same_place(place, place_of(other))) {
            refuse_second_owner(section, section.has("tcp") ? "tcp" : "rtu", place,
                                fmt::format("[[bus]] \"{}\"", other.key));
        }
    }
}

BusSettings read_bus(Section& section, const Config& config) {
    BusSettings bus;
    bus.key = key_of(section, "name", R"("relays")");
    const auto tcp = section.optional_text("tcp", R"("192.168.7.10:502")");
    const auto rtu = section.optional_text("rtu", R"("/dev/serial/by-path/...")");
    if (section.has("tcp") == section.has("rtu")) {
        section.refuse(section.has("tcp") ? "rtu" : "tcp",
                       R"(give either tcp = "address:port" or rtu = "/dev/serial/by-path/...")");
    }
    const auto errors_before = !tcp && !rtu;
    if (tcp) {
        bus.address = tcp_address(section, *tcp);
    } else if (rtu) {
        bus.address = rtu_line(section, *rtu);
    }
    const auto time = [&](std::string_view key, milliseconds usual,
                          const NumberRule& rule = kMilliseconds) {
        return milliseconds{section.optional_number(key, rule).value_or(usual.count())};
    };
    bus.response_timeout = time("response_timeout_ms", bus.response_timeout, kResponse);
    bus.byte_timeout = time("byte_timeout_ms", bus.byte_timeout);
    bus.poll_period = time("poll_period_ms", bus.poll_period);
    if (const auto checked = check_bus(bus); !checked && !errors_before) {
        section.refuse(tcp ? "tcp" : "rtu", text_of(checked.error()));
    }
    check_bus_owner(section, bus, config);
    section.finish();
    return bus;
}

/// The refusal's text begins with the setting at fault.
void refuse_lock(Section& section, LockRefusal refusal) {
    const auto text = text_of(refusal);
    const auto colon = text.find(": ");
    section.refuse(text.substr(0, colon), text.substr(colon + 2));
}

template <class T>
bool has_key(const std::vector<T>& list, const std::string& key) {
    return std::ranges::find(list, key, &T::key) != list.end();
}

/// The bus exists, and no door before this one uses its relay.
void check_wiring(Section& section, const DoorSettings& door, const Config& config) {
    if (!door.bus.empty() && !has_key(config.buses, door.bus)) {
        section.refuse("bus", fmt::format("no [[bus]] has the name \"{}\"", door.bus));
    }
    const auto same_relay = [&](const DoorSettings& other) {
        return other.bus == door.bus && other.lock.unit == door.lock.unit &&
               other.lock.channel == door.lock.channel;
    };
    if (std::ranges::any_of(config.doors, same_relay)) {
        section.refuse("channel", "a door above uses the same relay");
    }
}

DoorSettings read_door(Section& section, const Config& config) {
    DoorSettings door;
    door.key = key_of(section, "key", R"("danton-entrance")");
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
    section.finish();
    return door;
}

void check_reader_owner(Section& section, const ReaderSettings& reader, const Config& config) {
    const auto place = place_of(reader);
    const auto* key = section.has("usb_port") ? "usb_port" : "device";
    for (const auto& other : config.readers) {
        if (same_place(place, place_of(other))) {
            refuse_second_owner(section, key, place, "a reader above");
        }
    }
    for (const auto& bus : config.buses) {
        if (same_place(place, place_of(bus))) {
            refuse_second_owner(section, key, place, fmt::format("[[bus]] \"{}\"", bus.key));
        }
    }
}

int reader_baud(Section& section) {
    const auto baud = section.optional_number("baud", kBaud).value_or(kReaderBauds.front());
    if (std::ranges::find(kReaderBauds, baud) == kReaderBauds.end()) {
        section.refuse("baud", "must be 9600, 19200, 38400, 57600 or 115200");
    }
    return static_cast<int>(baud);
}

ReaderSettings read_reader(Section& section, const Config& config) {
    ReaderSettings reader;
    const auto key = key_of(section, "key", R"("danton-qr")");
    reader.door = section.text("door", R"("danton-entrance")");
    if (!reader.door.empty() && !has_key(config.doors, reader.door)) {
        section.refuse("door", fmt::format("no [[door]] has the key \"{}\"", reader.door));
    }
    reader.badges = read_badges(section);
    const auto kind = section.text("kind", R"("serial")");
    if (kind == "serial") {
        SerialReaderSettings serial{key, section.text("device", R"("/dev/serial/by-path/...")")};
        serial.baud = reader_baud(section);
        reader.device = std::move(serial);
    } else if (kind == "wedge") {
        WedgeReaderSettings wedge{key, section.text("usb_port", R"("1-1.3")")};
        wedge.vendor = static_cast<std::uint16_t>(section.number("vendor", kUsbId));
        wedge.product = static_cast<std::uint16_t>(section.number("product", kUsbId));
        reader.device = std::move(wedge);
    } else if (!kind.empty()) {
        section.refuse("kind", R"(must be "serial" or "wedge")");
        return reader;
    }
    check_reader_owner(section, reader, config);
    section.finish();
    return reader;
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
    config.name = key_of(top, "name", R"("lcr-danton")");
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
