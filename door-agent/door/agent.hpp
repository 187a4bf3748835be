#pragma once

#include "door-agent/config.hpp"
#include "door-agent/door/badge_text.hpp"
#include "door-agent/door/door_events.hpp"
#include "door-agent/door/mailbox.hpp"
#include "door-agent/door/recorder.hpp"
#include "door-agent/door/step.hpp"
#include "door-agent/door/throttle.hpp"
#include "door-agent/door/time_keeper.hpp"
#include "door-agent/journal/journal_writer.hpp"
#include "door-agent/locks/lock.hpp"
#include "door-agent/sync/policy_store.hpp"
#include "door-agent/sync/standing.hpp"
#include "policy/decide.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace creneau::door {

/// What a reader shows: the same for every refusal.
struct Feedback {
    std::string reader;
    bool granted = false;
    std::string door{};
};

/// Where a reader stands, and how it spells badge numbers, if it reads any.
struct ReaderPlace {
    std::string door;
    std::optional<BadgeFormat> badges{};
};

struct AgentParts {
    JournalWriter& journal;
    PolicyStore& policies;
    TimeKeeper& time;
    std::map<std::string, Lock*> locks;          ///< by key of the door
    std::map<std::string, ReaderPlace> readers;  ///< by key of the reader
    std::map<std::string, DoorInputs> inputs;    ///< by key of the door
    std::function<void(Message)> post;           ///< for answers of locks, from their threads
    std::function<void(const Feedback&)> feedback;
    std::function<void(const Standing&)> stand = {};  ///< for the town; may be empty
};

/// Decides every read and drives every door. One thread calls everything; nothing here waits,
/// except that a once-per-door use is on disk before its pulse.
class Agent {
  public:
    /// A read older than this is no longer decided: whoever showed it has gone.
    static constexpr std::chrono::seconds kReadIsOld{2};
    /// How long the commit of a once-per-door use may take.
    static constexpr std::chrono::milliseconds kCommitLimit{1000};

    explicit Agent(AgentParts parts);

    /// Loads the policy slots and begins the journal of this run.
    void start();
    void handle(const Message& message);
    /// Every half second or so: clock, policy file, relocking, rows due.
    void tick();
    /// The last row and every row still owed. Releasing the locks is the caller's.
    void stop();

    /// Every lock has said once whether it is usable.
    [[nodiscard]] bool every_lock_known() const;

    /// Clock, policy, doors and readers as they are, a line each, for `status`.
    [[nodiscard]] std::string status() const;
    /// The same, and the reads of each door since the start, in Prometheus' text format.
    [[nodiscard]] std::string metrics() const;

  private:
    struct Door {
        std::string key;
        Lock* lock = nullptr;
        DoorState state;
        bool known = false;
        bool faulty = false;
        BootTime commanded_until{};  ///< free access that the town ordered
        std::int64_t granted = 0;    ///< reads since the start
        std::int64_t refused = 0;
    };

    void on(const told::Read& read);
    void on(const told::ReaderState& told);
    void on(const told::LockState& told);
    void on(const told::Inputs& told);
    void on(const told::PulseAnswer& answer);
    void on(const told::ReleaseAnswer& answer);
    void on(const told::StorageState& told);
    void on(const told::RememberedLate& told);
    void on(const told::PolicyArrived& told);
    void on(const told::Commanded& told);
    void on(const told::Stop& stop);

    void decide_read(const ReaderFrame& frame, const policy::Credential& credential, Door& door);
    bool throttles(const ReaderFrame& frame, const policy::Credential& credential, Door& door);
    void refuse(const ReaderFrame& frame, Door& door, Event event, policy::MemoryChanges changes);
    void open(const ReaderFrame& frame, Door& door, const policy::Decision& decision,
              const TimeLook& look);
    bool commit_use(const Event& event, const policy::MemoryChanges& changes);
    void advance(Door& door, const DoorEvent& event, const std::string& why);
    void act(Door& door, const DoorAction& action, const std::string& why);
    void tell_news(const Door& door, DoorNews news);
    void tell_phase(Door& door, const std::string& why);
    void look_for_free_access(Door& door, const TimeLook& look);
    [[nodiscard]] std::string why_not_obey(const Door& door, const ArrivedCommand& command,
                                           const TimeLook& look) const;
    [[nodiscard]] Levels levels_of(const DoorInputs& inputs) const;
    void look_for_policy(const TimeLook& look);
    void record_policy(const PolicyNews& news, const TimeLook& look);
    void take_policy(const TimeLook& look);
    void record_word(const std::optional<TimeKeeper::Heard>& heard);
    void stand() const;
    void keep(const TimeLook& look);
    [[nodiscard]] std::optional<Purge> purge_due(const TimeLook& look);
    [[nodiscard]] policy::Decision decide(const policy::Credential& credential, const Door& door,
                                          const TimeLook& look) const;

    AgentParts parts_;
    Recorder recorder_;
    policy::Memory memory_;
    std::map<std::string, Door> doors_;
    std::map<std::pair<std::string, int>, std::optional<unsigned>> levels_;  ///< by bus and unit
    std::set<std::string> lost_readers_;
    std::map<std::string, Throttle> throttles_;  ///< by key of the reader
    ClockVerdict clock_;
    std::optional<BootTime> purged_at_;
};

}  // namespace creneau::door
