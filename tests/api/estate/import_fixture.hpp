#pragma once

#include "api/estate/import_town.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <soci/soci.h>

namespace creneau::estate {

using Imported = tl::expected<ImportReport, std::vector<ImportError>>;

inline constexpr auto kNow = support::kMigratedAt;

/// An empty database that towns are imported into.
class TownImportTest : public testing::TestWithParam<store::Engine> {
  protected:
    Imported import(const nlohmann::json& town) {
        const std::string text = town.dump();
        return writer.run([&](store::Session& session) { return import_town(session, text, kNow); })
            .value();
    }
    std::int64_t number(const std::string& query) {
        long long value = -1;
        reader.sql() << query, soci::into(value);
        return value;
    }
    std::string text(const std::string& query) {
        std::string value;
        reader.sql() << query, soci::into(value);
        return value;
    }
    void execute(const std::string& statement) { database.open().execute(statement); }

    support::TestDatabase database{GetParam()};
    store::Writer writer{database.database()};
    store::Session reader{database.database(), store::OpenMode::read_only};
};

}  // namespace creneau::estate
