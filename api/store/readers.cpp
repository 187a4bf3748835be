#include "api/store/readers.hpp"

#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <utility>

namespace creneau::store {

Readers::Readers(const Database& database, std::size_t count) : database_(database) {
    for (std::size_t i = 0; i < std::max<std::size_t>(count, 1); ++i) {
        idle_.push_back(std::make_unique<Session>(database, OpenMode::read_only));
    }
}

Readers::~Readers() = default;

std::unique_ptr<Session> Readers::take() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !idle_.empty(); });
    auto session = std::move(idle_.back());
    idle_.pop_back();
    return session;
}

void Readers::give_back(std::unique_ptr<Session> session) noexcept {
    {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(session));  // room for it was never given up
    }
    returned_.notify_one();
}

Readers::Loan::Loan(Readers& pool) : pool_(pool), session_(pool.take()) {
    try {
        if (!session_) {
            session_ = std::make_unique<Session>(pool_.database_, OpenMode::read_only);
        }
        session_->execute(session_->engine() == Engine::sqlite
                              ? "BEGIN"
                              : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    } catch (...) {
        pool_.give_back(nullptr);
        throw;
    }
}

Readers::Loan::~Loan() {
    try {
        if (session_->transaction_state() != TransactionState::none) {
            session_->execute("ROLLBACK");
        }
    } catch (const std::exception&) {
        session_.reset();  // opened again for the next read
    }
    pool_.give_back(std::move(session_));
}

}  // namespace creneau::store
