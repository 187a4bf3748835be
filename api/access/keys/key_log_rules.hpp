#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::access {

/// A line of creneau-signer's keys.log (api/signer/key_log.hpp).
struct KeyLogLine {
    std::string step;  ///< "key_import", "key_retire" or "key_withdraw"
    std::int64_t key = 0;
    /// How it ended, what two people had confirmed, and when:
    /// "done.confirmation:12.20261123t101500z".
    std::string ground;
};

/// Nothing where it is no such line.
[[nodiscard]] std::optional<KeyLogLine> read_key_log_line(std::string_view line);

}  // namespace creneau::access
