#include "api/mail/template_words.hpp"

#include "api/mail/account_facts.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace creneau::mail {

namespace {

constexpr std::array<std::pair<Template, std::string_view>, 43> kTemplateWords{{
    {Template::booking_received, "booking_received"},
    {Template::booking_approved, "booking_approved"},
    {Template::booking_refused, "booking_refused"},
    {Template::booking_cancelled, "booking_cancelled"},
    {Template::booking_moved, "booking_moved"},
    {Template::booking_released, "booking_released"},
    {Template::series_received, "series_received"},
    {Template::series_approved, "series_approved"},
    {Template::series_refused, "series_refused"},
    {Template::series_cancelled, "series_cancelled"},
    {Template::series_moved, "series_moved"},
    {Template::booking_retimed, "booking_retimed"},
    {Template::series_retimed, "series_retimed"},
    {Template::booking_closure, "booking_closure"},
    {Template::series_closure, "series_closure"},
    {Template::wait_joined, "wait_joined"},
    {Template::wait_ended, "wait_ended"},
    {Template::hold_placed, "hold_placed"},
    {Template::wait_offered, "wait_offered"},
    {Template::hold_withdrawn, "hold_withdrawn"},
    {Template::hold_expired, "hold_expired"},
    {Template::offer_lapsed, "offer_lapsed"},
    {Template::pass_ready, "pass_ready"},
    {Template::booking_reminder, "booking_reminder"},
    {Template::round_result, "round_result"},
    {Template::round_wish, "round_wish"},
    {Template::paper_expiring, "paper_expiring"},
    {Template::pass_handed, "pass_handed"},
    {Template::news, "news"},
    {Template::account_invitation, kInvitationMail},
    {Template::account_password_reset, kPasswordResetMail},
    {Template::account_sign_in_code, kSignInCodeMail},
    {Template::account_password_set, kPasswordSetMail},
    {Template::account_second_factor_on, kSecondFactorOnMail},
    {Template::account_second_factor_reset, kSecondFactorResetMail},
    {Template::account_recovery_code_used, kRecoveryCodeUsedMail},
    {Template::account_address_changed, kAddressChangedMail},
    {Template::account_managers_changed, kManagersChangedMail},
    {Template::account_rights_watched, kRightsWatchedMail},
    {Template::account_unused, kAccountUnusedMail},
    {Template::staff_movement, "staff_movement"},
    {Template::site_lockdown, "site_lockdown"},
    {Template::door_alarm, "door_alarm"},
}};

}  // namespace

std::string_view word_of(Template name) {
    return std::ranges::find(kTemplateWords, name, &std::pair<Template, std::string_view>::first)
        ->second;
}

std::optional<Template> template_of(std::string_view word) {
    const auto* found =
        std::ranges::find(kTemplateWords, word, &std::pair<Template, std::string_view>::second);
    return found == kTemplateWords.end() ? std::nullopt : std::optional(found->first);
}

bool is_about_account(Template name) {
    return word_of(name).starts_with("account_");
}

bool tells_the_way_in(Template name) {
    return name == Template::booking_approved || name == Template::booking_moved ||
           name == Template::booking_retimed || name == Template::pass_ready ||
           name == Template::booking_reminder || name == Template::pass_handed;
}

bool tells_the_way_into_series(Template name) {
    return name == Template::series_approved || name == Template::series_moved ||
           name == Template::series_retimed;
}

}  // namespace creneau::mail
