#include "api/people/account_codes.hpp"

#include "api/people/account_code_rules.hpp"
#include "api/people/account_code_store.hpp"
#include "api/people/account_key.hpp"
#include "api/people/account_mails.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_store.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <sodium.h>
#include <tl/expected.hpp>

namespace creneau::people {

namespace {

constexpr std::chrono::hours kKeptWhenOver{24};

std::string new_salt() {
    std::array<unsigned char, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 2 * bytes.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    return hex.data();
}

bool same(const std::string& one, const std::string& other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

/// What a code is compared with that nobody has: it never lives.
AccountCode nobodys(CodeKind kind) {
    AccountCode code;
    code.kind = kind;
    code.used = true;
    return code;
}

}  // namespace

std::string letters_of(const AccountKey& key, TownId town, const AccountCode& code) {
    const auto number = [](std::int64_t value) { return std::to_string(value) + '|'; };
    const auto row = std::string(word_of(code.kind)) + '|' + number(store::raw(town)) +
                     number(store::raw(code.id)) + number(store::raw(code.person)) +
                     number(store::unix_seconds(code.created_at)) + code.salt;
    return letters_of(code.kind, key.code_bytes(row));
}

AccountCode mail_code(store::Session& session, TownId town, PersonId person, CodeKind kind,
                      std::chrono::sys_seconds now) {
    purge_codes(session, town, now - kKeptWhenOver);
    if (ends_older(kind)) {
        end_codes(session, town, person, kind);
    }
    AccountCode code{.kind = kind,
                     .person = person,
                     .salt = new_salt(),
                     .created_at = now,
                     .ends_at = now + lifetime_of(kind)};
    code.id = insert_code(session, town, code);
    queue_account_mail(session, town, {person, mail_of(kind), code.id}, now);
    return code;
}

tl::expected<std::string, CodeGone> letters_for_mail(store::Session& session, const AccountKey& key,
                                                     TownId town, const CodeOfMail& mail,
                                                     std::chrono::sys_seconds now) {
    const auto code = find_code(session, town, mail.id);
    const auto person = code ? find_person(session, town, code->person) : std::nullopt;
    if (!person || person->email != mail.address) {
        return tl::unexpected(CodeGone::unknown);
    }
    if (!lives(*code, now)) {
        return tl::unexpected(CodeGone::over);
    }
    return letters_of(key, town, *code);
}

bool take_code(store::Session& session, const AccountKey& key, const CodeTaker& taker,
               const EnteredCode& entered) {
    const auto& [town, person, now] = taker;
    const auto whose = person.value_or(PersonId{});
    auto codes = find_newest_codes(session, town, whose, entered.kind);
    codes.resize(kMostLivingCodes, nobodys(entered.kind));
    const auto typed = typed_letters(entered.kind, entered.letters).value_or("");
    std::optional<AccountCode> code;
    for (const auto& one : codes) {
        if (same(letters_of(key, town, one), typed) && lives(one, now)) {
            code = one;
        }
    }
    if (!code) {
        count_try(session, town, whose, entered.kind);
        return false;
    }
    mark_used(session, town, code->id, now);
    end_codes(session, town, code->person, std::nullopt);
    return true;
}

}  // namespace creneau::people
