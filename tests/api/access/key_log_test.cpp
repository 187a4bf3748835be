#include "api/signer/key_log.hpp"

#include "api/access/keys/carry_key_log.hpp"
#include "api/access/keys/key_log_rules.hpp"
#include "api/store/durable_file.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"
#include "tests/api/access/doors_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include <tl/expected.hpp>

namespace creneau::access {
namespace {

constexpr auto kImport = "key_import";

TEST(KeyLogLine, IsReadWithKeyConfirmationAndInstant) {
    const auto line =
        read_key_log_line("2026-11-23T10:15:00Z key_retire key=3 confirmation=12 done");
    ASSERT_TRUE(line);
    EXPECT_EQ(line->step, "key_retire");
    EXPECT_EQ(line->key, 3);
    EXPECT_EQ(line->ground, "done.confirmation:12.20261123t101500z");
    EXPECT_EQ(
        read_key_log_line("2026-11-23T10:15:00Z key_import key=0 confirmation=0 not_confirmed")
            ->ground,
        "not_confirmed.20261123t101500z");
}

TEST(KeyLogLine, IsNothingElse) {
    for (const auto* const line :
         {"", " ", "2026-11-23T10:15:00Z", "2026-11-23T10:15:00Z key_import key=1 confirmation=0",
          "2026-11-23T10:15:00Z key_import key=1 confirmation=0 done ",
          "2026-11-23T10:15:00Z key_import key=1 confirmation=0 done x",
          "2026-11-23T10:15:00Z key_import key=-1 confirmation=0 done",
          "2026-11-23T10:15:00Z key_import key=1x confirmation=0 done",
          "2026-11-23T10:15:00Z key_import key= confirmation=0 done",
          "2026-11-23T10:15:00Z key_import id=1 confirmation=0 done",
          "2026-11-23T10:15:00Z key_stolen key=1 confirmation=0 done",
          "2026-11-23T10:15:00Z key_import key=1 confirmation=0 Done!",
          "2026-11-23 10:15:00Z key_import key=1 confirmation=0 done",
          "2026-11-23T10:15:0xZ key_import key=1 confirmation=0 done",
          "2026-11-23T10:15:00Z key_import key=1 confirmation=9223372036854775807 "
          "a_word_that_is_long_as_24"}) {
        EXPECT_FALSE(read_key_log_line(line)) << line;
    }
    EXPECT_TRUE(read_key_log_line("2026-11-23T10:15:00Z key_import key=1 confirmation=0 done"));
}

/// keys.log as creneau-signer writes and reads it, beside the town's database.
class CarriedKeyLog : public DoorsTown {
  protected:
    void write(const char* step, int key, const char* state) {
        signer::KeyLog(folder_).append({step, key, 12}, state, now_);
    }
    /// As a process that has just been started does.
    void carry() {
        store::Readers readers(database.database(), 1);
        store::Writer writer(database.database(), {.limits = {}, .town_id = 1, .report = {}});
        carry_key_log(
            readers, writer, people::TownId{1},
            [this](std::int64_t after) -> tl::expected<std::string, KeyLogFault> {
                if (!is_there_) {
                    return tl::unexpected(KeyLogFault::unreachable);
                }
                auto lines = signer::key_log_lines(folder_, after);
                return lines ? tl::expected<std::string, KeyLogFault>(*lines)
                             : tl::unexpected(KeyLogFault::shorter);
            },
            now_);
    }
    std::int64_t lines(const std::string& where = "subject_kind = 'key'") {
        return number("SELECT COUNT(*) FROM audit WHERE town_id = 1 AND log = 'security' AND " +
                      where);
    }

    std::filesystem::path folder_ = database.folder();
    bool is_there_ = true;
};
CRENEAU_ON_BOTH_ENGINES(CarriedKeyLog);

TEST_P(CarriedKeyLog, StandsInTheSecurityLogOnceALine) {
    carry();
    EXPECT_EQ(lines(), 0) << "there is no log yet";
    write(kImport, 3, "begun");
    write(kImport, 3, "done");
    carry();
    carry();
    EXPECT_EQ(lines("action = 'key_import' AND subject_kind = 'key' AND subject_id = 3"), 2);
    EXPECT_EQ(lines("ground LIKE 'done.confirmation:12.%'"), 1);
    write("key_withdraw", 3, "needs_confirmation");
    is_there_ = false;
    carry();
    EXPECT_EQ(lines(), 2) << "nobody answered";
    is_there_ = true;
    carry();
    carry();
    EXPECT_EQ(lines(), 3);
    EXPECT_EQ(lines("action = 'key_withdraw' AND ground LIKE 'needs_confirmation.%'"), 1);
}

TEST_P(CarriedKeyLog, SaysThatItWasCutAndGoesOnFromItsBeginning) {
    write(kImport, 3, "begun");
    write(kImport, 3, "done");
    carry();
    std::filesystem::remove(folder_ / "keys.log");
    write("key_retire", 3, "done");
    carry();
    EXPECT_EQ(lines("action = 'key_log_cut'"), 1);
    EXPECT_EQ(lines("action = 'key_retire'"), 0);
    carry();
    EXPECT_EQ(lines("action = 'key_retire'"), 1);
    EXPECT_EQ(lines("action = 'key_log_cut'"), 1);
}

TEST_P(CarriedKeyLog, NamesALineThatIsNone) {
    store::AppendLog(folder_ / "keys.log").append("somebody wrote <b>this</b>");
    write(kImport, 3, "done");
    carry();
    EXPECT_EQ(lines("action = 'key_log_line' AND ground = 'unreadable'"), 1);
    EXPECT_EQ(lines("action = 'key_import'"), 1);
}

TEST_P(CarriedKeyLog, IsCarriedWholeHoweverLongItIs) {
    for (int i = 0; i < 400; ++i) {
        write(kImport, 3, "done");
    }
    carry();
    EXPECT_LT(lines(), 400) << "some in each write";
    EXPECT_GT(lines(), 0);
    for (int i = 0; i < 10; ++i) {
        carry();
    }
    EXPECT_EQ(lines(), 400);
}

}  // namespace
}  // namespace creneau::access
