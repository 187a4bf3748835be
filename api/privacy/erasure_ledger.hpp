#pragma once

#include "api/people/ids.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <vector>

namespace creneau::privacy {

/// Somebody who was erased: ids and an instant, nothing else.
struct Erasure {
    people::TownId town{};
    people::PersonId person{};
    std::chrono::sys_seconds at;
};

/// Who was erased, outside the database, so that a backup that is restored does not bring them
/// back: a line for each in the file "erasures" of a folder of its own, appended and synced before
/// the database commits. A line says "creneau-erasures-1 TOWN PERSON INSTANT person".
/// Any thread; several processes.
class ErasureLedger {
  public:
    explicit ErasureLedger(std::filesystem::path folder);

    struct Content {
        std::vector<Erasure> erasures;  ///< each person once, in the file's order
        std::size_t unreadable = 0;     ///< lines that are none of ours
    };
    /// Nothing where there is no file. Throws std::system_error where it cannot be read. A last
    /// line that a crash cut short is passed over: what it would have said was never committed.
    [[nodiscard]] Content read() const;

    /// On disk when it returns; a person who stands there already is not written twice. Throws
    /// std::system_error.
    void add(const Erasure& erasure) const;

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  private:
    std::filesystem::path folder_;
    std::filesystem::path file_;
};

}  // namespace creneau::privacy
