#pragma once

#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace creneau::mail {

/// What has become of a message to a booker.
enum class MessageState : std::uint8_t {
    waiting,     ///< to be sent, perhaps after failures
    sent,        ///< the next mail server has it
    dead,        ///< given up
    superseded,  ///< never sent or printed: a later change made it untrue
    letter,      ///< its reader has no e-mail address: to be printed
    printed,     ///< as a letter
    bounced,     ///< sent, and come back
};

[[nodiscard]] std::string_view word_of(MessageState state);

/// A message as its row tells it; what it says is made from `facts` when it is read.
struct KeptMessage {
    std::int64_t id = 0;
    std::string template_word;
    std::int64_t person_id = 0;
    std::optional<std::int64_t> association_id;  ///< its reader; `person_id` had it written then
    std::optional<std::int64_t> booking_id;
    std::optional<std::int64_t> series_id;      ///< about the series, not about one booking
    std::optional<std::int64_t> round_id;       ///< about a yearly round
    std::optional<std::int64_t> room_id;        ///< about a slot there that is no booking
    std::optional<std::int64_t> credential_id;  ///< whose code it carries
    MessageState state = MessageState::waiting;
    std::string reason;  ///< short, why it is where it is; no address
    std::chrono::sys_seconds created_at;
    std::optional<std::chrono::sys_seconds> done_at;
    std::optional<std::chrono::sys_seconds> needed_by;  ///< its news is of no use after that
    bool phone = false;  ///< a letter that cannot be there by then: its reader is to be telephoned
    std::string to_name;
    std::string postal_address;  ///< lines; empty for a reader with an e-mail address, and where
                                 ///< the town knows none
    std::string locale;          ///< "fr" or "en"
    std::string town_zone;       ///< IANA name
    std::string facts;           ///< only of find_message() and undelivered()
};

struct MessagePage {
    std::int64_t limit = 50;
    std::int64_t after = 0;                                          ///< only later ids
    std::int64_t before = std::numeric_limits<std::int64_t>::max();  ///< of the undelivered
    std::chrono::sys_seconds now = {};  ///< of letters: those of no more use then are left out
    /// Of letters and of what is undelivered: only what is about a booking, a series or a hold in
    /// one of these; none: the whole town.
    std::optional<std::vector<std::int64_t>> rooms = {};
    bool restricted = true;  ///< of letters: also to people whose data is restricted
};

// Messages to people, oldest first; those to subscribed services are none of them.

[[nodiscard]] std::optional<KeptMessage> find_message(store::Session& session, std::int64_t town_id,
                                                      std::int64_t id);

/// Those about a booking and, of an occurrence, those about its series and about the series that it
/// was a date of before.
[[nodiscard]] std::vector<KeptMessage> messages_about(store::Session& session, std::int64_t town_id,
                                                      std::int64_t booking_id,
                                                      const MessagePage& page);

/// Those about a yearly round.
[[nodiscard]] std::vector<KeptMessage> messages_about_round(store::Session& session,
                                                            std::int64_t town_id,
                                                            std::int64_t round_id,
                                                            const MessagePage& page);

/// The letters that are still to be printed.
[[nodiscard]] std::vector<KeptMessage> letters_to_print(store::Session& session,
                                                        std::int64_t town_id,
                                                        const MessagePage& page);

/// What was given up or came back, newest first: to people and, by the service's name, to those who
/// subscribed. With their facts.
[[nodiscard]] std::vector<KeptMessage> undelivered(store::Session& session, std::int64_t town_id,
                                                   const MessagePage& page);

/// False when the message is no letter, or printed already.
[[nodiscard]] bool mark_printed(store::Session& session, std::int64_t town_id, std::int64_t id,
                                std::chrono::sys_seconds now);

/// What a Message-ID names.
struct SentName {
    std::int64_t id = 0;
    std::string token;
};

/// Whether a mail of that name has left, and what became of it: sent or bounced. Mails to
/// services too.
[[nodiscard]] std::optional<MessageState> state_of_sent(store::Session& session,
                                                        std::int64_t town_id, const SentName& name);

/// Why and when a mail came back.
struct CameBack {
    std::string status;  ///< RFC 3463
    std::chrono::sys_seconds at;
};
void mark_bounced(store::Session& session, std::int64_t town_id, std::int64_t id,
                  const CameBack& why);

}  // namespace creneau::mail
