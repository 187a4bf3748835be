#pragma once

#include "api/store/session.hpp"

namespace creneau::store {

/// What is written while it lives can be undone alone, within the caller's transaction:
///
///     Savepoint line(session);
///     if (!book(session, ...)) {
///         return refused;  // all of the line is undone
///     }
///     line.keep();
///
/// Undone when it dies without keep(), also by an exception and after an error of the database,
/// which on PostgreSQL refuses everything else until then. They nest; the last to come is the first
/// to go. Where the transaction itself is over (a full disk, a dead connection) there is nothing
/// left to undo, and nothing is done: the writer finds out and loses or reruns the whole of it.
/// Used by the session's thread.
class Savepoint {
  public:
    explicit Savepoint(Session& session);
    ~Savepoint();
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;

    /// What was written belongs to the transaction from now on. Throws what the database throws;
    /// the savepoint is then undone.
    void keep();
    /// Undoes it now, for a caller that goes on reading as things were.
    void undo();

  private:
    Session& session_;
    bool is_open_ = true;
};

}  // namespace creneau::store
