#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace creneau::privacy {

/// A kind of data, and for how many months it is kept when the town says nothing else.
struct DataKind {
    std::string_view word;
    std::int64_t usual = 12;
    std::int64_t least = 1;
    std::int64_t most = 12;  ///< the law's, or what its purpose bears
    std::string_view purpose_fr;
    std::string_view purpose_en;
    std::string_view what_fr;
    std::string_view what_en;
};

/// Of accounts that nobody uses: people are erased, as by hand, and not purged.
inline constexpr std::string_view kUnusedAccounts = "unused_accounts";

/// An answer under an Idempotency-Key: no setting, since nobody asks again a day later.
inline constexpr std::chrono::hours kAnswersKept{24};

/// In the order of the register.
[[nodiscard]] std::span<const DataKind> data_kinds();
[[nodiscard]] const DataKind* find_data_kind(std::string_view word);

}  // namespace creneau::privacy
