#include "api/store/savepoint.hpp"

#include "api/store/session.hpp"

#include <soci/soci.h>

namespace creneau::store {

// One name serves all: both engines roll back to, and release, the newest of that name.

Savepoint::Savepoint(Session& session) : session_(session) {
    session_.sql() << "SAVEPOINT part";
}

Savepoint::~Savepoint() {
    try {
        undo();
    } catch (...) {  // NOLINT(bugprone-empty-catch): the writer asks how the transaction stands
    }
}

void Savepoint::keep() {
    if (is_open_) {
        session_.sql() << "RELEASE SAVEPOINT part";
        is_open_ = false;
    }
}

void Savepoint::undo() {
    if (!is_open_) {
        return;
    }
    is_open_ = false;
    const TransactionState state = session_.transaction_state();
    if (state == TransactionState::open || state == TransactionState::aborted) {
        session_.sql() << "ROLLBACK TO SAVEPOINT part";
        session_.sql() << "RELEASE SAVEPOINT part";
    }
}

}  // namespace creneau::store
