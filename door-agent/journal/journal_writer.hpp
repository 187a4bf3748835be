#pragma once

#include "door-agent/journal/journal.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace creneau::door {

/// What the writer tells without being asked, on its own thread; brief, must not throw.
struct JournalListener {
    /// The storage began to fail (with why), or works again (empty).
    std::function<void(const std::string& trouble)> trouble;
    /// A journal that could not be opened at start was opened: what it remembers.
    std::function<void(policy::Memory)> opened_late;
};

/// Owns the journal and the thread that writes it, so that no decision waits for a disk. While
/// the storage fails, events wait in memory (at most kMostWaiting, then counted in a gap row)
/// and are written when it works again; a damaged file is set aside and a new journal begun.
class JournalWriter {
  public:
    static constexpr std::size_t kMostWaiting = 4096;

    /// Opens the journal before it returns; never throws for failing storage.
    JournalWriter(JournalSettings settings, Event first_row, JournalListener listener);
    /// Writes what waits, once, and joins.
    ~JournalWriter();
    JournalWriter(const JournalWriter&) = delete;
    JournalWriter& operator=(const JournalWriter&) = delete;

    /// What the journal remembered when it was opened at start; empty when it could not be.
    [[nodiscard]] const policy::Memory& memory_at_start() const { return memory_at_start_; }
    [[nodiscard]] const std::optional<KeptTime>& time_at_start() const { return time_at_start_; }
    [[nodiscard]] const std::optional<std::filesystem::path>& set_aside() const {
        return set_aside_;
    }

    /// Returns at once; the batch is written soon.
    void post(Batch batch);

    /// Returns true once the batch is on disk. False: it failed, or was not there within `limit`;
    /// a use that comes on disk after that is taken back, and a row says so.
    [[nodiscard]] bool commit(Batch batch, std::chrono::milliseconds limit);

    /// How far the journal is filled, as of the latest write; zeros while none is open.
    [[nodiscard]] JournalLevel level();

  private:
    struct Urgent {
        Batch batch;
        std::optional<bool> kept;
        bool abandoned = false;
    };

    void run();
    void wait_for_work(std::unique_lock<std::mutex>& lock);
    void write_round(std::unique_lock<std::mutex>& lock);
    void write_urgent(std::unique_lock<std::mutex>& lock, Urgent& one);
    void take_back(const Batch& batch);
    bool write(const Batch& batch);
    void write_or_begin_again(const Batch& batch);
    void open();
    void merge_into_waiting(Batch batch);
    void bound_waiting();
    void tell(const std::string& trouble);

    JournalSettings settings_;
    Event first_row_;
    JournalListener listener_;
    policy::Memory memory_at_start_;
    std::optional<KeptTime> time_at_start_;
    std::optional<std::filesystem::path> set_aside_;

    std::unique_ptr<Journal> journal_;     // the writer's thread, once it runs
    policy::Memory shadow_;                // seeds the journal that follows a damaged one
    std::optional<KeptTime> latest_time_;  // so does this
    Batch waiting_;
    std::int64_t lost_ = 0;
    bool failing_ = false;

    std::mutex mutex_;
    std::condition_variable changed_;
    JournalLevel level_;
    std::deque<Batch> posted_;
    std::deque<std::shared_ptr<Urgent>> urgent_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace creneau::door
