#pragma once

#include "api/people/person.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace creneau::people {

/// Two towns. In the first: Amélie (7: booker, manages association 300), Bruno (8: office), and
/// Chloé (9), who has left. In the second: somebody with Amélie's address.
class TownTest : public testing::TestWithParam<store::Engine> {
  protected:
    TownTest();

    static constexpr TownId kTown{1};
    static constexpr TownId kOtherTown{2};
    static constexpr PersonId kAmelie{7};
    static constexpr PersonId kChloe{9};
    static constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'796'000'000}};

    support::TestDatabase database{GetParam()};
    store::Session session = database.open();
};

}  // namespace creneau::people
