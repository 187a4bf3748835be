#pragma once

#include "door-agent/config.hpp"

#include <chrono>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace creneau::door {

inline constexpr int kExitDone = 0;
inline constexpr int kExitNo = 1;  ///< denied, not released, chain broken
inline constexpr int kExitUsage = 2;

/// Runs until SIGTERM or SIGINT: releases every lock, reads cards, decides. The exit status of the
/// process: 0, or 1 when a lock could not be released and read back at the end, or when another
/// agent runs on the same state folder and does not end within ten seconds.
int run_agent(const Config& config);

/// Releases every lock of the configuration and reads it back (systemd's ExecStopPost). Touches
/// nothing (1) while an agent runs on the same state folder: the locks are its own.
int release_locks(const Config& config, std::ostream& out);

/// Leaves a person's word for the machine's time where the running agent takes it up. Refused (1)
/// unless `told`, read from another clock, agrees with the machine's within kStepLimit.
int confirm_clock(const Config& config, std::chrono::sys_seconds told, std::ostream& out);

/// Enrols this board with the town: proves the code of the installer's sheet and offers the board's
/// own key, which it makes. The code is not sent. Refused (1) unless the town proves it, too.
int enrol_agent(const Config& config, const std::string& code_text, std::ostream& out);

struct CheckRequest {
    std::filesystem::path policy_file;
    std::string text;                 ///< what the reader delivered
    std::optional<std::string> door;  ///< absent: every door of the policy
    std::chrono::sys_seconds at{};
    std::vector<policy::Fingerprint> roots;
    qr::TownId town{};
    std::string agent;
    std::optional<std::filesystem::path> journal;  ///< marks and kept revocations, when readable
};

/// Explains a decision check by check. 0: a door opens, 1: none does, 2: the policy or the door
/// cannot be used. The last line is "decision: <allow|deny>, <reason>", that of the door at which
/// the most checks passed.
int check_pass(const CheckRequest& request, std::ostream& out);

/// Prints the rows of a journal, one line each, and verifies its chain.
int show_journal(const std::filesystem::path& file, std::ostream& out);

/// Prints what the running agent says of clock, policy, doors and readers at the socket `file`,
/// status_file() or metrics_file(). 1: none answers.
int show_status(const std::filesystem::path& file, std::ostream& out);

/// An instant: "2026-12-05T18:30:00Z", the same with an offset "+01:00", or Unix seconds.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_instant(const std::string& text);

/// "2026-12-05T18:30:00Z".
[[nodiscard]] std::string text_of(std::chrono::sys_seconds instant);

}  // namespace creneau::door
