#include "api/people/blank_text.hpp"

#include <gtest/gtest.h>

namespace creneau::people {
namespace {

TEST(BlankText, IsWhateverShowsNothing) {
    for (const char* blank : {"", " ", "\t\r\n", "\u00a0", "\u200b", "\u200d\u2060\ufeff", "\u3000",
                              "\u2800", "\u3164", "\u00ad", "\U000e0020", " \u202f \u2028"}) {
        EXPECT_TRUE(shows_nothing(blank)) << '"' << blank << '"';
    }
}

TEST(BlankText, IsNotWhatShowsAnything) {
    for (const char* shown : {"a", "\u00a0é", "\u200b.", "\u2764\ufe0f", "\u4e00", "\U0001f3b5",
                              "\xc2", "\xff", "\xe2\x80"}) {
        EXPECT_FALSE(shows_nothing(shown)) << '"' << shown << '"';
    }
}

}  // namespace
}  // namespace creneau::people
