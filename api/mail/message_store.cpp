#include "api/mail/message_store.hpp"

#include "api/mail/movement_words_store.hpp"
#include "api/mail/template_words.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::mail {
namespace {

using soci::into;
using soci::use;

constexpr std::array<std::pair<MessageState, std::string_view>, 7> kStates{{
    {MessageState::waiting, "waiting"},
    {MessageState::sent, "sent"},
    {MessageState::dead, "dead"},
    {MessageState::superseded, "superseded"},
    {MessageState::letter, "letter"},
    {MessageState::printed, "printed"},
    {MessageState::bounced, "bounced"},
}};

std::optional<MessageState> state_of(std::string_view word) {
    const auto* found =
        std::ranges::find(kStates, word, &std::pair<MessageState, std::string_view>::second);
    return found == kStates.end() ? std::nullopt : std::optional(found->first);
}

/// Ids of ours are positive: 0 stands for NULL.
std::optional<std::int64_t> id_or_none(std::int64_t id) {
    return id == 0 ? std::nullopt : std::optional(id);
}

constexpr auto kColumns =
    "SELECT o.id, o.template, o.person_id, COALESCE(o.association_id, 0),"
    " COALESCE(o.booking_id, 0),"
    " COALESCE(o.credential_id, 0), o.state,"
    // A row that a worker holds has no reason yet.
    " CASE WHEN o.last_error = 'sending' THEN '' ELSE o.last_error END,"
    " o.created_at, COALESCE(o.done_at, 0), COALESCE(a.name, p.name),"
    " CASE WHEN p.has_email = 1 OR a.id IS NOT NULL THEN '' ELSE p.postal_address END,"
    " CASE WHEN a.id IS NULL THEN p.locale ELSE 'fr' END, t.time_zone";
constexpr auto kFrom =
    " FROM outbox o JOIN people p ON p.id = o.person_id JOIN towns t ON t.id = o.town_id"
    " LEFT JOIN associations a ON a.id = o.association_id"
    // What is about an account is its person's alone (account_facts.hpp); what an association sends
    // to its members is nobody else's to read.
    " WHERE o.town_id = :town AND o.subscription_id IS NULL"
    " AND SUBSTR(o.template, 1, 8) <> 'account_' AND o.template <> 'pass_handed'";

class Columns {
  public:
    void bind(soci::statement& statement) {
        statement.exchange(into(read_.id));
        statement.exchange(into(read_.template_word));
        statement.exchange(into(read_.person_id));
        statement.exchange(into(association_));
        statement.exchange(into(booking_));
        statement.exchange(into(credential_));
        statement.exchange(into(state_));
        statement.exchange(into(read_.reason));
        statement.exchange(into(created_));
        statement.exchange(into(done_));
        statement.exchange(into(read_.to_name));
        statement.exchange(into(read_.postal_address));
        statement.exchange(into(read_.locale));
        statement.exchange(into(read_.town_zone));
    }

    KeptMessage message() const {
        KeptMessage message = read_;
        message.association_id = id_or_none(association_);
        message.booking_id = id_or_none(booking_);
        message.credential_id = id_or_none(credential_);
        message.state = store::present(state_of(state_), "state of a message");
        message.created_at = std::chrono::sys_seconds(std::chrono::seconds(created_));
        if (done_ != 0) {
            message.done_at = std::chrono::sys_seconds(std::chrono::seconds(done_));
        }
        return message;
    }

  private:
    KeptMessage read_;
    std::int64_t association_ = 0;
    std::int64_t booking_ = 0;
    std::int64_t credential_ = 0;
    std::string state_;
    std::int64_t created_ = 0;
    std::int64_t done_ = 0;
};

/// The messages of a condition on `o`, whose numbers follow the town's.
std::vector<KeptMessage> messages_where(store::Session& session, const std::string& condition,
                                        const std::vector<std::int64_t>& numbers,
                                        std::int64_t limit) {
    Columns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.exchange(use(limit));
    statement.alloc();
    statement.prepare(std::string(kColumns) + kFrom + condition + " ORDER BY o.id LIMIT :limit");
    statement.define_and_bind();
    statement.execute();
    std::vector<KeptMessage> found;
    while (statement.fetch()) {
        found.push_back(columns.message());
    }
    return found;
}

}  // namespace

std::string_view word_of(MessageState state) {
    return std::ranges::find(kStates, state, &std::pair<MessageState, std::string_view>::first)
        ->second;
}

std::optional<KeptMessage> find_message(store::Session& session, std::int64_t town_id,
                                        std::int64_t id) {
    auto found = messages_where(session, " AND o.id = :id", {town_id, id}, 1);
    if (found.empty()) {
        return std::nullopt;
    }
    auto& message = found.front();
    session.sql() << "SELECT facts FROM outbox WHERE id = :id", use(id), into(message.facts);
    if (message.template_word == word_of(Template::staff_movement)) {
        message.facts = with_words_of_movement(session, town_id, message.facts);
    }
    return std::move(found.front());
}

std::vector<KeptMessage> messages_about(store::Session& session, std::int64_t town_id,
                                        std::int64_t booking_id, const MessagePage& page) {
    return messages_where(session,
                          " AND (o.booking_id = :booking OR o.series_id ="
                          " (SELECT b.series_id FROM bookings b WHERE b.id = :same))"
                          " AND o.id > :after",
                          {town_id, booking_id, booking_id, page.after}, page.limit);
}

std::vector<KeptMessage> messages_about_round(store::Session& session, std::int64_t town_id,
                                              std::int64_t round_id, const MessagePage& page) {
    return messages_where(session, " AND o.round_id = :round AND o.id > :after",
                          {town_id, round_id, page.after}, page.limit);
}

std::vector<KeptMessage> letters_to_print(store::Session& session, std::int64_t town_id,
                                          const MessagePage& page) {
    return messages_where(session, " AND o.state = 'letter' AND o.id > :after",
                          {town_id, page.after}, page.limit);
}

bool mark_printed(store::Session& session, std::int64_t town_id, std::int64_t id,
                  std::chrono::sys_seconds now) {
    const std::int64_t at = now.time_since_epoch().count();
    std::int64_t printed = 0;
    session.sql() << "UPDATE outbox SET state = 'printed', done_at = :now WHERE town_id = :town"
                     " AND id = :id AND state = 'letter' RETURNING id",
        use(at), use(town_id), use(id), into(printed);
    return session.sql().got_data();
}

std::optional<MessageState> state_of_sent(store::Session& session, std::int64_t town_id,
                                          const SentName& name) {
    std::string state;
    session.sql() << "SELECT state FROM outbox WHERE town_id = :town AND id = :id"
                     " AND token = :token AND token <> '' AND state IN ('sent', 'bounced')",
        use(town_id), use(name.id), use(name.token), into(state);
    return session.sql().got_data() ? state_of(state) : std::nullopt;
}

void mark_bounced(store::Session& session, std::int64_t town_id, std::int64_t id,
                  const CameBack& why) {
    const std::int64_t at = why.at.time_since_epoch().count();
    session.sql() << "UPDATE outbox SET state = 'bounced', last_error = :status, done_at = :at"
                     " WHERE town_id = :town AND id = :id AND state = 'sent'",
        use(why.status), use(at), use(town_id), use(id);
}

}  // namespace creneau::mail
