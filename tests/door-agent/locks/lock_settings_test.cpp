#include "door-agent/locks/lock_settings.hpp"

#include "door-agent/locks/board_table.hpp"
#include "door-agent/locks/lock_bus.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace creneau::door {
namespace {

LockSettings good() {
    LockSettings settings;
    settings.key = "street";
    settings.board = "waveshare-relay-8";
    return settings;
}

LockSettings generic() {
    LockSettings settings = good();
    settings.board = "generic-coil";
    return settings;
}

TEST(LockSettings, AreRefusedWithTheirReason) {
    const struct {
        const char* what;
        LockSettings base;
        void (*spoil)(LockSettings&);
        std::optional<LockRefusal> expected;
    } rows[] = {
        {"good", good(), [](LockSettings&) {}, std::nullopt},
        {"board", good(), [](LockSettings& s) { s.board = "nobody's"; },
         LockRefusal::unknown_board},
        {"unit 0 is a broadcast", good(), [](LockSettings& s) { s.unit = 0; },
         LockRefusal::unit_out_of_range},
        {"unit 248", good(), [](LockSettings& s) { s.unit = 248; }, LockRefusal::unit_out_of_range},
        {"ninth relay", good(), [](LockSettings& s) { s.channel = 8; },
         LockRefusal::channel_out_of_range},
        {"negative relay", good(), [](LockSettings& s) { s.channel = -1; },
         LockRefusal::channel_out_of_range},
        {"latching", good(), [](LockSettings& s) { s.latching = true; },
         LockRefusal::latching_relay},
        {"generic alone", generic(), [](LockSettings&) {}, LockRefusal::nothing_ends_it},
        {"generic with a timer", generic(),
         [](LockSettings& s) { s.external_timer = std::chrono::seconds(5); }, std::nullopt},
        {"timer of a day", generic(),
         [](LockSettings& s) { s.external_timer = std::chrono::hours(24); },
         LockRefusal::timer_out_of_range},
        {"generic with a watchdog", generic(),
         [](LockSettings& s) { s.watchdog = {16, 3, std::chrono::seconds(3)}; }, std::nullopt},
        {"watchdog of a minute", generic(),
         [](LockSettings& s) { s.watchdog = {16, 60, std::chrono::seconds(60)}; },
         LockRefusal::watchdog_out_of_range},
        {"watchdog on a pulse board", good(),
         [](LockSettings& s) { s.watchdog = {16, 3, std::chrono::seconds(3)}; },
         LockRefusal::watchdog_not_allowed},
    };
    for (const auto& row : rows) {
        LockSettings settings = row.base;
        row.spoil(settings);
        const auto checked = check_lock(settings);
        const auto refusal = checked ? std::nullopt : std::optional(checked.error());
        EXPECT_EQ(refusal, row.expected) << row.what;
        if (refusal) {
            EXPECT_FALSE(text_of(*refusal).empty());
        }
    }
}

TEST(BusSettings, NeedAnAddressThatNeedsNoLookUp) {
    BusSettings settings;
    settings.address = TcpAddress{"192.0.2.7", 502};
    EXPECT_TRUE(check_bus(settings));
    settings.address = TcpAddress{"relay.example.org", 502};
    EXPECT_EQ(check_bus(settings).error(), LockRefusal::bad_address);
    settings.address = RtuLine{"/dev/ttyUSB0", 9600, 'N', 1};
    EXPECT_TRUE(check_bus(settings));
    settings.address = RtuLine{"/dev/ttyUSB0", 9601, 'N', 1};
    EXPECT_EQ(check_bus(settings).error(), LockRefusal::bad_address);
    settings.address = RtuLine{"/dev/ttyUSB0", 9600, 'X', 1};
    EXPECT_EQ(check_bus(settings).error(), LockRefusal::bad_address);
}

TEST(LockBus, RefusesTwoLocksOnOneRelayAndTwoBoardsOnOneUnit) {
    BusSettings settings;
    settings.address = TcpAddress{"192.0.2.7", 502};
    LockBus bus(settings, {});
    ASSERT_TRUE(bus.add_lock(good()));
    EXPECT_EQ(bus.add_lock(good()).error(), LockRefusal::channel_taken);
    LockSettings other = good();
    other.channel = 1;
    other.board = "eletechsup-r421a08";
    EXPECT_EQ(bus.add_lock(other).error(), LockRefusal::boards_differ);
    other.unit = 2;
    EXPECT_TRUE(bus.add_lock(other));
}

TEST(BoardTable, EveryRowNamesItsSourceAndWhatEndsItOrNeedsIt) {
    for (const BoardModel& board : board_table()) {
        EXPECT_FALSE(board.reference.empty()) << board.name;
        LockSettings settings = good();
        settings.board = board.name;
        const bool ends_nothing = board.name == "generic-coil" ||
                                  board.name == "moxa-iologik-e1214" || board.name == "gpio";
        EXPECT_EQ(ending_of(board, settings).has_value(), !ends_nothing) << board.name;
    }
}

}  // namespace
}  // namespace creneau::door
