#include "api/store/group.hpp"

#include "api/store/db_error.hpp"
#include "api/store/locks.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::store {
namespace {

constexpr int kAttempts = 5;
constexpr auto kAskInterval = std::chrono::milliseconds(100);
constexpr int kAskTimes = 20;

/// What xact status says once the server has noticed that the connection is gone.
std::string settled_status(Session& session, const std::string& transaction_id) {
    std::string status;
    for (int asked = 0; asked < kAskTimes; ++asked) {
        session.sql() << "SELECT coalesce(pg_xact_status(CAST(:id AS xid8)), 'unknown')",
            soci::use(transaction_id), soci::into(status);
        if (status != "in progress") {
            break;
        }
        std::this_thread::sleep_for(kAskInterval);
    }
    return status;
}

}  // namespace

GroupCommit::GroupCommit(Database database, std::optional<std::int64_t> town_id,
                         std::function<void(const std::string&)> report)
    : database_(std::move(database)), town_id_(town_id), report_(std::move(report)) {
    session_.emplace(database_, OpenMode::read_write);
}

void GroupCommit::commit(const std::vector<std::unique_ptr<WriteRequest>>& group) {
    Faults faults(group.size());
    Outcome outcome = Outcome::rerun;
    for (int tried = 0; tried < kAttempts && outcome == Outcome::rerun; ++tried) {
        outcome = attempt(group, faults);
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        try {
            group[i]->answer(outcome == Outcome::committed ? faults[i] : WriteFault::lost);
        } catch (const std::exception& error) {
            tell(std::string("writer: an answer threw: ") + told(error));
        } catch (...) {
            tell("writer: an answer threw");
        }
    }
}

GroupCommit::Outcome GroupCommit::attempt(const std::vector<std::unique_ptr<WriteRequest>>& group,
                                          Faults& faults) {
    committing_ = false;
    transaction_id_.clear();
    try {
        Session& session = begin();
        for (std::size_t i = 0; i < group.size(); ++i) {
            faults[i].reset();
            run_one(session, *group[i], faults[i]);
        }
        committing_ = true;
        session.execute("COMMIT");
        return Outcome::committed;
    } catch (const std::exception& error) {
        return after_exception(error);
    }
}

GroupCommit::Outcome GroupCommit::after_exception(const std::exception& error) {
    const bool gone = session_ && session_->transaction_state() == TransactionState::gone;
    const bool in_doubt = gone && committing_ && !transaction_id_.empty();
    const bool rerun = fault_of(error) == DbFault::serialization || (gone && !committing_);
    if (!roll_back()) {
        session_.reset();
    }
    if (in_doubt && commit_survived_the_connection()) {
        return Outcome::committed;
    }
    tell(std::string("writer: group ") + (rerun ? "to be rerun: " : "lost: ") + told(error));
    return rerun ? Outcome::rerun : Outcome::lost;
}

Session& GroupCommit::begin() {
    if (!session_) {
        session_.emplace(database_, OpenMode::read_write);
    }
    Session& session = *session_;
    if (session.engine() == Engine::sqlite) {
        session.execute("BEGIN IMMEDIATE");
        return session;
    }
    session.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
    lock_town(session, town_id_);
    session.sql() << "SELECT CAST(pg_current_xact_id() AS text)", soci::into(transaction_id_);
    return session;
}

void GroupCommit::run_one(Session& session, WriteRequest& request,
                          std::optional<WriteFault>& fault) {
    session.sql() << "SAVEPOINT request";
    bool keep = false;
    std::exception_ptr rerun;
    try {
        keep = request.run(session);
    } catch (const std::exception& error) {
        if (fault_of(error) == DbFault::serialization) {
            rerun = std::current_exception();
        }
        fault = WriteFault::failed;
        tell(std::string("writer: a request failed: ") + told(error));
    } catch (...) {
        fault = WriteFault::failed;
        tell("writer: a request failed");
    }
    if (rerun) {
        std::rethrow_exception(rerun);
    }
    // A full disk, a failing file or a dead connection took the whole transaction with it, even
    // when the request made an answer of it.
    const TransactionState state = session.transaction_state();
    if (state == TransactionState::none || state == TransactionState::gone) {
        throw StoreError("the transaction ended under a request");
    }
    if (keep && state == TransactionState::aborted) {
        keep = false;
        fault = WriteFault::failed;
        tell("writer: a request went on after an error of the database");
    }
    if (!keep) {
        session.sql() << "ROLLBACK TO SAVEPOINT request";
    }
    session.sql() << "RELEASE SAVEPOINT request";
}

bool GroupCommit::commit_survived_the_connection() {
    try {
        session_.emplace(database_, OpenMode::read_write);
        return settled_status(*session_, transaction_id_) == "committed";
    } catch (const std::exception& error) {
        session_.reset();
        tell(std::string("writer: the outcome of a group is unknown: ") + told(error));
        return false;
    }
}

bool GroupCommit::roll_back() noexcept {
    try {
        if (!session_ || session_->transaction_state() == TransactionState::gone) {
            return false;
        }
        if (session_->transaction_state() != TransactionState::none) {
            session_->execute("ROLLBACK");
        }
        return true;
    } catch (...) {
        return false;
    }
}

void GroupCommit::tell(const std::string& text) const noexcept {
    try {
        if (report_) {
            report_(text);
        }
    } catch (...) {  // NOLINT(bugprone-empty-catch): nobody is left to tell
    }
}

}  // namespace creneau::store
