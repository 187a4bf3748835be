#pragma once

#include "api/people/account_code_rules.hpp"
#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::people {

/// The mail that carries a code of that kind (api/mail/account_facts.hpp).
[[nodiscard]] std::string_view mail_of(CodeKind kind);

/// A mail about an account to its person.
struct AccountMail {
    PersonId person{};
    std::string_view word;            ///< of api/mail/account_facts.hpp
    std::optional<CodeId> code = {};  ///< whose letters it carries
    /// Where it goes instead of the person's address; only kAddressChangedMail.
    std::optional<std::string> passing_address = {};
    std::string association = {};        ///< the name of the one it is about
    std::optional<PersonId> about = {};  ///< somebody else, by number; only kRightsWatchedMail
    /// It goes to that association's own address; `person` is then who had it sent.
    std::optional<AssociationId> to_association = {};
    std::string day = {};  ///< "2026-12-24"; only kAccountUnusedMail
};

/// Queues it in the transaction of what it tells of.
void queue_account_mail(store::Session& session, TownId town, const AccountMail& mail,
                        std::chrono::sys_seconds now);

/// Tells somebody that nobody uses their account and that it is erased from `day` on.
void announce_account_end(store::Session& session, TownId town, PersonId person,
                          const std::string& day, std::chrono::sys_seconds now);

}  // namespace creneau::people
