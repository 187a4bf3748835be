#include "door-agent/config_owners.hpp"

#include "door-agent/config.hpp"
#include "door-agent/config_section.hpp"
#include "door-agent/locks/lock_settings.hpp"
#include "door-agent/readers/pcsc_reader.hpp"
#include "door-agent/readers/serial_reader.hpp"
#include "door-agent/readers/wedge_reader.hpp"
#include "door-agent/readers/wiegand_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <variant>
#include <vector>

#include <fmt/format.h>

namespace creneau::door {
namespace {

/// A thing that only one may own, and the key that names it.
struct Place {
    std::string key;
    std::string what;
};

std::string normal(const std::string& path) {
    return std::filesystem::path(path).lexically_normal();
}

void add_lines(std::vector<Place>& places, std::string_view key, const std::string& chip,
               const std::vector<unsigned>& lines) {
    for (const auto line : lines) {
        places.push_back({std::string(key), fmt::format("{} line {}", normal(chip), line)});
    }
}

std::vector<Place> places_of(const BusSettings& bus) {
    std::vector<Place> places;
    if (const auto* tcp = std::get_if<TcpAddress>(&bus.address)) {
        places.push_back({"tcp", fmt::format("{}:{}", tcp->host, tcp->port)});
    } else if (const auto* rtu = std::get_if<RtuLine>(&bus.address)) {
        places.push_back({"rtu", normal(rtu->device)});
    } else if (const auto* pins = std::get_if<GpioPins>(&bus.address)) {
        add_lines(places, "outputs", pins->chip, pins->outputs);
        add_lines(places, "inputs", pins->chip, pins->inputs);
    }
    return places;
}

std::vector<Place> places_of(const ReaderSettings& reader) {
    std::vector<Place> places;
    if (const auto* wedge = std::get_if<WedgeReaderSettings>(&reader.device)) {
        places.push_back({"usb_port", fmt::format("USB port {}, {:04x}:{:04x}", wedge->usb_port,
                                                  wedge->vendor, wedge->product)});
    } else if (const auto* serial = std::get_if<SerialReaderSettings>(&reader.device)) {
        places.push_back({"device", normal(serial->device)});
    } else if (const auto* wiegand = std::get_if<WiegandReaderSettings>(&reader.device)) {
        add_lines(places, "d0", wiegand->chip, {wiegand->data0});
        add_lines(places, "d1", wiegand->chip, {wiegand->data1});
    } else if (const auto* pcsc = std::get_if<PcscReaderSettings>(&reader.device)) {
        places.push_back({"name", "card reader " + pcsc->name});
    }
    return places;
}

/// A name in /dev/serial/by-path and the tty behind it are one device, where both exist now.
bool same_place(const std::string& one, const std::string& other) {
    std::error_code absent;
    return !one.empty() && (one == other || std::filesystem::equivalent(one, other, absent));
}

/// Two threads on one line or board would speak into each other's words.
void refuse_shared(Section& section, const std::vector<Place>& wanted,
                   const std::vector<Place>& taken, const std::string& owner) {
    for (const auto& place : wanted) {
        const bool shared = std::ranges::any_of(
            taken, [&](const Place& other) { return same_place(place.what, other.what); });
        if (shared) {
            section.refuse(place.key, fmt::format("{} already has \"{}\"; one line has one owner: "
                                                  "write the doors of one board under one [[bus]], "
                                                  "and give each reader a device of its own",
                                                  owner, place.what));
            return;
        }
    }
}

}  // namespace

void check_bus_owner(Section& section, const BusSettings& bus, const Config& config) {
    for (const auto& other : config.buses) {
        refuse_shared(section, places_of(bus), places_of(other),
                      fmt::format("[[bus]] \"{}\"", other.key));
    }
}

void check_reader_owner(Section& section, const ReaderSettings& reader, const Config& config) {
    for (const auto& other : config.readers) {
        refuse_shared(section, places_of(reader), places_of(other), "a reader above");
    }
    for (const auto& bus : config.buses) {
        refuse_shared(section, places_of(reader), places_of(bus),
                      fmt::format("[[bus]] \"{}\"", bus.key));
    }
}

}  // namespace creneau::door
