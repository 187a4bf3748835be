#pragma once

#include "door-agent/clock/clock.hpp"
#include "door-agent/door/badge_text.hpp"
#include "door-agent/locks/lock_settings.hpp"
#include "door-agent/readers/pcsc_reader.hpp"
#include "door-agent/readers/serial_reader.hpp"
#include "door-agent/readers/wedge_reader.hpp"
#include "door-agent/readers/wiegand_reader.hpp"
#include "door-agent/sync/town_client.hpp"
#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::door {

/// An input of a board that is wired to a door.
struct InputPlace {
    std::string bus;
    int unit = 1;
    int input = 0;
    bool normally_closed = false;  ///< its circuit is closed while nothing happens
};

/// contact: happens while the door stands open; exit: somebody asks to leave; fire: the alarm.
struct DoorInputs {
    std::optional<InputPlace> contact;
    std::optional<InputPlace> exit;
    std::optional<InputPlace> fire;
};

/// A relay of a board that has a lock.
struct OutputPlace {
    std::string bus;
    int unit = 1;
    int channel = 0;
    friend bool operator==(const OutputPlace&, const OutputPlace&) = default;
};

/// Light and sound of a door: all of them, for those who do not see or do not hear.
struct SignalPlaces {
    OutputPlace green;
    OutputPlace red;
    OutputPlace tone;
};

/// A door of the configuration: its key stands in the policy, which knows everything else of it.
struct DoorSettings {
    std::string key;
    std::string bus;
    LockSettings lock;
    DoorInputs inputs;
    std::optional<SignalPlaces> signals{};
};

struct ReaderSettings {
    std::string door;
    std::optional<BadgeFormat> badges{};  ///< what it reads besides passes
    std::variant<SerialReaderSettings, WedgeReaderSettings, WiegandReaderSettings,
                 PcscReaderSettings>
        device;
};

/// Everything of one agent (door-agent/CONFIGURATION.md).
struct Config {
    std::string name;
    qr::TownId town{};
    std::vector<policy::Fingerprint> roots;
    TownSettings town_server;
    std::filesystem::path policy_file;
    std::filesystem::path state_dir;
    ClockSource clock = ClockSource::ntp;
    std::int64_t journal_capacity = 200'000;
    std::vector<BusSettings> buses;
    std::vector<DoorSettings> doors;
    std::vector<ReaderSettings> readers;
};

/// Where the journal lies in the state folder.
[[nodiscard]] std::filesystem::path journal_file(const Config& config);
/// Where the running agent says how it is.
[[nodiscard]] std::filesystem::path status_file(const Config& config);
/// The same in Prometheus' text format.
[[nodiscard]] std::filesystem::path metrics_file(const Config& config);

/// Every error found, one line each: "FILE:LINE: key: what is wrong and what would be right".
using ConfigErrors = std::vector<std::string>;

/// Reads the whole file and reports every error at once. Unknown keys are errors.
[[nodiscard]] tl::expected<Config, ConfigErrors> load_config(const std::filesystem::path& file);

/// The same for a text; `name` stands in front of the line numbers.
[[nodiscard]] tl::expected<Config, ConfigErrors> parse_config(std::string_view text,
                                                              const std::string& name);

}  // namespace creneau::door
