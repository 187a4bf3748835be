#pragma once

#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace creneau::store {

/// Commits groups of requests on one connection that it reopens when it dies; the writer's inside.
/// Used by one thread.
class GroupCommit {
  public:
    GroupCommit(Database database, std::optional<std::int64_t> town_id,
                std::function<void(const std::string&)> report);

    /// Runs every request in one transaction, then answers each of them, whatever happens.
    void commit(const std::vector<std::unique_ptr<WriteRequest>>& group);

  private:
    enum class Outcome : std::uint8_t { committed, rerun, lost };
    using Faults = std::vector<std::optional<WriteFault>>;

    Outcome attempt(const std::vector<std::unique_ptr<WriteRequest>>& group, Faults& faults);
    Outcome after_exception(const std::exception& error);
    Session& begin();
    void run_one(Session& session, WriteRequest& request, std::optional<WriteFault>& fault);
    bool commit_survived_the_connection();
    bool roll_back() noexcept;
    void tell(const std::string& text) const noexcept;

    Database database_;
    std::optional<std::int64_t> town_id_;
    std::function<void(const std::string&)> report_;
    std::optional<Session> session_;
    std::string transaction_id_;  // PostgreSQL's, to ask about a COMMIT whose answer was lost
    bool committing_ = false;
};

}  // namespace creneau::store
