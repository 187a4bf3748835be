#pragma once

#include "door-agent/door/step.hpp"

#include <optional>
#include <variant>
#include <vector>

namespace creneau::door::test {

/// Everything that has happened at a door, written from doors.md alone: each question is answered
/// by looking through the whole list, where the door itself keeps a state.
class Chronicle {
  public:
    /// Answers to a pulse are about the latest.
    void add(const DoorEvent& event, BootTime at);
    /// The door asked for the lease of free access at the last event.
    void note_hold() { entries_.back().held = true; }

    [[nodiscard]] bool usable() const;
    [[nodiscard]] bool doubtful() const;
    [[nodiscard]] DoorOptions options() const;
    [[nodiscard]] bool obeys() const;
    /// Does the schedule hold the door unlocked after the last event?
    [[nodiscard]] bool free() const;
    [[nodiscard]] bool fire() const;
    [[nodiscard]] std::optional<bool> open() const;
    /// May somebody open the door at `at`, after all that is listed?
    [[nodiscard]] bool anybodys_right(BootTime at) const;
    /// Does a grant that was obeyed and not ended still unlock at `at`?
    [[nodiscard]] bool unlocked_by_grant(BootTime at) const;
    /// The latest end of such grants; none when none was left at the opening.
    [[nodiscard]] std::optional<BootTime> unlocked_until() const;
    [[nodiscard]] bool lets_enter(BootTime at) const;

  private:
    struct Entry {
        BootTime at;
        DoorEvent event;
        bool obeyed = false;  ///< a grant that found the lock usable and the door in service
        bool held = false;
        bool ends_unlocking = false;  ///< whatever was granted before is over
    };
    template <class T>
    [[nodiscard]] const T* last() const {
        for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
            if (const auto* found = std::get_if<T>(&entry->event)) {
                return found;
            }
        }
        return nullptr;
    }
    [[nodiscard]] bool ends(const DoorEvent& event) const;
    [[nodiscard]] bool relocks(const Levels& now) const;

    std::vector<Entry> entries_;
};

}  // namespace creneau::door::test
