#include "door-agent/journal/journal_writer.hpp"

#include "door-agent/journal/batch.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/journal.hpp"
#include "policy/memory.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <iterator>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace creneau::door {
namespace {

constexpr std::chrono::seconds kRetry{2};

bool is_empty(const Batch& batch) {
    return batch.events.empty() && batch.changes.empty() && batch.unused.empty() && !batch.memory &&
           !batch.time && !batch.purge && !batch.acknowledged;
}

void remember(policy::Memory& shadow, const Batch& batch) {
    if (batch.memory) {
        unite(shadow, *batch.memory);
    }
    if (batch.forget_before) {
        const auto ended = [&](const auto& entry) {
            return entry.second.end < *batch.forget_before;
        };
        std::erase_if(shadow.revisions, ended);
        std::erase_if(shadow.revocations, ended);
        std::erase_if(shadow.uses,
                      [&](const auto& entry) { return entry.second < *batch.forget_before; });
    }
    for (const auto& changes : batch.changes) {
        policy::apply(shadow, changes);
    }
}

/// A use that was marked already: decided without the marks, as when the journal opened late.
bool used_before(const policy::Memory& shadow, const Batch& batch) {
    return std::ranges::any_of(batch.changes, [&](const policy::MemoryChanges& change) {
        return change.use && shadow.uses.contains({change.use->pass_id, change.use->door});
    });
}

/// `later` happens after everything in `batch`.
void add(Batch& batch, Batch later) {
    std::ranges::move(later.events, std::back_inserter(batch.events));
    if (later.memory && batch.memory) {
        unite(*batch.memory, *later.memory);
    } else if (later.memory) {
        batch.memory = std::move(later.memory);
    }
    if (later.forget_before) {
        batch.forget_before = later.forget_before;
    }
    std::ranges::move(later.changes, std::back_inserter(batch.changes));
    std::ranges::move(later.unused, std::back_inserter(batch.unused));
    if (later.time) {
        batch.time = std::move(later.time);
    }
    if (later.purge) {
        batch.purge = std::move(later.purge);
    }
    if (later.acknowledged) {
        batch.acknowledged = later.acknowledged;
    }
}

}  // namespace

void unite(policy::Memory& memory, const policy::Memory& other) {
    for (const auto& [pass, ending] : other.revisions) {
        policy::apply(memory, {policy::RevisionMark{pass, ending.revision, ending.end}, {}});
    }
    for (const auto& [pass, ending] : other.revocations) {
        policy::remember(memory, {pass, ending.revision, ending.end});
    }
    for (const auto& [key, end] : other.uses) {
        policy::apply(memory, {{}, policy::UseMark{key.first, key.second, end}});
    }
}

JournalWriter::JournalWriter(JournalSettings settings, Event first_row, JournalListener listener)
    : settings_(std::move(settings)),
      first_row_(std::move(first_row)),
      listener_(std::move(listener)) {
    try {
        journal_ = std::make_unique<Journal>(settings_, first_row_);
        memory_at_start_ = journal_->memory();
        time_at_start_ = journal_->kept_time();
        set_aside_ = journal_->set_aside();
        shadow_ = memory_at_start_;
        latest_time_ = time_at_start_;
        level_ = journal_->level();
    } catch (const std::exception& error) {
        journal_.reset();
        tell(error.what());
    }
    thread_ = std::thread([this] { run(); });
}

JournalWriter::~JournalWriter() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void JournalWriter::post(Batch batch) {
    {
        const std::scoped_lock lock(mutex_);
        posted_.push_back(std::move(batch));
    }
    changed_.notify_all();
}

bool JournalWriter::commit(Batch batch, std::chrono::milliseconds limit) {
    auto urgent = std::make_shared<Urgent>();
    urgent->batch = std::move(batch);
    std::unique_lock lock(mutex_);
    urgent_.push_back(urgent);
    changed_.notify_all();
    changed_.wait_for(lock, limit, [&] { return urgent->kept.has_value(); });
    urgent->abandoned = true;
    return urgent->kept.value_or(false);
}

JournalLevel JournalWriter::level() {
    const std::scoped_lock lock(mutex_);
    return level_;
}

void JournalWriter::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        wait_for_work(lock);
        write_round(lock);
    }
    write_round(lock);
}

void JournalWriter::wait_for_work(std::unique_lock<std::mutex>& lock) {
    const auto work = [this] { return stopping_ || !urgent_.empty() || !posted_.empty(); };
    if (failing_ || !journal_) {
        // While the storage fails, posted batches only wait; once-only uses still try at once.
        changed_.wait_for(lock, kRetry, [this] { return stopping_ || !urgent_.empty(); });
    } else {
        changed_.wait(lock, work);
    }
}

void JournalWriter::write_round(std::unique_lock<std::mutex>& lock) {
    for (auto& batch : std::exchange(posted_, {})) {
        merge_into_waiting(std::move(batch));
    }
    const auto urgent = std::exchange(urgent_, {});
    lock.unlock();
    bound_waiting();
    if ((!is_empty(waiting_) || !journal_) && write(waiting_)) {
        waiting_ = {};
        lost_ = 0;
    }
    for (const auto& one : urgent) {
        write_urgent(lock, *one);
    }
    const auto level = journal_ ? journal_->level() : JournalLevel{};
    lock.lock();
    level_ = level;
}

/// Unlocked before and after.
void JournalWriter::write_urgent(std::unique_lock<std::mutex>& lock, Urgent& one) {
    lock.lock();
    const bool abandoned = one.abandoned;
    lock.unlock();
    // What is still to be taken back goes first: it must not take back a later use.
    const bool can = !abandoned && journal_ && waiting_.unused.empty();
    const bool written = can && !used_before(shadow_, one.batch) && write(one.batch);
    lock.lock();
    one.kept = written && !one.abandoned;
    const bool kept = *one.kept;
    changed_.notify_all();
    lock.unlock();
    if (kept) {
        remember(shadow_, one.batch);
    } else if (written) {
        take_back(one.batch);
    }
}

/// Whoever asked has refused meanwhile: the pass must not be spent by that.
void JournalWriter::take_back(const Batch& batch) {
    Batch undo;
    for (const auto& change : batch.changes) {
        if (change.use) {
            undo.unused.push_back(*change.use);
        }
    }
    for (Event event : batch.events) {
        event.kind = EventKind::grant_undone;
        event.reason = "storage_late";
        undo.events.push_back(std::move(event));
    }
    if (!write(undo)) {
        add(waiting_, std::move(undo));
    }
}

void JournalWriter::merge_into_waiting(Batch batch) {
    remember(shadow_, batch);
    if (batch.time) {
        latest_time_ = batch.time;
    }
    add(waiting_, std::move(batch));
}

void JournalWriter::bound_waiting() {
    auto& events = waiting_.events;
    if (events.size() <= kMostWaiting) {
        return;
    }
    if (lost_ > 0) {
        events.erase(events.begin());
    }
    const auto excess = static_cast<std::ptrdiff_t>(events.size() - kMostWaiting + 1);
    lost_ += excess;
    Event gap = events.front();
    events.erase(events.begin(), events.begin() + excess);
    gap.kind = EventKind::gap;
    gap.pass.reset();
    gap.badge.reset();
    gap.door.clear();
    gap.reader.clear();
    gap.reason = "storage_failed";
    gap.detail = fmt::format("{} events could not be written and were only counted", lost_);
    gap.count = lost_;
    events.insert(events.begin(), std::move(gap));
}

void JournalWriter::open() {
    journal_ = std::make_unique<Journal>(settings_, first_row_);
    unite(shadow_, journal_->memory());
    if (listener_.opened_late) {
        listener_.opened_late(journal_->memory());
    }
}

void JournalWriter::write_or_begin_again(const Batch& batch) {
    if (!journal_) {
        open();
    }
    try {
        journal_->commit(batch);
    } catch (const std::exception& error) {
        if (!means_damage(error)) {
            throw;
        }
        tell(error.what());
        journal_.reset();
        journal_ = std::make_unique<Journal>(settings_, first_row_);
        Batch seed;
        seed.memory = shadow_;
        seed.time = latest_time_;
        journal_->commit(seed);
        journal_->commit(batch);
    }
}

bool JournalWriter::write(const Batch& batch) {
    try {
        write_or_begin_again(batch);
    } catch (const std::exception& error) {
        if (!failing_) {
            tell(error.what());
        }
        failing_ = true;
        return false;
    }
    if (failing_) {
        failing_ = false;
        tell("");
    }
    return true;
}

void JournalWriter::tell(const std::string& trouble) {
    if (listener_.trouble) {
        listener_.trouble(trouble);
    }
}

}  // namespace creneau::door
