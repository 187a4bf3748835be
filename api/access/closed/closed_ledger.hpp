#pragma once

#include "api/access/access_types.hpp"
#include "api/access/closed/closed_types.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <vector>

namespace creneau::access {

/// What was closed, outside the database, so that a backup that is restored opens nothing again:
/// the file "closed" of a folder, a line for each (closed_rules.hpp), ids and codes alone, in the
/// order in which it came about. Any thread; several processes.
class ClosedLedger {
  public:
    explicit ClosedLedger(std::filesystem::path folder);

    struct Content {
        std::vector<Closed> said;
        std::size_t unreadable = 0;  ///< lines that are none of ours
    };
    /// Nothing where there is no file. Throws std::system_error where it cannot be read. A last
    /// line that a crash cut short is passed over: the next look says it anew.
    [[nodiscard]] Content read() const;

    /// Appends what `more` makes of all that the file says at that moment, while nobody else
    /// appends; on disk when it returns. Throws std::system_error.
    void extend(const std::function<std::vector<Closed>(const std::vector<Closed>&)>& more) const;

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

  private:
    std::filesystem::path folder_;
    std::filesystem::path file_;
};

}  // namespace creneau::access
