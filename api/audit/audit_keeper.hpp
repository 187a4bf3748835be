#pragma once

#include "api/audit/chain.hpp"
#include "api/audit/seals_file.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace creneau::audit {

/// Seals a town's days when they are over, tells the seals file, and purges what was kept long
/// enough. Used by one thread; readers and writer outlive it.
class AuditKeeper {
  public:
    using Report = std::function<void(const std::string&)>;

    /// `report` is told what an operator should know: what the file lacked, what went wrong.
    AuditKeeper(store::Readers& readers, store::Writer& writer, TownId town,
                std::filesystem::path seals_file, Report report);

    /// What is due at `now`; a few look-ups when nothing is. The first time, and after a fault, the
    /// file is compared with the database and what it lacks is added. Never throws.
    void tick(std::chrono::sys_seconds now) noexcept;

  private:
    [[nodiscard]] bool is_due(std::chrono::sys_seconds now);
    void keep(const ChainOf& chain, SealsFile* file, std::chrono::sys_seconds now);
    void catch_up(const ChainOf& chain, SealsFile& file, std::chrono::sys_seconds now);
    void complain(const std::string& what, std::chrono::sys_seconds now);

    store::Readers& readers_;
    store::Writer& writer_;
    TownId town_;
    std::filesystem::path seals_file_;
    Report report_;
    bool compared_ = false;
    std::optional<std::chrono::sys_seconds> complained_at_;
};

}  // namespace creneau::audit
