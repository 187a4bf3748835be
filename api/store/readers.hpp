#pragma once

#include "api/store/session.hpp"

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace creneau::store {

/// A bounded pool of read-only sessions. They never wait for the writer: SQLite reads a snapshot of
/// the WAL, PostgreSQL one of its versions.
class Readers {
  public:
    /// Opens `count` (at least 1) sessions; throws StoreError when it cannot.
    Readers(const Database& database, std::size_t count);
    ~Readers();
    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;

    /// Calls `f(Session&)` in one read transaction and returns what it returns. All that `f` reads
    /// comes from one moment. Waits when every session is in use; any thread may call, but `f` must
    /// not read again through the pool. A session whose connection died is replaced for the next
    /// one.
    template <class F>
    auto read(F f) {
        const Loan loan(*this);
        return std::move(f)(loan.session());
    }

  private:
    class Loan {
      public:
        explicit Loan(Readers& pool);
        ~Loan();
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        Session& session() const { return *session_; }

      private:
        Readers& pool_;
        std::unique_ptr<Session> session_;
    };

    std::unique_ptr<Session> take();
    void give_back(std::unique_ptr<Session> session) noexcept;

    Database database_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Session>> idle_;  // null: to be opened again
};

}  // namespace creneau::store
