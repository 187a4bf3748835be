#pragma once

#include "api/store/durable_file.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::signer {

/// A step that changes what doors believe, as a confirmation names it.
struct KeyOperation {
    std::string_view step;          ///< "key_import", "key_retire" or "key_withdraw"
    int key = 0;                    ///< 0: not known
    std::int64_t confirmation = 0;  ///< 0: none was given
};

/// The append-only list of what became of keys (keys.log, 0600): creneau-signer cannot write the
/// town's database.
class KeyLog {
  public:
    explicit KeyLog(const std::filesystem::path& state);

    /// `state`: "begun" before anything changes, then "done"; or why it was refused. Throws
    /// std::system_error when the line is not on disk.
    void append(const KeyOperation& operation, std::string_view state,
                std::chrono::sys_seconds now);

  private:
    store::AppendLog log_;
};

/// Whole lines of it from byte `after` on, some at a time; nothing where it is shorter than that.
/// A log that is not there is empty. Throws std::system_error when it cannot be read.
[[nodiscard]] std::optional<std::string> key_log_lines(const std::filesystem::path& state,
                                                       std::int64_t after);

}  // namespace creneau::signer
