#include "api/store/child_process.hpp"
#include "api/store/engine_backup.hpp"
#include "api/store/files.hpp"
#include "api/store/migrator.hpp"
#include "api/store/session.hpp"

#include <filesystem>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::store {
namespace {

namespace fs = std::filesystem;

std::string run_or_throw(const std::vector<std::string>& words, const std::string& what) {
    Finished finished = run_program(words);
    if (!finished.succeeded) {
        throw StoreError(what + ": " + words.front() + ": " + finished.errors);
    }
    return std::move(finished.output);
}

/// The words of `text` between two tabs or at an end of it.
std::vector<std::string> columns(const std::string& line) {
    std::vector<std::string> words;
    std::istringstream text(line);
    for (std::string word; std::getline(text, word, '\t');) {
        words.push_back(word);
    }
    return words;
}

/// Throws unless the whole dump can be read and its schema is one that this program knows.
void require_sound(const fs::path& file, const std::string& what) {
    run_or_throw({"pg_restore", "--file=/dev/null", file.string()}, what);
    std::istringstream rows(run_or_throw(
        {"pg_restore", "--data-only", "--table=schema_migrations", "--file=-", file.string()},
        what));
    bool inside = false;
    std::vector<AppliedMigration> applied;
    for (std::string line; std::getline(rows, line);) {
        if (line.starts_with("COPY public.schema_migrations (version, name, checksum,")) {
            inside = true;
        } else if (line == "\\.") {
            inside = false;
        } else if (inside) {
            const auto words = columns(line);
            if (words.size() < 3) {
                throw StoreError(what + ": a row of schema_migrations is cut short");
            }
            applied.push_back({std::stoll(words[0]), words[1], words[2]});
        }
    }
    if (applied.empty()) {
        throw StoreError(what + ": not a dump of this program");
    }
    const SchemaReport schema = compare(applied, embedded_migrations(Engine::postgresql));
    if (schema.state == SchemaState::newer || schema.state == SchemaState::changed) {
        throw StoreError(what + ": " + schema.detail);
    }
}

void require_empty(const Database& database) {
    Session session(database, OpenMode::read_only);
    long long tables = 0;
    session.sql() << "SELECT count(*) FROM information_schema.tables "
                     "WHERE table_schema = 'public'",
        soci::into(tables);
    if (tables != 0) {
        throw StoreError("restore: the database holds data; create an empty one first");
    }
}

}  // namespace

void postgresql_backup(const Database& database, const fs::path& file) {
    require_absent(file);
    PartialFile part(file);
    run_or_throw(
        {"pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-comments",
         "--no-password", "--file=" + part.path().string(), "--dbname=" + database.location},
        "backup");
    require_sound(part.path(), "backup: the dump");
    part.publish();
}

void postgresql_restore(const Database& database, const fs::path& file) {
    require_empty(database);
    require_sound(file, "restore: " + file.string());
    run_or_throw(
        {"pg_restore", "--no-owner", "--no-privileges", "--no-comments", "--single-transaction",
         "--exit-on-error", "--no-password", "--dbname=" + database.location, file.string()},
        "restore: nothing was kept");
}

}  // namespace creneau::store
