#include "door-agent/config_reader.hpp"

#include "door-agent/config.hpp"
#include "door-agent/config_owners.hpp"
#include "door-agent/config_section.hpp"
#include "door-agent/config_wiring.hpp"
#include "door-agent/door/badge_text.hpp"
#include "door-agent/readers/pcsc_reader.hpp"
#include "door-agent/readers/serial_reader.hpp"
#include "door-agent/readers/wedge_reader.hpp"
#include "door-agent/readers/wiegand_bits.hpp"
#include "door-agent/readers/wiegand_reader.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace creneau::door {
namespace {

constexpr std::array kReaderBauds{9'600, 19'200, 38'400, 57'600, 115'200};
constexpr NumberRule kBaud{1'200, 115'200, "9600"};
constexpr NumberRule kUsbId{1, 0xFFFF, "0x1a86"};
constexpr NumberRule kLine{0, 1'023, "17"};
constexpr NumberRule kBits{26, 37, "26"};

int reader_baud(Section& section) {
    const auto baud = section.optional_number("baud", kBaud).value_or(kReaderBauds.front());
    if (std::ranges::find(kReaderBauds, baud) == kReaderBauds.end()) {
        section.refuse("baud", "must be 9600, 19200, 38400, 57600 or 115200");
    }
    return static_cast<int>(baud);
}

SerialReaderSettings read_serial(Section& section, const std::string& key) {
    SerialReaderSettings serial{key, section.text("device", R"("/dev/serial/by-path/...")")};
    serial.baud = reader_baud(section);
    return serial;
}

WedgeReaderSettings read_wedge(Section& section, const std::string& key) {
    WedgeReaderSettings wedge{key, section.text("usb_port", R"("1-1.3")")};
    wedge.vendor = static_cast<std::uint16_t>(section.number("vendor", kUsbId));
    wedge.product = static_cast<std::uint16_t>(section.number("product", kUsbId));
    return wedge;
}

WiegandForm wiegand_form(Section& section) {
    const auto bits = section.optional_number("bits", kBits).value_or(26);
    for (const auto form : {WiegandForm::bits26, WiegandForm::bits34, WiegandForm::bits37}) {
        if (static_cast<std::int64_t>(form) == bits) {
            return form;
        }
    }
    section.refuse("bits", "must be 26, 34 or 37");
    return WiegandForm::bits26;
}

WiegandReaderSettings read_wiegand(Section& section, const std::string& key) {
    WiegandReaderSettings wiegand{key, section.text("gpio", R"("/dev/gpiochip0")")};
    wiegand.data0 = static_cast<unsigned>(section.number("d0", kLine));
    wiegand.data1 = static_cast<unsigned>(section.number("d1", kLine));
    wiegand.form = wiegand_form(section);
    if (wiegand.data0 == wiegand.data1 && section.has("d0") && section.has("d1")) {
        section.refuse("d1", "must be another line than d0");
    }
    return wiegand;
}

/// The reader's own form says how its numbers are spelled.
void set_badges(Section& section, ReaderSettings& reader, BadgeFormat format) {
    if (reader.badges) {
        section.refuse("badges", "goes with serial and wedge only: this reader has its own form");
    }
    reader.badges = format;
}

}  // namespace

ReaderSettings read_reader(Section& section, const Config& config) {
    ReaderSettings reader;
    const auto key = section.key("key", R"("danton-qr")");
    reader.door = section.text("door", R"("danton-entrance")");
    const bool known =
        std::ranges::find(config.doors, reader.door, &DoorSettings::key) != config.doors.end();
    if (!reader.door.empty() && !known) {
        section.refuse("door", fmt::format("no [[door]] has the key \"{}\"", reader.door));
    }
    reader.badges = read_badges(section);
    const auto kind = section.text("kind", R"("serial")");
    if (kind == "serial") {
        reader.device = read_serial(section, key);
    } else if (kind == "wedge") {
        reader.device = read_wedge(section, key);
    } else if (kind == "wiegand") {
        const auto wiegand = read_wiegand(section, key);
        set_badges(section, reader, {BadgeFormat::Spelling::decimal, wiegand_bytes(wiegand.form)});
        reader.device = wiegand;
    } else if (kind == "pcsc") {
        set_badges(section, reader, {BadgeFormat::Spelling::card, 0});
        reader.device = PcscReaderSettings{
            key,
            section.text("name", R"("ACS ACR1252 Dual Reader [ACR1252 Dual Reader PICC] 00 00")")};
    } else if (!kind.empty()) {
        section.refuse("kind", R"(must be "serial", "wedge", "wiegand" or "pcsc")");
        return reader;
    }
    check_reader_owner(section, reader, config);
    section.finish();
    return reader;
}

}  // namespace creneau::door
