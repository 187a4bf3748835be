#include "api/audit/verify_audit.hpp"

#include "api/audit/chain.hpp"
#include "api/audit/line_store.hpp"
#include "api/audit/seal_store.hpp"
#include "api/audit/seals_file.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::audit {

namespace {

constexpr std::int64_t kPage = 2000;
constexpr std::chrono::hours kWrittenAtOnce{1};

/// Goes along one chain, seal by seal, and remembers the first thing that is wrong.
class Verification {
  public:
    Verification(store::Session& session, const ChainOf& chain, const SealsFile& file,
                 const std::optional<std::string>& day)
        : session_(session), file_(file), day_(day) {
        found_.chain = chain;
    }

    Verified run() {
        last_hash_ = select_beginning(session_, chain());
        seal_hash_ = last_hash_;
        for (std::int64_t next = 0; intact();) {
            const auto seals = select_seals(session_, chain(), next, kPage);
            if (seals.empty()) {
                break;
            }
            next = seals.back().text.number + 1;
            for (const KeptSeal& seal : seals) {
                seal.text.number == 0 ? check_older(seal) : check(seal);
                if (!intact()) {
                    return found_;
                }
            }
        }
        check_tail();
        check_file_end();
        add_notes();
        return found_;
    }

  private:
    [[nodiscard]] const ChainOf& chain() const { return found_.chain; }
    [[nodiscard]] bool intact() const { return !found_.broken; }
    void broken(std::int64_t line, const std::string& day, const std::string& what) {
        if (!found_.broken) {
            found_.broken = Broken{line, day, what};
        }
    }
    void broken_seal(const KeptSeal& seal, const std::string& what) {
        broken(0, seal.text.span.day, "seal " + std::to_string(seal.text.number) + " " + what);
    }
    [[nodiscard]] bool asks_for(const std::string& day) const { return !day_ || *day_ == day; }

    /// The lines that are older than the chain are as many as it began after.
    void check_older(const KeptSeal& seal) {
        const Span& span = seal.text.span;
        const auto older = count_older(session_, chain(), span.last_id);
        found_.older = older.count;
        if (older.unhashed != older.count ||
            (older.count != span.count && !(seal.purged_at && older.count < span.count)) ||
            (seal.emptied && older.count > 0)) {
            broken(span.last_id, span.day,
                   std::to_string(span.count) + " lines were older than the chain, there are " +
                       std::to_string(older.unhashed) + " of " + std::to_string(older.count));
        }
        check_purge(seal, file_.find(chain(), 0));
        last_id_ = span.last_id;
    }

    void check(const KeptSeal& seal) {
        const SealText& text = seal.text;
        if (text.number != found_.seals + 1) {
            broken_seal(seal, "follows no seal " + std::to_string(text.number - 1));
        } else if (text.previous_hash != seal_hash_) {
            broken_seal(seal, "does not follow the one before");
        } else if (seal.hash != hash_of_seal(chain(), text)) {
            broken_seal(seal, "was altered");
        } else {
            check_witness(seal);
        }
        if (!intact()) {
            return;
        }
        check_lines(seal);
        ++found_.seals;
        found_.first_day = found_.first_day.empty() ? text.span.day : found_.first_day;
        found_.last_day = text.span.day;
        seal_hash_ = seal.hash;
        last_hash_ = text.last_hash;
        last_id_ = text.span.last_id;
    }

    void check_witness(const KeptSeal& seal) {
        const auto known = file_.find(chain(), seal.text.number);
        if (!known) {
            const bool is_newest =
                seal.text.number == file_.last_of(chain()) + 1 &&
                select_last_seal(session_, chain())->text.number == seal.text.number;
            if (is_newest && file_.exists()) {
                found_.notes.push_back("the seal of " + seal.text.span.day +
                                       " is not in the seals file yet");
            } else if (file_.exists()) {
                broken_seal(seal, "is not in the seals file");
            }
            return;
        }
        if (known->contradicted || known->hash != seal.hash || known->day != seal.text.span.day) {
            broken_seal(seal, "is not the one that the seals file has");
        }
        late_ += known->written_at - seal.text.sealed_at > kWrittenAtOnce ? 1 : 0;
        check_purge(seal, known);
    }

    void check_purge(const KeptSeal& seal, const std::optional<Witnessed>& known) {
        const auto witnessed = known ? known->purged_at : std::nullopt;
        if (file_.exists() && seal.purged_at && seal.purged_at != witnessed) {
            broken_seal(seal, "is marked as purged, which the seals file does not know");
        }
    }

    void check_lines(const KeptSeal& seal) {
        const Span& span = seal.text.span;
        if (seal.purged_at) {
            check_purged_lines(seal);
            ++found_.purged;
        } else if (asks_for(span.day)) {
            const std::int64_t before = found_.lines;
            walk(span.last_id, span.day);
            if (intact() &&
                (last_hash_ != seal.text.last_hash || found_.lines - before != span.count)) {
                broken(span.last_id, span.day, "lines at the end of the day are missing");
            }
        }
    }

    /// Where the lines were deleted nobody has put others.
    void check_purged_lines(const KeptSeal& seal) {
        const Span& span = seal.text.span;
        const auto left = select_lines(session_, chain(), last_id_, span.last_id, 1);
        if (!left.empty() && (seal.emptied || left.front().id < span.first_id)) {
            broken(left.front().id, span.day, "stands in a day that was purged");
        }
    }

    void check_tail() {
        if (!intact() || (day_ && found_.last_day >= *day_)) {
            return;
        }
        const std::int64_t before = found_.lines;
        walk(INT64_MAX, "");
        found_.unsealed = found_.lines - before;
    }

    /// From the line after last_id_ to `last`.
    void walk(std::int64_t last, const std::string& day) {
        for (;;) {
            const auto lines = select_lines(session_, chain(), last_id_, last, kPage);
            if (lines.empty()) {
                return;
            }
            for (const KeptLine& line : lines) {
                const auto hash =
                    hash_of_line(last_hash_, chain().town, line.id, line_of(line, chain().log));
                if (hash != line.hash) {
                    broken(line.id, day, "was altered, or the line before it was");
                    return;
                }
                last_hash_ = hash;
                last_id_ = line.id;
                ++found_.lines;
            }
        }
    }

    void check_file_end() {
        if (intact() && found_.seals > 0 && !file_.exists()) {
            broken(0, found_.last_day, "there is no seals file to compare the seals with");
        }
        if (intact() && file_.last_of(chain()) > found_.seals) {
            broken(0, file_.find(chain(), found_.seals + 1).value_or(Witnessed{}).day,
                   "seal " + std::to_string(found_.seals + 1) +
                       " of the seals file is not in the database");
        }
    }

    void add_notes() {
        if (found_.older > 0) {
            found_.notes.push_back(std::to_string(found_.older) +
                                   " lines are older than the chain: nothing proves them");
        }
        if (late_ > 0) {
            found_.notes.push_back(std::to_string(late_) +
                                   " seals came into the seals file later than they were made");
        }
    }

    store::Session& session_;
    const SealsFile& file_;
    const std::optional<std::string>& day_;
    Verified found_;
    std::string last_hash_;  // of the line before
    std::string seal_hash_;  // of the seal before
    std::int64_t last_id_ = 0;
    std::int64_t late_ = 0;
};

}  // namespace

Verified verify_audit(store::Session& session, const ChainOf& chain, const SealsFile& file,
                      const std::optional<std::string>& day) {
    return Verification(session, chain, file, day).run();
}

}  // namespace creneau::audit
