#pragma once

#include "api/booking/papers/paper_folder.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/people/account_key.hpp"
#include "api/people/account_parts.hpp"
#include "api/people/person.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/signer/signer_client.hpp"
#include "api/store/readers.hpp"
#include "tests/api/booking/town_fixture.hpp"
#include "tests/support/breached_list.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {

/// What a request says, whoever sends it.
struct Asked {
    std::string method;
    std::string path;
    nlohmann::json body = nullptr;
    std::vector<std::pair<std::string, std::string>> query = {};
    std::string file = {};  ///< a PDF, instead of a JSON body
};

/// One thing of each kind, all of one town, in one room and of one owner: their ids by word, and
/// the address of a feed.
struct Things {
    std::map<std::string, std::int64_t> ids;
    std::string feed_path;

    [[nodiscard]] std::int64_t operator[](const std::string& word) const { return ids.at(word); }
};

/// Two towns in one database, each with one thing of every kind, and somebody in every role of the
/// first one, all signed in. Requests change nothing for those that come after them.
class RightsTown : protected booking::FilledTown {
  protected:
    RightsTown();

    /// What the route answers to who holds that token, as the server would; nothing is kept.
    Response answer(const std::string& token, const Asked& asked);
    /// The same eleven minutes after whoever asks proved who they are.
    Response answer_unproved(const std::string& token, const Asked& asked);

    /// The same for a program with that token; unlike the others, admission is asked.
    Response answer_by_token(const std::string& secret, const Asked& asked);
    /// A token of that person for every scope there is.
    std::string token_of(std::int64_t person);

    /// The people by word ("owner", "office_elsewhere"): their tokens; "" for nobody.
    [[nodiscard]] const std::map<std::string, std::string>& tokens() const { return tokens_; }
    [[nodiscard]] const Things& ours() const { return ours_; }
    [[nodiscard]] const Things& theirs() const { return theirs_; }
    [[nodiscard]] std::vector<Route> routes() const;

  private:
    /// Who acts where while things are made.
    struct Maker {
        people::TownId town{};
        std::int64_t office = 0, owner = 0, peer = 0, stage = 0, room = 0, association = 0,
                     site = 0;
        std::string owner_token = {}, office_token = {}, peer_token = {};
    };
    void add_people();
    /// The HR of our department, and of another one.
    void give_departments();
    std::string signed_in(people::TownId town, std::int64_t person);
    Things things_of(const Maker& maker);
    void make_bookings(const Maker& maker, Things& things);
    void make_claims(const Maker& maker, Things& things);
    void make_rounds(const Maker& maker, Things& things);
    void make_papers(const Maker& maker, Things& things);
    void make_organisations(const Maker& maker, Things& things);
    void make_movements(const Maker& maker, Things& things);
    void make_privacy(const Maker& maker, Things& things);
    void print_letters(const Maker& maker, Things& things);
    /// The answer's body, kept; the request has to succeed.
    nlohmann::json made(const Maker& maker, const std::string& token, const Asked& asked);
    Request request_of(people::TownId town, const std::string& token, const Asked& asked);
    Response run(const Request& request, bool kept);

    support::ScratchFolder folder_;
    std::shared_ptr<const booking::PaperFolder> papers_ =
        std::make_shared<const booking::PaperFolder>(folder_.path());
    signer::Client signer_{"/nonexistent/creneau-signer"};
    people::AccountKey account_key_{people::AccountKey::Bytes{}};
    people::AccountParts accounts_{account_key_, &support::breached_list()};
    privacy::ErasureLedger ledger_{folder_.path() / "erasures"};
    store::Readers readers_;
    std::map<std::string, std::string> tokens_;
    Things ours_;
    Things theirs_;
};

}  // namespace creneau::http
