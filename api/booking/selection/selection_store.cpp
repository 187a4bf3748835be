#include "api/booking/selection/selection_store.hpp"

#include "api/store/session.hpp"

namespace creneau::booking {

void begin_selected(store::Session& session) {
    session.execute("SAVEPOINT selected_booking");
}

void keep_selected(store::Session& session) {
    session.execute("RELEASE SAVEPOINT selected_booking");
}

void undo_selected(store::Session& session) {
    session.execute("ROLLBACK TO SAVEPOINT selected_booking");
    session.execute("RELEASE SAVEPOINT selected_booking");
}

}  // namespace creneau::booking
