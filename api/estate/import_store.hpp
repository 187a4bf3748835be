#pragma once

#include "api/estate/estate_types.hpp"
#include "api/estate/known_store.hpp"
#include "api/estate/rules_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <set>
#include <string>

#include <tl/expected.hpp>

namespace creneau::estate {

enum class ScopeKind : std::uint8_t { door, zone };

/// Writes things of one town by key, adding or replacing them with their lists. What a thing refers
/// to has been written before it: its id is in `known`, where the id of each new thing is put.
class EstateWriter {
  public:
    EstateWriter(store::Session& session, Known& known) : session_(session), known_(known) {}

    void write(const Town& town);
    void write(const Site& site);
    void write(const DoorAgent& agent);
    void write(const Door& door);
    void write(const Zone& zone);
    void write(const Space& space);
    void write(const Group& group);
    void write(const Room& room);
    void write(const Quota& quota);
    void write(const Equipment& equipment);
    void write(const BookingKind& kind);
    void write(const Person& person);
    void write(const Association& association);

    /// Takes the addresses of people away so that two of them can swap theirs; what an old one
    /// opened ends.
    void free_email(const Person& person);

    /// Whether somebody who may come in at `now` administers the town; false of a new one.
    bool has_administrator(std::chrono::sys_seconds now);

    /// How many numbers are left to give to new doors or zones.
    std::int64_t scope_numbers_left(ScopeKind kind);

  private:
    /// Known from the first write on: the town's own.
    const std::int64_t& town() const;
    void write_rules(const Room& room, std::int64_t id);
    void write_hours(const Room& room, std::int64_t id);
    void write_papers(const Room& room, std::int64_t id);
    /// Puts the thing into these groups and no others, by a table of group_id and `column`.
    void write_groups(const char* table, const char* column, std::int64_t id,
                      const std::set<std::string>& groups);
    /// Works for the town, in whatever role and wherever.
    bool is_staff(std::int64_t person);
    /// Ends what a mailbox alone opens, before somebody works for the town.
    void end_access(std::int64_t person);
    std::int64_t scope_of(ScopeKind kind, const std::string& key);
    std::int64_t last_scope_number(ScopeKind kind);
    void clear(const char* table, const char* column, std::int64_t id);

    store::Session& session_;
    Known& known_;
};

}  // namespace creneau::estate
