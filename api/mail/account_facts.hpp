#pragma once

#include "api/mail/facts.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::mail {

// The mails about an account, as the outbox names them. All begin alike: they are no messages
// about bookings, and nobody but their reader sees them.
inline constexpr std::string_view kInvitationMail = "account_invitation";
inline constexpr std::string_view kPasswordResetMail = "account_password_reset";
inline constexpr std::string_view kSignInCodeMail = "account_sign_in_code";
inline constexpr std::string_view kPasswordSetMail = "account_password_set";
inline constexpr std::string_view kSecondFactorOnMail = "account_second_factor_on";
inline constexpr std::string_view kSecondFactorResetMail = "account_second_factor_reset";
inline constexpr std::string_view kRecoveryCodeUsedMail = "account_recovery_code_used";
inline constexpr std::string_view kAddressChangedMail = "account_address_changed";
inline constexpr std::string_view kManagersChangedMail = "account_managers_changed";
inline constexpr std::string_view kRightsWatchedMail = "account_rights_watched";
inline constexpr std::string_view kAccountUnusedMail = "account_unused";

/// What a mail about an account says. A code is not among it: it is made when the mail leaves.
struct AccountFacts {
    std::string reader;  ///< name of the person
    std::string town;
    std::string service;  ///< the office
    std::string town_email;
    std::string town_phone;
    std::int64_t code_id = 0;      ///< whose letters the mail carries; 0: none
    std::string association = {};  ///< only kManagersChangedMail
    std::int64_t account = 0;      ///< only kRightsWatchedMail: whose, never a name
    std::string day = {};          ///< only kAccountUnusedMail: "2026-12-24"
};

/// The JSON object the outbox stores.
[[nodiscard]] std::string to_json(const AccountFacts& facts);

/// Reads what to_json wrote; the error names the fact that is missing or mistyped.
[[nodiscard]] tl::expected<AccountFacts, FactsError> parse_account(std::string_view json);

}  // namespace creneau::mail
