#include "api/audit/audit_store.hpp"

#include "api/audit/chain.hpp"
#include "api/audit/line_store.hpp"
#include "tests/api/audit/audit_town.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>

#include <tl/expected.hpp>

namespace creneau::audit {
namespace {

class AuditStore : public AuditTown {};
CRENEAU_ON_BOTH_ENGINES(AuditStore);

TEST_P(AuditStore, AChainOfEachTownAndLogBeginsByItself) {
    fill();
    for (const ChainOf chain : {kActivity, kSecurity, ChainOf{kOtherTown, Log::activity}}) {
        const auto lines = select_lines(session_, chain, 0, INT64_MAX, 100);
        ASSERT_EQ(lines.size(), 9U);
        auto previous = hash_of_beginning(chain, {});
        for (const auto& line : lines) {
            EXPECT_EQ(line.hash,
                      hash_of_line(previous, chain.town, line.id, line_of(line, chain.log)));
            previous = line.hash;
        }
    }
    EXPECT_EQ(verify({kOtherTown, Log::security}).lines, 0);
    EXPECT_FALSE(first_broken());
}

TEST_P(AuditStore, ARolledBackSavepointLeavesNoHole) {
    write(noon_of(1));
    const auto undone = writer_.run([&](store::Session& session) -> tl::expected<bool, bool> {
        append(session, kTown, {noon_of(1), {}, {}, "booking_approved", "booking", 1, {}});
        return tl::unexpected(false);
    });
    ASSERT_TRUE(undone.has_value());
    EXPECT_FALSE(undone->has_value());
    write(noon_of(1));
    EXPECT_EQ(verify(kActivity).lines, 2);
    EXPECT_FALSE(first_broken());
}

TEST_P(AuditStore, ALineThatTheDatabaseRefusesBreaksNothing) {
    write(noon_of(1));
    const auto failed = writer_.run([&](store::Session& session) -> tl::expected<bool, bool> {
        append(session, kTown, {noon_of(1), kOffice, {}, "a", "booking", 1, "Travaux d'été"});
        return true;
    });
    EXPECT_FALSE(failed.has_value());
    write(noon_of(1));
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE actor_id IS NOT NULL"), 0);
    EXPECT_EQ(verify(kActivity).lines, 2);
}

TEST_P(AuditStore, HoldsCodesOnlyAndIsNeitherChangedNorShortened) {
    fill();
    const std::string hash(64, 'a');
    const auto line = [&](const std::string& action, const std::string& kind,
                          const std::string& ground, const std::string& its_hash) {
        return "INSERT INTO audit (id, town_id, at, log, action, subject_kind, subject_id, ground,"
               " hash) VALUES (900, 1, 1, 'activity', '" +
               action + "', '" + kind + "', 1, '" + ground + "', '" + its_hash + "')";
    };
    for (const std::string& statement :
         {line("a", "b", "Fuite d''eau", hash), line("a", "b", "été", hash),
          line("A", "b", "", hash), line("", "b", "", hash), line("a", "b c", "", hash),
          line("a", "", "", hash), line("a", "b", std::string(65, 'g'), hash),
          line("a", "b", "", std::string(63, 'a')), line("a", "b", "", ""),
          std::string("UPDATE audit SET ground = 'other' WHERE id = 1"),
          std::string("DELETE FROM audit WHERE id = 1"), std::string("DELETE FROM audit_seals"),
          std::string("UPDATE audit_seals SET last_hash = hash"),
          std::string("UPDATE audit_seals SET day = '2020-01-01'"),
          std::string("INSERT INTO audit_seals (town_id, log, number, day, first_id, last_id,"
                      " line_count, last_hash, previous_hash, hash, sealed_at)"
                      " VALUES (1, 'activity', 0, '2026-11-30', 1, 90, 9, '', '', '', 1)")}) {
        EXPECT_NE(refusal_of(statement), "") << statement;
    }
    EXPECT_EQ(refusal_of(line("pass_revoked", "pass", "not:found-5.1.1_x", hash)), "");
    EXPECT_TRUE(first_broken());  // the database took it; the chain does not
}

TEST_P(AuditStore, ReadsNewestFirstWithinItsBounds) {
    fill();
    LineQuery query;
    query.from = noon_of(2);
    query.until = noon_of(3);
    EXPECT_EQ(select_newest(session_, kActivity, query).size(), 3U);
    query = {};
    query.limit = 4;
    const auto page = select_newest(session_, kSecurity, query);
    ASSERT_EQ(page.size(), 4U);
    EXPECT_GT(page[0].id, page[1].id);
    EXPECT_EQ(page[0].actor, kCamille);
    EXPECT_EQ(page[0].for_whom, kOffice);
    query.before = page.back().id;
    EXPECT_EQ(select_newest(session_, kSecurity, query).front().id, page.back().id - 3);
    query = {};
    query.subject_kind = "booking";
    query.subject = 2;
    EXPECT_EQ(select_newest(session_, kActivity, query).size(), 3U);
    query.subject_kind = "person";
    EXPECT_TRUE(select_newest(session_, kActivity, query).empty());
}

TEST(AuditChain, EveryPartOfALineChangesItsHash) {
    const Line line{noon_of(1), kOffice, kCamille, "ab", "c", 7, "d", Log::security};
    std::set<std::string> hashes{
        hash_of_line("p", kTown, 1, line), hash_of_line("q", kTown, 1, line),
        hash_of_line("p", kOtherTown, 1, line), hash_of_line("p", kTown, 2, line)};
    const auto with = [&](auto change) {
        Line other = line;
        change(other);
        hashes.insert(hash_of_line("p", kTown, 1, other));
    };
    with([](Line& other) { other.at += std::chrono::seconds{1}; });
    with([](Line& other) { other.actor.reset(); });
    with([](Line& other) { other.for_whom.reset(); });
    with([](Line& other) { std::swap(other.actor, other.for_whom); });
    with([](Line& other) { other.actor = PersonId{0}; });
    with([](Line& other) { other.action = "a", other.subject_kind = "bc"; });
    with([](Line& other) { other.subject_kind = "cd", other.ground = ""; });
    with([](Line& other) { other.subject = -7; });
    with([](Line& other) { other.log = Log::activity; });
    EXPECT_EQ(hashes.size(), 13U);
}

TEST(AuditChain, AnyBitOfALineChangesItsHash) {
    const std::string previous(64, 'a');
    const std::string words[] = {"booking_approved", "booking", "property_management"};
    const std::int64_t numbers[] = {1, 9, 1'795'000'000, 2, 5, 77};
    const auto hash = [&](const std::string& before, const auto& word, const auto& value) {
        return hash_of_line(
            before, TownId{value[0]}, value[1],
            {std::chrono::sys_seconds(std::chrono::seconds(value[2])), PersonId{value[3]},
             PersonId{value[4]}, word[0], word[1], value[5], word[2], Log::activity});
    };
    std::set<std::string> hashes{hash(previous, words, numbers)};
    std::size_t tried = 1;
    for (std::size_t i = 0; i < std::size(numbers); ++i) {
        for (unsigned bit = 0; bit < 64; ++bit, ++tried) {
            auto other = std::to_array(numbers);
            other[i] = static_cast<std::int64_t>(static_cast<std::uint64_t>(other[i]) ^
                                                 (std::uint64_t{1} << bit));
            hashes.insert(hash(previous, words, other));
        }
    }
    for (std::size_t i = 0; i <= std::size(words); ++i) {
        const std::size_t bits = 8 * (i < std::size(words) ? words[i].size() : previous.size());
        for (std::size_t bit = 0; bit < bits; ++bit, ++tried) {
            auto other = std::to_array(words);
            std::string before = previous;
            char& letter = (i < std::size(words) ? other[i] : before)[bit / 8];
            letter = static_cast<char>(letter ^ (1 << (bit % 8)));
            hashes.insert(hash(before, other, numbers));
        }
    }
    EXPECT_EQ(hashes.size(), tried);
}

}  // namespace
}  // namespace creneau::audit
