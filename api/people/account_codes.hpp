#pragma once

#include "api/people/account_code_rules.hpp"
#include "api/people/account_key.hpp"
#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <tl/expected.hpp>

namespace creneau::people {

/// The letters of a code, as its mail shows them and its person enters them.
[[nodiscard]] std::string letters_of(const AccountKey& key, TownId town, const AccountCode& code);

/// Gives a person a code and mails it; an older invitation ends. They have an address.
AccountCode mail_code(store::Session& session, TownId town, PersonId person, CodeKind kind,
                      std::chrono::sys_seconds now);

enum class CodeGone : std::uint8_t { unknown, over };

/// A code and where its mail goes.
struct CodeOfMail {
    CodeId id{};
    std::string address;
};
/// The letters of a code for its mail, unless it is over; none for an address that is not its
/// person's.
[[nodiscard]] tl::expected<std::string, CodeGone> letters_for_mail(store::Session& session,
                                                                   const AccountKey& key,
                                                                   TownId town,
                                                                   const CodeOfMail& mail,
                                                                   std::chrono::sys_seconds now);

/// What somebody entered.
struct EnteredCode {
    CodeKind kind{};
    std::string letters;
};
/// By whom, and when.
struct CodeTaker {
    TownId town{};
    std::optional<PersonId> person;  ///< none: nobody has that address
    std::chrono::sys_seconds now;
};

/// Whether those are the letters of a living code of the person and of that kind: it is then used
/// up, and every other of the person's as well. Counts a wrong one. Takes the same steps for
/// nobody.
[[nodiscard]] bool take_code(store::Session& session, const AccountKey& key, const CodeTaker& taker,
                             const EnteredCode& entered);

}  // namespace creneau::people
