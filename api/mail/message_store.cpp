#include "api/mail/message_store.hpp"

#include "api/mail/later_changes.hpp"
#include "api/mail/lost_codes.hpp"
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

/// Of a letter: its code opens nothing any more, or a later message tells otherwise. What keeps a
/// mail from leaving (outbox_worker) keeps a letter from being printed.
constexpr std::string_view kIsOvertaken =
    "(EXISTS (SELECT 1 FROM credentials c WHERE c.id = o.credential_id"
    " AND c.revoked_at IS NOT NULL) OR (o.template IN ('booking_approved', 'booking_moved',"
    " 'booking_retimed', 'pass_ready', 'booking_reminder') AND (EXISTS (SELECT 1 FROM outbox l"
    " WHERE l.booking_id = o.booking_id AND l.id > o.id AND l.template IN ('booking_cancelled',"
    " 'booking_moved', 'booking_retimed', 'booking_released')) OR EXISTS (SELECT 1 FROM bookings b"
    " WHERE b.id = o.booking_id AND b.status IN ('refused', 'cancelled')))))";

const std::string kIsUntrue = std::string("(")
                                  .append(kIsOvertaken)
                                  .append(" OR ")
                                  .append(kIsMovedSince)
                                  .append(" OR ")
                                  .append(kIsOfEndedSeries)
                                  .append(" OR ")
                                  .append(kCodeIsNoLongerTheirs)
                                  .append(")");

/// An offer that ran out, a reminder of what has begun or a place in the line for it is of no more
/// use.
constexpr std::string_view kIsOfUse =
    "(o.needed_by IS NULL OR o.needed_by > :now OR o.template NOT IN ('wait_joined',"
    " 'wait_offered', 'hold_placed', 'booking_reminder'))";

/// Ids and instants of ours are positive: 0 stands for NULL.
constexpr std::string_view kNumbers =
    "SELECT o.id, o.template, o.person_id, COALESCE(o.association_id, 0),"
    " COALESCE(o.booking_id, 0), COALESCE(o.series_id, 0), COALESCE(o.round_id, 0),"
    " COALESCE(o.room_id, 0),"
    " COALESCE(o.credential_id, 0), COALESCE(o.needed_by, 0),"
    " CASE WHEN o.state = 'letter' AND o.needed_by < o.created_at + t.letter_ahead_min * 60"
    " THEN 1 ELSE 0 END, CASE WHEN o.state = 'letter' AND ";
constexpr std::string_view kWords =
    " THEN 'superseded' ELSE o.state END,"
    // A row that a worker holds has no reason yet.
    " CASE WHEN o.last_error = 'sending' THEN '' ELSE o.last_error END,"
    " o.created_at, COALESCE(o.done_at, 0), COALESCE(v.service, a.name, p.name),"
    " CASE WHEN p.has_email = 1 OR COALESCE(a.id, v.id) IS NOT NULL THEN ''"
    " ELSE p.postal_address END,"
    " CASE WHEN a.id IS NULL THEN COALESCE(v.locale, p.locale) ELSE 'fr' END, t.time_zone";
const std::string kColumns = std::string(kNumbers).append(kIsUntrue).append(kWords);

constexpr std::string_view kFrom =
    " FROM outbox o JOIN people p ON p.id = o.person_id JOIN towns t ON t.id = o.town_id"
    " LEFT JOIN associations a ON a.id = o.association_id"
    " LEFT JOIN subscriptions v ON v.id = o.subscription_id"
    // What is about an account is its person's alone (account_facts.hpp); what an association sends
    // to its members is nobody else's to read.
    " WHERE o.town_id = :town AND SUBSTR(o.template, 1, 8) <> 'account_'"
    " AND o.template <> 'pass_handed'";
constexpr std::string_view kToPeople = " AND o.subscription_id IS NULL";

constexpr std::string_view kToTheUnrestricted =
    " AND (p.restricted_at IS NULL OR o.association_id IS NOT NULL)";

constexpr std::string_view kOldestFirst = " ORDER BY o.id LIMIT :limit";
constexpr std::string_view kNewestFirst = " ORDER BY o.id DESC LIMIT :limit";

class Columns {
  public:
    void bind(soci::statement& statement) {
        statement.exchange(into(read_.id));
        statement.exchange(into(read_.template_word));
        statement.exchange(into(read_.person_id));
        statement.exchange(into(association_));
        statement.exchange(into(booking_));
        statement.exchange(into(series_));
        statement.exchange(into(round_));
        statement.exchange(into(room_));
        statement.exchange(into(credential_));
        statement.exchange(into(needed_by_));
        statement.exchange(into(phone_));
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
        message.series_id = id_or_none(series_);
        message.round_id = id_or_none(round_);
        message.room_id = id_or_none(room_);
        message.credential_id = id_or_none(credential_);
        message.state = store::present(state_of(state_), "state of a message");
        message.created_at = std::chrono::sys_seconds(std::chrono::seconds(created_));
        if (needed_by_ != 0) {
            message.needed_by = std::chrono::sys_seconds(std::chrono::seconds(needed_by_));
        }
        message.phone = phone_ != 0 && message.state == MessageState::letter;
        if (done_ != 0) {
            message.done_at = std::chrono::sys_seconds(std::chrono::seconds(done_));
        }
        return message;
    }

  private:
    KeptMessage read_;
    std::int64_t association_ = 0;
    std::int64_t booking_ = 0;
    std::int64_t series_ = 0;
    std::int64_t round_ = 0;
    std::int64_t room_ = 0;
    std::int64_t credential_ = 0;
    std::int64_t needed_by_ = 0;
    std::int64_t phone_ = 0;
    std::string state_;
    std::int64_t created_ = 0;
    std::int64_t done_ = 0;
};

/// The messages of a condition on `o` with its order, whose numbers follow the town's.
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
    statement.prepare(std::string(kColumns).append(kFrom).append(condition));
    statement.define_and_bind();
    statement.execute();
    std::vector<KeptMessage> found;
    while (statement.fetch()) {
        found.push_back(columns.message());
    }
    return found;
}

/// The same to people, oldest first.
std::vector<KeptMessage> to_people_where(store::Session& session, std::string_view condition,
                                         const std::vector<std::int64_t>& numbers,
                                         std::int64_t limit) {
    return messages_where(session, std::string(kToPeople).append(condition).append(kOldestFirst),
                          numbers, limit);
}

/// The condition that a page's rooms are.
std::string in_rooms_of(const MessagePage& page) {
    if (!page.rooms) {
        return {};
    }
    std::string ids = "0";  // nobody's id
    for (const std::int64_t room : *page.rooms) {
        ids.append(1, ',').append(std::to_string(room));
    }
    return std::string(" AND (o.room_id IN (")
        .append(ids)
        .append(") OR EXISTS (SELECT 1 FROM bookings k WHERE k.id = o.booking_id")
        .append(" AND k.room_id IN (")
        .append(ids)
        .append(")) OR EXISTS (SELECT 1 FROM series k WHERE k.id = o.series_id")
        .append(" AND k.room_id IN (")
        .append(ids)
        .append(")))");
}

void read_facts(store::Session& session, std::int64_t town_id, KeptMessage& message) {
    session.sql() << "SELECT facts FROM outbox WHERE town_id = :town AND id = :id", use(town_id),
        use(message.id), into(message.facts);
    if (message.template_word == word_of(Template::staff_movement)) {
        message.facts = with_words_of_movement(session, town_id, message.facts);
    }
}

}  // namespace

std::string_view word_of(MessageState state) {
    return std::ranges::find(kStates, state, &std::pair<MessageState, std::string_view>::first)
        ->second;
}

std::optional<KeptMessage> find_message(store::Session& session, std::int64_t town_id,
                                        std::int64_t id) {
    auto found = to_people_where(session, " AND o.id = :id", {town_id, id}, 1);
    if (found.empty()) {
        return std::nullopt;
    }
    read_facts(session, town_id, found.front());
    return std::move(found.front());
}

std::vector<KeptMessage> messages_about(store::Session& session, std::int64_t town_id,
                                        std::int64_t booking_id, const MessagePage& page) {
    return to_people_where(session,
                           " AND (o.booking_id = :booking OR o.series_id IN ("
                           "WITH RECURSIVE line (id) AS ("
                           "SELECT b.series_id FROM bookings b WHERE b.id = :same UNION"
                           " SELECT s.split_from_id FROM series s JOIN line ON s.id = line.id"
                           " WHERE s.split_from_id IS NOT NULL) SELECT id FROM line))"
                           " AND o.id > :after",
                           {town_id, booking_id, booking_id, page.after}, page.limit);
}

std::vector<KeptMessage> messages_about_round(store::Session& session, std::int64_t town_id,
                                              std::int64_t round_id, const MessagePage& page) {
    return to_people_where(session, " AND o.round_id = :round AND o.id > :after",
                           {town_id, round_id, page.after}, page.limit);
}

std::vector<KeptMessage> letters_to_print(store::Session& session, std::int64_t town_id,
                                          const MessagePage& page) {
    return to_people_where(session,
                           std::string(" AND o.state = 'letter' AND NOT ")
                               .append(kIsUntrue)
                               .append(" AND ")
                               .append(kIsOfUse)
                               .append(in_rooms_of(page))
                               .append(page.restricted ? "" : kToTheUnrestricted)
                               .append(" AND o.id > :after"),
                           {town_id, page.now.time_since_epoch().count(), page.after}, page.limit);
}

std::vector<KeptMessage> undelivered(store::Session& session, std::int64_t town_id,
                                     const MessagePage& page) {
    auto found =
        messages_where(session,
                       std::string(" AND o.state IN ('dead', 'bounced') AND o.id < :before")
                           .append(in_rooms_of(page))
                           .append(kNewestFirst),
                       {town_id, page.before}, page.limit);
    for (KeptMessage& message : found) {
        read_facts(session, town_id, message);
    }
    return found;
}

bool mark_printed(store::Session& session, std::int64_t town_id, std::int64_t id,
                  std::chrono::sys_seconds now) {
    const std::int64_t at = now.time_since_epoch().count();
    std::int64_t printed = 0;
    session.sql() << std::string(
                         "UPDATE outbox SET state = 'printed', done_at = :at WHERE id ="
                         " (SELECT o.id FROM outbox o WHERE o.town_id = :town AND o.id = :id"
                         " AND o.state = 'letter' AND NOT ")
                         .append(kIsUntrue)
                         .append(" AND ")
                         .append(kIsOfUse)
                         .append(") RETURNING id"),
        use(at), use(town_id), use(id), use(at), into(printed);
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
