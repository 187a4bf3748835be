#pragma once

#include "api/audit/chain.hpp"
#include "api/audit/seal_store.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace creneau::audit {

/// What the file knows of one seal.
struct Witnessed {
    std::string day;
    std::string hash;
    std::chrono::sys_seconds written_at;
    std::optional<std::chrono::sys_seconds> purged_at;
    bool contradicted = false;  ///< the file says two different things of it
};

/// The seals outside the database, where whoever can write the database does not reach them:
/// a line for each seal, purged day and restore, appended and synced (api/audit/FORMAT.md). Nobody
/// else changes or reads the file while this lives. Used by one thread.
class SealsFile {
  public:
    /// Reads the file, if there is one. Throws std::system_error where it, or its folder, cannot be
    /// read.
    explicit SealsFile(std::filesystem::path path);
    ~SealsFile();
    SealsFile(const SealsFile&) = delete;
    SealsFile& operator=(const SealsFile&) = delete;

    [[nodiscard]] bool exists() const { return exists_; }
    /// Lines that are none of ours: one that a crash cut short, at best.
    [[nodiscard]] std::size_t unreadable() const { return unreadable_; }
    /// Seals that a restore took back.
    [[nodiscard]] std::size_t taken_back() const { return taken_back_; }

    [[nodiscard]] std::optional<Witnessed> find(const ChainOf& chain, std::int64_t number) const;
    /// The number of the last seal; 0 with none.
    [[nodiscard]] std::int64_t last_of(const ChainOf& chain) const;

    // Each throws std::system_error where the line did not reach the disk.

    void add_seal(const ChainOf& chain, const KeptSeal& seal, std::chrono::sys_seconds now);
    void add_purge(const ChainOf& chain, const KeptSeal& seal);
    /// From now on seals after `last` are others: the database was put back to where it stood then.
    void add_restore(const ChainOf& chain, std::int64_t last, std::chrono::sys_seconds now);

  private:
    struct Record;
    using Key = std::pair<std::int64_t, std::string>;  // town and log

    void take(const Record& record);
    void add(const Record& record);

    std::filesystem::path path_;
    class Lock;
    std::unique_ptr<Lock> lock_;
    bool exists_ = false;
    bool cut_short_ = false;  // the last line has no end
    std::size_t unreadable_ = 0;
    std::size_t taken_back_ = 0;
    std::map<Key, std::map<std::int64_t, Witnessed>> seals_;
};

}  // namespace creneau::audit
