#include "api/store/backup.hpp"

#include "api/store/engine_backup.hpp"
#include "api/store/session.hpp"

#include <filesystem>

namespace creneau::store {

void backup(const Database& database, const std::filesystem::path& file) {
    switch (database.engine) {
        case Engine::sqlite:
            return sqlite_backup(database, file);
        case Engine::postgresql:
            return postgresql_backup(database, file);
    }
}

void restore(const Database& database, const std::filesystem::path& file) {
    switch (database.engine) {
        case Engine::sqlite:
            return sqlite_restore(database, file);
        case Engine::postgresql:
            return postgresql_restore(database, file);
    }
}

}  // namespace creneau::store
